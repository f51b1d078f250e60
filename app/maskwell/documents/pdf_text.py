"""PDF files, as text alone: the words of pages, forms, notes, outline and title.

The safest of the modes: a copy is the plain text that was read, so nothing a page hides (fonts
that lie, layers, earlier revisions, attachments, scripts, metadata) can come along unless it was
read as words and protected as words. A page without text is looked at. Lines that a page merely
wrapped are joined.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # it ships no types

from maskwell.documents.extras import OCR_INSTALL_LINE
from maskwell.documents.pdf.looking import DOTS_PER_INCH
from maskwell.documents.pdf.rendering import Renderer
from maskwell.documents.pictures.boxing import seen_blocks
from maskwell.documents.pictures.seeing import eyes, has_eyes
from maskwell.documents.plain import pieces_of
from maskwell.documents.segments import Segment
from maskwell.errors import InputTooLarge, InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents.formats import Source
    from maskwell.documents.limits import Budget
    from maskwell.documents.segments import Document, Edits

__all__ = ["joined_lines", "read"]

_MOST_PAGES = 500
_PROPERTIES = ("/Title", "/Author", "/Subject", "/Keywords")
_MOST_NODES = 20_000
_ODD_SIGNS = str.maketrans({"\ufffe": "", "\x02": "", "\x00": "", "\r": None})
_FULL_LINE = 0.7


class PdfText:
    """The words of a PDF file."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self._budget = budget
        self.segments: list[Segment] = []
        self.dropped: list[str] = []
        self._structure(data)
        empty = self._pages(data)
        if not any(one.id.startswith("p") for one in self.segments):
            raise InputUnreadable(
                "The PDF holds no text that can be read; pictures of text need optional parts: "
                f"{OCR_INSTALL_LINE}."
            )
        if empty:
            self.dropped.append(f"{empty} × page without text")

    def rewritten(self, replace: Edits) -> bytes:
        """Refuse: a PDF comes out as text, which is written one floor up."""
        del replace
        raise InputUnreadable("The layout of PDF files cannot be kept safely; use the text mode.")

    def _structure(self, data: bytes) -> None:
        """Take what stands beside the pages: properties, outline, notes and form fields."""
        with pikepdf.open(BytesIO(data)) as pdf:
            for name in _PROPERTIES:
                self._add("i", str(pdf.docinfo.get(name, "")), name[1:])
            if "/Outlines" in pdf.Root:
                for title in _outline(pdf.Root.Outlines):
                    self._add("o", title, "outline")
            for page in pdf.pages:
                for note in _list(page.obj.get("/Annots")):
                    self._note(note)
            if "/Names" in pdf.Root and "/EmbeddedFiles" in pdf.Root.Names:
                self.dropped.append("attached files")

    def _note(self, note: Any) -> None:
        if not isinstance(note, pikepdf.Dictionary):
            return
        for name, label in (("/T", "field"), ("/Contents", "note"), ("/V", "value"), ("/TU", "")):
            self._add("a", _words(note.get(name)), label)
        if "/A" in note and isinstance(note.A, pikepdf.Dictionary):
            self._add("a", _words(note.A.get("/URI")), "link")

    def _pages(self, data: bytes) -> int:
        """Take the text of every page; return how many have none."""
        pdf = pypdfium2.PdfDocument(data)
        try:
            if len(pdf) > _MOST_PAGES:
                raise InputTooLarge(f"The PDF has more than {_MOST_PAGES} pages; split it.")
            empty = 0
            for number in range(len(pdf)):
                text = pdf[number].get_textpage().get_text_bounded().translate(_ODD_SIGNS)
                if not text.strip():
                    empty += not self._seen(data, number)
                for piece in pieces_of(joined_lines(text)):
                    self._add("p", piece, "")
            return empty
        finally:
            pdf.close()

    def _seen(self, data: bytes, number: int) -> bool:
        """Take what is seen on a page without text; return whether anything is."""
        if not has_eyes():
            return False
        self._budget.look()
        renderer = Renderer(data)
        lines = eyes().look(renderer.sheet(number, DOTS_PER_INCH).picture)
        renderer.close()
        found = seen_blocks(line for line in lines if line.is_readable)
        for block in found:
            self._add("p", block.text, "")
        return bool(found)

    def _add(self, prefix: str, text: str, label: str) -> None:
        if text.strip():
            self.segments.append(Segment(f"{prefix}{len(self.segments)}", text, label))


def read(data: bytes, source: Source) -> Document:
    """Read a PDF file."""
    try:
        return PdfText(data, source.budget)
    except pikepdf.PasswordError as error:
        raise InputUnreadable("The PDF is protected by a password; save it without one.") from error
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as error:
        raise InputUnreadable("The PDF is damaged; open it, save it again and retry.") from error


def joined_lines(text: str) -> str:
    """Return a page's text with the lines joined that were only wrapped.

    A line counts as wrapped when it is nearly as long as the longest, so that a name cut over
    two lines is read as one.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    full = _FULL_LINE * max(map(len, lines), default=0)
    pieces: list[str] = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        pieces += [line, " " if len(line) >= full and after.strip() else "\n"]
    return "".join(pieces).rstrip("\n")


def _outline(root: Any) -> Iterator[str]:
    """Yield the titles of an outline, whatever loops its links make."""
    waiting, count = [root.get("/First")], 0
    while waiting and count < _MOST_NODES:
        node = waiting.pop()
        count += 1
        if isinstance(node, pikepdf.Dictionary):
            yield _words(node.get("/Title"))
            waiting += [node.get("/Next"), node.get("/First")]


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, pikepdf.Array) else []


def _words(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.String) else ""
