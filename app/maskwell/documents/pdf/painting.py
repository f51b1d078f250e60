"""Edits carried out on a page: in its glyphs, or on a picture of it."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, Any

import pikepdf

from maskwell.documents.pdf.fonts import helvetica_width
from maskwell.documents.pdf.images import put_picture
from maskwell.documents.pdf.looking import DOTS_PER_INCH
from maskwell.documents.pdf.placing import Placed
from maskwell.documents.pdf.rewriting import TOKEN_FONT, encodable
from maskwell.documents.pictures.boxing import Letter, Patch, patch_over, with_patches
from maskwell.documents.segments import edited
from maskwell.errors import LayoutUnsafe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from maskwell.documents.paragraphs import Block
    from maskwell.documents.pdf.building import Builder
    from maskwell.documents.pdf.pages import PageText
    from maskwell.documents.pdf.rendering import Renderer, Sheet
    from maskwell.documents.segments import Edit

__all__ = ["paint", "write_tokens"]

_LETTERS_POINTS = 6.0
"""How large the letters no one sees are, at most."""


def write_tokens(block: Block, edit: Edit) -> None:
    """Mark the glyphs of an edit as removed, and the first to carry its new text.

    Raises:
        LayoutUnsafe: the standard font has no signs for the new text.
    """
    owners: list[Placed] = block.owned(edit.start, edit.end)
    if not owners:
        return
    before, after = block.around(edit.start, edit.end)
    new_text = before + edit.new_text + after
    if not encodable(new_text):
        raise LayoutUnsafe("The new text has signs that no standard PDF font can show.")
    for owner in owners:
        for glyph in owner.glyphs:
            if glyph.removed:
                continue
            glyph.removed = True
            if owner is owners[0] and glyph is owner.glyph:
                glyph.token = new_text
                glyph.room = _room(owners)


def _room(owners: list[Placed]) -> float:
    """Return how wide the removed glyphs on the first one's line are, in its text units."""
    first = owners[0]
    wide = hypot(first.end_x - first.x, first.end_y - first.y)
    if wide < 1e-6 or not first.glyph.width:
        return 0.0
    along = (first.end_x - first.x) / wide, (first.end_y - first.y) / wide
    reach = 0.0
    for one in owners:
        ahead = (one.end_x - first.x) * along[0] + (one.end_y - first.y) * along[1]
        aside = (one.x - first.x) * along[1] - (one.y - first.y) * along[0]
        if abs(aside) > 0.4 * first.size or ahead < reach:
            break
        reach = ahead
    return abs(first.glyph.width) * reach / wide


def paint(
    page: PageText,
    builder: Builder,
    renderer: Renderer,
    edits: Mapping[str, tuple[Block, list[Edit]]],
) -> None:
    """Add a page to the new file as a picture of itself with its findings covered."""
    sheet = renderer.sheet(page.number, DOTS_PER_INCH)
    patches = [Patch(line.quad) for line in page.seen if not line.is_readable]
    for block, some in edits.values():
        for edit in some:
            owners = block.owned(edit.start, edit.end)
            letters = [one for one in owners if isinstance(one, Letter)]
            glyphs = [one for one in owners if isinstance(one, Placed)]
            patches += patch_over(letters, edit.new_text)
            patches += _over_glyphs(glyphs, edit.new_text, sheet)
    picture = with_patches(sheet.picture, patches)
    image = put_picture(builder.pdf, picture)
    builder.add_picture(sheet.size, image, _layer(page, edits, sheet))


def _over_glyphs(glyphs: list[Placed], label: str, sheet: Sheet) -> Iterator[Patch]:
    """Yield a patch over each run of glyphs on one base line."""
    runs: list[list[Placed]] = []
    for one in glyphs:
        if runs and _is_beside(runs[-1][-1], one):
            runs[-1].append(one)
        else:
            runs.append([one])
    for run in runs:
        first, last = run[0], run[-1]
        top, low = 1.0, -0.35
        yield Patch(
            (
                sheet.pixel(first.x + first.up_x * top, first.y + first.up_y * top),
                sheet.pixel(last.end_x + last.up_x * top, last.end_y + last.up_y * top),
                sheet.pixel(last.end_x + last.up_x * low, last.end_y + last.up_y * low),
                sheet.pixel(first.x + first.up_x * low, first.y + first.up_y * low),
            ),
            label,
        )
        label = ""


def _is_beside(one: Placed, other: Placed) -> bool:
    return hypot(other.x - one.end_x, other.y - one.end_y) < 1.2 * max(one.size, other.size)


def _layer(page: PageText, edits: Mapping[str, tuple[Block, list[Edit]]], sheet: Sheet) -> bytes:
    """Return letters no one sees that say what the picture shows, for search and copying."""
    done = {id(block): some for block, some in edits.values()}
    told = [] if page.distrust else page.blocks
    pixels_to_points = sheet.size[0] / sheet.picture.width
    steps: list[tuple[list[Any], pikepdf.Operator]] = [
        ([], pikepdf.Operator("BT")),
        ([3], pikepdf.Operator("Tr")),
    ]
    for block in [*told, *page.seen_blocks]:
        place = _corner(block, sheet)
        text = edited(block.text, done.get(id(block), ()))
        for number, line in enumerate(text.split("\n")):
            x, y = place[0] * pixels_to_points, sheet.size[1] - place[1] * pixels_to_points
            room = max(sheet.size[0] - x, 10.0)
            size = min(_LETTERS_POINTS, room / max(helvetica_width(line), 0.1))
            down = y - number * _LETTERS_POINTS * 1.2
            steps += [
                ([pikepdf.Name(TOKEN_FONT), round(size, 3)], pikepdf.Operator("Tf")),
                ([1, 0, 0, 1, round(x, 2), round(down, 2)], pikepdf.Operator("Tm")),
                ([pikepdf.String(line.encode("cp1252", "replace"))], pikepdf.Operator("Tj")),
            ]
    steps.append(([], pikepdf.Operator("ET")))
    return pikepdf.unparse_content_stream(steps)


def _corner(block: Block, sheet: Sheet) -> tuple[float, float]:
    """Return where a passage begins, in pixels."""
    owner = next((one for owners in block.owners for one in owners), None)
    if isinstance(owner, Letter):
        return owner.line.quad[3]
    if isinstance(owner, Placed):
        return sheet.pixel(owner.x, owner.y)
    return 0.0, 0.0
