"""Solid boxes over parts of a picture, each with its token as a label where it fits."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

from maskwell.documents.paragraphs import Block, Row, blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PIL.Image import Image

    from maskwell.documents.pictures.seeing import Point, SeenLine

__all__ = ["Letter", "Patch", "patch_over", "seen_blocks", "with_patches"]

_INK, _PAPER = (0, 0, 0), (255, 255, 255)
_SMALLEST_LABEL_PX = 6
_LEVEL = 0.12
"""How steep a line may be (height over width) to count as level."""


@dataclass(frozen=True, slots=True, eq=False)
class Letter:
    """One character of a line in a picture."""

    line: SeenLine
    place: int


@dataclass(frozen=True, slots=True)
class Patch:
    """An area to be covered."""

    corners: tuple[Point, Point, Point, Point]
    label: str = ""


def seen_blocks(lines: Iterable[SeenLine]) -> list[Block]:
    """Return the passages that seen lines make; lines that are not level stand alone."""
    level: list[Row] = []
    others: list[Row] = []
    for line in lines:
        (level if _is_level(line) else others).append(_row(line))
    rows = _side_by_side(sorted(level, key=lambda row: -row.base))
    return [*blocks(rows), *(Block(row.text, row.owners) for row in others)]


def patch_over(letters: Sequence[Letter], label: str) -> Iterable[Patch]:
    """Yield what covers some letters: one patch for each line, the label on the first."""
    lines: dict[int, list[Letter]] = {}
    for letter in letters:
        lines.setdefault(id(letter.line), []).append(letter)
    for mine in lines.values():
        places = [letter.place for letter in mine]
        yield Patch(_part(mine[0].line, min(places), max(places)), label)
        label = ""


def with_patches(picture: Image, patches: Iterable[Patch]) -> Image:
    """Return a picture with areas covered by solid colour and their labels written."""
    from PIL import ImageDraw  # noqa: PLC0415  # optional

    covered = picture.copy()
    draw = ImageDraw.Draw(covered)
    ordered = list(patches)
    for patch in ordered:
        draw.polygon(patch.corners, fill=_INK, outline=_INK)
    for patch in ordered:
        if patch.label:
            _write(covered, patch)
    return covered


def _is_level(line: SeenLine) -> bool:
    (x0, y0), (x1, y1) = line.quad[0], line.quad[1]
    return x1 > x0 and abs(y1 - y0) <= _LEVEL * (x1 - x0)


def _row(line: SeenLine) -> Row:
    """Return a seen line as a row; heights grow upwards, so pixels count down."""
    owners = [(Letter(line, place),) for place in range(len(line.text))]
    left = min(x for x, _ in line.quad)
    right = max(x for x, _ in line.quad)
    (x0, y0), (x3, y3) = line.quad[0], line.quad[3]
    turn = None if _is_level(line) else id(line)
    size = hypot(x3 - x0, y3 - y0)
    base = -(line.quad[3][1] + line.quad[2][1]) / 2
    return Row(line.text, list(owners), left, right, base, size, turn)


def _side_by_side(rows: list[Row]) -> list[Row]:
    """Join rows that stand beside each other on one base line."""
    made: list[Row] = []
    for row in rows:
        mates = [one for one in made[-12:] if _is_beside(one, row)]
        if mates:
            _append(mates[-1], row)
        else:
            made.append(row)
    return made


def _is_beside(one: Row, row: Row) -> bool:
    size = max(one.size, row.size)
    gap = max(one.left, row.left) - min(one.right, row.right)
    return abs(one.base - row.base) < 0.4 * size and -0.2 * size < gap < 1.2 * size


def _append(one: Row, row: Row) -> None:
    first, second = (one, row) if one.left <= row.left else (row, one)
    text, owners = f"{first.text} {second.text}", [*first.owners, (), *second.owners]
    one.text, one.owners = text, owners
    one.left, one.right = min(one.left, row.left), max(one.right, row.right)


def _part(line: SeenLine, first: int, last: int) -> tuple[Point, Point, Point, Point]:
    """Return the corners around some characters of a line, with a margin on every side."""
    stops, (a, b, c, d) = line.stops, line.quad
    high = hypot(d[0] - a[0], d[1] - a[1])
    margin = 0.25 * high / max(hypot(b[0] - a[0], b[1] - a[1]), 1.0)
    low = (stops[first - 1] + stops[first]) / 2 - margin / 3 if first else -margin
    end = (stops[last] + stops[last + 1]) / 2 + margin / 3 if last + 1 < len(stops) else 1 + margin
    low, end = max(low, -margin), min(end, 1 + margin)
    return (
        _along(a, b, d, low, -0.12), _along(a, b, d, end, -0.12),
        _along(d, c, a, end, -0.12), _along(d, c, a, low, -0.12),
    )  # fmt: skip


def _along(start: Point, end: Point, across: Point, part: float, lift: float) -> Point:
    """Return a point on the way from start to end, moved away from `across` by `lift` below 0."""
    x = start[0] + (end[0] - start[0]) * part + (across[0] - start[0]) * lift
    y = start[1] + (end[1] - start[1]) * part + (across[1] - start[1]) * lift
    return x, y


def _write(picture: Image, patch: Patch) -> None:
    """Write a label into its patch, turned as the patch is."""
    from PIL import Image as Images  # noqa: PLC0415  # optional
    from PIL import ImageDraw, ImageFont  # noqa: PLC0415  # likewise

    (x0, y0), (x1, y1), _, (x3, y3) = patch.corners
    across, down = abs(x1 - x0) >= abs(y1 - y0), (x1 - x0) + (y1 - y0) > 0
    width, height = round(hypot(x1 - x0, y1 - y0)), round(hypot(x3 - x0, y3 - y0))
    size = height * 0.8
    font = ImageFont.load_default(max(size, 1))
    wide = font.getlength(patch.label)
    if wide > width * 0.96:
        size *= width * 0.96 / wide
    if size < _SMALLEST_LABEL_PX:
        return
    label = Images.new("RGB", (max(width, 1), max(height, 1)), _INK)
    ImageDraw.Draw(label).text(
        (width / 2, height / 2), patch.label, _PAPER, ImageFont.load_default(size), anchor="mm"
    )
    turned = label.rotate((0 if down else 180) if across else (-90 if down else 90), expand=True)
    middle = sum(x for x, _ in patch.corners) / 4, sum(y for _, y in patch.corners) / 4
    picture.paste(
        turned, (round(middle[0] - turned.width / 2), round(middle[1] - turned.height / 2))
    )
