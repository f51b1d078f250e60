"""Where glyphs stand on a page, and the lines of text that their places make.

Producers place words as they like: letter by letter, bold by drawing twice, last word first.
Glyphs that go on where others end are one line, whatever their order in the stream; a glyph
drawn again over itself is the same glyph. Lines are kept in the order the page shows them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import hypot
from typing import TYPE_CHECKING

from maskwell.documents.pdf.matrices import Matrix, applied, product
from maskwell.documents.pdf.shown import Content, Glyph, Picture, Show, Use

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Line", "Placed", "lines_of", "placed"]

_DEEPEST_FORMS = 20


@dataclass(slots=True, eq=False)
class Placed:
    """A glyph at its place on a page, in units of the page."""

    glyph: Glyph
    x: float
    y: float
    end_x: float
    end_y: float
    up_x: float
    up_y: float
    """From the base line to an em above it."""
    shadows: list[Glyph] = field(default_factory=list)
    """The same glyph drawn again over this one."""

    @property
    def size(self) -> float:
        """The height of an em."""
        return hypot(self.up_x, self.up_y)

    @property
    def glyphs(self) -> list[Glyph]:
        """The glyph and its shadows."""
        return [self.glyph, *self.shadows]


@dataclass(slots=True, eq=False)
class Line:
    """Glyphs that read on along one base line; None stands for a gap between words."""

    items: list[Placed | None]
    along: tuple[float, float]
    """The direction of reading, one long."""
    size: float

    @property
    def first(self) -> Placed:
        """Where the line begins."""
        return next(one for one in self.items if one)

    @property
    def last(self) -> Placed:
        """Where it ends."""
        return next(one for one in reversed(self.items) if one)

    def across(self, x: float, y: float) -> float:
        """Return how far a point lies along the line's direction."""
        return x * self.along[0] + y * self.along[1]

    def above(self, x: float, y: float) -> float:
        """Return how far a point lies above the page's origin, square to the line."""
        return y * self.along[0] - x * self.along[1]

    @property
    def base(self) -> float:
        """The height of the base line."""
        return self.above(self.first.x, self.first.y)

    @property
    def start(self) -> float:
        """The left end."""
        return self.across(self.first.x, self.first.y)

    @property
    def end(self) -> float:
        """The right end."""
        return self.across(self.last.end_x, self.last.end_y)

    @property
    def text(self) -> str:
        """What the line reads."""
        return "".join(one.glyph.text or "" if one else " " for one in self.items)


def placed(
    content: Content, matrix: Matrix, form: Callable[[Use], Content | None], depth: int = 0
) -> Iterator[Placed | tuple[Picture, Matrix]]:
    """Yield every visible glyph and image of a stream and its forms, in the order drawn.

    Args:
        content: the stream.
        matrix: from its space to the page's.
        form: gives the content of a form; None leaves it out.
        depth: how many forms stand around it.
    """
    for one in content.order:
        if isinstance(one, Show):
            yield from _glyphs(one, product(one.matrix, matrix))
        elif isinstance(one, Picture):
            yield one, product(one.matrix, matrix)
        elif depth < _DEEPEST_FORMS and (inner := form(one)) is not None:
            yield from placed(inner, product(one.matrix, matrix), form, depth + 1)


def _glyphs(show: Show, matrix: Matrix) -> Iterator[Placed]:
    at = 0.0
    spacing = show.spacing[0]
    for part in show.parts:
        if isinstance(part, Glyph):
            x, y = applied(matrix, at * show.stretch, show.rise)
            at += part.width
            end_x, end_y = applied(matrix, (at - spacing) * show.stretch, show.rise)
            em = show.size * part.font.em
            yield Placed(part, x, y, end_x, end_y, matrix[2] * em, matrix[3] * em)
        else:
            at -= part / 1000 * show.size


def lines_of(glyphs: list[Placed]) -> list[Line]:
    """Return the lines that glyphs make."""
    fragments: list[Line] = []
    for one in glyphs:
        line = fragments[-1] if fragments else None
        if line is None or not _goes_on(line, one):
            fragments.append(Line([one], _direction(one), one.size))
    return _stitched(_unshadowed(fragments))


def _direction(one: Placed) -> tuple[float, float]:
    """Return the direction of reading: square to "up", as the glyph's own advance may be 0."""
    dx, dy = one.end_x - one.x, one.end_y - one.y
    length = hypot(dx, dy)
    if length > 1e-6:
        return dx / length, dy / length
    height = one.size or 1.0
    return one.up_y / height, -one.up_x / height


def _goes_on(line: Line, one: Placed) -> bool:
    """Add a glyph to a line when it reads on there; return whether it does."""
    last = line.items[-1] or line.last
    along_x, along_y = line.along
    dx, dy = one.x - last.end_x, one.y - last.end_y
    ahead = dx * along_x + dy * along_y
    size = one.size
    em = max(line.size, size, 0.01)
    if abs((one.y - last.y) * along_x - (one.x - last.x) * along_y) > 0.4 * em:
        return False
    if -0.05 * em < ahead < 0.18 * em and size / em > 0.5:
        line.items.append(one)
        return True
    return _goes_on_oddly(line, one, ahead, em)


def _goes_on_oddly(line: Line, one: Placed, ahead: float, em: float) -> bool:
    """Add a glyph that does not simply stand next to the last, when it reads on at all."""
    last = line.last
    if one.size and not 0.5 < line.size / max(one.size, 0.01) < 2 and ahead > 0.3 * em:
        return False
    if last.glyph.text == one.glyph.text and hypot(one.x - last.x, one.y - last.y) < 0.12 * em:
        last.shadows.append(one.glyph)
        return True
    if ahead < -0.6 * em:
        return False
    touching = (last.glyph.text or "").endswith((" ", "\xa0")) or one.glyph.text == " "
    if ahead > 0.18 * em and not touching:
        line.items += [None] if ahead < 1.5 * em else [None, None]
    elif ahead > 1.5 * em:
        line.items.append(None)
    line.items.append(one)
    return True


def _unshadowed(fragments: list[Line]) -> list[Line]:
    """Return the fragments less those drawn again over another (bold by drawing twice)."""
    seen: dict[tuple[str, int], list[Line]] = {}
    kept = []
    for line in fragments:
        twins = seen.setdefault((line.text, len(line.items)), [])
        twin = next((one for one in twins if _is_over(one, line)), None)
        if twin is None:
            twins.append(line)
            kept.append(line)
            continue
        for one, other in zip(twin.items, line.items, strict=True):
            if one and other:
                one.shadows += other.glyphs
    return kept


def _is_over(one: Line, other: Line) -> bool:
    distance = hypot(one.first.x - other.first.x, one.first.y - other.first.y)
    return distance < 0.3 * one.size


def _stitched(fragments: list[Line]) -> list[Line]:
    """Join fragments that read on from each other though they were not drawn in that order."""
    buckets: dict[tuple[int, int, int], list[Line]] = {}
    for line in fragments:
        buckets.setdefault(_bucket(line), []).append(line)
    for some in buckets.values():
        if len(some) > 1:
            _join(sorted(some, key=lambda one: one.start))
    return [line for line in fragments if line.items]


def _bucket(line: Line) -> tuple[int, int, int]:
    height = line.base / max(line.size * 0.5, 0.5)
    return round(line.along[0] * 8), round(line.along[1] * 8), round(height)


def _join(ordered: list[Line]) -> None:
    """Move the items of each line that begins where another ends to that one's end."""
    open_lines = [ordered[0]]
    for line in ordered[1:]:
        before = next((one for one in open_lines if _meets(one, line)), None)
        if before is None:
            open_lines.append(line)
            continue
        gap = line.start - before.end
        before.items += ([None] if gap > 0.18 * line.size else []) + line.items
        line.items = []


def _meets(one: Line, other: Line) -> bool:
    gap = other.start - one.end
    return -0.3 * other.size < gap < 0.9 * other.size and 0.6 < one.size / other.size < 1.7
