"""What stands in a table's column under a telling heading, whatever it looks like by itself.

"Summer" is nobody's name until it stands beneath "First name", and 31-042 no postcode. A table
counts where its headings speak of people between them: "city" and "name" alone may list towns and
fonts. Invariant: a cell that does not look like one of its kind is left to the others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.detection.recognizers.forms import forms_in
from maskwell.detection.recognizers.headings import HEADING_CUES, Heading, fits, heading_of
from maskwell.detection.recognizers.tables import tables_in
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.recognizers.forms import Form
    from maskwell.detection.recognizers.tables import Table
    from maskwell.detection.scan import Scan

__all__ = ["ColumnRecognizer", "heading_rows"]

_ENOUGH: Final = 2
"""The weight at which headings speak of people."""
_MOST_MISFITS: Final = 0.4
_PARTICLE: Final = r"(?:van|von|vom|de[rnl]?|della?|di|da|dos|du|la|le|el|al|bin|ben|y|e|ter|zu)\b"
_WORD: Final = r"[^\W\d_a-zß-ÿ][\w'’.-]*"
_PROPER = re.compile(rf"(?:(?:{_WORD}|{_PARTICLE})(?:,? |\Z)){{1,6}}")
"""How a name is written in a form; what a label means is told in words with small letters."""
_HARD_MARKS: Final = frozenset("\t|;(<")
"""What stands between cells and hardly ever within a sentence: one strong heading is enough."""


class ColumnRecognizer(Recognizer):
    """Finds values by the heading of their column."""

    name = "columns"
    entity_types = (
        EntityType.PERSON, EntityType.ADDRESS, EntityType.PLACE, EntityType.DATE, EntityType.PHONE,
        EntityType.ID, EntityType.BANK, EntityType.CARD, EntityType.VEHICLE, EntityType.USERNAME,
        EntityType.SECRET,
    )  # fmt: skip

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """The headings."""
        return {"heading": HEADING_CUES}

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the cells that their headings tell."""
        text, cues = scan.text, scan.cues.of("heading")
        starts = set()
        for form in forms_in(text, cues):
            starts.add(form.start)
            yield from _told(text, form)
        for table in tables_in(text, scan.lower, cues):
            if text.rfind("\n", 0, table.headings[0][0]) + 1 not in starts:
                yield from _cells(text, table)


def heading_rows(scan: Scan) -> list[tuple[int, int]]:
    """Return where the headings of tables stand, in text order: what is in them names nobody.

    What is no known heading may be a value, as in a form's rows of labels, unless nearly all of
    its row is known.
    """
    rows = []
    for table in tables_in(scan.text, scan.lower, scan.cues.of("heading")):
        headings = [heading_of(scan.text[start:end]) for start, end in table.headings]
        known = sum(heading is not None for heading in headings)
        if known >= _ENOUGH and known * 2 >= len(headings) and _telling(headings, table.mark):
            is_full = table.mark != " " and known * 3 > len(headings) * 2
            rows += [
                cell
                for cell, heading in zip(table.headings, headings, strict=True)
                if is_full or heading is not None
            ]
    return sorted(rows)


def _told(text: str, form: Form) -> Iterator[Match]:
    """Yield the values of a form's labels, if it speaks of people and they look like its kinds."""
    wanted = _telling([heading for heading, _ in form.pairs], form.mark).values()
    kinds = {heading.kind for heading in wanted}
    found = []
    misfits = 0
    for heading, (start, end) in form.pairs:
        value = text[start:end]
        if heading.kind not in kinds or heading.form == "none" or not value:
            continue
        if fits(heading, value, is_cell=True) and _is_value(heading, value):
            found.append(_match(heading, start, end, "by its label in a form"))
        else:
            misfits += 1
    if len(found) > 1 and misfits <= _MOST_MISFITS * (misfits + len(found)):
        yield from found


def _is_value(heading: Heading, value: str) -> bool:
    """Whether a cell is a value rather than words about one, as where a program lists fields."""
    if heading.form == "street" and any(c.isdigit() for c in value):
        return True
    return heading.form not in ("name", "person", "street") or _PROPER.fullmatch(value) is not None


def _match(heading: Heading, start: int, end: int, why: str) -> Match:
    return Match(
        start, end, heading.entity_type, heading.score, ColumnRecognizer.name,
        f"{heading.what} {why}", heading.subtype,
    )  # fmt: skip


def _cells(text: str, table: Table) -> Iterator[Match]:
    headings = [heading_of(text[start:end]) for start, end in table.headings]
    wanted = _telling(headings, table.mark)
    if not wanted or _is_heading_row(text, table, wanted):
        return
    found = []
    misfits = 0
    for row in table.rows:
        for number, heading in wanted.items():
            start, end = row[number] if number < len(row) else (0, 0)
            value = text[start:end]
            if not value or heading.form == "none":
                continue
            if fits(heading, value, is_cell=True):
                found.append(_match(heading, start, end, "by the heading of its column"))
            elif any(c.isalnum() for c in value):
                misfits += 1
    if misfits <= _MOST_MISFITS * (misfits + len(found)) and _is_data(text, found):
        yield from found


def _is_data(text: str, found: list[Match]) -> bool:
    """Whether a figure or a capital stands in some cell: words in small letters may be code."""
    return any(not text[match.start : match.end].islower() for match in found)


def _telling(headings: list[Heading | None], mark: str) -> dict[int, Heading]:
    """Return the columns that count, none where the headings speak of no people."""
    known = {number: heading for number, heading in enumerate(headings) if heading}
    kinds = {heading.kind: heading for heading in known.values()}
    weight = sum(heading.weight for heading in kinds.values())
    is_one = len(known) == 1 and (mark not in _HARD_MARKS or weight < _ENOUGH)
    if weight < _ENOUGH or is_one:
        return {}
    is_personal = any(h.is_personal for h in kinds.values()) or "email" in kinds
    return {
        number: heading
        for number, heading in known.items()
        if is_personal or heading.weight or heading.kind in ("city", "address")
    }


def _is_heading_row(text: str, table: Table, wanted: dict[int, Heading]) -> bool:
    """Whether the first row names columns or types too, as where a program lists them."""
    row = table.rows[0]
    cells = [text[slice(*row[n])] for n, h in wanted.items() if n < len(row) and h.form != "none"]
    return sum(heading_of(cell) is not None for cell in cells) * 2 > len(cells)
