"""Calendars and contact cards: known properties, written anew; ids, stamps and photos left out.

The two formats share their lines: a name, parameters, a value, folded at 75 bytes. Each part of
a value is a text of its own, and a card's texts are read together.
"""

from __future__ import annotations

import quopri
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.documents.decoding import decode
from maskwell.documents.formats import Source, View
from maskwell.documents.segments import Segment, check_ids, edited
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents.segments import Document, Edits

__all__ = ["inspect", "read"]

_FOLD = re.compile(r"\r?\n[ \t]")
_SOFT = re.compile(r"=\r?\n")
_LINE = re.compile(
    r'(?:[A-Za-z0-9-]+\.)?(?P<name>[A-Za-z0-9-]+)(?P<params>(?:;[^:;"]*(?:"[^"]*"[^:;"]*)*)*)'
    r":(?P<value>.*)",
    re.DOTALL,
)
_PARAM = re.compile(r';([A-Za-z0-9-]+)(?:=("[^"]*"|[^;"]*))?')
_PLAIN = re.compile(r"[A-Za-z0-9,/_+-]{1,60}")
_PARTS = re.compile(r"(?<!\\);")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LONGEST_BYTES = 74

_WORDS = frozenset(
    "FN N NICKNAME ADR TEL EMAIL ORG TITLE ROLE NOTE BDAY ANNIVERSARY URL LABEL CATEGORIES GENDER "
    "SUMMARY DESCRIPTION LOCATION ATTENDEE ORGANIZER COMMENT CONTACT RESOURCES TZNAME".split()
)
"""Properties whose value is someone's words."""
_SETTINGS = frozenset(
    "BEGIN END VERSION CALSCALE METHOD DTSTART DTEND DUE DURATION RRULE EXDATE RDATE STATUS CLASS "
    "PRIORITY TRANSP SEQUENCE TRIGGER ACTION REPEAT TZID TZOFFSETFROM TZOFFSETTO PERCENT-COMPLETE "
    "KIND".split()
)
"""Properties that shape the entry; their values are short and plain or are left out."""
_KEPT_PARAMS = frozenset("TYPE VALUE ROLE PARTSTAT TZID LANGUAGE PREF RSVP CUTYPE".split())
_SETTING = re.compile(r"[A-Za-z0-9 :;=,+./_-]{1,200}")


@dataclass(slots=True)
class _Line:
    """A property to be written."""

    name: str
    params: list[tuple[str, str]]
    """Names and values; "#" and an id for the value that is a segment."""
    parts: list[str]
    """Ids of segments, or one plain setting."""
    is_words: bool


class Cards:
    """A calendar or a file of contact cards."""

    def __init__(self, data: bytes, source: Source) -> None:
        self.segments: list[Segment] = []
        self._lines: list[_Line] = []
        self._blank: dict[str, str] = {}
        self._count = self._cards = self._left_out = 0
        text = decode(data, declared=source.declared).text.lstrip("\ufeff")
        if not text.lstrip().upper().startswith("BEGIN:"):
            raise InputUnreadable("The file holds no calendar and no contact card.")
        for line in _unfolded(text):
            source.budget.entry()
            self._one(line)
        self.dropped = [f"{self._left_out} × property"] if self._left_out else []

    def rewritten(self, replace: Edits) -> bytes:
        """Return the file with the edits made, as UTF-8."""
        texts = {one.id: one.text for one in self.segments}
        check_ids(replace, texts)
        texts = {key: edited(text, replace.get(key, ())) for key, text in texts.items()}
        texts |= self._blank
        written = (_folded(_written(line, texts)) for line in self._lines)
        return "".join(f"{line}\r\n" for line in written).encode("utf-8", "replace")

    def _one(self, line: str) -> None:
        found = _LINE.fullmatch(line)
        name = found["name"].upper() if found else ""
        if found is None or name not in _WORDS | _SETTINGS:
            self._left_out += bool(line.strip())
            self._stand_in(name)
            return
        given = [(key.upper(), value.strip('"')) for key, value in _PARAM.findall(found["params"])]
        if name in _SETTINGS:
            self._setting(name, given, found["value"])
        else:
            self._words(name, given, found["value"])

    def _setting(self, name: str, given: list[tuple[str, str]], value: str) -> None:
        if name == "BEGIN":
            self._cards += 1
        if _SETTING.fullmatch(value) and (name not in {"BEGIN", "END"} or value.isascii()):
            self._lines.append(_Line(name, _kept(given), [value], is_words=False))
        else:
            self._left_out += 1

    def _words(self, name: str, given: list[tuple[str, str]], value: str) -> None:
        if any(value.upper() in {"B", "BASE64"} for key, value in given if key == "ENCODING"):
            self._left_out += 1
            return
        if ("ENCODING", "QUOTED-PRINTABLE") in [(key, one.upper()) for key, one in given] or any(
            key == "QUOTED-PRINTABLE" for key, _ in given
        ):
            value = quopri.decodestring(value.encode("utf-8", "replace")).decode("utf-8", "replace")
        params = _kept(given)
        params += [("CN", f"#{self._text(one, 'name')}") for key, one in given if key == "CN"]
        parts = [self._text(_plain(part), name.lower()) for part in _PARTS.split(value)]
        self._lines.append(_Line(name, params, parts, is_words=True))

    def _text(self, text: str, label: str) -> str:
        self._count += 1
        key = str(self._count)
        if text.strip():
            self.segments.append(Segment(key, text, label, f"card{self._cards}"))
        else:
            self._blank[key] = text
        return key

    def _stand_in(self, name: str) -> None:
        """Write what readers insist on, with a value that says nothing."""
        neutral = {
            "UID": f"entry-{len(self._lines)}",
            "DTSTAMP": "19800101T000000Z",
            "PRODID": "-//maskwell//EN",
        }.get(name)
        if neutral:
            self._lines.append(_Line(name, [], [neutral], is_words=False))


def read(data: bytes, source: Source) -> Document:
    """Read a calendar or contact cards."""
    return Cards(data, source)


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield the bytes, and the lines unfolded and unescaped.

    Raises:
        InputUnreadable: it is no UTF-8, or holds a line that is no property.
    """
    del source
    yield View("file", data)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise InputUnreadable("The calendar or card cannot be read back.") from error
    flat = text.replace("\r\n ", "")
    if any(":" not in line for line in flat.split("\r\n") if line):
        raise InputUnreadable("The calendar or card cannot be read back.")
    yield View("text", flat)
    yield View("text", flat.replace("\\n", "\n").replace("\\", ""))


def _unfolded(text: str) -> list[str]:
    if "QUOTED-PRINTABLE" in text.upper():
        text = _SOFT.sub("", text)
    return _FOLD.sub("", text).splitlines()


def _kept(given: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(key, one) for key, one in given if key in _KEPT_PARAMS and _PLAIN.fullmatch(one)]


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)


def _written(line: _Line, texts: dict[str, str]) -> str:
    pieces = [line.name]
    for key, value in line.params:
        shown = value
        if value.startswith("#"):
            shown = '"' + re.sub(r'["\r\n]', "'", texts[value[1:]]) + '"'
        pieces.append(f"{key}={shown}")
    values = [_escaped(texts[part]) for part in line.parts] if line.is_words else line.parts
    return f"{';'.join(pieces)}:{';'.join(values)}"


def _escaped(text: str) -> str:
    flat = text.replace("\\", "\\\\").replace("\r\n", "\n").replace("\r", "\n")
    return flat.replace("\n", "\\n").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode("utf-8", "replace"))
        if size + width > _LONGEST_BYTES:
            pieces.append(piece)
            piece, size = "", 1
        piece += sign
        size += width
    return "\r\n ".join([*pieces, piece])
