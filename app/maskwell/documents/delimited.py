"""Tables as text: fields found by an own scanner, so that untouched bytes stay as they are.

The first row, when it reads like headings, labels the fields below it, and the fields of a row
are read together. A field that would begin a formula when a value is put back, and did not
before, gets the apostrophe that makes a spreadsheet read it as text.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from maskwell.documents.decoding import decode
from maskwell.documents.formats import Source, View
from maskwell.documents.segments import Segment, check_ids, edited
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maskwell.documents.segments import Document, Edits

__all__ = ["Delimited", "inspect", "read"]

_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 20
_HARMLESS_START = re.compile(r"[+-][\d\s().,+-]*\Z")
_WORD = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Field:
    start: int
    end: int
    is_quoted: bool


class Delimited:
    """A delimited table."""

    dropped = ()

    def __init__(self, data: bytes, source: Source) -> None:
        self._decoded = decode(data, declared=source.declared)
        self._delimiter = _delimiter(self._decoded.text, source.name)
        self._fields: dict[str, _Field] = {}
        self.segments = list(self._read())

    def rewritten(self, replace: Edits) -> bytes:
        """Return the table with the edits made; quotes are added where a field now needs them."""
        check_ids(replace, self._fields)
        text = self._decoded.text
        pieces: list[str] = []
        done = 0
        for identity, field in self._fields.items():
            if edits := replace.get(identity):
                old = self._value(field)
                pieces += [text[done : field.start], self._spelled(old, edited(old, edits), field)]
                done = field.end
        return self._decoded.encode("".join([*pieces, text[done:]]))

    def _read(self) -> Iterator[Segment]:
        headings: list[str] = []
        for number, row in enumerate(_rows(self._decoded.text, self._delimiter)):
            values = [self._value(field) for field in row]
            if number == 0 and _are_headings(values):
                headings = values
            for column, (field, value) in enumerate(zip(row, values, strict=True)):
                if value.strip():
                    identity = f"{number}.{column}"
                    self._fields[identity] = field
                    label = headings[column] if number and column < len(headings) else ""
                    yield Segment(identity, value, label.strip(), f"row {number}")

    def _value(self, field: _Field) -> str:
        raw = self._decoded.text[field.start : field.end]
        if not field.is_quoted:
            return raw
        body, _, rest = raw[1:].replace('""', "\0").partition('"')
        return (body + rest).replace("\0", '"')

    def _spelled(self, old: str, new: str, field: _Field) -> str:
        if _begins_formula(new) and not _begins_formula(old):
            new = f"'{new}"
        needs_quotes = any(c in new for c in (self._delimiter, '"', "\n", "\r"))
        if field.is_quoted or needs_quotes:
            return '"' + new.replace('"', '""') + '"'
        return new


def read(data: bytes, source: Source) -> Document:
    """Read a delimited table."""
    return Delimited(data, source)


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield every field as the standard library's reader sees it."""
    decoded = decode(data, declared=source.declared)
    yield View("file", data)
    csv.field_size_limit(source.budget.limits.input_bytes)
    reader = csv.reader(
        StringIO(decoded.text, newline=""), delimiter=_delimiter(decoded.text, source.name)
    )
    try:
        for row in reader:
            yield View("row", " \n".join(row))
    except csv.Error as error:
        raise InputUnreadable("The table cannot be read back: a field is too long.") from error


def _rows(text: str, delimiter: str) -> Iterator[list[_Field]]:
    """Yield the fields of each row; a quote counts only where a field begins."""
    stop = re.compile(f"[{re.escape(delimiter)}\r\n]")
    closing = re.compile('"(?!")|""')
    place, row, length = 0, list[_Field](), len(text)
    while place <= length:
        start = place
        is_quoted = text[place : place + 1] == '"'
        if is_quoted:
            place = next(
                (m.end() for m in closing.finditer(text, place + 1) if m.group() == '"'), length
            )
        found = stop.search(text, place)
        place = found.start() if found else length
        row.append(_Field(start, place, is_quoted))
        if found is None or found.group() != delimiter:
            yield row
            row = []
            if found is None:
                return
            place += text.startswith("\r\n", place)
        place += 1


def _delimiter(text: str, name: str) -> str:
    """Return the delimiter that cuts every line, else the first, into most fields."""
    if name.lower().endswith((".tsv", ".tab")):
        return "\t"
    lines = [line for line in text[:20_000].splitlines()[:_SAMPLE_LINES] if line.strip()]

    def merit(delimiter: str) -> tuple[int, int, int]:
        counts = [line.count(delimiter) for line in lines] or [0]
        return (min(counts), counts[0], sum(counts))

    best = max(_DELIMITERS, key=merit)
    return best if any(merit(best)) else ","


def _are_headings(values: Sequence[str]) -> bool:
    filled = [value.strip() for value in values if value.strip()]
    return (
        len(filled) > 0
        and len(set(filled)) == len(filled)
        and all(_WORD.search(v) and not re.search(r"\d{3}|@", v) for v in filled)
        and all(len(v) <= 60 for v in filled)
    )


def _begins_formula(text: str) -> bool:
    return text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _HARMLESS_START.match(text)
