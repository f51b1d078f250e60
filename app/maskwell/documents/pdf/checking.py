"""A finished PDF as others read it: pdfminer.six, PDFium, and eyes where a page is a picture.

The writer is pikepdf; nothing of it is used here. Every object of every revision is walked and
every stream decoded; the file must have one revision, no encryption, and a catalogue of pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import PSKeyword, PSLiteral

from maskwell.documents.formats import View
from maskwell.documents.paragraphs import Row, blocks
from maskwell.documents.pdf.rendering import Renderer
from maskwell.documents.pdf_text import joined_lines
from maskwell.documents.pictures.boxing import seen_blocks
from maskwell.documents.pictures.seeing import eyes
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pdfminer.pdfcolor import PDFColorSpace
    from pdfminer.pdffont import PDFFont
    from pdfminer.pdfinterp import PDFGraphicState
    from pdfminer.utils import Matrix

    from maskwell.documents.limits import Budget

__all__ = ["views"]

_CATALOGUE = {"Type", "Pages"}
_PAGE = {
    "Type", "Parent", "MediaBox", "CropBox", "Rotate", "UserUnit", "Resources", "Contents",
    "Group",
}  # fmt: skip
_LOOK_DOTS_PER_INCH = 150


def views(data: bytes, budget: Budget) -> Iterator[View]:
    """Yield everything a finished PDF decodes to.

    Raises:
        InputUnreadable: it is not of the one shape that is released.
    """
    yield View("file", data)
    _one_revision(data)
    document = PDFDocument(PDFParser(BytesIO(data)))
    if document.encryption or set(document.catalog) - _CATALOGUE or document.info:
        raise InputUnreadable("The PDF that was made holds more than pages.")
    yield from _objects(document, budget)
    yield from _read_by_pdfminer(document)
    yield from _read_by_pdfium(data, document)


def _one_revision(data: bytes) -> None:
    if data.count(b"startxref") != 1 or data.count(b"%%EOF") != 1 or b"/Prev " in data:
        raise InputUnreadable("The PDF that was made holds more than one revision.")


def _objects(document: PDFDocument, budget: Budget) -> Iterator[View]:
    """Yield the strings, names and decoded streams of all objects."""
    numbers = {number for table in document.xrefs for number in table.get_objids()}
    words: list[str] = []
    for number in sorted(numbers):
        found = document.getobj(number)
        words += _words(found)
        if isinstance(found, PDFStream):
            content = found.get_data()
            budget.expand(len(content))
            yield View(f"stream {number}", content)
    yield View("names and strings", "\n".join(words))
    yield View("names and strings", "\n".join(words).encode("utf-8", "surrogatepass"))


def _words(thing: Any) -> list[str]:
    """Return the names and strings inside an object."""
    waiting, found = [thing], []  # type: tuple[list[Any], list[str]]
    while waiting:
        one = waiting.pop()
        if isinstance(one, PDFStream):
            waiting.append(one.attrs)
        elif isinstance(one, dict):
            found += map(str, one)
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, bytes):
            wide = one.startswith(b"\xfe\xff")
            found.append(one.decode("utf-16-be" if wide else "latin-1", "replace"))
        elif isinstance(one, (PSLiteral, PSKeyword)):
            found.append(str(one.name))
    return found


@dataclass(frozen=True, slots=True)
class _Letter:
    """A glyph as pdfminer.six decodes and places it."""

    text: str
    x: float
    y: float
    end: float
    size: float


class _Letters(PDFTextDevice):
    """Collects the glyphs of a page, those of its forms too, in the order they are drawn."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.found: list[_Letter] = []
        self._known: dict[tuple[PDFFont, int], tuple[str, float]] = {}

    def render_char(  # noqa: PLR0917  # the caller is pdfminer.six
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        """Take one glyph; return how far it moves the pen."""
        del rise, ncs, graphicstate
        text, width = self._known.get((font, cid)) or self._learnt(font, cid)
        pen = width * fontsize * scaling
        x, y = matrix[4], matrix[5]
        size = fontsize * max(abs(matrix[3]), abs(matrix[2]))
        self.found.append(_Letter(text, x, y, x + pen * matrix[0], size or 1.0))
        return pen

    def _learnt(self, font: PDFFont, cid: int) -> tuple[str, float]:
        """Return what a font says of a code: its text, and its width as a share of the size."""
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = "\ufffd"
        self._known[font, cid] = text, font.char_width(cid)
        return self._known[font, cid]


def _read_by_pdfminer(document: PDFDocument) -> Iterator[View]:
    resources = PDFResourceManager()
    device = _Letters(resources)
    interpreter = PDFPageInterpreter(resources, device)
    for page in PDFPage.create_pages(document):
        if set(page.attrs) - _PAGE:
            raise InputUnreadable("A page of the PDF that was made holds more than it may.")
        device.found = []
        interpreter.process_page(page)
        for text in _running(device.found):
            yield View("text (pdfminer)", text)


def _running(letters: list[_Letter]) -> Iterator[str]:
    """Yield the text that glyphs make, in the order they are drawn and with lines joined."""
    rows: list[Row] = []
    texts: list[list[str]] = []
    for one in letters:
        row = rows[-1] if rows else None
        if row and abs(row.base - one.y) < 0.5 * one.size and -one.size < one.x - row.right:
            if one.x - row.right > 0.18 * one.size and texts[-1][-1] != " ":
                texts[-1].append(" ")
            texts[-1].append(one.text)
            row.right = one.end
        else:
            rows.append(Row("", [], one.x, one.end, one.y, one.size))
            texts.append([one.text])
    for row, signs in zip(rows, texts, strict=True):
        row.text = "".join(signs)
        row.owners = [()] * len(row.text)
    yield from (block.text for block in blocks(rows))
    yield "\n".join(row.text for row in rows)


def _read_by_pdfium(data: bytes, document: PDFDocument) -> Iterator[View]:
    renderer = Renderer(data)
    try:
        for number, page in enumerate(PDFPage.create_pages(document)):
            text = renderer.text(number)
            yield View("text (PDFium)", text)
            yield View("text (PDFium)", joined_lines(text.replace("\r", "")))
            if _is_picture(page):
                picture = renderer.sheet(number, _LOOK_DOTS_PER_INCH).picture
                seen = eyes().look(picture)
                yield View("picture", "\n".join(line.text for line in seen))
                yield from (View("picture", one.text) for one in seen_blocks(seen))
    finally:
        renderer.close()


def _is_picture(page: PDFPage) -> bool:
    """Whether a page is a picture of itself, by the name its image has."""
    images = page.resources.get("XObject")
    return isinstance(images, dict) and "MwPage" in images
