"""Blocks laid out for a width: the lines of a message, and how to copy them unwrapped.

Every line knows whether it ends because its text did or because the screen did, so a
selection over wrapped lines is copied as the text it came from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, pairwise, zip_longest
from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maskwell.tui.markdown import Block

__all__ = ["Line", "laid_out", "plain_lines", "selected_text"]

_FAINT = "$faint"
_GAP = "  "
_COPY = " copy "
_NARROWEST = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a message on the screen."""

    content: Content
    gutter: int = 0
    """Leading characters that are decoration, not text."""
    joint: str = "\n"
    """What stood between this row's text and the next row's: a break, a space, or nothing."""
    code: str = ""
    """On the row over a code block: the whole block, for whoever copies it there."""


def laid_out(blocks: Sequence[Block], width: int) -> list[Line]:
    """Return the rows of `blocks` at `width` cells."""
    rows: list[Line] = []
    for block in blocks:
        if rows and not block.tight:
            rows.append(Line(Content("")))
        rows += _lines(block, width)
    return rows


def plain_lines(content: Content, width: int) -> list[Line]:
    """Return text that is not Markdown as rows."""
    return list(_wrapped(content, max(width, _NARROWEST)))


def selected_text(lines: Sequence[Line], start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return the text between two places (column, row), with wrapped rows joined again."""
    pieces: list[str] = []
    for row in range(start[1], min(end[1], len(lines) - 1) + 1):
        line = lines[row]
        text = line.content.plain
        left = max(start[0] if row == start[1] else 0, line.gutter)
        if row == end[1]:
            pieces.append(text[left : end[0]])
        else:
            pieces += [text[left:].rstrip(), line.joint]
    return "".join(pieces)


def _lines(block: Block, width: int) -> Iterator[Line]:
    room = max(width - len(block.gutter), _NARROWEST)
    if block.kind == "rule":
        yield Line(Content("─" * room).stylize(_FAINT))
        return
    if block.kind == "table":
        body: Iterator[Line] = _table(block.rows, room)
    elif block.kind == "code":
        body = chain([_code_head(block, room)], _code(block.content, room))
    else:
        body = _wrapped(block.content, room)
    before = block.gutter
    for line in body:
        lead = Content(before).stylize(_FAINT)
        yield replace(line, content=lead + line.content, gutter=len(before) + line.gutter)
        before = block.indent


def _wrapped(content: Content, width: int) -> Iterator[Line]:
    for paragraph in content.split("\n", allow_blank=True):
        rows = paragraph.wrap(width) or [paragraph]
        text, at = paragraph.plain, 0
        for row, following in pairwise(rows):
            at = text.find(row.plain, at) + len(row.plain)
            goes_on = (
                text.startswith(following.plain[:1] or " ", at) and not row.plain[-1:].isspace()
            )
            yield Line(row, joint="" if goes_on else " ")
        yield Line(rows[-1])


def _code_head(block: Block, width: int) -> Line:
    """Return the row over a code block: its language, and a place to click that copies it."""
    room = max(width - len(_COPY), 0)
    head = f" {block.language}"[:room].ljust(room) + _COPY[:width]
    content = Content(head, strip_control_codes=False).stylize(f"{_FAINT} on $code-background")
    return Line(content, len(head), "", block.content.plain)


def _code(content: Content, width: int) -> Iterator[Line]:
    room = max(width - 2, _NARROWEST)
    for source_line in content.expand_tabs(4).split("\n", allow_blank=True):
        rows = source_line.fold(room)
        for number, row in enumerate(rows, start=1):
            padded = Content(" ") + row.pad_right(max(room - row.cell_length, 0) + 1)
            joint = "" if number < len(rows) else "\n"
            yield Line(padded.stylize_before("on $code-background"), 1, joint)


def _table(rows: Sequence[Sequence[Content]], width: int) -> Iterator[Line]:
    widths = _column_widths(rows, width)
    for number, row in enumerate(rows):
        cells = [cell.wrap(room) for cell, room in zip(row, widths, strict=False)]
        for parts in zip_longest(*cells, fillvalue=Content("")):
            joined = Content(_GAP).join(
                part.pad_right(max(room - part.cell_length, 0))
                for part, room in zip(parts, widths, strict=False)
            )
            yield Line(joined.stylize_before("bold") if number == 0 else joined)
        if number == 0:
            yield Line(Content(_GAP.join("─" * room for room in widths)).stylize(_FAINT))


def _column_widths(rows: Sequence[Sequence[Content]], width: int) -> list[int]:
    """Return column widths in cells: as wanted if they fit, else the widest give way."""
    columns = zip_longest(*rows, fillvalue=Content(""))
    widths = [max(_NARROWEST, *(cell.cell_length for cell in column)) for column in columns]
    room = width - len(_GAP) * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _NARROWEST:
        widest = widths.index(max(widths))
        widths[widest] -= min(max(sum(widths) - room, 1), max(widths[widest] // 4, 1))
    return [max(one, _NARROWEST) for one in widths]
