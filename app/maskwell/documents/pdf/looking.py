"""Pages looked at: what stands in pictures, outlines and patterns is read from the drawn page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.documents.pdf.confirming import corners
from maskwell.documents.pdf.matrices import applied
from maskwell.documents.pictures.boxing import seen_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maskwell.documents.limits import Budget
    from maskwell.documents.pdf.pages import PageText
    from maskwell.documents.pdf.rendering import Renderer, Sheet
    from maskwell.documents.pictures.seeing import Eyes, Point

__all__ = ["DOTS_PER_INCH", "look_at"]

DOTS_PER_INCH = 150
_SAMPLES = [(x / 8, y / 4) for x in range(1, 8) for y in (1, 2, 3)]
_MOSTLY = 0.8


def look_at(pages: Iterable[PageText], renderer: Renderer, eyes: Eyes, budget: Budget) -> None:
    """Read every page that is distrusted or draws more than text; fills in `seen`."""
    harmless: set[object] = set()
    for page in pages:
        drawn = {_identity(one.image) for one, _ in page.pictures}
        is_known = bool(drawn) and drawn <= harmless and not page.has_outlines
        if not page.distrust and (is_known or not page.wants_look):
            continue
        budget.look()
        sheet = renderer.sheet(page.number, DOTS_PER_INCH)
        found = eyes.boxes(sheet.picture)
        if not page.distrust:
            found = [one for one in found if not _is_told(one, page, sheet)]
        page.seen = eyes.read(sheet.picture, found)
        page.seen_blocks = seen_blocks(line for line in page.seen if line.is_readable)
        if not page.seen:
            harmless |= drawn - {None}


def _identity(image: object) -> object:
    return getattr(image, "objgen", None) if image is not None else None


def _is_told(quad: tuple[Point, ...], page: PageText, sheet: Sheet) -> bool:
    """Whether what stands in a box is the page's text, and no picture is near it."""
    x0, y0 = min(x for x, _ in quad), min(y for _, y in quad)
    x1, y1 = max(x for x, _ in quad), max(y for _, y in quad)
    for _, matrix in page.pictures:
        at = [sheet.pixel(*applied(matrix, x, y)) for x in (0, 1) for y in (0, 1)]
        if (
            min(x for x, _ in at) < x1 and x0 < max(x for x, _ in at)
            and min(y for _, y in at) < y1 and y0 < max(y for _, y in at)
        ):  # fmt: skip
            return False
    inside = 0
    areas = [corners(sheet, line) for line in page.lines]
    boxes = [
        (min(p[0] for p in a), min(p[1] for p in a), max(p[0] for p in a), max(p[1] for p in a))
        for a in areas
    ]
    for part_x, part_y in _SAMPLES:
        x, y = x0 + (x1 - x0) * part_x, y0 + (y1 - y0) * part_y
        inside += any(a - 2 <= x <= c + 2 and b - 2 <= y <= d + 2 for a, b, c, d in boxes)
    return inside >= _MOSTLY * len(_SAMPLES)
