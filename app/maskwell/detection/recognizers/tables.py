"""Tables in a text: a row of headings and the rows beneath it, with every cell's place.

Commas, semicolons, tabs, bars, ruled boxes, columns of blanks, HTML, SQL's INSERT and COPY.
Invariant: a table is only read where a cue of a heading stands near the start of its line or
within its brackets, a line is split once, and the work is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maskwell.detection.cues import Cue

__all__ = ["HARD_MARKS", "RULE", "Cell", "Table", "end_of_line", "split_row", "tables_in"]

Cell: TypeAlias = tuple[int, int]
"""Where a cell's value starts and ends, without quotes and blanks; empty if it holds nothing."""

_LONGEST_LINE: Final = 2_000
_NEAR_START: Final = 240
_MOST_COLUMNS: Final = 120
_CLOSES_CELL = re.compile(r"[\"'`*?:.)]{0,3}\d?(?: ?[,;|\t\r\n]| {2}|\Z)")
"""What follows a heading in its row: it is the last word of its cell."""
_HEADING = re.compile(r"[\w .#/()°º'’&?*\-]{0,40}:?")
HARD_MARKS: Final = ("\t", "|", ";")
"""Signs between cells that hardly ever stand in a sentence."""
_FIRST = re.compile(
    r"[ \t|]{0,8}[\"'*]?[\w .#/()°º'’&?*\-]{0,40}:?[\"'*]?[ ]{0,40}(?:[,;|\t]| {2}|\Z)"
)
"""The first cell of a row of headings."""
RULE = re.compile(r"[ \t|+:=\-─━═┼│╪]+")
"""A line drawn between rows."""
_DELIMITED: Final = {
    mark: re.compile(
        rf"[ \t]*+(?:\"(?P<double>(?:[^\"\n]|\"\")*+)\"(?=[ ]*(?:{sign}|\Z))"
        rf"|'(?P<single>[^'\n]*+)'(?=[ ]*(?:{sign}|\Z))|(?P<plain>[^{sign}\n]*+))"
        rf"[ \t]*(?:{sign}|\Z)"
    )
    for mark, sign in {"|": r"\|", ";": ";", ",": ","}.items()
}  # fmt: skip
_DELIMITED["\t"] = re.compile(
    r" *+(?:\"(?P<double>(?:[^\"\n]|\"\")*+)\"(?=\t|\Z)|(?P<single>(?!))|(?P<plain>[^\t\n]*+))"
    r"(?:\t|\Z)"
)
_BLANKS = re.compile(r"(?P<double>(?!))?(?P<single>(?!))?(?P<plain>[^ \t\n]+(?: [^ \t\n]+)*+)")
_INSERT = re.compile(r"\((?P<heads>[^()]{3,800})\)\s{0,40}values\s{0,40}(?=\()", re.IGNORECASE)
_COPY = re.compile(r"\((?P<heads>[^()]{3,800})\) from stdin[^\n]{0,60}\n", re.IGNORECASE)
_VALUE = re.compile(
    r"\s*+(?:[NE]?'(?P<single>(?:[^'\\]|''|\\.)*+)'|\"(?P<double>[^\"\n]*+)\""
    r"|(?P<plain>[^,()'\"]*+(?:\([^()]{0,80}\))?))\s*+(?P<end>[,)])"
)
_BETWEEN = re.compile(r"\s{0,40},?\s{0,40}\(")
_HTML_ROW = re.compile(r"<tr\b", re.IGNORECASE)
_HTML_CELL = re.compile(
    r"<t[hd]\b[^<>]{0,200}>(?:<\w{1,8}>)?\s{0,40}(?P<plain>[^<]{0,200})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows, all as places in the text."""

    mark: str
    """What stands between cells: a sign, " " for blanks, "(" for SQL, "<" for HTML."""
    headings: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables_in(text: str, lower: str, cues: Iterable[Cue]) -> Iterator[Table]:
    """Yield the tables of a text whose heading row holds one of the cues.

    Args:
        text: the folded text.
        lower: the same in small letters, as long.
        cues: the headings found in it, in text order. A row whose cells commas or blanks part
            is read where two of them stand in it.
    """
    done = waiting = -1
    has_hard = any(mark in text for mark in HARD_MARKS)
    for start, end, _ in cues:
        if text[end : end + 1] == " " and text[end + 1 : end + 2].isalnum():
            continue  # a sentence goes on
        if start < done or not _CLOSES_CELL.match(text, end):
            continue
        is_second = waiting >= 0 and text.find("\n", waiting, start) < 0
        waiting = end
        if not (is_second or has_hard):
            continue  # a sentence may hold one such word before a comma
        begin = text.rfind("\n", max(0, start - _NEAR_START), start) + 1
        if begin == 0 and start > _NEAR_START:
            continue
        table, done = _lines(text, begin, is_second=is_second)
        if table:
            yield table
    if "values" in lower or "from stdin" in lower:
        yield from _sql(text)
    if "<td" in lower:
        yield from _html(text)


def _lines(text: str, begin: int, *, is_second: bool) -> tuple[Table | None, int]:
    """Return the table whose headings stand in the line at `begin`, and where it ends."""
    end = end_of_line(text, begin)
    if end < 0:
        return None, begin
    mark = next((m for m in HARD_MARKS if text.find(m, begin, end) >= 0), "")
    if not mark and not is_second:
        return None, begin
    mark = mark or ("," if text.find(",", begin, end) >= 0 else " ")
    headings = split_row(text, begin, end, mark) if _FIRST.match(text, begin, end) else ()
    if not 2 <= len(headings) <= _MOST_COLUMNS:
        return None, end
    if not all(_HEADING.fullmatch(text, *cell) for cell in headings):
        return None, end
    rows, end = _rows(text, end + 1, headings, mark)
    return (Table(mark, headings, tuple(rows)) if rows else None), end


def _rows(
    text: str, at: int, headings: tuple[Cell, ...], mark: str
) -> tuple[list[tuple[Cell, ...]], int]:
    rows: list[tuple[Cell, ...]] = []
    while at < len(text):
        end = end_of_line(text, at)
        if end < 0:
            break
        if RULE.fullmatch(text, at, end) and end > at:
            at = end + 1
            continue
        row = split_row(text, at, end, mark)
        if mark == " ":
            row = _aligned(text, headings, row)
        elif not len(headings) // 2 < len(row) <= len(headings):
            break
        if not any(start < stop for start, stop in row):
            break
        rows.append(row)
        at = end + 1
    return rows, at


def end_of_line(text: str, begin: int) -> int:
    """Return where a line ends, or -1 where it is too long for a row."""
    end = text.find("\n", begin, begin + _LONGEST_LINE)
    if end < 0:
        return len(text) if len(text) - begin <= _LONGEST_LINE else -1
    return end


def split_row(text: str, begin: int, end: int, mark: str) -> tuple[Cell, ...]:
    """Return the cells of a line that `mark` parts; quotes and bars around it are left out."""
    if text[end - 1 : end] == "\r":
        end -= 1
    if mark == " ":
        return tuple(m.span() for m in _BLANKS.finditer(text, begin, end))
    if mark == "|":
        begin, end = _without_bars(text, begin, end)
    cells: list[Cell] = []
    at = begin
    while at <= end and len(cells) <= _MOST_COLUMNS:
        cell = _DELIMITED[mark].match(text, at, end)
        if not cell:
            break
        cells.append(_stripped(text, cell))
        if cell.end() == end and text[cell.end() - 1] != mark:
            break
        at = cell.end()
        if at == end:
            cells.append((end, end))
            break
    return tuple(cells)


def _without_bars(text: str, begin: int, end: int) -> Cell:
    line = text[begin:end]
    inner = line.strip()
    begin += len(line) - len(line.lstrip())
    end = begin + len(inner)
    if inner.startswith("|"):
        begin += 1
    if inner.endswith("|") and end > begin:
        end -= 1
    return begin, end


def _stripped(text: str, match: re.Match[str]) -> Cell:
    group = next((g for g in ("double", "single") if match[g] is not None), "plain")
    return _trimmed(text, *match.span(group))


def _trimmed(text: str, start: int, end: int) -> Cell:
    while start < end and text[start] in " \t\r\n*`":
        start += 1
    while end > start and text[end - 1] in " \t\r\n*`":
        end -= 1
    return start, end


def _aligned(text: str, headings: tuple[Cell, ...], cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return the cells of a row of blanks by the column whose start or end they share."""
    if len(cells) == len(headings):
        return cells
    first = headings[0][0] - (text.rfind("\n", 0, headings[0][0]) + 1)
    if not cells:
        return ()
    line = text.rfind("\n", 0, cells[0][0]) + 1
    base = headings[0][0] - first
    row: list[Cell] = [(line, line)] * len(headings)
    for start, end in cells:
        for number, (left, right) in enumerate(headings):
            if abs((start - line) - (left - base)) <= 1 or (end - line) == (right - base):
                row[number] = (start, end)
                break
    return tuple(row)


def _sql(text: str) -> Iterator[Table]:
    for insert in _INSERT.finditer(text):
        rows = []
        at = insert.end()
        while between := _BETWEEN.match(text, at):
            row, at = _tuple(text, between.end())
            if not row:
                break
            rows.append(row)
        if rows:
            yield Table("(", split_row(text, *insert.span("heads"), ","), tuple(rows))
    done = 0
    for copy in _COPY.finditer(text):
        if copy.start() < done:
            continue
        headings = split_row(text, *copy.span("heads"), ",")
        rows, done = _rows(text, copy.end(), headings, "\t")
        if rows:
            yield Table("\t", headings, tuple(rows))


def _tuple(text: str, at: int) -> tuple[tuple[Cell, ...], int]:
    cells: list[Cell] = []
    while len(cells) <= _MOST_COLUMNS:
        value = _VALUE.match(text, at, at + _LONGEST_LINE)
        if not value:
            break
        cells.append(_stripped(text, value))
        at = value.end()
        if value["end"] == ")":
            return tuple(cells), at
    return (), at


def _html(text: str) -> Iterator[Table]:
    starts = [m.start() for m in _HTML_ROW.finditer(text)]
    rows = []
    for start, end in pairwise([*starts, len(text)]):
        cells = _HTML_CELL.finditer(text, start, min(end, start + 2 * _LONGEST_LINE))
        rows.append(tuple(_trimmed(text, *cell.span("plain")) for cell in cells))
    if len(rows) > 1 and rows[0]:
        yield Table("<", rows[0], tuple(row for row in rows[1:] if len(row) == len(rows[0])))
