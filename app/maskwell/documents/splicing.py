"""A text file whose pieces of meaning were found by a reader, and are exchanged in place.

Everything between the pieces stays to the character. After writing, the file is read again and
must hold exactly the values that were meant, so a spelling mistake cannot change a setting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.documents.segments import Edit, Segment, check_ids, edited
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from maskwell.documents.decoding import Decoded
    from maskwell.documents.segments import Edits

__all__ = ["Piece", "SplicedText"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One value of the file and how a new one is spelled in its place."""

    start: int
    end: int
    value: str
    spell: Callable[[Sequence[Edit]], str]
    """From the edits of `value` to the characters that replace `start`…`end`."""
    label: str = ""
    group: str = ""
    is_payload: bool = False
    """Encoded data: not handed out, emptied when written."""
    is_exact: bool = True
    """False where what is written may differ from the edited value: comments, anchors."""


class SplicedText:
    """A document made of pieces.

    Args:
        decoded: the whole file.
        pieces_of: reads a text into its pieces, in order; raises InputUnreadable.
    """

    def __init__(self, decoded: Decoded, pieces_of: Callable[[str], Iterable[Piece]]) -> None:
        self._decoded = decoded
        self._pieces_of = pieces_of
        self._pieces = list(pieces_of(decoded.text))
        self.segments = [
            Segment(str(number), piece.value, piece.label, piece.group)
            for number, piece in enumerate(self._pieces)
            if piece.value.strip() and not piece.is_payload
        ]
        has_payload = any(piece.is_payload for piece in self._pieces)
        self.dropped = ["encoded data"] if has_payload else []

    def rewritten(self, replace: Edits) -> bytes:
        """Return the file with the edits made.

        Raises:
            InputUnreadable: the format cannot carry the new text.
        """
        check_ids(replace, (segment.id for segment in self.segments))
        pieces: list[str] = []
        wanted: list[str] = []
        done = 0
        for number, piece in enumerate(self._pieces):
            edits = replace.get(str(number), ())
            if piece.is_payload:
                edits = (Edit(0, len(piece.value), ""),)
            if edits:
                pieces += [self._decoded.text[done : piece.start], piece.spell(edits)]
                done = piece.end
            if piece.is_exact:
                wanted.append(edited(piece.value, edits))
        text = "".join([*pieces, self._decoded.text[done:]])
        self._check(text, wanted)
        return self._decoded.encode(text)

    def _check(self, text: str, wanted: Sequence[str]) -> None:
        written = [one.value for one in self._pieces_of(text) if one.is_exact]
        if written != list(wanted):
            raise InputUnreadable("The file's own notation cannot carry the new text.")
