"""A stream written anew: removed glyphs become a gap of their width, tokens stand in the gap.

Invariant: what is written holds only operators from a list, no marked content (ActualText, Alt
and E live there), nothing hidden, and no byte of a removed glyph; all that stays is at its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Name, Operator

from maskwell.documents.pdf.fonts import helvetica_width
from maskwell.documents.pdf.matrices import scaling
from maskwell.documents.pdf.shown import Content, Glyph, Show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["TOKEN_FONT", "encodable", "rewritten"]

TOKEN_FONT = "/MwToken"  # noqa: S105  # a font's name
_KEPT = frozenset(
    "w J j M d ri i gs q Q cm m l c v y h re S s f F f* B B* b b* n W W* BT ET Tc Tw Tz TL Tf Tr "
    "Ts Td TD Tm T* Tj TJ ' \" d0 d1 CS cs SC SCN sc scn G g RG rg K k sh Do".split()
)
_NAMED = {
    "Tf": "/Font", "gs": "/ExtGState", "Do": "/XObject", "cs": "/ColorSpace", "CS": "/ColorSpace",
    "sh": "/Shading", "scn": "/Pattern", "SCN": "/Pattern",
}  # fmt: skip
_PATH_ENDS = frozenset("f F f* B B* b b* S s".split())
_NARROWEST = 0.55
"""How far a token is squeezed before its letters are made smaller."""
_WIDEST = 1.6
"""How far it is stretched, so that no space seems to follow it."""
_SMALLEST_UNITS = 0.8
Step = tuple[list[Any], Operator]


def encodable(text: str) -> bool:
    """Whether a text can be written with the standard font."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def rewritten(content: Content, names: Mapping[tuple[str, str], str]) -> bytes:
    """Return a stream with its removed glyphs gone and their tokens written.

    Args:
        content: the stream as it was read; its glyphs say what happens to them.
        names: (kind, old name) of a resource to its new name; what is not there is left out.
    """
    steps: list[Step] = []
    depth = 0
    for place, instruction in enumerate(content.instructions):
        name = str(instruction.operator)
        if name == "INLINE IMAGE":
            if place not in content.hidden:
                steps.append((list(instruction.operands), instruction.operator))
        elif name in _KEPT:
            if name in {"q", "Q"}:
                depth += 1 if name == "q" else -1
                if depth < 0:
                    depth = 0
                    continue
            steps += _steps(place, name, instruction, content, names)
    steps += [([], Operator("Q"))] * depth
    return pikepdf.unparse_content_stream(steps)


def _steps(
    place: int, name: str, instruction: Any, content: Content, names: Mapping[tuple[str, str], str]
) -> Iterator[Step]:
    operands = list(instruction.operands)
    if place in content.shows:
        yield from _shown(content.shows[place], name, operands, names)
    elif place in content.hidden:
        if name in _PATH_ENDS:
            yield [], Operator("n")
    elif name in _NAMED and operands and isinstance(operands[-1 if name != "Tf" else 0], Name):
        yield from _renamed(name, operands, names)
    else:
        yield operands, Operator(name)


def _renamed(
    name: str, operands: list[Any], names: Mapping[tuple[str, str], str]
) -> Iterator[Step]:
    at = 0 if name == "Tf" else len(operands) - 1
    old = str(operands[at])
    new = names.get((_NAMED[name], old))
    if new is None and _NAMED[name] == "/ColorSpace" and old in _DEVICE_SPACES:
        new = old
    if new is not None:
        operands[at] = Name(new)
        yield operands, Operator(name)


_DEVICE_SPACES = frozenset(("/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern"))


def _shown(
    show: Show, name: str, operands: list[Any], names: Mapping[tuple[str, str], str]
) -> Iterator[Step]:
    """Yield what a showing operator becomes."""
    if name == '"':
        yield [operands[0]], Operator("Tw")
        yield [operands[1]], Operator("Tc")
    if name in {"'", '"'}:
        yield [], Operator("T*")
    font_name = names.get(("/Font", show.font_name))
    if font_name is not None:
        yield from _Writer(show, font_name).steps()


class _Writer:
    """Writes one show."""

    def __init__(self, show: Show, font_name: str) -> None:
        self._show = show
        self._font_name = font_name
        self._array: list[Any] = []
        self._kept = bytearray()
        self._gap = 0.0
        """Thousandths still to move, to the left."""

    def steps(self) -> Iterator[Step]:
        """Yield the instructions."""
        for number, part in enumerate(self._show.parts):
            if not isinstance(part, Glyph):
                self._gap += part
            elif part.removed or self._show.is_hidden:
                if part.token and not self._show.is_hidden:
                    yield from self._write(part, number)
                self._gap -= self._thousandths(part.width)
            else:
                self._settle()
                self._kept += part.raw
        self._settle(always=True)
        yield from self._flush()

    def _thousandths(self, width: float) -> float:
        return width * 1000 / self._show.size if self._show.size else 0.0

    def _settle(self, *, always: bool = False) -> None:
        """Put the gap into the array before the next kept glyph."""
        if (abs(self._gap) > 1e-4 or always) and self._kept:
            self._array.append(pikepdf.String(bytes(self._kept)))
            self._kept = bytearray()
        if abs(self._gap) > 1e-4:
            self._array.append(round(self._gap, 3))
            self._gap = 0.0

    def _flush(self) -> Iterator[Step]:
        if self._array:
            yield [pikepdf.Array(self._array)], Operator("TJ")
            self._array = []

    def _write(self, glyph: Glyph, number: int) -> Iterator[Step]:
        """Yield a token's instructions; the text then stands after the token."""
        show = self._show
        self._settle(always=True)
        yield from self._flush()
        size, stretch = self._fit(glyph, number)
        yield [Name(TOKEN_FONT), round(size, 4)], Operator("Tf")
        yield [round(stretch * 100, 3)], Operator("Tz")
        yield [0], Operator("Tc")
        yield [0], Operator("Tw")
        yield [pikepdf.String(glyph.token.encode("cp1252", "replace"))], Operator("Tj")
        yield [Name(self._font_name), show.size], Operator("Tf")
        yield [show.stretch * 100], Operator("Tz")
        yield [show.spacing[0]], Operator("Tc")
        yield [show.spacing[1]], Operator("Tw")
        written = helvetica_width(glyph.token) * size * stretch / (show.stretch or 1)
        self._gap += self._thousandths(written)

    def _fit(self, glyph: Glyph, number: int) -> tuple[float, float]:
        """Return the size and stretch with which a token fits into its gap."""
        show = self._show
        room = max(glyph.room, self._removed_after(number)) * abs(show.stretch)
        em = abs(show.size) * glyph.font.em
        natural = helvetica_width(glyph.token) * em or 1.0
        stretch = min(max(room / natural, 0.0), _WIDEST)
        if stretch >= _NARROWEST:
            return em, stretch
        height = scaling(show.matrix)[1] or 1.0
        size = max(room / (helvetica_width(glyph.token) * _NARROWEST), _SMALLEST_UNITS / height)
        return size, min(room / (helvetica_width(glyph.token) * size) or 1.0, _NARROWEST)

    def _removed_after(self, number: int) -> float:
        """Return the width removed from a part on, until something stays."""
        width = 0.0
        for part in self._show.parts[number:]:
            if isinstance(part, Glyph):
                if not part.removed:
                    break
                width += part.width
            else:
                width -= part / 1000 * self._show.size
        return width
