"""Rows of a form, where labels and values take turns: "First name | Jane | Last name | Hartwell".

Such rows look like a table's headings and hold people's names. They are told by what stands in
their cells: a known label in every other one, beginning with the first, and none between them.
Invariant: a line is split once, whatever stands in it, and no row of two columns' names is a form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.headings import Heading, heading_of
from maskwell.detection.recognizers.tables import HARD_MARKS, RULE, end_of_line, split_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maskwell.detection.cues import Cue
    from maskwell.detection.recognizers.tables import Cell

__all__ = ["Form", "forms_in"]

_NEAR_START: Final = 240
_LONGEST_LABEL: Final = 40
_MOST_STRANGERS: Final = 2
"""Rows of a form on end whose first label nobody knows ("Occupation | Nurse")."""
_AFTER_LABEL = re.compile(r"[\"'*_ ).:?]{0,8}(?:[,;|\t]|\Z)")


@dataclass(frozen=True, slots=True)
class Form:
    """The labels and values of rows on end, as places in the text."""

    start: int
    end: int
    mark: str
    pairs: tuple[tuple[Heading, Cell], ...]
    """What a label announces, and the cell after it; an empty one holds nothing."""


def forms_in(text: str, cues: Iterable[Cue]) -> Iterator[Form]:
    """Yield the forms of a text, in its order.

    Args:
        text: the folded text.
        cues: the headings found in it, in text order.
    """
    done = -1
    for start, end, _ in cues:
        if start < done or not _AFTER_LABEL.match(text, end, end + 9):
            continue
        begin = text.rfind("\n", max(0, start - _NEAR_START), start) + 1
        if begin == 0 and start > _NEAR_START:
            continue
        stop = end_of_line(text, begin)
        mark = _mark(text, begin, stop) if stop >= 0 else ""
        if mark and _begins_with_label(text, begin, stop, mark):
            form, done = _form(text, begin, mark)
            if form:
                yield form


def _mark(text: str, begin: int, end: int) -> str:
    return next((mark for mark in (*HARD_MARKS, ",") if text.find(mark, begin, end) >= 0), "")


def _begins_with_label(text: str, begin: int, end: int, mark: str) -> bool:
    """Whether the first cell may be a known label, asked before the rest of the line is split."""
    while begin < end and text[begin] in " |":
        begin += 1
    stop = text.find(mark, begin, end)
    return 0 <= stop - begin <= _LONGEST_LABEL and heading_of(text[begin:stop]) is not None


def _form(text: str, begin: int, mark: str) -> tuple[Form | None, int]:
    """Return the form that begins at `begin`, if one does, and where what was read ends."""
    pairs: list[tuple[Heading, Cell]] = []
    rows = strangers = width = 0
    is_sure = False
    at = end = begin
    while at < len(text) and strangers <= _MOST_STRANGERS:
        stop = end_of_line(text, at)
        if stop < 0:
            break
        cells = () if rows and RULE.fullmatch(text, at, stop) else split_row(text, at, stop, mark)
        if cells and len(cells) < 2:
            break
        found = _pairs(text, cells)
        if not rows and not found:
            return None, stop
        if found:
            if not rows:
                width = len(cells)
                is_sure = mark in HARD_MARKS and 1 < len(found) >= width / 2
            pairs += found
            rows, strangers, end = rows + 1, 0, stop
        elif cells:
            is_sure = is_sure and (rows > 1 or len(cells) != width)  # a table's first row?
            strangers += 1
        at = stop + 1
    form = Form(begin, end, mark, tuple(pairs)) if rows > 1 or is_sure else None
    return form, max(end, at - 1)


def _pairs(text: str, cells: tuple[Cell, ...]) -> list[tuple[Heading, Cell]]:
    """Return the labels known and their values, none where the row is no form's."""
    headings = [heading_of(text[start:end]) for start, end in cells]
    labels, between = headings[::2], headings[1::2]
    named = sum(start < end for start, end in cells[::2])
    known = sum(label is not None for label in labels)
    if not headings or headings[0] is None or any(between) or 2 * known < named:
        return []
    return [(h, c) for h, c in zip(labels, cells[1::2], strict=False) if h is not None]
