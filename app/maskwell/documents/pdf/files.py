"""The PDF format's two doors: `read` for each mode, and `inspect` for what comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.documents.pdf.layout import PdfLayout
from maskwell.documents.pdf.sources import opened
from maskwell.documents.pdf_text import read as read_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents.formats import Source, View
    from maskwell.documents.segments import Document

__all__ = ["inspect", "read"]


def read(data: bytes, source: Source) -> Document:
    """Read a PDF file for the mode its source names."""
    if source.mode == "text":
        opened(data).close()
        return read_words(data, source)
    return PdfLayout(
        data,
        source.budget,
        as_pictures=source.mode == "pictures",
        restoring=source.mode == "restore",
    )


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield what pdfminer.six and PDFium see in a finished PDF."""
    from maskwell.documents.pdf.checking import views  # noqa: PLC0415  # a reader of its own

    yield from views(data, source.budget)
