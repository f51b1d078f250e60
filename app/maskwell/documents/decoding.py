"""Bytes to text and back, so that an untouched text gives the very bytes it came from.

The byte order mark is kept apart from the text. A file is text when its bytes decode, hold
no NUL, and encode back to themselves.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from maskwell.documents.extras import needs
from maskwell.errors import InputUnreadable

__all__ = ["Decoded", "decode"]

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was written."""

    text: str
    encoding: str
    mark: bytes = b""
    """The byte order mark, or nothing."""

    def encode(self, text: str) -> bytes:
        """Return `text` written as this one was; as UTF-8 where the encoding cannot."""
        try:
            return self.mark + text.encode(self.encoding)
        except UnicodeEncodeError:
            return text.encode("utf-8", "surrogatepass")


def decode(data: bytes, *, declared: str = "") -> Decoded:
    """Decode a text file of any usual encoding.

    Args:
        data: the whole file.
        declared: the encoding a surrounding format names; tried first when it is a real one.

    Raises:
        InputUnreadable: binary, or of no encoding that gives the same bytes back.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark) and (found := _try(data[len(mark) :], encoding, mark)):
            return found
    if declared and (found := _try(data, declared)):
        return found
    found = _try(data, _wide(data) or "utf-8")
    if found is None and b"\0" not in data:
        found = _guess(data)
    if found is None or "\0" in found.text:
        raise InputUnreadable("The file is binary or of an unknown encoding; convert it to UTF-8.")
    return found


def _try(data: bytes, encoding: str, mark: bytes = b"") -> Decoded | None:
    try:
        codec = codecs.lookup(encoding)
        if not codec._is_text_encoding:  # noqa: SLF001  # the only mark of "rot13" and "hex"
            return None
        text = data.decode(encoding)
        return Decoded(text, encoding, mark) if text.encode(encoding) == data else None
    except (LookupError, UnicodeError, ValueError):
        return None


def _wide(data: bytes) -> str:
    """Return UTF-16's byte order when every second byte of the start is zero."""
    head = data[:200]
    if len(head) < 4 or len(data) % 2:
        return ""
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = head[offset::2]
        if half.count(0) > 0.6 * len(half) and 0 not in head[1 - offset :: 2]:
            return encoding
    return ""


def _guess(data: bytes) -> Decoded | None:
    with needs("reading a text that is not UTF-8"):
        from charset_normalizer import from_bytes  # noqa: PLC0415  # an optional part

    for guess in from_bytes(data[:_SAMPLE_BYTES]):
        if found := _try(data, guess.encoding):
            return found
    return None
