"""E-mails, written as fresh messages: listed headers, each part by its own format.

Preamble, epilogue, boundaries, ids, routes and unlisted headers are left out, and so is every
part that no format can make safe. Bodies become UTF-8. Signed and encrypted mail is refused.
"""

from __future__ import annotations

import email
import email.encoders
import mimetypes
from dataclasses import dataclass, field
from email.charset import QP, Charset
from email.message import Message
from email.policy import compat32
from hashlib import sha256
from typing import TYPE_CHECKING

from maskwell.documents import formats
from maskwell.documents.decoding import decode
from maskwell.documents.formats import Source, View
from maskwell.documents.mail_headers import KEPT, file_name, header_text, spelled
from maskwell.documents.mail_reader import views
from maskwell.documents.naming import plain_name, split_name, spoken
from maskwell.documents.nesting import Inside
from maskwell.documents.segments import Segment, edited
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents.segments import Document, Edits

__all__ = ["Mail", "inspect", "read"]

_SEALED = {
    "multipart/signed",
    "multipart/encrypted",
    "application/pkcs7-mime",
    "application/x-pkcs7-mime",
    "application/pgp-encrypted",
}
_TNEF_START = b"\x78\x9f\x3e\x22"
_TNEF = "winmail.dat, in which Outlook packed what was attached; ask for it as files"
_MULTIPARTS = {"mixed", "alternative", "related", "digest", "parallel"}
_LONGEST_LINE_BYTES = 900
_PRINTED = Charset("utf-8")
_PRINTED.body_encoding = QP


@dataclass(slots=True)
class _Node:
    """A part to be written."""

    content_type: str
    headers: list[tuple[str, str]] = field(default_factory=list)
    """Header name and the id of the segment that holds its text."""
    children: list[_Node] = field(default_factory=list)
    key: str = ""
    """Where the content is among the documents inside; "" for a container."""
    name: str = ""
    """The attachment's name; its segment's id is `name:` and the key."""
    disposition: str = ""
    number: int = 0
    """Tells containers of one message apart."""


class Mail:
    """One e-mail message."""

    def __init__(self, data: bytes, source: Source) -> None:
        if b"\0" in data[:200]:
            data = decode(data).text.encode("utf-8", "replace")
        message = email.message_from_bytes(data, policy=compat32)
        if not message.keys():
            raise InputUnreadable("The file holds no e-mail message.")
        self._source = source
        self._line_end = "\r\n" if b"\r\n" in data[:2000] else "\n"
        self._inside = Inside()
        self._names: dict[str, str] = {}
        self._count = 0
        self.segments: list[Segment] = []
        self._root = self._message(message)
        self.dropped = self._inside.dropped()

    def rewritten(self, replace: Edits) -> bytes:
        """Return a fresh message with the edits made."""
        own = {one.id: one.text for one in self.segments if "/" not in one.id} | self._names
        texts = {key: edited(text, replace.get(key, ())) for key, text in own.items()}
        contents = self._inside.rewritten({k: e for k, e in replace.items() if k not in own})
        message = self._written(self._root, texts, contents)
        policy = compat32.clone(mangle_from_=False, linesep=self._line_end)
        return message.as_bytes(policy=policy)

    def _message(self, message: Message) -> _Node:
        node = self._part(message) or self._note()
        node.headers = list(self._headers(message))
        return node

    def _headers(self, message: Message) -> Iterator[tuple[str, str]]:
        kept = {name.lower(): name for name in KEPT}
        group = self._next("g")
        for name, value in message.items():
            if text := header_text(value) if name.lower() in kept else "":
                key = self._next("h")
                self.segments.append(Segment(key, text, kept[name.lower()], group))
                yield kept[name.lower()], key
            elif name.lower() not in {"mime-version", *kept} and not name.lower().startswith("con"):
                self._inside.leave_out("header")

    def _part(self, part: Message) -> _Node | None:
        content_type = part.get_content_type()
        if content_type in _SEALED:
            raise InputUnreadable("The e-mail is signed or encrypted; save it without that.")
        self._source.budget.entry()
        if content_type == "message/rfc822" and part.is_multipart():
            return self._nested(part)
        if part.get_content_maintype() == "multipart":
            return self._multipart(part)
        if part.is_multipart():
            self._inside.leave_out("part that cannot be made safe")
            return None
        return self._leaf(part, content_type)

    def _nested(self, part: Message) -> _Node:
        self._source.budget.deeper()
        inner = part.get_payload(0)
        node = _Node("message/rfc822", children=[self._message(inner)])  # type: ignore[arg-type]  # a parsed rfc822 part holds one message
        self._source.budget.shallower()
        return node

    def _multipart(self, part: Message) -> _Node | None:
        payload = part.get_payload()
        if not isinstance(payload, list):
            return self._leaf(part, "text/plain")
        subtype = part.get_content_subtype()
        node = _Node(f"multipart/{subtype if subtype in _MULTIPARTS else 'mixed'}")
        self._count += 1
        node.number = self._count
        children = [self._part(one) for one in payload if isinstance(one, Message)]
        node.children = [child for child in children if child is not None]
        return node if node.children else None

    def _leaf(self, part: Message, content_type: str) -> _Node | None:
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        if data.startswith(_TNEF_START) or content_type.endswith("/ms-tnef"):
            self._inside.leave_out(_TNEF)
            return None
        name = file_name(part)
        ending = split_name(name)[1] or mimetypes.guess_extension(content_type) or ""
        if content_type in {"text/plain", "text/html"} and ending not in {".csv", ".json"}:
            data = _body(data, part.get_content_charset() or "")
            ending = ".html" if content_type == "text/html" else ".txt"
        key = self._next("p")
        within = self._source.within(f"part{ending}", "utf-8")
        if not data or self._inside.open(key, data, within) is None:
            return self._note() if not data else None
        name = formats.copy_name(data, name) if name else name
        node = _Node(content_type, key=key, name=name)
        node.disposition = part.get_content_disposition() or ""
        if name:
            self._names[f"name:{key}"] = name
            self.segments.append(Segment(f"name:{key}", spoken(name), "file"))
        self.segments += self._inside.segments(key)
        return node

    def _note(self) -> _Node:
        """Return an empty body, for a message nothing is left of."""
        key = self._next("p")
        self._inside.open(key, b"\n", self._source.within("part.txt"))
        self.segments += self._inside.segments(key)
        return _Node("text/plain", key=key)

    def _next(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}{self._count}"

    def _written(self, node: _Node, texts: dict[str, str], contents: dict[str, bytes]) -> Message:
        message = Message(policy=compat32)
        for name, key in node.headers:
            message[name] = spelled(name, texts[key])  # type: ignore[assignment]  # compat32 takes a Header
        if node.headers:
            message["MIME-Version"] = "1.0"
        message["Content-Type"] = node.content_type
        if node.key:
            _fill(message, node.content_type, contents[node.key])
        else:
            for child in node.children:
                message.attach(self._written(child, texts, contents))
            if node.content_type.startswith("multipart/"):
                message.set_boundary(_boundary(node.number, contents))
        if node.disposition in {"inline", "attachment"} or node.name:
            message.add_header("Content-Disposition", node.disposition or "attachment")
        if node.name:
            _name(message, plain_name(texts[f"name:{node.key}"]))
        return message


def read(data: bytes, source: Source) -> Document:
    """Read an e-mail."""
    return Mail(data, source)


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield every header and part as an own small reader decodes them."""
    yield View("file", data)
    yield from views(data, source)


def _body(data: bytes, charset: str) -> bytes:
    """Return a body as UTF-8 with plain line ends; what cannot be decoded is shown as such."""
    try:
        text = decode(data, declared=charset).text
    except InputUnreadable:
        text = data.decode("latin-1")
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace")


def _fill(message: Message, content_type: str, data: bytes) -> None:
    try:
        text = data.decode() if content_type.startswith("text/") else ""
    except UnicodeDecodeError:
        text = ""
    if not text:
        message.set_payload(data)
        email.encoders.encode_base64(message)
    elif text.isascii() and max(map(len, text.splitlines()), default=0) < _LONGEST_LINE_BYTES:
        message.set_payload(text, "us-ascii")
    else:
        message.set_payload(text, _PRINTED)


def _boundary(number: int, contents: dict[str, bytes]) -> str:
    """Return a boundary that depends on the safe content alone, and stands nowhere in it."""
    digest = sha256(b"\0".join([str(number).encode(), *contents.values()]))
    return f"=_{digest.hexdigest()[:32]}"


def _name(message: Message, name: str) -> None:
    value = name if name.isascii() else ("utf-8", "", name)
    message.set_param("filename", value, "Content-Disposition")  # type: ignore[arg-type]  # the stub knows no RFC 2231 triple
