"""Which e-mail headers are kept, and their text without its encodings."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import Header, decode_header, make_header
from email.utils import formataddr, getaddresses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import Message

__all__ = ["KEPT", "file_name", "header_text", "spelled"]

KEPT = (
    "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Subject", "Date", "Organization",
    "Keywords", "Comments", "Importance", "Priority",
)  # fmt: skip
"""Everything else (routes, ids, X-…, boundaries) is rebuilt or dropped."""

_ADDRESSES = frozenset({"From", "Sender", "Reply-To", "To", "Cc", "Bcc"})
_FOLD = re.compile(r"[\r\n]+[ \t]*")
_ENCODED_WORD = re.compile(r"=\?[^?\s]*\?[bBqQ]\?[^?]*\?=")


def header_text(value: object) -> str:
    """Return a header's words: unfolded, encoded words decoded."""
    flat = _FOLD.sub(" ", str(value)).strip()
    if not _ENCODED_WORD.search(flat):
        return flat
    try:
        return _FOLD.sub(" ", str(make_header(decode_header(flat))))
    except (HeaderParseError, LookupError, ValueError):
        return _ENCODED_WORD.sub("", flat)


def spelled(name: str, text: str) -> str | Header:
    """Return a header's value as it is written; one line's worth, whatever `text` holds."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    if clean.isascii() and not _ENCODED_WORD.search(clean):
        return Header(clean, "us-ascii", header_name=name)
    if name in _ADDRESSES and clean.count("@") == len(pairs := getaddresses([clean])):
        return ", ".join(formataddr(pair) for pair in pairs if pair[1].isascii())
    return Header(clean, "utf-8", header_name=name)


def file_name(part: Message) -> str:
    """Return the name of an attachment, or nothing."""
    try:
        return header_text(part.get_filename() or "")
    except (LookupError, ValueError, TypeError):
        return ""
