"""A PDF as it came in: opened with suspicion, its fonts and streams read once each."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf

from maskwell.documents.pdf.content import Reader
from maskwell.documents.pdf.fonts import Font
from maskwell.documents.pdf.shown import Content, Use
from maskwell.errors import InputTooLarge, InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents.limits import Budget

__all__ = ["MOST_PAGES", "PdfFile", "opened"]

MOST_PAGES = 500
_MOST_NODES = 20_000


def opened(data: bytes) -> pikepdf.Pdf:
    """Return an open PDF that is neither locked nor signed nor too long.

    Raises:
        InputUnreadable, InputTooLarge: it is; the sentence says which.
    """
    try:
        pdf = pikepdf.open(BytesIO(data))
    except pikepdf.PasswordError as error:
        raise InputUnreadable("The PDF is protected by a password; save it without one.") from error
    except pikepdf.PdfError as error:
        raise InputUnreadable("The PDF is damaged; open it, save it again and retry.") from error
    if pdf.is_encrypted:
        raise InputUnreadable("The PDF is protected by a password; save it without one.")
    if any(map(_is_signature, _fields(pdf))) or "/Perms" in pdf.Root:
        raise InputUnreadable(
            "The PDF is signed, and a safe copy would break the signature; print it to a new PDF."
        )
    if len(pdf.pages) > MOST_PAGES:
        raise InputTooLarge(f"The PDF has more than {MOST_PAGES} pages; split it.")
    return pdf


def _is_signature(field: Any) -> bool:
    value = field.get("/V")
    return str(field.get("/FT", "")) == "/Sig" and isinstance(value, pikepdf.Dictionary)


def _fields(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the fields of a form, whatever loops they make."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return
    waiting, seen = [form.get("/Fields")], 0
    while waiting and seen < _MOST_NODES:
        some = waiting.pop()
        for field in some if isinstance(some, pikepdf.Array) else ():
            seen += 1
            if isinstance(field, pikepdf.Dictionary):
                yield field
                waiting.append(field.get("/Kids"))


class PdfFile:
    """An open file and what was read of it."""

    def __init__(self, pdf: pikepdf.Pdf, budget: Budget, *, keeps_invisible: bool = False) -> None:
        self.pdf = pdf
        self._budget = budget
        self._keeps_invisible = keeps_invisible
        self._fonts: dict[Any, Font] = {}
        self._contents: dict[Any, Content] = {}
        self._hidden = _hidden_layers(pdf)

    @property
    def fonts(self) -> list[Font]:
        """The fonts met so far."""
        return list(self._fonts.values())

    def font(self, source: Any) -> Font:
        """Return a font, read once."""
        key = _key(source)
        if key not in self._fonts:
            font = Font(source)
            if font.is_type3:
                font.is_odd = self._is_odd(font)
            self._fonts[key] = font
        return self._fonts[key]

    def page(self, page: pikepdf.Page) -> Content:
        """Return what a page's own streams show."""
        listed = page.obj.get("/Contents")
        streams = list(listed) if isinstance(listed, pikepdf.Array) else [listed]
        parts = [self._bytes(one) for one in streams if isinstance(one, pikepdf.Stream)]
        return self._read(b"\n".join(parts), page.obj.get("/Resources"))

    def form(self, use: Use) -> Content:
        """Return what a form shows, read once."""
        return self.stream(use.form)

    def stream(self, stream: Any) -> Content:
        """Return what a form, a pattern's cell or a glyph's procedure shows, read once."""
        key = _key(stream)
        if key not in self._contents:
            self._contents[key] = Content([], {})
            self._contents[key] = self._read(self._bytes(stream), stream.get("/Resources"))
        return self._contents[key]

    def is_hidden(self, layer: Any) -> bool:
        """Whether optional content is not shown."""
        if not isinstance(layer, pikepdf.Dictionary):
            return False
        if str(layer.get("/Type", "")) != "/OCMD":
            return _key(layer) in self._hidden
        groups = layer.get("/OCGs")
        some = list(groups) if isinstance(groups, pikepdf.Array) else [groups]
        members = [one for one in some if isinstance(one, pikepdf.Dictionary)]
        return bool(members) and all(_key(one) in self._hidden for one in members)

    def _read(self, data: bytes, resources: Any) -> Content:
        scratch = self.pdf.make_stream(data)
        reader = Reader(
            scratch, resources, self.font, self.is_hidden, keeps_invisible=self._keeps_invisible
        )
        return reader.read()

    def _bytes(self, stream: Any) -> bytes:
        data: bytes = stream.read_bytes()
        self._budget.expand(len(data))
        self._budget.ratio(int(stream.get("/Length", 0)), len(data))
        return data

    def _is_odd(self, font: Font) -> bool:
        """Whether a glyph of a Type 3 font shows text of its own."""
        shapes = font.source.get("/CharProcs")
        found = (
            [one for one in shapes.values() if isinstance(one, pikepdf.Stream)] if shapes else []
        )
        return any(
            content.shows or any(isinstance(one, Use) for one in content.order)
            for content in map(self.stream, found)
        )


def _hidden_layers(pdf: pikepdf.Pdf) -> set[Any]:
    """Return the keys of the layers that are off when the file is opened."""
    chosen = pdf.Root.get("/OCProperties")
    if not isinstance(chosen, pikepdf.Dictionary):
        return set()
    rule = chosen.get("/D", pikepdf.Dictionary())
    listed = rule.get("/OFF", pikepdf.Array())
    off = {_key(one) for one in listed}
    if str(rule.get("/BaseState", "")) == "/OFF":
        on = {_key(one) for one in rule.get("/ON", pikepdf.Array())}
        off |= {_key(one) for one in chosen.get("/OCGs", pikepdf.Array())} - on
    return off


def _key(thing: Any) -> Any:
    if isinstance(thing, pikepdf.Object) and thing.is_indirect:
        return thing.objgen
    return thing.unparse(resolved=False) if isinstance(thing, pikepdf.Object) else None
