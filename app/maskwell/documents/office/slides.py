"""PowerPoint files (pptx): slides, notes, masters, comments, charts, diagrams, properties.

Left out: macros, embedded files, pictures, sound and film, animations, tags, custom shows.
python-pptx opens the result before it is released.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from maskwell.documents.formats import Source, View
from maskwell.documents.office.names import SHARED_TYPES
from maskwell.documents.office.package import OfficePackage
from maskwell.documents.office.reading_back import office_views
from maskwell.documents.office.word import OfficeText
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents.segments import Document

__all__ = ["inspect", "read"]

LOADED_LATER = ("pptx",)
"""What a process that will check many of these loads first."""

_PREFIX = "application/vnd.openxmlformats-officedocument.presentationml."
_MAIN = f"{_PREFIX}presentation.main+xml"
_KEPT = SHARED_TYPES | {
    f"{_PREFIX}{name}+xml"
    for name in (
        *("presentation.main", "slide", "slideLayout", "slideMaster", "notesSlide"),
        *("notesMaster", "handoutMaster", "comments", "commentAuthors", "presProps"),
        "tableStyles",
    )
}


def read(data: bytes, source: Source) -> Document:
    """Read a PowerPoint file."""
    return OfficeText(
        OfficePackage(
            data, source.budget, main_type=_MAIN, kept_types=_KEPT, picture_folder="ppt/media"
        )
    )


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield every part as expat sees it, and the text that python-pptx reads."""
    import pptx  # noqa: PLC0415  # an optional part, and slow to load

    yield from office_views(data, source.budget)
    try:
        for slide in pptx.Presentation(BytesIO(data)).slides:
            shapes = [*slide.shapes]
            if slide.has_notes_slide:
                shapes += [*slide.notes_slide.shapes]
            for shape in shapes:
                if shape.has_text_frame:
                    yield View("text", shape.text_frame.text)
    except Exception as error:
        raise InputUnreadable("The PowerPoint file does not open in a second reader.") from error
