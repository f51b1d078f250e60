"""Fonts: which text and width each code of a string has, by the font's own tables.

Two tables may say what a code means: ToUnicode, which only says, and the encoding, which also
draws. Where a font is not embedded the encoding decides what is seen, so ToUnicode must agree
with it. An embedded font draws what it likes: `needs_eyes` is set, and what it draws has to
be looked at. Invariant: a code whose text is not known for certain has the text None.
"""

from __future__ import annotations

import unicodedata
from typing import Any

import pikepdf
from pdfminer.encodingdb import EncodingDB, name2unicode
from pdfminer.fontmetrics import FONT_METRICS

from maskwell.documents.pdf.cmaps import unicode_of
from maskwell.documents.pdf.matrices import matrix_of

__all__ = ["Code", "Font", "helvetica_width"]

Code = tuple[bytes, str | None, float]
"""The bytes of one code, its text, its width in text units (1.0 is an em)."""

_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_SAME = {"\u2206": "\u0394", "\u2126": "\u03a9", "\xb5": "\u03bc"}
_SHAPES_ONLY = {"ZapfDingbats"}
"""Fonts that draw signs, never letters."""
_SIGN = "\u25aa"
_TYPE3_SCALE = (0.001, 0.0, 0.0, 0.001, 0.0, 0.0)


class Font:
    """One font of a file, read once."""

    def __init__(self, font: Any) -> None:
        self.source = font
        kind = str(font.get("/Subtype", ""))
        self.is_wide = kind == "/Type0"
        self.is_type3 = kind == "/Type3"
        child = _first(font.get("/DescendantFonts")) if self.is_wide else font
        self._child = child if isinstance(child, pikepdf.Dictionary) else pikepdf.Dictionary()
        self._descriptor = self._child.get("/FontDescriptor", pikepdf.Dictionary())
        self.base_name = str(font.get("/BaseFont", ""))[1:]
        self.is_embedded = self.is_type3 or any(one in self._descriptor for one in _PROGRAMS)
        self._said = _to_unicode_of(font)
        self._drawn = {} if self.is_wide else self._encoding()
        self._widths = self._wide_widths() if self.is_wide else self._plain_widths()
        self._codes: dict[bytes, Code] = {}
        self.used: dict[bytes, str] = {}
        self.is_odd = False
        """Whether its shapes are pages of their own; its codes have no certain text then."""
        self.em = self._tall() if self.is_type3 else 1.0
        """The height of an em for a size of 1."""

    @property
    def needs_eyes(self) -> bool:
        """Whether only looking can tell what the font draws."""
        return self.is_embedded

    def decode(self, raw: bytes) -> list[Code]:
        """Return the codes of a string."""
        step = 2 if self.is_wide else 1
        return [self._code(raw[at : at + step]) for at in range(0, len(raw), step)]

    def _code(self, raw: bytes) -> Code:
        known = self._codes.get(raw)
        if known is None:
            known = (raw, self._text(raw), self._width(int.from_bytes(raw)))
            self._codes[raw] = known
            if known[1] is not None:
                self.used[raw] = known[1]
        return known

    def _text(self, raw: bytes) -> str | None:
        if self.is_odd or (
            self.is_wide and (len(raw) != 2 or not self._is_identity() or not self.is_embedded)
        ):
            return None
        code = int.from_bytes(raw)
        said, drawn = self._said.get(code), self._drawn.get(code)
        if said is not None and drawn is not None and not _agree(said, drawn):
            return None
        text = said if said is not None else drawn
        if text is None or not text or any(_is_no_text(sign) for sign in text):
            return None
        return "".join(_LIGATURES.get(sign, sign) for sign in text)

    def _is_identity(self) -> bool:
        return str(self.source.get("/Encoding", "")) == "/Identity-H"

    def _encoding(self) -> dict[int, str]:
        """Return the text of each code that the encoding names; its shapes follow it."""
        if self.base_name in _SHAPES_ONLY:
            return dict.fromkeys(range(256), _SIGN)
        chosen = self.source.get("/Encoding")
        base, changes = chosen, None
        if isinstance(chosen, pikepdf.Dictionary):
            base, changes = chosen.get("/BaseEncoding"), chosen.get("/Differences")
        table: dict[int, str] = {}
        if base is not None or self._is_plain():
            table = dict(EncodingDB.encodings.get(str(base)[1:], EncodingDB.std2unicode))
        code = 0
        for one in changes if isinstance(changes, pikepdf.Array) else ():
            if isinstance(one, pikepdf.Name):
                table.pop(code, None)
                if text := _named(str(one)[1:]):
                    table[code] = text
                code += 1
            else:
                code = int(one)
        return table

    def _is_plain(self) -> bool:
        """Whether the standard encoding holds when none is named."""
        return not self.is_embedded and self.base_name != "Symbol"

    def _tall(self) -> float:
        """Return how tall the shapes of a Type 3 font are, for a size of 1."""
        scale = matrix_of(self.source.get("/FontMatrix"), _TYPE3_SCALE)[3]
        try:
            _, low, _, high = (float(one) for one in self.source.get("/FontBBox", ()))
        except (TypeError, ValueError):
            return 1.0
        return abs((high - low) * scale) or 1.0

    def _plain_widths(self) -> dict[int, float]:
        scale = 0.001
        if self.is_type3:
            scale = matrix_of(self.source.get("/FontMatrix"), _TYPE3_SCALE)[0]
        widths = self.source.get("/Widths")
        if isinstance(widths, pikepdf.Array):
            first = int(self.source.get("/FirstChar", 0))
            return {
                first + n: float(one) * scale for n, one in enumerate(widths) if _is_number(one)
            }
        metrics = FONT_METRICS.get(self.base_name, FONT_METRICS["Helvetica"])[1]
        return {code: metrics.get(text, 500) / 1000 for code, text in self._drawn.items()}

    def _wide_widths(self) -> dict[int, float]:
        found: dict[int, float] = {}
        listed = list(self._child.get("/W", ()))
        while len(listed) >= 2:
            first, second = int(listed[0]), listed[1]
            if isinstance(second, pikepdf.Array):
                found |= {first + n: float(one) / 1000 for n, one in enumerate(second)}
                listed = listed[2:]
            else:
                last = min(int(second), first + 65_535)
                width = float(listed[2]) / 1000 if len(listed) > 2 else 0.0
                found |= dict.fromkeys(range(first, last + 1), width)
                listed = listed[3:]
        return found

    def _width(self, code: int) -> float:
        if self.is_wide:
            default = float(self._child.get("/DW", 1000)) / 1000
        else:
            default = float(self._descriptor.get("/MissingWidth", 0)) / 1000
        return self._widths.get(code, default)


def helvetica_width(text: str) -> float:
    """Return how wide a text is in Helvetica, in ems."""
    metrics = FONT_METRICS["Helvetica"][1]
    return sum(metrics.get(sign, 556) for sign in text) / 1000


def _to_unicode_of(font: Any) -> dict[int, str]:
    table = font.get("/ToUnicode")
    return unicode_of(table.read_bytes()) if isinstance(table, pikepdf.Stream) else {}


def _named(name: str) -> str:
    try:
        return name2unicode(name)
    except (KeyError, ValueError):
        return ""


def _agree(said: str, drawn: str) -> bool:
    """Whether two texts are one, as far as letters and digits go."""
    one, other = _letters(said), _letters(drawn)
    return one == other


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", "".join(_SAME.get(sign, sign) for sign in text))
    return "".join(sign for sign in plain if sign.isalnum())


def _is_no_text(sign: str) -> bool:
    return unicodedata.category(sign) in {"Co", "Cn", "Cs"} or sign in "\0\ufffd"


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, pikepdf.Array) and len(value) else None


def _is_number(value: Any) -> bool:
    return not isinstance(value, pikepdf.Object)
