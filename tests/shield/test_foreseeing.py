from __future__ import annotations

from threading import Thread, get_ident
from typing import TYPE_CHECKING

import pytest

from maskwell.shield.files import protect_file
from maskwell.shield.foreseeing import Foreseen

if TYPE_CHECKING:
    from maskwell.detection import Finding
    from maskwell.shield import Shield

LONG = [f"{number} " + "words " * 200 for number in range(20)]


def nothing(texts: list[str]) -> list[list[Finding]]:
    return [[] for _ in texts]


def ignored(_some: int, _of: int) -> None:
    pass


def test_what_was_read_ahead_is_taken_once() -> None:
    foreseen = Foreseen()

    with foreseen.ahead(["a", "b", "a"], nothing, ignored):
        assert foreseen.take("a") == []
        assert foreseen.take("a") is None


def test_nothing_is_kept_after_the_block() -> None:
    foreseen = Foreseen()

    with foreseen.ahead(LONG, nothing, ignored):
        pass

    assert foreseen.take(LONG[0]) is None


def test_each_different_text_is_read_once_and_told() -> None:
    read: list[str] = []
    told: list[tuple[int, int]] = []

    def detect(texts: list[str]) -> list[list[Finding]]:
        read.extend(texts)
        return [[] for _ in texts]

    with Foreseen().ahead(LONG * 2, detect, lambda some, of: told.append((some, of))):
        assert sorted(read) == sorted(LONG)
    assert told == [(number, 20) for number in range(1, 21)]


def test_little_is_read_without_threads() -> None:
    threads = set[int]()

    def detect(texts: list[str]) -> list[list[Finding]]:
        threads.add(get_ident())
        return [[] for _ in texts]

    with Foreseen().ahead(["a", "b"], detect, ignored):
        assert threads == {get_ident()}


def test_an_error_in_reading_is_the_callers_and_leaves_nothing() -> None:
    foreseen = Foreseen()

    def detect(texts: list[str]) -> list[list[Finding]]:
        if LONG[7] in texts:
            raise RuntimeError("the model is away")
        return [[] for _ in texts]

    with pytest.raises(RuntimeError), foreseen.ahead(LONG, detect, ignored):
        pass
    assert foreseen.take(LONG[0]) is None


def test_others_may_write_to_the_vault_while_a_file_is_read(shield: Shield) -> None:
    waiting: list[bool] = []

    def write_elsewhere(_some: int, _of: int) -> None:
        if not waiting:
            other = Thread(target=shield.vault.scopes.ensure, args=("other",), daemon=True)
            other.start()
            other.join(30)
            waiting.append(other.is_alive())

    protect_file(shield, b"Dear Jane Doe,\n", "a.txt", scope="acme", on_found=write_elsewhere)

    assert waiting == [False]
