"""How much may be sent: sizes, rates and budgets, each refused in one clear sentence.

The gate keeps nothing: the caller holds a `Usage`, hands it in with the time, and stores the
one it gets back. Invariant: a request is refused before it is counted, and what is counted is
never lost by a refusal.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from maskwell.errors import DestinationRefused, InputTooLarge

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DEFAULT_LIMITS", "LimitGate", "Limits", "Usage"]

_MINUTE_S: Final = 60.0
_DAY_S: Final = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one destination may be given; None means no limit."""

    max_input_chars: int | None = 1_000_000
    max_requests_per_minute: int | None = 60
    max_tokens_per_day: int | None = None
    max_spend_per_day: Decimal | None = None
    """In the currency the caller counts in."""
    max_concurrent: int | None = 4
    max_attempts: int | None = 4
    """How often one request may be tried in all."""


DEFAULT_LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Usage:
    """What one destination was given so far, as its keeper stores it."""

    day: int = 0
    """The UTC day the daily counters belong to, counted from 1970-01-01."""
    tokens: int = 0
    spend: Decimal = Decimal(0)
    recent: tuple[float, ...] = ()
    """When the requests of the last minute began, in seconds since 1970, ascending."""
    open_requests: int = 0


class LimitGate:
    """Admits requests to one destination or says why not."""

    def __init__(
        self,
        limits: Limits = DEFAULT_LIMITS,
        *,
        destination: str = "this destination",
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take the limits, the name used in sentences, and a clock in seconds since 1970."""
        self._limits = limits
        self._name = destination
        self._clock = clock

    def admit(
        self,
        usage: Usage,
        *,
        input_chars: int,
        expected_tokens: int = 0,
        expected_spend: Decimal = Decimal(0),
        attempt: int = 1,
    ) -> Usage:
        """Return the usage with one more request begun.

        Raises:
            InputTooLarge: the text is over the limit.
            DestinationRefused: a rate or a budget is used up.
        """
        now = self._clock()
        current = self._current(usage, now)
        self._check_size(input_chars)
        self._check_rate(current, now, attempt)
        self._check_budget(current, expected_tokens, expected_spend)
        return replace(
            current,
            recent=(*current.recent, now),
            open_requests=current.open_requests + 1,
        )

    def settle(self, usage: Usage, *, tokens: int = 0, spend: Decimal = Decimal(0)) -> Usage:
        """Return the usage with one request ended, and what it really took added."""
        current = self._current(usage, self._clock())
        return replace(
            current,
            tokens=current.tokens + max(0, tokens),
            spend=current.spend + max(Decimal(0), spend),
            open_requests=max(0, current.open_requests - 1),
        )

    def _current(self, usage: Usage, now: float) -> Usage:
        """Forget what is over: the requests of earlier minutes, the counters of earlier days.

        A clock that was set back keeps the counters, since nobody may gain by it.
        """
        day = max(usage.day, int(now // _DAY_S))
        recent = tuple(min(at, now) for at in usage.recent if at > now - _MINUTE_S)
        if day == usage.day:
            return replace(usage, recent=recent)
        return replace(usage, day=day, tokens=0, spend=Decimal(0), recent=recent)

    def _check_size(self, input_chars: int) -> None:
        most = self._limits.max_input_chars
        if most is not None and input_chars > most:
            raise InputTooLarge(
                f"The text has {input_chars:,} characters and {self._name} takes at most "
                f"{most:,}; send less, or raise max_input_chars."
            )

    def _check_rate(self, usage: Usage, now: float, attempt: int) -> None:
        limits = self._limits
        if limits.max_attempts is not None and attempt > limits.max_attempts:
            raise DestinationRefused(
                f"{self._name} was tried {limits.max_attempts} times without success; "
                "try again later."
            )
        if limits.max_concurrent is not None and usage.open_requests >= limits.max_concurrent:
            raise DestinationRefused(
                f"{limits.max_concurrent} requests to {self._name} are open already; "
                "wait for one to end, or raise max_concurrent."
            )
        most = limits.max_requests_per_minute
        if most is not None and len(usage.recent) >= most:
            wait = self._wait(usage, now, most)
            raise DestinationRefused(
                f"{self._name} has had its {most} requests of this minute; "
                f"try again in {wait} seconds, or raise max_requests_per_minute."
            )

    @staticmethod
    def _wait(usage: Usage, now: float, most: int) -> int:
        if most <= 0:
            return int(_MINUTE_S)
        oldest_that_counts = usage.recent[-most]
        return max(1, int(oldest_that_counts + _MINUTE_S - now) + 1)

    def _check_budget(self, usage: Usage, tokens: int, spend: Decimal) -> None:
        limits = self._limits
        if limits.max_tokens_per_day is not None and (
            usage.tokens + tokens > limits.max_tokens_per_day
            or usage.tokens >= limits.max_tokens_per_day
        ):
            raise DestinationRefused(
                f"{self._name} would go over its {limits.max_tokens_per_day:,} tokens of today "
                f"({usage.tokens:,} are used); wait until tomorrow (UTC), or raise "
                "max_tokens_per_day."
            )
        if limits.max_spend_per_day is not None and (
            usage.spend + spend > limits.max_spend_per_day
            or usage.spend >= limits.max_spend_per_day
        ):
            raise DestinationRefused(
                f"{self._name} would go over its budget of {limits.max_spend_per_day} for today "
                f"({usage.spend} is spent); wait until tomorrow (UTC), or raise "
                "max_spend_per_day."
            )
