"""A small reader of finished e-mails that shares no code with the writer.

It splits headers from bodies and parts by their boundaries itself, undoes the encodings, and
hands every part to its format's own verifier.
"""

from __future__ import annotations

import binascii
import mimetypes
import quopri
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from maskwell.documents import formats
from maskwell.documents.formats import Source, View
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["views"]

_BLANK = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(rb"\r?\n[ \t]+")
_WORDS = re.compile(rb"=\?[\w-]+\?([bBqQ])\?([^?]*)\?=(?:[ \t]+(?==\?))?")
_BOUNDARY = re.compile(rb'boundary="?([^";\s]+)"?', re.IGNORECASE)
_TYPE = re.compile(rb"^content-type:\s*([\w/+.-]+)", re.IGNORECASE | re.MULTILINE)
_CODING = re.compile(rb"^content-transfer-encoding:\s*([\w-]+)", re.IGNORECASE | re.MULTILINE)
_FILE = re.compile(rb"filename\*?=(?:utf-8'')?\"?([^\";\r\n]+)", re.IGNORECASE)


def views(data: bytes, source: Source) -> Iterator[View]:
    """Yield the headers and parts of a message.

    Raises:
        InputUnreadable: a part does not open.
    """
    blank = _BLANK.search(data)
    head = _FOLD.sub(b" ", data[: blank.start()] if blank else data)
    body = data[blank.end() :] if blank else b""
    yield View("headers", _WORDS.sub(_decoded_word, head).decode("utf-8", "replace"))
    yield View("headers", unquote(head.decode("utf-8", "replace")))
    kind = _first(_TYPE, head).lower() or "text/plain"
    if kind.startswith("multipart/"):
        yield from _parts(head, body, source)
    elif kind == "message/rfc822":
        source.budget.deeper()
        yield from views(body, source)
        source.budget.shallower()
    else:
        content = _decoded(_first(_CODING, head).lower(), body)
        yield View("part", content)
        if content.strip():
            yield from formats.inspect(content, source.within(f"part{_ending(kind, head)}"))


def _parts(head: bytes, body: bytes, source: Source) -> Iterator[View]:
    boundary = _BOUNDARY.search(head)
    if boundary is None:
        raise InputUnreadable("The e-mail cannot be read back.")
    line = rb"(?:\A|\r?\n)--" + re.escape(boundary[1]) + rb"(?:--)?[ \t]*(?:\r?\n|\Z)"
    pieces = re.split(line, body)
    yield View("preamble", pieces[0])
    yield View("epilogue", pieces[-1])
    for piece in pieces[1:-1]:
        yield from views(piece, source)


def _first(pattern: re.Pattern[bytes], head: bytes) -> str:
    found = pattern.search(head)
    return found[1].decode("ascii", "replace") if found else ""


def _decoded(coding: str, body: bytes) -> bytes:
    try:
        if coding == "base64":
            return binascii.a2b_base64(body)
    except binascii.Error as error:
        raise InputUnreadable("The e-mail cannot be read back.") from error
    return quopri.decodestring(body) if coding == "quoted-printable" else body


def _decoded_word(found: re.Match[bytes]) -> bytes:
    if found[1] in b"bB":
        return _decoded("base64", found[2])
    return quopri.decodestring(found[2], header=True)


def _ending(kind: str, head: bytes) -> str:
    if kind == "text/plain":
        return ".txt"
    if kind == "text/html":
        return ".html"
    name = unquote(_first(_FILE, head))
    _, dot, ending = name.rpartition(".")
    return f".{ending}" if dot else mimetypes.guess_extension(kind) or ""
