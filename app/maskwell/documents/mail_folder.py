"""Mail folders (mbox): each message made safe as an e-mail, separators written anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maskwell.documents.formats import Source, View
from maskwell.documents.mail import Mail
from maskwell.documents.mail_reader import views
from maskwell.documents.nesting import Inside
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents.segments import Document, Edits, Segment

__all__ = ["inspect", "read"]

_SEPARATOR = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From [^\r\n]*\r?\n")
_NEUTRAL = b"From - Thu Jan  1 00:00:00 1970\n"
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_UNQUOTED = re.compile(rb"^(>*From )", re.MULTILINE)


class MailFolder:
    """An mbox file."""

    def __init__(self, data: bytes, source: Source) -> None:
        self._inside = Inside()
        self.segments: list[Segment] = []
        messages = list(_messages(data))
        if not messages:
            raise InputUnreadable("The file holds no mail folder.")
        source.budget.deeper()
        for number, message in enumerate(messages):
            self._inside.add(f"m{number}", Mail(message, source))
            self.segments += self._inside.segments(f"m{number}")
        source.budget.shallower()
        self.dropped = self._inside.dropped()

    def rewritten(self, replace: Edits) -> bytes:
        """Return a folder of fresh messages with the edits made."""
        pieces = []
        for message in self._inside.rewritten(replace).values():
            quoted = _UNQUOTED.sub(rb">\1", message)
            pieces += [_NEUTRAL, quoted, b"\n" if quoted.endswith(b"\n") else b"\n\n"]
        return b"".join(pieces)


def read(data: bytes, source: Source) -> Document:
    """Read a mail folder."""
    return MailFolder(data, source)


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield what the small mail reader sees in each message."""
    yield View("file", data)
    source.budget.deeper()
    for message in _messages(data):
        yield from views(message, source)
    source.budget.shallower()


def _messages(data: bytes) -> Iterator[bytes]:
    found = list(_SEPARATOR.finditer(data))
    ends = [one.start() for one in found[1:]] + [len(data)]
    for separator, end in zip(found, ends, strict=True):
        message = data[separator.end() : end].removesuffix(b"\n").removesuffix(b"\r")
        yield _QUOTED.sub(rb"\1", message)
