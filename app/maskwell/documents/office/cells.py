"""The cells of a workbook as segments: each row read together, each value under its heading.

A shared string is one segment, filed where a cell first uses it; one that no cell uses is filed
last. Formulas give the strings they spell out, and the value they last gave.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from maskwell.documents.office.names import S
from maskwell.documents.office.sheet_names import formula_literals, is_external, serial_date
from maskwell.documents.segments import Edit, Segment, check_ids, edited
from maskwell.documents.strands import Slot, Strand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from maskwell.documents.segments import Edits

__all__ = ["Cells"]

_DIGITS = "0123456789"
_FORMULA, _VALUE, _INLINE = f"{S}f", f"{S}v", f"{S}is"
_SHORTEST_NUMBER_DIGITS = 6


class Cells:
    """All cells of all sheets.

    Args:
        sheets: roots of the worksheets, in their order.
        shared: root of the shared strings, or None.
        dates: cell styles that show a date.
        since_1904: whether serial dates count from 1904.
    """

    def __init__(
        self, sheets: Sequence[Any], shared: Any, dates: frozenset[int], *, since_1904: bool
    ) -> None:
        self._dates = dates
        self._since_1904 = since_1904
        self._shared = list(shared.iterchildren(f"{S}si")) if shared is not None else []
        self._shown: dict[int, str] = {}
        """What the shared strings say that cells have used so far, by their place."""
        self._writers: dict[str, Callable[[Sequence[Edit]], None]] = {}
        self.segments: list[Segment] = []
        for number, sheet in enumerate(sheets):
            self._sheet(sheet, number)
        for number, item in enumerate(self._shared):
            if number not in self._shown:
                strand = _string(item)
                self._file(strand.text, strand.write, "", "")

    def write(self, replace: Edits) -> None:
        """Make the edits."""
        check_ids(replace, self._writers)
        for key, edits in replace.items():
            self._writers[key](edits)

    def _sheet(self, sheet: Any, number: int) -> None:
        headings: dict[str, str] = {}
        last, columns = "1", {"A"}
        for place, row in enumerate(sheet.iter(f"{S}row")):
            last = row.get("r") or str(place + 1)
            for cell in row.iterchildren(f"{S}c"):
                column = _column(cell)
                columns.add(column)
                value = self._cell(cell, headings.get(column, ""), f"{number}.{place}")
                if value and column not in headings and _is_heading(value):
                    headings[column] = value
        _bound(sheet, max(columns, key=lambda one: (len(one), one)), last)

    def _cell(self, cell: Any, label: str, group: str) -> str:
        """File what a cell holds; return the words it shows."""
        inside = _children(cell)
        value = inside.get(_VALUE)
        if _FORMULA in inside and inside[_FORMULA].text:
            self._formula(cell, inside[_FORMULA], label, group)
        kind = cell.get("t") or "n"
        text = (value.text or "") if value is not None else ""
        if kind == "s" and value is not None:
            return self._shared_string(text, label, group)
        if kind == "inlineStr":
            strand = _string(inside.get(_INLINE))
            self._file(strand.text, strand.write, label, group)
            return strand.text
        if kind == "str":
            strand = Strand([Slot(value, "text")]) if value is not None else Strand()
            self._file(text, strand.write, label, group)
        elif kind in {"n", "d"} and (shown := self._number(cell, text, kind)):
            self._file(shown, lambda edits: _to_text(cell, edited(shown, edits)), label, group)
        return text if kind == "str" else ""

    def _number(self, cell: Any, text: str, kind: str) -> str:
        """Return a number as someone may mean it: a date, or digits enough to be a person's."""
        if kind == "d":
            return text
        style = cell.get("s") or "0"
        if self._dates and style.isdecimal() and int(style) in self._dates:
            return serial_date(text, since_1904=self._since_1904) or text
        if len(text) < _SHORTEST_NUMBER_DIGITS and text.isdigit():
            return ""
        whole = _plain_number(text)
        return whole if sum(map(str.isdigit, whole)) >= _SHORTEST_NUMBER_DIGITS else ""

    def _shared_string(self, index: str, label: str, group: str) -> str:
        place = int(index) if index.isdecimal() else len(self._shared)
        if place >= len(self._shared):
            return ""
        if place not in self._shown:
            strand = _string(self._shared[place])
            self._shown[place] = strand.text
            self._file(strand.text, strand.write, label, group)
        return self._shown[place]

    def _formula(self, cell: Any, formula: Any, label: str, group: str) -> None:
        if is_external(formula.text):
            cell.remove(formula)
            return
        for start, _, text in formula_literals(formula.text):
            place = formula.text.count('"', 0, start)

            def write(edits: Sequence[Edit], place: int = place) -> None:
                formula.text = _with_literal(formula.text, place, edits)

            self._file(text, write, label, group)

    def _file(
        self, text: str, write: Callable[[Sequence[Edit]], None], label: str, group: str
    ) -> None:
        if text.strip():
            key = f"c{len(self._writers)}"
            self._writers[key] = write
            self.segments.append(Segment(key, text, label, group))


def _string(item: Any) -> Strand:
    """Return the strand of a string item over its runs, less what is for pronunciation."""
    if item is None:
        return Strand()
    return Strand([Slot(text, "text") for text in _texts(item)])


def _texts(item: Any) -> Iterator[Any]:
    for child in item:
        if child.tag == f"{S}t":
            yield child
        elif child.tag == f"{S}r":
            yield from child.iterchildren(f"{S}t")


def _to_text(cell: Any, text: str) -> None:
    """Make a cell hold text in itself, in place of a number and of the formula that gave it."""
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    inner = cell.makeelement(f"{S}is")
    words = cell.makeelement(f"{S}t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    inner.append(words)
    cell.append(inner)


def _with_literal(formula: str, place: int, edits: Sequence[Edit]) -> str:
    """Return a formula with the edits made in the literal that `place` quotes stand before."""
    for start, end, text in formula_literals(formula):
        if formula.count('"', 0, start) == place:
            return formula[:start] + edited(text, edits).replace('"', '""') + formula[end:]
    return formula


def _plain_number(text: str) -> str:
    """Return the digits a sheet shows for a long whole number ("1.5550142998E10")."""
    try:
        number = float(text)
    except ValueError:
        return text
    is_whole = number == int(number) if abs(number) < 1e21 else False
    return str(int(number)) if is_whole and ("E" in text.upper() or text.endswith(".0")) else text


def _bound(sheet: Any, column: str, row: str) -> None:
    """Tell how far a sheet reaches, where it does not say: readers look for it before all else."""
    if sheet.find(f"{S}dimension") is None and re.fullmatch(r"[A-Z]{1,3}[0-9]{1,7}", column + row):
        bounds = sheet.makeelement(f"{S}dimension", {"ref": f"A1:{column}{row}"})
        sheet.insert(len(sheet.findall(f"{S}sheetPr")), bounds)


def _children(cell: Any) -> dict[str, Any]:
    """Return what is in a cell by its name, of several the first."""
    found: dict[str, Any] = {}
    for child in cell:
        found.setdefault(child.tag, child)
    return found


def _column(cell: Any) -> str:
    return (cell.get("r") or "").rstrip(_DIGITS)


def _is_heading(value: str) -> bool:
    return len(value) <= 60 and not re.search(r"\d{3}|@", value)
