"""The new file: pages made of listed parts, each made anew, under neutral names.

Nothing is copied because it was there: a resource is made when an instruction that stays uses
it. The file has pages and no more: no information, no metadata, no names, no actions.
"""

from __future__ import annotations

from collections import defaultdict
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from maskwell.documents.pdf.images import rebuilt_image
from maskwell.documents.pdf.new_fonts import FontMaker
from maskwell.documents.pdf.plainly import box, colour_space, graphics_state, plain
from maskwell.documents.pdf.rewriting import TOKEN_FONT, rewritten
from maskwell.documents.pdf.shown import Content, Glyph

if TYPE_CHECKING:
    from collections.abc import Callable

    from maskwell.documents.pdf.annotations import Drawing
    from maskwell.documents.pdf.sources import PdfFile

__all__ = ["Builder", "inherited"]

_USES = {
    "Tf": "/Font", "gs": "/ExtGState", "Do": "/XObject", "cs": "/ColorSpace", "CS": "/ColorSpace",
    "sh": "/Shading", "scn": "/Pattern", "SCN": "/Pattern",
}  # fmt: skip
_LETTER = Array([0, 0, 612, 792])


class Builder:
    """Makes one new file from what was read of an old one."""

    def __init__(self, source: PdfFile) -> None:
        self._source = source
        self.pdf = pikepdf.new()
        self._made: dict[Any, Any] = {}
        self._fonts = FontMaker(self.pdf, source, self._once, self._stream)
        self._token_font = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
                Encoding=Name.WinAnsiEncoding,
            )
        )  # fmt: skip

    def add_page(self, page: Any, content: Content, drawings: list[Drawing]) -> None:
        """Add a page with what it and its annotations draw.

        Raises:
            ImageUnreadable: an image of it cannot be made anew.
        """
        data, resources = self._stream(content)
        shown = [b"q\n" + data + b"\nQ\n"]
        forms = resources.get("/XObject", Dictionary())
        for number, drawn in enumerate(drawings):
            name = f"/A{number}"
            forms[name] = self._form(drawn.form)
            numbers = " ".join(f"{value:.6f}" for value in drawn.matrix)
            shown.append(f"q {numbers} cm {name} Do Q\n".encode())
        if drawings:
            resources.XObject = forms
        self._add(page, resources, b"".join(shown))

    def add_picture(self, size: tuple[float, float], image: Any, layer: bytes) -> None:
        """Add a page that is one picture, and letters no one sees over it.

        Args:
            size: of the page, in points.
            image: an image object of this file.
            layer: instructions that write those letters with the token font.
        """
        self.pdf.add_blank_page(page_size=size)
        page = self.pdf.pages[-1].obj
        page.Resources = Dictionary(
            XObject=Dictionary({"/MwPage": image}), Font=Dictionary({TOKEN_FONT: self._token_font})
        )
        shown = f"q {size[0]:.3f} 0 0 {size[1]:.3f} 0 0 cm /MwPage Do Q\n".encode()
        page.Contents = self.pdf.make_stream(shown + layer)

    def saved(self) -> bytes:
        """Return the file, written whole."""
        out = BytesIO()
        if "/Info" in self.pdf.trailer:
            del self.pdf.trailer.Info
        self.pdf.save(
            out, object_stream_mode=pikepdf.ObjectStreamMode.generate, fix_metadata_version=False
        )
        return out.getvalue()

    def _add(self, page: Any, resources: Any, data: bytes) -> None:
        media = box(inherited(page, "/MediaBox"), _LETTER)
        made = Dictionary(
            Type=Name.Page, MediaBox=media, Resources=resources,
            Contents=self.pdf.make_stream(data),
        )  # fmt: skip
        if (crop := box(inherited(page, "/CropBox"))) is not None:
            made.CropBox = crop
        turn = inherited(page, "/Rotate")
        if isinstance(turn, int) and turn % 90 == 0:
            made.Rotate = turn % 360
        unit = page.get("/UserUnit")
        if unit is not None and 0 < float(unit) <= 100:
            made.UserUnit = float(unit)
        if isinstance(page.get("/Group"), Dictionary):
            made.Group = plain(self.pdf, page.Group)
        self.pdf.pages.append(pikepdf.Page(self.pdf.make_indirect(made)))

    def _stream(self, content: Content) -> tuple[bytes, Any]:
        """Return a content's new bytes and the resources they use."""
        names: dict[tuple[str, str], str] = {}
        groups: defaultdict[str, Any] = defaultdict(Dictionary)
        for kind, old in sorted(_used(content)):
            thing = self._thing(kind, _entry(content.resources, kind, old))
            if thing is not None:
                new = f"/{kind[1]}{len(names)}"
                names[kind, old] = new
                groups[kind][new] = thing
        if any(isinstance(p, Glyph) and p.token for s in content.shows.values() for p in s.parts):
            groups["/Font"][TOKEN_FONT] = self._token_font
        return rewritten(content, names), Dictionary(dict(groups))

    def _thing(self, kind: str, thing: Any) -> Any:
        """Return a resource made anew; None for what is not understood."""
        if kind == "/ColorSpace":
            return colour_space(self.pdf, thing)
        make: Callable[[Any], Any] | None = {
            "/Font": self._fonts.make, "/XObject": self._drawn, "/ExtGState": self._state,
            "/Pattern": self._pattern, "/Shading": lambda one: plain(self.pdf, one),
        }.get(kind)  # fmt: skip
        if make is None or not isinstance(thing, (pikepdf.Stream, Dictionary)):
            return None
        return self._once(thing, make)

    def _drawn(self, thing: Any) -> Any:
        is_form = str(thing.get("/Subtype", "")) == "/Form"
        return self._form(thing) if is_form else rebuilt_image(self.pdf, thing)

    def _once(self, thing: Any, make: Any) -> Any:
        if not thing.is_indirect:
            return make(thing)
        if thing.objgen not in self._made:
            self._made[thing.objgen] = None
            self._made[thing.objgen] = make(thing)
        return self._made[thing.objgen]

    def _form(self, form: Any) -> Any:
        if form.is_indirect and self._made.get(form.objgen) is not None:
            return self._made[form.objgen]
        made = self._cell(form)
        made.Type, made.Subtype = Name.XObject, Name.Form
        if isinstance(form.get("/Group"), Dictionary):
            made.Group = plain(self.pdf, form.Group)
        result = self.pdf.make_indirect(made)
        if form.is_indirect:
            self._made[form.objgen] = result
        return result

    def _cell(self, stream: Any) -> Any:
        """Return a form's or a pattern's stream with its box and matrix."""
        data, resources = self._stream(self._source.stream(stream))
        made = self.pdf.make_stream(data)
        made.BBox = box(stream.get("/BBox"), _LETTER)
        made.Resources = resources
        if "/Matrix" in stream:
            made.Matrix = plain(self.pdf, stream.Matrix)
        return made

    def _pattern(self, pattern: Any) -> Any:
        if not isinstance(pattern, pikepdf.Stream):
            return plain(self.pdf, pattern)
        made = self._cell(pattern)
        made.Type, made.PatternType = Name.Pattern, 1
        for key in ("/PaintType", "/TilingType", "/XStep", "/YStep"):
            if key in pattern:
                made[key] = pattern[key]
        return self.pdf.make_indirect(made)

    def _state(self, state: Any) -> Any:
        made = graphics_state(self.pdf, state)
        mask = state.get("/SMask")
        if isinstance(mask, Dictionary) and isinstance(mask.get("/G"), pikepdf.Stream):
            made.SMask = Dictionary(Type=Name.Mask, S=mask.get("/S", Name.Luminosity),
                                    G=self._form(mask.G))  # fmt: skip
            if "/BC" in mask:
                made.SMask.BC = plain(self.pdf, mask.BC)
        elif isinstance(mask, Name):
            made.SMask = Name("/None")
        return made


def inherited(page: Any, key: str) -> Any:
    """Return a page's entry, its own or of the groups of pages around it."""
    node, steps = page, 0
    while isinstance(node, Dictionary) and steps < 50:
        if key in node:
            return node[key]
        node, steps = node.get("/Parent"), steps + 1
    return None


def _used(content: Content) -> set[tuple[str, str]]:
    found = {("/Font", show.font_name) for show in content.shows.values() if not show.is_hidden}
    for place, instruction in enumerate(content.instructions):
        kind = _USES.get(str(instruction.operator))
        if kind and place not in content.hidden:
            at = 0 if kind == "/Font" else -1
            operands = instruction.operands
            if len(operands) and isinstance(operands[at], Name):
                found.add((kind, str(operands[at])))
    return found


def _entry(resources: Any, kind: str, name: str) -> Any:
    group = resources.get(kind)
    return group.get(name) if isinstance(group, Dictionary) else None
