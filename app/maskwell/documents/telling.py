"""What a report says of a kind of file: how its copies are checked, and what they cannot hide."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["About", "told"]


@dataclass(frozen=True, slots=True)
class About:
    """What holds for every copy of a kind."""

    verified: str
    not_hidden: tuple[str, ...] = ()


_SEARCHED = (
    "every text and part it decodes to was searched for the values found: as words, folded, "
    "and as bytes in UTF-8, UTF-16, base64, hexadecimal and the escapes of JSON, XML and URLs"
)
_READERS = {
    "text": "the standard library",
    "csv": "Python's csv reader",
    "json": "Python's json reader",
    "yaml": "PyYAML",
    "toml": "Python's tomllib",
    "xml": "expat",
    "html": "selectolax, which reads as browsers do",
    "eml": "a mail reader of its own",
    "msg": "a mail reader of its own",
    "mbox": "a mail reader of its own",
    "zip": "a zip reader of its own and zlib",
    "docx": "expat, zlib and python-docx",
    "xlsx": "expat, zlib and openpyxl",
    "pptx": "expat, zlib and python-pptx",
    "odt": "expat and zlib",
    "rtf": "a reader of its own that knows no groups",
    "ics": "a reader of its own",
    "vcf": "a reader of its own",
    "ipynb": "nbformat",
    "pdf": "pdfminer.six and pypdfium2",
}
_PICTURES = frozenset(("png", "jpg", "tiff"))
_PICTURES_CHECKED = (
    "The copy holds pixels and nothing else: it was rebuilt from them, opened with OpenCV and read "
    "again, and the words that could be read in it were searched for the values found; a reader "
    "of its own made sure that no metadata, profile, thumbnail, further frame or trailing bytes "
    "stand beside the pixels."
)
_PICTURES_HOLES = (
    "where the boxes are and how large",
    "what was not seen or was misread: handwriting, small or faint writing, unknown scripts",
    "faces, places and things that the picture shows",
)
_HOLES = {
    "csv": ("which cells were private",),
    "json": ("that a value was a number: it became a string",),
    "eml": ("how many parts the mail had",),
    "msg": ("how many parts the mail had",),
    "mbox": ("how many mails and parts there were",),
    "zip": ("how many files there were",),
    "docx": ("the names of styles",),
    "odt": ("the names of styles",),
    "xlsx": ("that a cell was a number or a date", "the names of defined names"),
    "xml": ("the names of elements",),
    "pdf": (
        "the width of a hidden word, where the page kept its layout",
        "writing in its pictures that could not be read, and what the pictures show",
    ),
    "ipynb": ("how many cells there were",),
    "pptx": ("how many slides there were",),
    "ics": ("which kinds of properties there were",),
    "vcf": ("which kinds of properties there were",),
    "rtf": ("the names of styles",),
}
_ALWAYS = ("how long the text around a token is", "what detection did not recognise as private")


def told(kind: str, mode: str) -> About:
    """Return what to say of a copy of a file of this kind, made in this mode."""
    if kind in _PICTURES and mode == "layout":
        return About(_PICTURES_CHECKED, (*_PICTURES_HOLES, _ALWAYS[1]))
    reader = _READERS.get(kind, "a second reader") if mode == "layout" else _READERS["text"]
    holes = _HOLES.get(kind, ()) if mode == "layout" else ()
    verified = f"The copy was opened with {reader}, not with what wrote it, and {_SEARCHED}."
    return About(verified, (*holes, *_ALWAYS))
