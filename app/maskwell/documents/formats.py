"""Which formats there are, how a file's format is recognised, and where its code is.

A format's module has two functions. `read(data, source) -> Document` is the writer's side;
`inspect(data, source)` yields what a different library sees in a finished output. A format
that is not listed is refused: nothing is passed through because it was not understood.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from maskwell.documents.extras import needs
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents.limits import Budget
    from maskwell.documents.segments import Document

__all__ = ["FORMATS", "Format", "Source", "View", "copy_name", "inspect", "read", "recognise"]


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file."""

    kind: str
    title: str
    """As the user calls it, in the plural: "Word files"."""
    suffixes: frozenset[str]
    module: str
    in_child: bool = True
    """Whether its bytes are parsed in a confined child process; False only for linear scanners
    written in Python."""
    modes: frozenset[str] = frozenset({"layout", "text"})
    becomes: str = ""
    """The ending of its copies, where they are of another kind."""

    def ending_of(self, ending: str) -> str:
        """Return the ending of a copy of a file whose name ended so.

        A file that was called what it is not gets the ending of what it is behind its own.
        """
        if self.becomes:
            return self.becomes
        is_its_own = self.kind not in _MARKED or ending.lower() in self.suffixes
        return ending if is_its_own else f"{ending}.{self.kind}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where bytes come from and what they may cost."""

    name: str
    budget: Budget
    declared: str = ""
    """The text encoding a surrounding format names, or nothing."""
    mode: str = "layout"
    """What it is read for: "layout", "pictures" (its pages become pictures), "text", "restore"."""
    keeps: frozenset[str] = frozenset()
    """What stays that is left out unless somebody asks: "outputs" of a notebook's cells."""

    def within(self, name: str, declared: str = "") -> Source:
        """Return the source of a file inside this one; it shares the budget."""
        mode = "restore" if self.mode == "restore" else "layout"
        return replace(self, name=name, declared=declared, mode=mode)


@dataclass(frozen=True, slots=True)
class View:
    """One thing a verifying library decoded: text as str, a stream or part as bytes."""

    part: str
    content: str | bytes


def _format(
    kind: str,
    title: str,
    suffixes: str,
    module: str,
    *,
    in_child: bool = True,
    modes: str = "layout text",
    becomes: str = "",
) -> Format:
    dotted = frozenset(f".{suffix}" for suffix in suffixes.split())
    where = f"maskwell.documents.{module}"
    return Format(kind, title, dotted, where, in_child, frozenset(modes.split()), becomes)


FORMATS = {
    one.kind: one
    for one in (
        _format("text", "text files", "txt md log", "plain", in_child=False),
        _format("json", "JSON files", "json jsonl ndjson", "json_text", in_child=False),
        _format("yaml", "YAML files", "yaml yml", "yaml_text"),
        _format("toml", "TOML files", "toml", "toml_text"),
        _format("xml", "XML files", "xml", "xml_text"),
        _format("html", "web pages", "html htm xhtml", "html_text"),
        _format("zip", "archives", "zip", "archive"),
        _format("eml", "e-mails", "eml", "mail"),
        _format("msg", "Outlook messages", "msg", "outlook", becomes=".eml"),
        _format("mbox", "mail folders", "mbox mbx", "mail_folder"),
        _format("docx", "Word files", "docx", "office.word"),
        _format("xlsx", "Excel files", "xlsx", "office.sheets"),
        _format("odt", "OpenDocument texts", "odt", "opendocument"),
        _format("ics", "calendars", "ics ical", "cards"),
        _format("vcf", "contact cards", "vcf vcard", "cards"),
        _format("rtf", "RTF files", "rtf", "rtf_text"),
        _format("ipynb", "notebooks", "ipynb", "notebook"),
        _format("pptx", "PowerPoint files", "pptx", "office.slides"),
        _format("pdf", "PDF files", "pdf", "pdf.files", modes="layout pictures text"),
        _format("png", "PNG pictures", "png", "pictures.files"),
        _format("jpg", "JPEG pictures", "jpg jpeg", "pictures.files"),
        _format("tiff", "TIFF pictures", "tif tiff", "pictures.files"),
        _format("csv", "tables as text", "csv tsv tab", "delimited", in_child=False),
    )
}
_BY_SUFFIX = {suffix: one for one in FORMATS.values() for suffix in one.suffixes}

_ODT_MARK = b"mimetypeapplication/vnd.oasis.opendocument.textPK"
_PACKED_MARKS = (
    (b"word/document.xml", "docx"),
    (b"xl/workbook.xml", "xlsx"),
    (b"ppt/presentation.xml", "pptx"),
    (b"[Content_Types].xml", "office"),
    (b"META-INF/MANIFEST.MF", "java"),
)
"""Names in a container's directory that make it one kind; kinds without a format are refused."""

_STARTS = (
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"{\\rtf", "rtf"),
)
_OLE_START = b"\xd0\xcf\x11\xe0"
_LOCKED_MARK = "EncryptedPackage".encode("utf-16-le")
_MARKED = frozenset("docx xlsx pptx odt zip pdf png jpg tiff msg".split())
"""Kinds that their first bytes always tell: a file without them is none, whatever its name."""
_MSG_MARK = "__properties_version1.0".encode("utf-16-le")
_REFUSED_STARTS = (
    (b"PK\x03\x04", "files of this packed kind"),
    (b"PK\x05\x06", "empty archives"),
    (_OLE_START, "old Office files"),
    (b"GIF8", "pictures of this kind"),
    (b"\x1f\x8b", "gzip files"),
    (b"\x78\x9f\x3e\x22", "Outlook's winmail.dat files"),
)
_REFUSED_SUFFIXES = {
    ".svg": "pictures",
}


def recognise(data: bytes, name: str) -> Format:
    """Return the format of a file: by its first bytes where they tell, else by its name.

    Raises:
        InputUnreadable: no format here can hold it.
    """
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if told := _by_start(data):
        return told
    for start, title in _REFUSED_STARTS:
        if data.startswith(start):
            raise InputUnreadable(
                f"This version cannot make {title} safe; save it as another kind first."
            )
    if suffix in _BY_SUFFIX:
        return _named(_BY_SUFFIX[suffix], suffix, data)
    if suffix in _REFUSED_SUFFIXES:
        raise InputUnreadable(
            f"This version cannot make {_REFUSED_SUFFIXES[suffix]} safe; save it as another "
            "kind first."
        )
    return FORMATS["text"]


def _named(named: Format, suffix: str, data: bytes) -> Format:
    """Return the format a file's name tells, when its content may be that.

    Raises:
        InputUnreadable: it is none of that kind.
    """
    if named.kind not in _MARKED:
        return named
    if not data:
        raise InputUnreadable("The file is empty.")
    raise InputUnreadable(
        f"The file's name ends in {suffix}, but what it holds is none of the {named.title}; "
        "it is damaged, or needs the ending of what it is."
    )


def _by_start(data: bytes) -> Format | None:
    """Return the format that a file's first bytes name, whatever it is called.

    Raises:
        InputUnreadable: it is locked or cut short.
    """
    if data.startswith(b"PK"):
        return _packed(data)
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return FORMATS["pdf"]
    if data.startswith(_OLE_START):
        if _LOCKED_MARK in data:
            raise InputUnreadable(
                "The Office file is protected by a password; save it without one."
            )
        return FORMATS["msg"] if _MSG_MARK in data else None
    return next((FORMATS[kind] for start, kind in _STARTS if data.startswith(start)), None)


def copy_name(data: bytes, name: str) -> str:
    """Return the name of a file's copy: its own, with another ending where the kind changes.

    Raises:
        InputUnreadable: no format here can hold it.
    """
    becomes = recognise(data, name).becomes
    return f"{PurePosixPath(name).with_suffix('')}{becomes}" if becomes else name


def _packed(data: bytes) -> Format | None:
    """Return what a zip container is, by its first entry and the names its directory lists."""
    if data[30:].startswith(b"mimetypeapplication/"):
        return FORMATS.get("odt") if data[30:].startswith(_ODT_MARK) else None
    end = data.rfind(b"PK\5\6")
    if end < 0 or len(data) < end + 22:
        raise InputUnreadable("The packed file is damaged or cut short; get it again and retry.")
    size, start = struct.unpack_from("<2I", data, end + 12)
    directory = data[start : start + size]
    kind = next((kind for mark, kind in _PACKED_MARKS if mark in directory), "zip")
    return FORMATS.get(kind)


def read(data: bytes, source: Source, *, layout: bool = False) -> Document:
    """Read a file with its format's own code, in this process.

    Args:
        data: the whole file.
        source: its name and budget.
        layout: whether the caller needs bytes of the same format back.

    Raises:
        InputUnreadable, InputTooLarge: it cannot be made safe; the sentence says why.
    """
    source.budget.admit(len(data))
    chosen = recognise(data, source.name)
    if layout and "layout" not in chosen.modes:
        raise InputUnreadable(
            f"The layout of {chosen.title} cannot be kept safely; use the text mode."
        )
    with needs(f"reading {chosen.title}"):
        document: Document = import_module(chosen.module).read(data, source)
    return document


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield what a different library than the writer's sees in an output.

    Raises:
        InputUnreadable: it does not open there.
    """
    chosen = recognise(data, source.name)
    with needs(f"checking {chosen.title}"):
        module = import_module(chosen.module)
        yield from module.inspect(data, source)
