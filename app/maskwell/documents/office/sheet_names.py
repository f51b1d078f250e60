"""What of a workbook is kept, and the small grammars inside it: dates, formulas, references."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from maskwell.documents.office.names import SHARED_TYPES, S

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "KEPT_TYPES",
    "MAIN_TYPE",
    "SHEET_ELEMENTS",
    "WORKBOOK_ELEMENTS",
    "date_styles",
    "formula_literals",
    "is_external",
    "renamed_references",
    "serial_date",
    "sheet_token",
]

_PREFIX = "application/vnd.openxmlformats-officedocument."
MAIN_TYPE = f"{_PREFIX}spreadsheetml.sheet.main+xml"
KEPT_TYPES = (
    SHARED_TYPES
    | {
        f"{_PREFIX}spreadsheetml.{name}+xml"
        for name in (
            *("sheet.main", "worksheet", "chartsheet", "sharedStrings", "styles", "comments"),
            "table",
        )
    }
    | {f"{_PREFIX}drawing+xml"}
)

SHEET_ELEMENTS = frozenset(
    f"{S}{name}" for name in (
        "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData",
        "sheetProtection", "autoFilter", "mergeCells", "phoneticPr", "conditionalFormatting",
        "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
        "headerFooter", "rowBreaks", "colBreaks", "ignoredErrors", "drawing", "tableParts",
    )
)  # fmt: skip
"""What is kept of a sheet; scenarios, custom views, controls and old drawings are not."""

WORKBOOK_ELEMENTS = frozenset(
    f"{S}{name}" for name in (
        "workbookPr", "bookViews", "sheets", "definedNames", "calcPr",
    )
)  # fmt: skip

_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_TIME_ONLY = frozenset([18, 19, 20, 21, 45, 46, 47])
_QUOTED_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_LITERAL = re.compile(r'"((?:[^"]|"")*)"')
_EXTERNAL = re.compile(r"\[\d+\]")
_LONGEST_SHEET_NAME_CHARS = 31
_FORBIDDEN_IN_SHEET_NAME = re.compile(r"[:\\/?*\[\]']")


def date_styles(styles: Any) -> frozenset[int]:
    """Return the cell styles (by place) that show a number as a date."""
    own = {
        int(one.get("numFmtId") or 0): one.get("formatCode") or ""
        for one in styles.iter(f"{S}numFmt")
    }
    cell_formats = styles.find(f"{S}cellXfs")
    found = set()
    for place, style in enumerate(cell_formats if cell_formats is not None else ()):
        number = int(style.get("numFmtId") or 0)
        code = _QUOTED_FORMAT.sub("", own.get(number, "")).lower()
        is_own_date = "d" in code or "y" in code
        if is_own_date or (number in _DATE_FORMATS - _TIME_ONLY and number not in own):
            found.add(place)
    return frozenset(found)


def serial_date(text: str, *, since_1904: bool) -> str | None:
    """Return a serial number as an ISO date (with its time when it has one), or None."""
    try:
        days = float(text)
        start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  # a sheet's dates have no zone
        moment = start + timedelta(seconds=round(days * 86_400))
    except (ValueError, OverflowError):
        return None
    return f"{moment:%Y-%m-%d}" if days == int(days) else f"{moment:%Y-%m-%d %H:%M:%S}"


def formula_literals(formula: str) -> list[tuple[int, int, str]]:
    """Return (start, end, text) of each string literal, its quotes left out of the span."""
    return [
        (found.start(1), found.end(1), found[1].replace('""', '"'))
        for found in _LITERAL.finditer(formula)
    ]


def is_external(formula: str) -> bool:
    """Whether a formula reads another workbook."""
    return bool(_EXTERNAL.search(formula))


def sheet_token(name: str) -> str:
    """Return a name a sheet can have: tokens in braces, at most 31 characters."""
    braced = name.replace("[", "{").replace("]", "}")
    return _FORBIDDEN_IN_SHEET_NAME.sub(" ", braced)[:_LONGEST_SHEET_NAME_CHARS] or "Sheet"


def renamed_references(names: dict[str, str]) -> Callable[[str], str]:
    """Return a function that renames sheets in a formula or reference.

    Args:
        names: old sheet name to new one, of those that changed.
    """
    spellings = {}
    for old, new in names.items():
        target = "'" + new.replace("'", "''") + "'!"
        spellings["'" + old.replace("'", "''") + "'!"] = target
        spellings[f"{old}!"] = target
    if not spellings:
        return str
    longest = sorted(spellings, key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<![\w.']){re.escape(one)}" for one in longest))
    return lambda text: pattern.sub(lambda found: spellings[found.group()], text)
