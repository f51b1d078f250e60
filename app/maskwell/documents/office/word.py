"""Word files (docx): body, headers, footers, notes, comments, text boxes, charts, properties.

Left out: macros, embedded files, pictures, custom XML, mail merge, document variables, tracked
deletions, who changed what and when. python-docx opens the result before it is released.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from maskwell.documents.formats import Source, View
from maskwell.documents.office.markup import clean, take_links, take_words
from maskwell.documents.office.names import SHARED_TYPES
from maskwell.documents.office.package import OfficePackage
from maskwell.documents.office.reading_back import office_views
from maskwell.documents.strands import Strands
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from maskwell.documents.segments import Document, Edits

__all__ = ["OfficeText", "inspect", "read"]

LOADED_LATER = ("docx",)
"""What a process that will check many of these loads first."""

_PREFIX = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN = f"{_PREFIX}document.main+xml"
_KEPT = SHARED_TYPES | {
    f"{_PREFIX}{name}+xml"
    for name in (
        *("document.main", "styles", "settings", "numbering", "fontTable", "footnotes"),
        *("endnotes", "comments", "header", "footer"),
    )
}


class OfficeText:
    """A Word or PowerPoint file: every part cleaned, every paragraph a segment."""

    def __init__(self, package: OfficePackage) -> None:
        self._package = package
        self._strands = Strands()
        dropped: Counter[str] = package.dropped
        for part in package.all_parts():
            dropped += clean(part)
            take_words(self._strands, part.root)
            take_links(self._strands, part)
        self.segments = self._strands.segments
        self.dropped = [f"{count} × {what}" for what, count in sorted(dropped.items())]

    def rewritten(self, replace: Edits) -> bytes:
        """Return a new package with the edits made."""
        self._strands.write(replace)
        return self._package.write()


def read(data: bytes, source: Source) -> Document:
    """Read a Word file."""
    return OfficeText(
        OfficePackage(
            data, source.budget, main_type=_MAIN, kept_types=_KEPT, picture_folder="word/media"
        )
    )


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield every part as expat sees it, and the text that python-docx reads."""
    import docx  # noqa: PLC0415  # an optional part, and slow to load

    yield from office_views(data, source.budget)
    try:
        document = docx.Document(BytesIO(data))
        yield View("text", "\n\0\n".join(p.text for p in document.paragraphs))
        for table in document.tables:
            cells = (cell.text for row in table.rows for cell in row.cells)
            yield View("text", "\n\0\n".join(cells))
    except Exception as error:
        raise InputUnreadable("The Word file does not open in a second reader.") from error
