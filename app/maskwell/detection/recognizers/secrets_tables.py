"""Passwords in a column: a heading says so, the rows below hold them.

`host;user;password` and the lines after it, a table in Markdown, the columns and rows of an
`INSERT`, and the lines of a password file (`host:port:database:user:password`), which has no
heading but one fixed order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.detection.recognizers.secrets_names import Promise, promise_of
from maskwell.detection.recognizers.secrets_values import is_placeholder, is_reference

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FILE_ANCHORS", "columns_below", "inserted_secrets", "password_file_secret"]

FILE_ANCHORS = (":5432:", ":3306:", ":*:")
"""Characters a line of a password file holds."""


_LINE_CHARS = 400
_MOST_ROWS = 200
_DELIMITERS = "|;,\t"
_HEADING = re.compile(r"[\s\"'`*]{0,8}[A-Za-z][\w .()/-]{0,30}[\s\"'`*]{0,8}\Z")
_OWNER = re.compile(r"(?i)user|login|e-?mail|account|benutzer|utilis|usuario|host|service|server")
_COLUMN_NAME = re.compile(r"[\"'`*]{0,3}\w+(?:[ _-]\w+)?[\"'`*]{0,3}\Z")
_RULE = re.compile(r"[\s|:+-]+\Z")
_INSERT = re.compile(
    r"(?i)insert[ \t]+(?:ignore[ \t]+)?into[ \t]+[\w.\"`\[\]]{1,80}[ \t\n]{0,10}"
    r"\((?P<columns>[^()]{1,1000})\)\s{0,40}values\s{0,40}"
)
_LITERALS = re.compile(
    r"\s{0,20}(?:N?'(?P<text>(?:''|\\.|[^'\\])*)'|[^,()']{1,80}(?:\([^()]*\))?)\s{0,20}[,)]"
)
_PASSWORD_FILE = re.compile(
    r"(?m)^[\w.*-]{1,80}:(?:\d{2,5}|\*):[\w*-]{1,60}:[\w.*@-]{1,60}:(?P<value>[^\s:]{3,80})$"
)


def columns_below(text: str, anchors: list[int]) -> Iterator[tuple[int, int, float]]:
    """Yield (start, end, score) of what stands below headings at the anchors (ascending)."""
    done = 0
    for at in anchors:
        if at < done:
            continue
        column = _column_at(text, at)
        if column is None:
            continue
        row = column.first_row
        for _ in range(_MOST_ROWS):
            end = text.find("\n", row, row + _LINE_CHARS)
            end = min(len(text), row + _LINE_CHARS) if end < 0 else end
            cells = text[row:end].split(column.delimiter)
            if len(cells) != column.width or row >= len(text):
                break
            if (found := _cell_secret(cells, row, column)) is not None:
                yield found
            row = end + 1
        done = row


@dataclass(frozen=True, slots=True)
class _Column:
    first_row: int
    delimiter: str
    place: int
    width: int
    is_word_meant: bool
    """Rows name an account too, so that even a mere word is its password."""


def _column_at(text: str, at: int) -> _Column | None:
    start = text.rfind("\n", max(0, at - _LINE_CHARS), at) + 1
    end = text.find("\n", at, at + _LINE_CHARS)
    if end < 0 or end - start > _LINE_CHARS:
        return None
    heading = text[start:end]
    delimiter = next((d for d in _DELIMITERS if d in heading), "")
    if not delimiter:
        return None
    cells = heading.split(delimiter)
    place = heading.count(delimiter, 0, at - start)
    named = [cell for cell in cells if cell.strip()]
    if len(named) < 2 or not all(_HEADING.match(cell) for cell in named):
        return None
    cell = cells[place].strip()
    if promise_of(cell) is not Promise.STRONG or not _COLUMN_NAME.match(cell):
        return None
    is_word_meant = delimiter != "|" and any(_OWNER.search(cell) for cell in named)
    return _Column(end + 1, delimiter, place, len(cells), is_word_meant)


def _cell_secret(cells: list[str], row: int, column: _Column) -> tuple[int, int, float] | None:
    cell = cells[column.place]
    value = cell.strip(" \t\"'`*\r")
    if _RULE.match(cell) or not _is_secret(value, is_word_meant=column.is_word_meant):
        return None
    start = row + sum(len(one) + 1 for one in cells[: column.place]) + cell.index(value)
    return start, start + len(value), 0.85


def _is_secret(value: str, *, is_word_meant: bool) -> bool:
    if len(value) < 4 or " " in value or is_placeholder(value) or is_reference(value):
        return False
    return (is_word_meant and value.isascii()) or not value.replace("_", "").isalpha()


def inserted_secrets(text: str, at: int) -> Iterator[tuple[int, int, float]]:
    """Yield the passwords of the `INSERT INTO` that begins at character `at`."""
    match = _INSERT.match(text, at)
    if match is None:
        return
    names = [name.strip(' \t\n"`[]') for name in match["columns"].split(",")]
    places = [n for n, name in enumerate(names) if promise_of(name) is Promise.STRONG]
    row = match.end()
    for _ in range(_MOST_ROWS if places else 0):
        if text[row : row + 1] != "(":
            return
        spans, row = _tuple(text, row + 1, len(names))
        for place in places:
            span = spans[place] if place < len(spans) else None
            if span and _is_secret(text[slice(*span)], is_word_meant=True):
                yield *span, 0.85
        while text[row : row + 1] in {",", " ", "\n", "\t", "\r"} and row < len(text):
            row += 1


def _tuple(text: str, at: int, width: int) -> tuple[list[tuple[int, int] | None], int]:
    spans: list[tuple[int, int] | None] = []
    while len(spans) < width and (match := _LITERALS.match(text, at, at + 2000)):
        spans.append(match.span("text") if match["text"] is not None else None)
        at = match.end()
        if match[0].rstrip()[-1] == ")":
            break
    return spans, at


def password_file_secret(text: str, at: int) -> tuple[int, int, float] | None:
    """Return the password of the line of a password file that holds character `at`."""
    start = text.rfind("\n", max(0, at - _LINE_CHARS), at) + 1
    match = _PASSWORD_FILE.match(text, start, min(len(text), start + _LINE_CHARS))
    return (*match.span("value"), 0.9) if match and not is_placeholder(match["value"]) else None
