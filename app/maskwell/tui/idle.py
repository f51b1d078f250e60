"""How long nobody has touched the keyboard or the mouse, and when that locks the vault.

The clock runs on while the machine sleeps: a laptop opened the next morning is locked.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["IdleClock", "clock_words"]


def _seconds_awake_or_asleep() -> float:
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class IdleClock:
    """Counts down from the last touch; 0 minutes means that it never ends."""

    def __init__(
        self, minutes: float, *, now: Callable[[], float] = _seconds_awake_or_asleep
    ) -> None:
        self.minutes = minutes
        self._now = now
        self._touched = now()

    def touch(self) -> None:
        """Begin to count anew."""
        self._touched = self._now()

    @property
    def idle_s(self) -> float:
        """Seconds since the last touch."""
        return self._now() - self._touched

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the vault is to be locked; None when it never is."""
        if not self.minutes:
            return None
        return max(self.minutes * 60 - self.idle_s, 0.0)


def clock_words(seconds_left: float | None) -> str:
    """Return the countdown as a person reads it ("locks in 4:32")."""
    if seconds_left is None:
        return "never locks by itself"
    minutes, seconds = divmod(round(seconds_left), 60)
    return f"locks in {minutes}:{seconds:02}"
