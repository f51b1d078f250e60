"""Content streams: what one stream shows, each string cut into glyphs that can be taken out.

A stream (a page, a form, a pattern's cell) is read once, in its own coordinates; `placing`
says where its glyphs come to stand on a page. Invariant: every string an operator shows is in
some `Show`; what a stream uses that is not understood sets `trouble`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pikepdf

from maskwell.documents.pdf.matrices import IDENTITY, Matrix, matrix_of, product
from maskwell.documents.pdf.shown import Content, Glyph, Picture, Show, Use
from maskwell.errors import InputTooLarge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from maskwell.documents.pdf.fonts import Font

__all__ = ["Reader"]

_MOST_INSTRUCTIONS = 2_000_000
_CURVES = frozenset(("c", "v", "y"))
_INVISIBLE = 3
_PAINTS = frozenset("f F f* B B* b b* S s sh".split())


@dataclass(frozen=True, slots=True)
class _State:
    ctm: Matrix = IDENTITY
    font_name: str = ""
    font: Any = None
    size: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


class Reader:
    """Reads one stream; make a new one for each."""

    def __init__(
        self,
        stream: Any,
        resources: Any,
        fonts: Callable[[Any], Font],
        hidden_layers: Callable[[Any], bool],
        *,
        keeps_invisible: bool = False,
    ) -> None:
        self._fonts = fonts
        self._hidden_layers = hidden_layers
        self._keeps_invisible = keeps_invisible
        self._resources: Any = resources if isinstance(resources, pikepdf.Dictionary) else {}
        instructions = list(pikepdf.parse_content_stream(stream))
        if len(instructions) > _MOST_INSTRUCTIONS:
            raise InputTooLarge("A page of the PDF draws too much to be checked; split it.")
        self.content = Content(instructions, self._resources)
        self._state = _State()
        self._saved: list[_State] = []
        self._text = self._line = IDENTITY
        self._layers: list[bool] = []
        self._actions: Mapping[str, Callable[[list[Any]], None]] = {
            "q": self._save, "Q": self._restore, "cm": self._concat, "BT": self._begin,
            "Tf": self._set_font, "Td": self._move, "TD": self._move_and_lead,
            "Tm": self._set_matrix, "T*": self._next_line, "Do": self._do, "gs": self._graphics,
            "BDC": self._layer, "BMC": self._layer, "EMC": self._end_layer,
            "scn": self._pattern, "SCN": self._pattern,
        }  # fmt: skip
        self._numbers = {
            "Tc": "char_space", "Tw": "word_space", "TL": "leading", "Ts": "rise",
            "Tr": "mode", "Tz": "stretch",
        }  # fmt: skip

    def read(self) -> Content:
        """Return what the stream shows."""
        for place, instruction in enumerate(self.content.instructions):
            name = str(instruction.operator)
            if name in {"Tj", "TJ", "'", '"'}:
                self._show(place, name, list(instruction.operands))
            elif name in self._actions:
                self._place = place
                self._actions[name](list(instruction.operands))
            elif name in self._numbers:
                self._set_number(name, instruction.operands)
            elif name in _CURVES:
                self.content.curves += 1
            elif name in _PAINTS and self._is_hidden:
                self.content.hidden.add(place)
            elif name == "INLINE IMAGE":
                self._inline(place)
        return self.content

    @property
    def _is_hidden(self) -> bool:
        return bool(self._layers) and any(self._layers)

    def _save(self, _: list[Any]) -> None:
        if len(self._saved) < 1000:
            self._saved.append(self._state)

    def _restore(self, _: list[Any]) -> None:
        if self._saved:
            self._state = self._saved.pop()

    def _concat(self, operands: list[Any]) -> None:
        self._state = replace(self._state, ctm=product(matrix_of(operands), self._state.ctm))

    def _begin(self, _: list[Any]) -> None:
        self._text = self._line = IDENTITY

    def _set_number(self, name: str, operands: Any) -> None:
        value = float(operands[0])
        if name == "Tz":
            value /= 100
        changed: dict[str, Any] = {self._numbers[name]: value}
        self._state = replace(self._state, **changed)

    def _set_font(self, operands: list[Any]) -> None:
        name = str(operands[0])
        font = _entry(self._resources, "/Font", name)
        found = self._fonts(font) if isinstance(font, pikepdf.Dictionary) else None
        self._state = replace(self._state, font_name=name, font=found, size=float(operands[1]))

    def _graphics(self, operands: list[Any]) -> None:
        state = _entry(self._resources, "/ExtGState", str(operands[0]))
        if not isinstance(state, pikepdf.Dictionary):
            return
        if "/Font" in state:
            self.content.trouble.add("a font set in a way that is not followed")
        mask = state.get("/SMask")
        if isinstance(mask, pikepdf.Dictionary) and isinstance(mask.get("/G"), pikepdf.Stream):
            matrix = product(matrix_of(mask.G.get("/Matrix")), self._state.ctm)
            self.content.order.append(Use(mask.G, matrix))

    def _pattern(self, operands: list[Any]) -> None:
        name = operands[-1] if operands else None
        pattern = _entry(self._resources, "/Pattern", str(name)) if name is not None else None
        if isinstance(name, pikepdf.Name) and isinstance(pattern, pikepdf.Stream):
            self.content.order.append(Use(pattern, matrix_of(pattern.get("/Matrix"))))
            self.content.paints_patterns = True

    def _move(self, operands: list[Any]) -> None:
        across, up = float(operands[0]), float(operands[1])
        self._line = self._text = product((1, 0, 0, 1, across, up), self._line)

    def _move_and_lead(self, operands: list[Any]) -> None:
        self._state = replace(self._state, leading=-float(operands[1]))
        self._move(operands)

    def _next_line(self, _: list[Any]) -> None:
        self._move([0, -self._state.leading])

    def _set_matrix(self, operands: list[Any]) -> None:
        self._line = self._text = matrix_of(operands)

    def _layer(self, operands: list[Any]) -> None:
        hidden = False
        if len(operands) == 2 and str(operands[0]) == "/OC":
            layer = operands[1]
            if isinstance(layer, pikepdf.Name):
                layer = _entry(self._resources, "/Properties", str(layer))
            hidden = self._hidden_layers(layer)
        self._layers.append(hidden)

    def _end_layer(self, _: list[Any]) -> None:
        if self._layers:
            self._layers.pop()

    def _do(self, operands: list[Any]) -> None:
        thing = _entry(self._resources, "/XObject", str(operands[0]))
        kind = str(thing.get("/Subtype", "")) if isinstance(thing, pikepdf.Stream) else ""
        if self._is_hidden or not kind or self._hidden_layers(thing.get("/OC")):
            self.content.hidden.add(self._place)
        elif kind == "/Form":
            matrix = product(matrix_of(thing.get("/Matrix")), self._state.ctm)
            self.content.order.append(Use(thing, matrix))
        elif kind == "/Image":
            self.content.order.append(Picture(thing, self._state.ctm))
        else:
            self.content.hidden.add(self._place)

    def _inline(self, place: int) -> None:
        if self._is_hidden:
            self.content.hidden.add(place)
        else:
            self.content.order.append(Picture(None, self._state.ctm))

    def _show(self, place: int, name: str, operands: list[Any]) -> None:
        if name == '"':
            self._set_number("Tw", operands[:1])
            self._set_number("Tc", operands[1:2])
        if name in {"'", '"'}:
            self._next_line([])
        state = self._state
        listed = list(operands[-1]) if name == "TJ" else [operands[-1]]
        parts = self._parts(listed)
        unseen = self._is_hidden or (state.mode == _INVISIBLE and not self._keeps_invisible)
        show = Show(
            parts, product(self._text, state.ctm), state.font_name, state.size,
            (state.char_space, state.word_space), state.stretch, state.rise, unseen,
        )  # fmt: skip
        self.content.shows[place] = show
        if not unseen:
            self.content.order.append(show)
        across = sum(p.width if isinstance(p, Glyph) else -p / 1000 * state.size for p in parts)
        self._text = product((1, 0, 0, 1, across * state.stretch, 0), self._text)

    def _parts(self, listed: list[Any]) -> list[Glyph | float]:
        state, parts = self._state, []  # type: tuple[_State, list[Glyph | float]]
        for one in listed:
            if not isinstance(one, pikepdf.String):
                parts.append(float(one))
                continue
            if state.font is None:
                self.content.trouble.add("text in a font that is not there")
                continue
            for raw, text, width in state.font.decode(bytes(one)):
                across = width * state.size + state.char_space
                if raw == b" ":
                    across += state.word_space
                parts.append(Glyph(raw, text, across, state.font))
        return parts


def _entry(resources: Any, kind: str, name: str) -> Any:
    group = resources.get(kind)
    return group.get(name) if isinstance(group, pikepdf.Dictionary) else None
