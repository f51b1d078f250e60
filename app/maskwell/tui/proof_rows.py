"""Where the rows of a text begin and end at a width, broken at spaces.

Invariant: the rows cover every character of the text but its line breaks, in order.
"""

from __future__ import annotations

import re

from rich.cells import cell_len

__all__ = ["rows_of"]


def rows_of(text: str, width: int) -> list[tuple[int, int]]:
    """Return the (start, end) characters of each row at `width` cells, broken at spaces."""
    rows: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        rows += [(start + left, start + right) for left, right in _broken(line, width)]
        start += len(line) + 1
    return rows


def _broken(line: str, width: int) -> list[tuple[int, int]]:
    if len(line) <= width and (line.isascii() or cell_len(line) <= width):
        return [(0, len(line))]
    rows: list[tuple[int, int]] = []
    start = at = cells = 0
    is_ascii = line.isascii()
    for word in re.finditer(r"\S*\s*", line):
        size = len(word[0]) if is_ascii else cell_len(word[0])
        solid = len(word[0].rstrip()) if is_ascii else cell_len(word[0].rstrip())
        if cells and cells + solid > width:
            rows.append((start, at))
            start, cells = at, 0
        if solid > width:
            pieces = _cut(line, word.start(), word.end(), width)
            rows += pieces[:-1]
            start, at = pieces[-1]
            cells = cell_len(line[start:at])
            continue
        cells += size
        at = word.end()
    return [*rows, (start, at)] if at > start or not rows else rows


def _cut(line: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    pieces, cells = [], 0
    for at in range(start, end):
        size = cell_len(line[at])
        if cells + size > width and at > start:
            pieces.append((start, at))
            start, cells = at, 0
        cells += size
    return [*pieces, (start, end)]
