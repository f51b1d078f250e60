"""A cursor over the words of a text, for choosing a missed one from the keyboard."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from maskwell.tui.proof_view import ProofView

__all__ = ["WordCursor"]


class WordCursor:
    """The words from `first` to `last` are chosen; spans are in shown characters."""

    def __init__(
        self,
        view: ProofView,
        words: list[tuple[int, int]],
        first: int,
        dragged: tuple[int, int] | None = None,
    ) -> None:
        self._view = view
        self._words = words
        self._first = self._last = first
        self._dragged = dragged

    @classmethod
    def at(
        cls, view: ProofView, shown: int, *, dragged: tuple[int, int] | None = None
    ) -> Self | None:
        """Begin at the first word from a place on; None when there are no words.

        With `dragged`, exactly that stretch is chosen until the cursor moves.
        """
        words = view.words()
        if not words:
            return None
        starts = [start for start, _ in words]
        return cls(view, words, min(bisect_left(starts, shown), len(words) - 1), dragged)

    @property
    def span(self) -> tuple[int, int]:
        """The chosen stretch."""
        if self._dragged is not None:
            return self._dragged
        return self._words[self._first][0], self._words[self._last][1]

    def step(self, by: int) -> tuple[int, int]:
        """Choose the next word instead."""
        self._dragged = None
        here = self._last if by > 0 else self._first
        self._first = self._last = min(max(here + by, 0), len(self._words) - 1)
        return self.span

    def row(self, by: int) -> tuple[int, int]:
        """Choose the word at the same place of another row instead."""
        self._dragged = None
        target = self._view.place_in_row(self._words[self._first][0], by)
        starts = [start for start, _ in self._words]
        at = bisect_left(starts, target + 1) - 1
        if self._words[max(at, 0)][1] <= target and at + 1 < len(self._words):
            at += 1
        self._first = self._last = max(at, 0)
        return self.span

    def extend(self, by: int) -> tuple[int, int]:
        """Take the next word in, or let the last one go."""
        self._dragged = None
        self._last = min(max(self._last + by, self._first), len(self._words) - 1)
        return self.span
