"""Excel files (xlsx): cells, formulas and what they last gave, names, comments, charts.

Cells are read row by row under their headings; hidden sheets and strings no cell uses any more
are read too. Numbers and dates that are someone's become text when they are replaced. Left out:
macros, pivots with their caches, data connections, links to other workbooks (their cells keep
the last value), filters, scenarios, custom views, pictures, threaded copies of comments.
openpyxl opens the result before it is released.
"""

from __future__ import annotations

from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from maskwell.documents.formats import Source, View
from maskwell.documents.office.cells import Cells
from maskwell.documents.office.markup import clean, take_links, take_words
from maskwell.documents.office.names import FORMULAS, R, S
from maskwell.documents.office.package import OfficePackage, Part
from maskwell.documents.office.reading_back import office_views
from maskwell.documents.office.sheet_names import (
    KEPT_TYPES,
    MAIN_TYPE,
    SHEET_ELEMENTS,
    WORKBOOK_ELEMENTS,
    date_styles,
    is_external,
    renamed_references,
    sheet_token,
)
from maskwell.documents.segments import Segment, edited
from maskwell.documents.strands import Strands
from maskwell.documents.xml_tree import local_name
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from maskwell.documents.segments import Document, Edits

__all__ = ["inspect", "read"]

LOADED_LATER = ("openpyxl",)
"""What a process that will check many of these loads first."""

_CELLS = frozenset({f"{S}sheetData", f"{S}sst"})
_LOST_ATTRIBUTES = {
    f"{S}c": ("cm", "vm"),
    f"{S}sheetPr": ("codeName",),
    f"{S}workbookPr": ("codeName",),
    f"{S}table": ("tableType", "connectionId"),
    f"{S}tableColumn": ("queryTableFieldId", "uniqueName"),
}
"""Attributes that refer to what is left out."""
_ROWS_AT_ONCE = 500
_LOST = (f"{S}filterColumn", f"{S}sortState", f"{S}rPh", f"{S}xmlColumnPr")


class Workbook:
    """An Excel file."""

    def __init__(self, data: bytes, source: Source) -> None:
        self._package = OfficePackage(
            data,
            source.budget,
            main_type=MAIN_TYPE,
            kept_types=KEPT_TYPES,
            picture_folder="xl/media",
        )
        self._strands = Strands()
        self._sheets = self._sheet_elements()
        dropped: Counter[str] = self._package.dropped
        for part in self._package.all_parts():
            dropped += clean(part)
            _settle(part)
        self._cells = self._read_cells()
        self._take_rest()
        self.segments = [
            *(Segment(key, one.get("name") or "", "sheet") for key, one in self._sheets.items()),
            *self._cells.segments,
            *self._strands.segments,
        ]
        self.dropped = [f"{count} × {what}" for what, count in sorted(dropped.items())]

    def rewritten(self, replace: Edits) -> bytes:
        """Return a new workbook with the edits made."""
        own = {key: edits for key, edits in replace.items() if key in self._sheets}
        cells = {key: edits for key, edits in replace.items() if key.startswith("c")}
        rest = {k: e for k, e in replace.items() if k not in own and k not in cells}
        self._strands.write(rest)
        self._cells.write(cells)
        self._rename_sheets(own)
        return self._package.write()

    def _sheet_elements(self) -> dict[str, Any]:
        sheets = self._package.main.root.iter(f"{S}sheet")
        return {f"sheet:{number}": element for number, element in enumerate(sheets)}

    def _read_cells(self) -> Cells:
        by_id = dict(self._package.targets(self._package.main, "heet"))
        strings = [one for _, one in self._package.targets(self._package.main, "/sharedStrings")]
        styles = [one for _, one in self._package.targets(self._package.main, "/styles")]
        dates = date_styles(styles[0].root) if styles else frozenset()
        flags = self._package.main.root.find(f"{S}workbookPr")
        since_1904 = flags is not None and flags.get("date1904") in {"1", "true"}
        sheets = [by_id.get(one.get(f"{R}id")) for one in self._sheets.values()]
        known = [part.root for part in sheets if part is not None]
        shared = strings[0].root if strings else None
        return Cells(known, shared, dates, since_1904=since_1904)

    def _take_rest(self) -> None:
        """Take up all words outside the cells."""
        for part in self._package.all_parts():
            if part.root.tag == f"{S}sst":
                continue
            if part is self._package.main:
                for name in part.root.iter(f"{S}definedName"):
                    take_words(self._strands, name)
            elif part.root.tag == f"{S}worksheet":
                for child in part.root:
                    if child.tag not in _CELLS:
                        take_words(self._strands, child)
            elif part.root.tag != f"{S}styleSheet":
                take_words(self._strands, part.root)
            take_links(self._strands, part)

    def _rename_sheets(self, replace: Edits) -> None:
        """Give sheets their new names, and every reference to one the same."""
        names: dict[str, str] = {}
        taken = {(one.get("name") or "").lower() for one in self._sheets.values()}
        for key, edits in replace.items():
            old = self._sheets[key].get("name") or ""
            new, number = sheet_token(edited(old, edits)), 2
            while new.lower() in taken - {old.lower()}:
                new, number = sheet_token(f"{edited(old, edits)[:28]} {number}"), number + 1
            taken.add(new.lower())
            names[old] = new
            self._sheets[key].set("name", new)
        if names:
            rename = renamed_references(names)
            for part in self._package.all_parts():
                _rename_in(part, rename)


def read(data: bytes, source: Source) -> Document:
    """Read an Excel file."""
    return Workbook(data, source)


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield every part as expat sees it, and the cells that openpyxl reads."""
    import openpyxl  # type: ignore[import-untyped]  # noqa: PLC0415  # no types; slow to load

    yield from office_views(data, source.budget)
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True)
        for sheet in book.worksheets:
            yield View("sheet", sheet.title)
            sheet.reset_dimensions()
            rows = sheet.iter_rows(values_only=True)
            while some := list(islice(rows, _ROWS_AT_ONCE)):
                values = (str(one) for row in some for one in row if one is not None)
                yield View("row", "\n\0\n".join(values))
    except Exception as error:
        raise InputUnreadable("The Excel file does not open in a second reader.") from error


def _settle(part: Part) -> None:
    """Keep what is listed of a sheet or workbook, and nothing that points at what is gone."""
    root = part.root
    kept = {f"{S}worksheet": SHEET_ELEMENTS, f"{S}workbook": WORKBOOK_ELEMENTS}.get(root.tag)
    if kept is not None:
        for child in list(root):
            if child.tag not in kept:
                root.remove(child)
    external = [one for one in root.iter(f"{S}definedName") if is_external(one.text or "")]
    for element in [*root.iter(*_LOST), *external]:
        element.getparent().remove(element)
    for element in root.iter(*_LOST_ATTRIBUTES):
        for attribute in _LOST_ATTRIBUTES[element.tag]:
            element.attrib.pop(attribute, None)


def _rename_in(part: Part, rename: Any) -> None:
    for element in part.root.iter():
        if local_name(str(element.tag)) in FORMULAS and "!" in (element.text or ""):
            element.text = rename(element.text)
        for name in ("location", "ref", "formula"):
            if "!" in (element.get(name) or ""):
                element.set(name, rename(element.get(name)))
