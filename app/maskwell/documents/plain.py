"""Plain text, Markdown, logs and source code: edited in place, byte for byte otherwise.

Encoding, byte order mark and line ends stay. Long files are cut into segments at blank lines
so that a detector never holds more than a few pages at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maskwell.documents.decoding import Decoded, decode
from maskwell.documents.formats import Source, View
from maskwell.documents.segments import Segment, check_ids, edited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents.segments import Document, Edits

__all__ = ["PlainText", "inspect", "pieces_of", "read"]

_LONGEST_CHARS = 16_000
_BREAKS = (re.compile(r"\n[ \t\r]*\n"), re.compile(r"[\n\r]"), re.compile(r"\s"))


class PlainText:
    """A text file as a run of segments that together are the whole of it."""

    dropped = ()

    def __init__(self, decoded: Decoded) -> None:
        self._decoded = decoded
        self.segments = [
            Segment(str(number), piece) for number, piece in enumerate(pieces_of(decoded.text))
        ]

    def rewritten(self, replace: Edits) -> bytes:
        """Return the file with the edits made, in its own encoding."""
        check_ids(replace, (segment.id for segment in self.segments))
        texts = (edited(one.text, replace.get(one.id, ())) for one in self.segments)
        return self._decoded.encode("".join(texts))


def read(data: bytes, source: Source) -> Document:
    """Read a text file."""
    return PlainText(decode(data, declared=source.declared))


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield the text and the bytes; nothing else is in such a file."""
    yield View("text", decode(data, declared=source.declared).text)
    yield View("file", data)


def pieces_of(text: str) -> Iterator[str]:
    """Yield the text in pieces of at most 16,000 characters.

    They are cut between paragraphs, else between lines, else between words.
    """
    start = 0
    while len(text) - start > _LONGEST_CHARS:
        end = _cut(text, start + _LONGEST_CHARS)
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _cut(text: str, most: int) -> int:
    for pattern in _BREAKS:
        ends = [found.end() for found in pattern.finditer(text, most - _LONGEST_CHARS // 2, most)]
        if ends:
            return ends[-1]
    return most
