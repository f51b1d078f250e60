"""Outlook messages: read into an ordinary mail, which is made safe as every mail is.

The copy is an `.eml`: nothing writes `.msg` files, and a fresh mail holds only what is known.
Messages inside a message are taken along the same way.
"""

from __future__ import annotations

from contextlib import suppress
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import TYPE_CHECKING, Any

from maskwell.documents.mail import Mail, inspect
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents.formats import Source
    from maskwell.documents.segments import Document

__all__ = ["inspect", "read"]

LOADED_LATER = ("oxmsg",)
"""What a process that will read many of these loads first."""
_KINDS = {1: "To", 2: "Cc", 3: "Bcc"}
_RECIPIENT_TYPE = 0x0C15
_INNER_OFFSET = 24
_EMBEDDED = "__substg1.0_3701000D"


def read(data: bytes, source: Source) -> Document:
    """Read an Outlook message.

    Raises:
        InputUnreadable: it is damaged, or no e-mail.
    """
    from oxmsg import Message  # noqa: PLC0415  # an optional part

    try:
        message = _mail(Message.load(data), source)
    except (InputUnreadable, RecursionError, MemoryError):
        raise
    except Exception as error:
        raise InputUnreadable("The Outlook message is damaged.") from error
    return Mail(message.as_bytes(), source)


def _mail(held: Any, source: Source) -> EmailMessage:
    """Return the message as a mail; what cannot be read of it is left out."""
    source.budget.entry()
    mail = EmailMessage()
    for name, value in _headers(held):
        if value.strip():
            mail[name] = " ".join(value.split())
    _fill(mail, held)
    for attachment in held.attachments:
        _attach(mail, attachment, source)
    return mail


def _headers(held: Any) -> Iterator[tuple[str, str]]:
    yield "From", held.sender or ""
    people: dict[str, list[str]] = {name: [] for name in _KINDS.values()}
    for one in held.recipients:
        kind = _KINDS.get(one.properties.int_prop_value(_RECIPIENT_TYPE) or 1, "To")
        name, address = one.name or "", one.email_address or ""
        people[kind].append(_address(name, address))
    for kind, some in people.items():
        yield kind, ", ".join(some)
    yield "Subject", held.subject
    with suppress(ValueError, OverflowError):
        if held.sent_date is not None:
            yield "Date", format_datetime(held.sent_date)


def _address(name: str, address: str) -> str:
    if "@" not in address:
        return formataddr((name, address)) if address else f'"{name}"'
    return formataddr((name if name != address else "", address))


def _fill(mail: EmailMessage, held: Any) -> None:
    html: str | None = None
    with suppress(LookupError, UnicodeDecodeError):
        html = held.html_body
    mail.set_content(held.body or ("" if html else "\n"))
    if html:
        mail.add_alternative(html, subtype="html")


def _attach(mail: EmailMessage, attachment: Any, source: Source) -> None:
    name = attachment.file_name or "attachment"
    data = attachment.file_bytes
    if data:
        source.budget.expand(len(data))
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        return
    inner = _embedded(attachment)
    if inner is not None:
        source.budget.deeper()
        mail.add_attachment(_mail(inner, source))
        source.budget.shallower()


def _embedded(attachment: Any) -> Any:
    """Return the message inside an attachment that is one, or None."""
    from oxmsg import Message  # noqa: PLC0415  # an optional part
    from oxmsg.properties import Properties  # noqa: PLC0415  # likewise

    class Inner(Message):
        """A message that stands in another, whose table of properties begins earlier."""

        @property
        def properties(self) -> Properties:
            return Properties(self._storage, properties_header_offset=_INNER_OFFSET)

    storages = attachment._storage.storages  # noqa: SLF001  # it opens no messages inside messages
    inside = [one for one in storages if one.name == _EMBEDDED]
    return Inner(inside[0]) if inside else None
