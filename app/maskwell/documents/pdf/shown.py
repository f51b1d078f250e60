"""What a content stream shows, as values: strings of glyphs, forms and images, in their order.

They are changed in place only by taking glyphs out and naming the tokens that stand there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maskwell.documents.pdf.fonts import Font
    from maskwell.documents.pdf.matrices import Matrix

__all__ = ["Content", "Glyph", "Picture", "Show", "Use"]


@dataclass(slots=True, eq=False)
class Glyph:
    """One code of a shown string."""

    raw: bytes
    text: str | None
    width: float
    """In text units of its show, character and word spacing included."""
    font: Font
    removed: bool = False
    token: str = ""
    """What is written where this glyph began; only on the first of those removed."""
    room: float = 0.0
    """How far the token may reach, in text units; 0 for the gap alone."""


@dataclass(slots=True, eq=False)
class Show:
    """One instruction that shows text, with the state it is shown in."""

    parts: list[Glyph | float]
    """Glyphs, and the numbers between them (thousandths of an em, to the left)."""
    matrix: Matrix
    """From text space, at the first part, to the stream's own space."""
    font_name: str
    size: float
    spacing: tuple[float, float]
    """Between characters and between words, in text units."""
    stretch: float
    rise: float
    is_hidden: bool = False
    """Whether no reader sees it: a hidden layer, or invisible letters."""


@dataclass(frozen=True, slots=True)
class Use:
    """A form, a pattern's cell or a soft mask drawn inside a stream."""

    form: Any
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class Picture:
    """An image drawn inside a stream: its object, None for one in line."""

    image: Any
    matrix: Matrix


@dataclass(slots=True, eq=False)
class Content:
    """What one stream shows."""

    instructions: list[Any]
    resources: Any
    shows: dict[int, Show] = field(default_factory=dict)
    """By the place of their instruction."""
    hidden: set[int] = field(default_factory=set)
    """Places of other instructions that paint what no reader sees."""
    order: list[Show | Use | Picture] = field(default_factory=list)
    """What is drawn, in that order; hidden shows are left out."""
    curves: int = 0
    paints_patterns: bool = False
    trouble: set[str] = field(default_factory=set)
