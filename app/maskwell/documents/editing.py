"""The edits of one text while they are being gathered: in order, and none meets another.

A whole file may be one text with ten thousand values in it, so a new edit is compared with its
neighbours alone. Invariant: the edits are sorted by start, then end, and disjoint, so their ends
are sorted too.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING

from maskwell.documents.segments import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Blanks", "Gathered"]


class Gathered:
    """The edits of one text so far; iterating gives them in order."""

    __slots__ = ("_edits",)

    def __init__(self) -> None:
        self._edits: list[Edit] = []

    def add(self, edit: Edit) -> bool:
        """Take an edit unless it meets one that is there; say whether it was taken."""
        if self.meets(edit.start, edit.end):
            return False
        insort(self._edits, edit, key=_place)
        return True

    def meets(self, start: int, end: int) -> bool:
        """Say whether an edit lies in the characters `start`…`end`, be it in part."""
        before = bisect_left(self._edits, end, key=_start)
        return before > 0 and start < self._edits[before - 1].end

    def __iter__(self) -> Iterator[Edit]:
        return iter(self._edits)

    def __len__(self) -> int:
        return len(self._edits)


class Blanks:
    """A text with its edits made and their new texts blanked, and the way back from it."""

    __slots__ = ("_ends", "_shifts", "_starts")

    def __init__(self, edits: Gathered) -> None:
        self._starts: list[int] = []
        """Where each blank begins, in characters of the blanked text."""
        self._ends: list[int] = []
        self._shifts = [0]
        """How much longer the blanked text is before the first, the second … blank."""
        for edit in edits:
            self._starts.append(edit.start + self._shifts[-1])
            self._ends.append(self._starts[-1] + len(edit.new_text))
            self._shifts.append(self._ends[-1] - edit.end)

    def moved_back(self, edit: Edit) -> Edit | None:
        """Return an edit of the blanked text at its place in the original; None inside a blank."""
        before = bisect_left(self._starts, edit.end)
        if before and edit.start < self._ends[before - 1]:
            return None
        shift = self._shifts[before]
        return Edit(edit.start - shift, edit.end - shift, edit.new_text)


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _start(edit: Edit) -> int:
    return edit.start
