"""How much may be sent, and the one sentence that says why no more."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskwell.errors import DestinationRefused, InputTooLarge
from maskwell.guard import LimitGate, Limits, Usage

NOON = 1_800_000_000.0
DAY = 86_400


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: float = NOON) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def gate(clock: Clock | None = None, **limits: object) -> LimitGate:
    wide: dict[str, object] = dict.fromkeys(
        ("max_requests_per_minute", "max_concurrent", "max_attempts", "max_input_chars")
    )
    return LimitGate(
        Limits(**(wide | limits)),  # type: ignore[arg-type]  # each test names one limit
        destination="acme",
        clock=clock or Clock(),
    )


@pytest.mark.sec
def test_limits_refuse_a_text_that_is_too_long() -> None:
    with pytest.raises(InputTooLarge, match=r"11 characters and acme takes at most 10;"):
        gate(max_input_chars=10).admit(Usage(), input_chars=11)


def test_a_text_of_the_very_length_is_admitted() -> None:
    usage = gate(max_input_chars=10).admit(Usage(), input_chars=10)

    assert usage.open_requests == 1


@pytest.mark.sec
def test_limits_refuse_more_requests_than_the_minute_allows() -> None:
    clock = Clock()
    guard = gate(clock, max_requests_per_minute=2)
    usage = guard.admit(guard.admit(Usage(), input_chars=1), input_chars=1)
    clock.now += 30

    with pytest.raises(DestinationRefused, match=r"its 2 requests of this minute; try again in 31"):
        guard.admit(usage, input_chars=1)


def test_a_minute_later_requests_are_admitted_again() -> None:
    clock = Clock()
    guard = gate(clock, max_requests_per_minute=1)
    usage = guard.admit(Usage(), input_chars=1)
    clock.now += 60

    assert len(guard.admit(usage, input_chars=1).recent) == 1


@pytest.mark.sec
def test_limits_refuse_tokens_over_the_day() -> None:
    guard = gate(max_tokens_per_day=1000)
    usage = guard.settle(Usage(), tokens=900)

    with pytest.raises(DestinationRefused, match=r"1,000 tokens of today \(900 are used\)"):
        guard.admit(usage, input_chars=1, expected_tokens=101)


@pytest.mark.sec
def test_limits_refuse_when_the_budget_is_spent() -> None:
    guard = gate(max_spend_per_day=Decimal("2.50"))
    usage = guard.settle(Usage(), spend=Decimal("2.50"))

    with pytest.raises(DestinationRefused, match=r"budget of 2.50 for today \(2.50 is spent\)"):
        guard.admit(usage, input_chars=1)


def test_a_new_day_begins_with_a_fresh_budget() -> None:
    clock = Clock()
    guard = gate(clock, max_tokens_per_day=10, max_spend_per_day=Decimal(1))
    usage = guard.settle(Usage(), tokens=10, spend=Decimal(1))
    clock.now += DAY

    usage = guard.admit(usage, input_chars=1)

    assert (usage.tokens, usage.spend) == (0, Decimal(0))


def test_a_clock_set_back_wins_nobody_a_budget() -> None:
    clock = Clock()
    guard = gate(clock, max_tokens_per_day=10)
    usage = guard.settle(Usage(), tokens=10)
    clock.now -= 2 * DAY

    with pytest.raises(DestinationRefused):
        guard.admit(usage, input_chars=1)


@pytest.mark.sec
def test_limits_refuse_more_requests_at_once_than_allowed() -> None:
    guard = gate(max_concurrent=1)
    usage = guard.admit(Usage(), input_chars=1)

    with pytest.raises(DestinationRefused, match="1 requests to acme are open already"):
        guard.admit(usage, input_chars=1)

    assert guard.admit(guard.settle(usage), input_chars=1).open_requests == 1


@pytest.mark.sec
def test_limits_refuse_one_attempt_too_many() -> None:
    with pytest.raises(DestinationRefused, match="tried 3 times"):
        gate(max_attempts=3).admit(Usage(), input_chars=1, attempt=4)


def test_without_limits_everything_is_admitted() -> None:
    usage = Usage(tokens=10**12, spend=Decimal(10**9), recent=(NOON,) * 500, open_requests=99)

    assert gate().admit(usage, input_chars=10**9, attempt=50).open_requests == 100


@pytest.mark.parametrize("limit", ["max_requests_per_minute", "max_concurrent", "max_attempts"])
def test_a_limit_of_nothing_admits_nothing(limit: str) -> None:
    with pytest.raises(DestinationRefused):
        gate(**{limit: 0}).admit(Usage(), input_chars=1)


@given(steps=st.lists(st.floats(0, 40), max_size=60), most=st.integers(1, 5))
def test_no_minute_ever_sees_more_than_its_requests(steps: list[float], most: int) -> None:
    clock = Clock()
    guard = gate(clock, max_requests_per_minute=most)
    usage, admitted = Usage(), []
    for step in steps:
        clock.now += step
        try:
            usage = guard.admit(usage, input_chars=1)
        except DestinationRefused:
            continue
        admitted.append(clock.now)

    for at in admitted:
        assert sum(at - 60 < other <= at for other in admitted) <= most
