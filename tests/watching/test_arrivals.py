"""When a file has settled."""

from __future__ import annotations

from maskwell.watching.arrivals import Arrivals, Look

NOW = 1_000_000.0


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def look(size: int = 1, at: float = NOW) -> Look:
    return Look(1, 2, size, int(at * 1e9))


def arrivals() -> tuple[Arrivals, Clock]:
    clock = Clock()
    return Arrivals(1.0, clock, lambda: NOW + clock.now), clock


def test_a_file_nobody_touched_for_long_is_taken_at_once():
    waiting, _ = arrivals()
    waiting.seen("a", look(at=NOW - 60))

    assert waiting.settled(lambda _: look(at=NOW - 60)) == [("a", look(at=NOW - 60))]
    assert len(waiting) == 0


def test_a_new_file_is_taken_when_it_has_stood_still():
    waiting, clock = arrivals()
    waiting.seen("a", look())

    assert waiting.settled(lambda _: look()) == []
    clock.now = 1.1
    assert waiting.settled(lambda _: look()) == [("a", look())]


def test_a_file_that_grew_meanwhile_waits_again():
    waiting, clock = arrivals()
    waiting.seen("a", look(1))
    clock.now = 1.1

    assert waiting.settled(lambda _: look(2)) == []
    clock.now = 2.0
    assert waiting.settled(lambda _: look(2)) == []
    clock.now = 2.2
    assert waiting.settled(lambda _: look(2)) == [("a", look(2))]


def test_a_file_that_went_away_is_forgotten():
    waiting, clock = arrivals()
    waiting.seen("a", look())
    clock.now = 2.0

    assert waiting.settled(lambda _: None) == []
    assert "a" not in waiting


def test_files_are_handed_out_in_the_order_in_which_they_came():
    waiting, clock = arrivals()
    for name in "cab":
        waiting.seen(name, look())
    clock.now = 2.0

    assert [path for path, _ in waiting.settled(lambda _: look())] == ["c", "a", "b"]
