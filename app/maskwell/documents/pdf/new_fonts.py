"""The fonts of the new file: their shapes, widths and encodings, and nothing of whose they are.

A name of a font may be somebody's, and tables of a font file may hold text; each font gets a
neutral name, a table of its own of what its codes mean, and a program with shapes alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from maskwell.documents.pdf.cmaps import to_unicode
from maskwell.documents.pdf.font_files import only_shapes
from maskwell.documents.pdf.plainly import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from maskwell.documents.pdf.fonts import Font
    from maskwell.documents.pdf.shown import Content
    from maskwell.documents.pdf.sources import PdfFile

__all__ = ["FontMaker"]

_FONT_KEYS = frozenset(
    "/Type /Subtype /FirstChar /LastChar /Widths /FontMatrix /FontBBox /DW /W /DW2 /W2".split()
)
_DESCRIPTION_KEYS = frozenset(
    "/Type /Flags /FontBBox /ItalicAngle /Ascent /Descent /Leading /CapHeight /XHeight /StemV "
    "/StemH /AvgWidth /MaxWidth /MissingWidth".split()
)
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


class FontMaker:
    """Makes the fonts of one new file.

    Args:
        pdf: the new file.
        source: the old one.
        once: makes a thing anew the first time it is met, and gives the same again after that.
        stream: makes a content stream anew, with its resources.
    """

    def __init__(
        self,
        pdf: pikepdf.Pdf,
        source: PdfFile,
        once: Callable[[Any, Callable[[Any], Any]], Any],
        stream: Callable[[Content], tuple[bytes, Any]],
    ) -> None:
        self._pdf = pdf
        self._source = source
        self._once = once
        self._stream = stream
        self._count = 0

    def make(self, source: Any) -> Any:
        """Return a font made anew, as an indirect object."""
        font = self._source.font(source)
        self._count += 1
        made = plain(self._pdf, _less(source, _FONT_KEYS), _FONT_KEYS)
        name = f"/F{self._count}"
        if not font.is_type3:
            made.BaseFont = Name(name if font.is_embedded else f"/{font.base_name}")
        if "/Encoding" in source:
            made.Encoding = _encoding(source.Encoding)
        if used := _used_codes(font):
            made.ToUnicode = self._pdf.make_stream(to_unicode(used))
        if font.is_wide:
            made.DescendantFonts = Array([self._descendant(source.DescendantFonts[0], name)])
        elif isinstance(source.get("/FontDescriptor"), Dictionary):
            made.FontDescriptor = self._description(source.FontDescriptor, made.BaseFont)
        if font.is_type3:
            self._shapes(source, made)
        return self._pdf.make_indirect(made)

    def _shapes(self, source: Any, made: Any) -> None:
        """Give a Type 3 font its procedures, with the resources that all of them use."""
        shapes, together = Dictionary(), Dictionary()
        for name, stream in source.get("/CharProcs", Dictionary()).items():
            content = self._source.stream(stream)
            content.resources = stream.get("/Resources", source.get("/Resources", Dictionary()))
            data, resources = self._stream(content)
            shapes[name] = self._pdf.make_stream(data)
            for kind, group in resources.items():
                together[kind] = Dictionary({**dict(together.get(kind, {})), **dict(group)})
        made.CharProcs, made.Resources = shapes, together

    def _descendant(self, child: Any, name: str) -> Any:
        made = plain(self._pdf, _less(child, _FONT_KEYS), _FONT_KEYS)
        made.BaseFont = Name(name)
        made.CIDSystemInfo = Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        )
        table = child.get("/CIDToGIDMap")
        if isinstance(table, pikepdf.Stream):
            made.CIDToGIDMap = self._pdf.make_stream(table.read_bytes()[:131_072])
        elif table is not None:
            made.CIDToGIDMap = Name.Identity
        made.FontDescriptor = self._description(child.FontDescriptor, made.BaseFont)
        return self._pdf.make_indirect(made)

    def _description(self, old: Any, name: Any) -> Any:
        made = plain(self._pdf, _less(old, _DESCRIPTION_KEYS), _DESCRIPTION_KEYS)
        made.FontName = name
        for key in _PROGRAMS:
            if isinstance(old.get(key), pikepdf.Stream):
                made[key] = self._once(old[key], self._program)
        return self._pdf.make_indirect(made)

    def _program(self, stream: Any) -> Any:
        program = stream.read_bytes()
        made = self._pdf.make_stream(only_shapes(program))
        if str(stream.get("/Subtype", "")) in {"/Type1C", "/CIDFontType0C", "/OpenType"}:
            made.Subtype = stream.Subtype
        if "/Length2" in stream:
            for key in ("/Length1", "/Length2", "/Length3"):
                made[key] = int(stream.get(key, 0))
        elif len(program):
            made.Length1 = len(only_shapes(program))
        return self._pdf.make_indirect(made)


def _used_codes(font: Font) -> dict[bytes, str]:
    """Return the codes of a font and their texts, as they were decoded."""
    return dict(font.used) if font.is_embedded else {}


def _encoding(value: Any) -> Any:
    if isinstance(value, Name):
        return value
    made = Dictionary(Type=Name.Encoding)
    if isinstance(value.get("/BaseEncoding"), Name):
        made.BaseEncoding = value.BaseEncoding
    listed = value.get("/Differences")
    if isinstance(listed, Array):
        made.Differences = Array([one for one in listed if isinstance(one, (int, Name))])
    return made


def _less(thing: Any, keys: frozenset[str]) -> Any:
    return Dictionary({key: value for key, value in thing.items() if key in keys})
