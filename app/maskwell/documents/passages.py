"""Segments read together: a row's cells become one labelled text, and its edits find home.

A name alone in a cell tells a detector little; "Contact: Jane Doe" beside "Phone: …" tells
it what a reader of the table sees. Invariant: an edit spread back changes segment text only,
never a label or the line ends between.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from maskwell.documents.segments import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from maskwell.documents.segments import Segment

__all__ = ["Divide", "Passage", "passages"]

Divide = Callable[[str, str], str]
"""From a piece of a value and the new text of the whole value to the piece's own new text."""

_LONGEST_CHARS = 4_000
_LONGEST_LABEL_CHARS = 60


@dataclass(frozen=True, slots=True)
class Passage:
    """A text for detection and the segments that stand in it."""

    text: str
    members: tuple[Segment, ...]
    starts: tuple[int, ...]
    """Where each member's text begins in `text`."""

    def spread(self, edits: Iterable[Edit], divide: Divide) -> Iterator[tuple[Segment, Edit]]:
        """Yield each edit at its place in its segment; one that crosses segments is cut.

        Args:
            edits: of `text`.
            divide: gives a piece of a cut value a new text of its own.
        """
        for edit in edits:
            pieces = list(self._pieces(edit))
            for member, start, end in pieces:
                new_text = edit.new_text
                if len(pieces) > 1:
                    new_text = divide(member.text[start:end], edit.new_text)
                yield member, Edit(start, end, new_text)

    def _pieces(self, edit: Edit) -> Iterator[tuple[Segment, int, int]]:
        first = max(bisect_right(self.starts, edit.start) - 1, 0)
        for start, member in zip(self.starts[first:], self.members[first:], strict=True):
            if start >= edit.end:
                break
            low, high = max(edit.start, start), min(edit.end, start + len(member.text))
            if low < high:
                yield member, low - start, high - start


def passages(segments: Iterable[Segment]) -> Iterator[Passage]:
    """Yield the prose segments as passages, in their order."""
    prose = (segment for segment in segments if segment.is_prose and segment.text.strip())
    alone = iter(range(10**12))
    for _, members in groupby(prose, key=lambda one: one.group or next(alone)):
        for chunk in _chunks(members):
            yield _passage(chunk)


def _chunks(members: Iterable[Segment]) -> Iterator[list[Segment]]:
    chunk: list[Segment] = []
    length = 0
    for member in members:
        if chunk and length + len(member.text) > _LONGEST_CHARS:
            yield chunk
            chunk, length = [], 0
        chunk.append(member)
        length += len(member.text) + len(member.label) + 3
    yield chunk


def _passage(members: Sequence[Segment]) -> Passage:
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    for member in members:
        label = f"{member.label}: " if 0 < len(member.label) <= _LONGEST_LABEL_CHARS else ""
        starts.append(length + len(label))
        pieces += [label, member.text, "\n"]
        length += len(label) + len(member.text) + 1
    return Passage("".join(pieces[:-1]), tuple(members), tuple(starts))
