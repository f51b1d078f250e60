"""A text as the review shows it: harmless, with a sign before each finding, offsets kept.

Invariant: `to_shown` and `to_source` agree, so what is selected on the screen is exactly the
characters of the original text that are marked.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maskwell.tui.inert_text import shown_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Mark", "Proof", "proof_of"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that is marked."""

    start: int
    end: int
    look: str
    """Name of the look: `private`, `kept`, `blocked` or `dropped`."""
    index: int
    """Which finding it belongs to; -1 for none."""
    sign: str = ""
    """What is shown before it, so that colour is never all there is."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A text ready to be shown, with its marks in the shown text's own offsets."""

    text: str
    marks: tuple[Mark, ...] = ()
    _shown_starts: list[int] = field(default_factory=lambda: [0])
    _source_starts: list[int] = field(default_factory=lambda: [0])

    def to_source(self, shown: int) -> int:
        """Return where a shown character stands in the source; a sign's place is its mark's."""
        at = bisect_right(self._shown_starts, shown) - 1
        if at < 0:
            return 0
        last = self._source_starts[at + 1] if at + 1 < len(self._source_starts) else None
        place = self._source_starts[at] + shown - self._shown_starts[at]
        return place if last is None else min(place, last)

    def to_shown(self, source: int) -> int:
        """Return where a source character stands in the shown text."""
        at = bisect_right(self._source_starts, source) - 1
        return self._shown_starts[at] + source - self._source_starts[at]


def proof_of(source: str, marks: Sequence[Mark]) -> Proof:
    """Return `source` for showing; `marks` are in text order and do not overlap."""
    pieces: list[str] = []
    made: list[Mark] = []
    shown_starts, source_starts = [0], [0]
    at = added = 0
    for mark in marks:
        added += len(mark.sign)
        pieces += [source[at : mark.start], mark.sign]
        at = mark.start
        start = mark.start + added
        shown_starts.append(start)
        source_starts.append(mark.start)
        end = mark.end + added
        made.append(Mark(start - len(mark.sign), end, mark.look, mark.index, mark.sign))
    pieces.append(source[at:])
    return Proof(shown_cells("".join(pieces)), tuple(made), shown_starts, source_starts)
