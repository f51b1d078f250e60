"""OpenDocument texts (odt): body, styles with headers and footers, notes, annotations, properties.

Rebuilt from three parts; pictures become one blank picture. Left out: thumbnails, settings,
macros, embedded objects, tracked changes with their authors, form data bindings, dates.
"""

from __future__ import annotations

import base64
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from maskwell.documents.office.reading_back import office_views
from maskwell.documents.packing import Entry, pack, unpack
from maskwell.documents.strands import Glue, Slot, Strand, Strands
from maskwell.documents.xml_tree import local_name, parse_xml
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents.formats import Source, View
    from maskwell.documents.segments import Document, Edits

__all__ = ["inspect", "read"]

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT = f"{{{_SPACE}text:1.0}}"
_OFFICE = f"{{{_SPACE}office:1.0}}"
_DRAW = f"{{{_SPACE}drawing:1.0}}"
_META = f"{{{_SPACE}meta:1.0}}"
_MANIFEST = f"{_SPACE}manifest:1.0"
_DC = "{http://purl.org/dc/elements/1.1/}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_MIME = "application/vnd.oasis.opendocument.text"
_PARTS = ("content.xml", "styles.xml", "meta.xml")
_PICTURE = "Pictures/blank.png"
_BLANK = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNgYAAAAAMAASsJTYQAAAAASUVORK5CYII="
)
_KNOWN_SPACES = frozenset(
    {f"{{{_SPACE}{name}:1.0}}" for name in (
        "office", "text", "table", "drawing", "style", "meta", "datastyle", "svg-compatible",
        "xsl-fo-compatible", "form", "presentation",
    )} | {_DC, "{http://www.w3.org/1998/Math/MathML}"}
)  # fmt: skip
_KNOWN_ATTRIBUTES = _KNOWN_SPACES | {
    "",
    "{http://www.w3.org/1999/xlink}",
    "{http://www.w3.org/XML/1998/namespace}",
}
_DROPPED = frozenset(
    {f"{_TEXT}{name}" for name in (
        "tracked-changes", "change", "change-start", "change-end", "dde-connection-decls",
    )}
    | {f"{_OFFICE}{name}" for name in ("scripts", "event-listeners", "binary-data", "dde-source")}
    | {f"{_META}{name}" for name in (
        "creation-date", "print-date", "editing-duration", "editing-cycles", "generator",
        "document-statistic", "template", "auto-reload", "hyperlink-behaviour",
    )}
    | {f"{_DRAW}{name}" for name in ("object", "object-ole", "plugin", "applet", "floating-frame")}
    | {f"{_DC}date"}
)  # fmt: skip
_GLUES = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_BLOCKS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_APART = frozenset({f"{_OFFICE}annotation", f"{_TEXT}note", f"{_DRAW}text-box", f"{_DRAW}frame"})
"""What hangs on a paragraph but is read apart from it."""
_PROSE_ATTRIBUTES = frozenset(
    "title description label value string-value current-value target-frame-name author name".split()
)
_NAMED = frozenset({"user-field-decl", "section", "table", "variable-decl", "frame"})


class OpenText:
    """An OpenDocument text."""

    def __init__(self, data: bytes, source: Source) -> None:
        entries = {entry.name: entry.data for entry in unpack(data, source.budget).entries}
        _refuse_sealed(entries)
        if "content.xml" not in entries:
            raise InputUnreadable("The OpenDocument file is damaged: it has no content.")
        self._roots = {
            name: parse_xml(entries[name], remove_comments=True).getroot()
            for name in _PARTS
            if name in entries
        }
        self._has_picture = False
        self._dropped = Counter(_titles(entries))
        self._strands = Strands()
        for root in self._roots.values():
            self._clean(root)
            self._take(root)
        self.segments = self._strands.segments
        self.dropped = [f"{count} × {what}" for what, count in sorted(self._dropped.items())]

    def rewritten(self, replace: Edits) -> bytes:
        """Return a new package with the edits made."""
        self._strands.write(replace)
        entries = [Entry("mimetype", _MIME.encode())]
        entries += [Entry(name, _xml(root)) for name, root in self._roots.items()]
        if self._has_picture:
            entries.append(Entry(_PICTURE, _BLANK))
        entries.append(Entry("META-INF/manifest.xml", self._manifest()))
        return pack(entries, stored_first=True)

    def _clean(self, root: Any) -> None:
        for element in list(root.iter()):
            if not isinstance(element.tag, str) or _is_unknown(element.tag):
                if element.tag == f"{_TEXT}tracked-changes":
                    self._dropped["tracked change"] += len(element)
                _remove(element)
                continue
            for name in list(element.attrib):
                if _space(name) not in _KNOWN_ATTRIBUTES:
                    del element.attrib[name]
            self._clean_link(element)

    def _clean_link(self, element: Any) -> None:
        target = element.get(_LINK)
        if target is None:
            return
        if element.tag in {f"{_DRAW}image", f"{_DRAW}fill-image"} or "background" in element.tag:
            element.set(_LINK, _PICTURE)
            self._has_picture = True
        elif not target.startswith(("http:", "https:", "mailto:", "#")):
            del element.attrib[_LINK]
            self._dropped["link to another file"] += 1

    def _take(self, root: Any) -> None:
        groups: dict[Any, str] = {}
        for element in root.iter():
            if element.tag in _BLOCKS:
                row = next(element.iterancestors("{*}table-row"), None)
                group = groups.setdefault(row, f"row {len(groups)}") if row is not None else ""
                self._strands.add(Strand(list(_inside(element))), group=group)
            elif next(element.iterancestors(*_BLOCKS), None) is None or _stands_apart(element):
                label = local_name(element.tag)
                self._strands.add(Strand([Slot(element, "text")]), label=label)
            self._take_attributes(element)

    def _take_attributes(self, element: Any) -> None:
        for name, value in element.attrib.items():
            local = local_name(name)
            if name == _LINK and value != _PICTURE:
                self._strands.add(
                    Strand([Slot(element, f"@{name}", unquote, _quoted)]), label="link"
                )
                continue
            is_prose = local in _PROSE_ATTRIBUTES and (
                local != "name" or local_name(element.tag) in _NAMED
            )
            if is_prose or " " in value or "@" in value:
                self._strands.add(
                    Strand([Slot(element, f"@{name}")]), label=local, is_prose=is_prose
                )

    def _manifest(self) -> bytes:
        root = etree.Element(f"{{{_MANIFEST}}}manifest", nsmap={"manifest": _MANIFEST})
        root.set(f"{{{_MANIFEST}}}version", "1.2")
        kinds = {"/": _MIME} | dict.fromkeys(self._roots, "text/xml")
        if self._has_picture:
            kinds[_PICTURE] = "image/png"
        for path, kind in kinds.items():
            entry = etree.SubElement(root, f"{{{_MANIFEST}}}file-entry")
            entry.set(f"{{{_MANIFEST}}}full-path", path)
            entry.set(f"{{{_MANIFEST}}}media-type", kind)
        return _xml(root)


def read(data: bytes, source: Source) -> Document:
    """Read an OpenDocument text."""
    return OpenText(data, source)


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield every part as expat sees it."""
    yield from office_views(data, source.budget)


def _inside(element: Any) -> Iterator[Slot | Glue]:
    """Yield the text of a paragraph, not that of what hangs on it."""
    yield Slot(element, "text")
    for child in element:
        if child.tag in _GLUES:
            yield Glue(child, _GLUES[child.tag])
        elif child.tag == f"{_TEXT}s":
            yield Glue(child, " " * min(int(child.get(f"{_TEXT}c") or 1), 1000))
        elif child.tag not in _APART and child.tag not in _BLOCKS:
            yield from _inside(child)
        yield Slot(child, "tail")


def _stands_apart(element: Any) -> bool:
    """Whether an element below a paragraph belongs to something that hangs on it."""
    for above in element.iterancestors():
        if above.tag in _BLOCKS:
            return False
        if above.tag in _APART:
            return True
    return False


def _refuse_sealed(entries: dict[str, bytes]) -> None:
    manifest = entries.get("META-INF/manifest.xml", b"")
    if b"encryption-data" in manifest:
        raise InputUnreadable("The file is protected by a password; save it without one.")
    if "META-INF/documentsignatures.xml" in entries:
        raise InputUnreadable("The file is signed; save a copy without the signature.")


def _titles(entries: dict[str, bytes]) -> Iterator[str]:
    for name in entries:
        if name.startswith(("Pictures/", "media/")) and not name.endswith("/"):
            yield "picture"
        elif name.startswith("Thumbnails/"):
            yield "thumbnail"
        elif name.startswith("Object"):
            yield "embedded object part"


def _is_unknown(name: str) -> bool:
    return name in _DROPPED or _space(name) not in _KNOWN_SPACES


def _space(name: str) -> str:
    return name.rpartition("}")[0] + "}" if name.startswith("{") else ""


def _remove(element: Any) -> None:
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _quoted(url: str) -> str:
    return quote(url, safe=":/?#[]@!$&'()*+,;=~-._", errors="replace")


def _xml(root: Any) -> bytes:
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return data
