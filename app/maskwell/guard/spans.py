"""Which places of a text are taken already, answered without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Spans"]


class Spans:
    """A set of spans `(start, end)`, end exclusive; overlapping ones are joined."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touch(self, start: int, end: int) -> bool:
        """Whether any character of `start`…`end` is in the set; logarithmic in its size."""
        at = bisect_left(self._starts, end) - 1
        return at >= 0 and start < self._ends[at]
