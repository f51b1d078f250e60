"""A PDF with its layout: glyphs of findings deleted, tokens written in the gaps they leave.

A page whose text may not be what it shows, or whose pictures hold a finding, becomes a picture
of itself with solid boxes. Where that cannot be had (nothing here can look) the layout is
refused, and the text mode is left. Invariant: what is kept of a page was decoded by its own
font, agreed with what PDFium decodes, and, in an embedded font, was seen to be drawn so.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from maskwell.documents.extras import OCR_INSTALL_LINE
from maskwell.documents.pdf.annotations import left_out
from maskwell.documents.pdf.building import Builder
from maskwell.documents.pdf.confirming import unconfirmed
from maskwell.documents.pdf.images import ImageUnreadable
from maskwell.documents.pdf.looking import look_at
from maskwell.documents.pdf.pages import letter_counts, page_text
from maskwell.documents.pdf.painting import paint, write_tokens
from maskwell.documents.pdf.rendering import Renderer
from maskwell.documents.pdf.sources import PdfFile, opened
from maskwell.documents.pictures.seeing import eyes, has_eyes
from maskwell.documents.segments import Segment, check_ids, in_order
from maskwell.errors import InputUnreadable, LayoutUnsafe

if TYPE_CHECKING:
    from maskwell.documents.limits import Budget
    from maskwell.documents.paragraphs import Block
    from maskwell.documents.pdf.pages import PageText
    from maskwell.documents.segments import Edit, Edits

__all__ = ["PdfLayout"]

_ROOT_LEAVINGS = {
    "/Outlines": "outline", "/AcroForm": "form", "/OCProperties": "layers", "/Metadata":
    "metadata", "/StructTreeRoot": "reading structure", "/OpenAction": "opening action",
    "/AA": "actions", "/PieceInfo": "private data", "/PageLabels": "page labels",
    "/Collection": "portfolio", "/Threads": "article threads",
}  # fmt: skip
_NAME_LEAVINGS = {"/EmbeddedFiles": "attached files", "/JavaScript": "scripts",
                  "/Dests": "named places"}  # fmt: skip


class PdfLayout:
    """A PDF file whose pages are edited in place."""

    def __init__(self, data: bytes, budget: Budget, *, as_pictures: bool, restoring: bool) -> None:
        self._file = PdfFile(opened(data), budget, keeps_invisible=restoring)
        self._renderer = Renderer(data)
        self._budget = budget
        self._as_pictures = as_pictures
        self._restoring = restoring
        self._pages = [
            page_text(self._file, number, page) for number, page in enumerate(self._file.pdf.pages)
        ]
        if not restoring:
            self._doubt()
            self._look()
        self._blocks: dict[str, Block] = {}
        self.segments = [*self._segments()]
        if not self.segments and any(page.wants_look for page in self._pages) and not has_eyes():
            raise _blind()
        self.dropped = [*self._leavings()]

    def rewritten(self, replace: Edits) -> bytes:
        """Return the PDF with the edits made, written whole.

        Raises:
            UsageError: an edit names no passage or lies outside it.
            LayoutUnsafe: a page has to become a picture and nothing here can look at it.
        """
        check_ids(replace, self._blocks)
        edits = {
            key: in_order(some, len(self._blocks[key].text))
            for key, some in replace.items()
            if some
        }
        for key, some in edits.items():
            if key.startswith("p"):
                for edit in some:
                    write_tokens(self._blocks[key], edit)
        if self._restoring and any(_is_painted(self._pages[_page_of(key)]) for key in edits):
            raise LayoutUnsafe("A page of the PDF is a picture; its values come back as text.")
        builder = Builder(self._file)
        for page in self._pages:
            self._write(page, builder, edits)
        return builder.saved()

    def _write(self, page: PageText, builder: Builder, edits: dict[str, list[Edit]]) -> None:
        of_page = {key: some for key, some in edits.items() if _page_of(key) == page.number}
        if not page.distrust and not any(key.startswith("s") for key in of_page):
            try:
                builder.add_page(page.page, page.content, page.drawings)
            except ImageUnreadable:
                raise LayoutUnsafe(
                    "A picture in the PDF cannot be made anew; use another mode."
                ) from None
            return
        paint(page, builder, self._renderer, {k: (self._blocks[k], e) for k, e in of_page.items()})

    def _doubt(self) -> None:
        """Note on each page why its text may not be what it shows."""
        for page in self._pages:
            if _differs(letter_counts(self._renderer.text(page.number)), page):
                page.distrust.add("readers that disagree")
            if self._as_pictures:
                page.distrust.add("no other mode is left")
        if any(font.needs_eyes for font in self._file.fonts):
            self._need_eyes()
            claims = unconfirmed(self._pages, self._renderer, eyes(), self._budget)
            for page in self._pages:
                if any(_is_claimed(one, claims) for line in page.lines for one in line.items):
                    page.distrust.add("a font that draws other than it claims")

    def _look(self) -> None:
        if any(page.distrust or page.wants_look for page in self._pages):
            self._need_eyes()
            look_at(self._pages, self._renderer, eyes(), self._budget)

    @staticmethod
    def _need_eyes() -> None:
        if not has_eyes():
            raise _blind()

    def _segments(self) -> list[Segment]:
        found = []
        for page in self._pages:
            for prefix, some in (("p", page.blocks), ("s", page.seen_blocks)):
                for number, block in enumerate(some):
                    if block.text.strip():
                        key = f"{prefix}{page.number}.{number}"
                        self._blocks[key] = block
                        found.append(Segment(key, block.text))
        return found

    def _leavings(self) -> list[str]:
        root = self._file.pdf.Root
        found = [what for key, what in _ROOT_LEAVINGS.items() if key in root]
        names: Any = root.get("/Names", {})
        found += [what for key, what in _NAME_LEAVINGS.items() if key in names]
        notes: Counter[str] = Counter()
        for page in self._pages:
            notes += left_out(page.page)
        found += [f"{count} × {what}" for what, count in notes.items()]
        pictured = sum(bool(page.distrust) for page in self._pages)
        if pictured:
            found.append(f"{pictured} × page that became a picture of itself")
        return found


def _differs(other: Counter[str], page: PageText) -> bool:
    """Whether another reader's letters are not the page's, beyond a few drawn twice or cut off."""
    slack = 3 + 0.02 * sum(page.visible_letters.values())
    unknown = sum((other - page.all_letters).values())
    missing = sum((page.visible_letters - other).values())
    return unknown > 2 + slack / 6 or missing > slack


def _is_claimed(one: Any, claims: set[tuple[int, bytes]]) -> bool:
    return bool(claims) and one is not None and (id(one.glyph.font), one.glyph.raw) in claims


def _is_painted(page: PageText) -> bool:
    """Whether a page is a picture of itself that was made here."""
    resources: Any = page.page.get("/Resources", {})
    return "/MwPage" in resources.get("/XObject", {})


def _page_of(key: str) -> int:
    return int(key[1:].partition(".")[0])


def _blind() -> InputUnreadable:
    return LayoutUnsafe(
        "The layout of this PDF can be kept only where its pages can be looked at, which needs "
        f"optional parts: {OCR_INSTALL_LINE}; or use the text mode."
    )
