"""What a document hands out and takes back: its text in segments, and edits of them.

Invariant: a segment's id depends on the document's bytes alone, so a document read twice has
the same segments, and edits made against the first reading fit the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from maskwell.errors import UsageError

__all__ = ["Document", "Edit", "Edits", "Segment", "check_ids", "edited", "in_order"]


@dataclass(frozen=True, slots=True)
class Edit:
    """New text for the characters `start`…`end` (end exclusive) of one segment."""

    start: int
    end: int
    new_text: str


Edits = Mapping[str, Sequence[Edit]]
"""Segment id to its edits."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of human text: a paragraph, a cell, a JSON string, a header, a property."""

    id: str
    text: str
    """Decoded characters: no escapes, no markup; may hold lone surrogates."""
    label: str = ""
    """What the text is called where it stands (a column's heading, a key, "author")."""
    group: str = ""
    """Neighbours of one group are read together (the cells of a row); "" stands alone."""
    is_prose: bool = True
    """False for names and settings: detection would guess, so only known values are sought."""


class Document(Protocol):
    """A file that was understood: its segments out, its safe bytes back."""

    @property
    def segments(self) -> Sequence[Segment]:
        """All human text in reading order, the hidden parts included."""

    @property
    def dropped(self) -> Sequence[str]:
        """What the output leaves out, one phrase each ("3 tracked deletions"); no values."""

    def rewritten(self, replace: Edits) -> bytes:
        """Return the document with the edits made, as bytes of the same format.

        Raises:
            UsageError: an edit names no segment, overlaps another or lies outside its text.
            InputUnreadable: the format cannot carry the new text.
        """


def check_ids(replace: Edits, known: Iterable[str]) -> None:
    """Refuse edits of segments the document does not have.

    Raises:
        UsageError: there are some.
    """
    if not replace.keys() <= set(known):
        raise UsageError("An edit names a segment the document does not have.")


def in_order(edits: Iterable[Edit], length: int) -> list[Edit]:
    """Return the edits sorted, refusing overlaps and places outside `length` characters."""
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    done = 0
    for edit in ordered:
        if edit.start < done or edit.end < edit.start or edit.end > length:
            raise UsageError("An edit overlaps another or lies outside its segment.")
        done = edit.end
    return ordered


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with the edits made."""
    pieces: list[str] = []
    done = 0
    for edit in in_order(edits, len(text)):
        pieces += [text[done : edit.start], edit.new_text]
        done = edit.end
    return "".join([*pieces, text[done:]])
