"""An Office package taken apart and put together again from what is understood.

Parts are kept by content type, relationships by where they lead. Pictures become one blank
picture, so that nothing that refers to one breaks; everything else unknown goes, with the
elements that refer to it. Invariant: each part of the output was parsed here and written anew.
"""

from __future__ import annotations

import base64
import posixpath
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from maskwell.documents.office.names import HYPERLINK, IMAGE
from maskwell.documents.packing import Entry, pack, unpack
from maskwell.documents.xml_tree import parse_xml
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents.limits import Budget

__all__ = ["OfficePackage", "Part"]

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_NEUTRAL_NAME = re.compile(r"(?:[A-Za-z]{1,20}/){0,3}[A-Za-z]{1,20}[0-9]{0,5}\.(?:xml|vml)\Z")
_BLANK_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNgYAAAAAMAASsJTYQAAAAASUVORK5CYII="
)


@dataclass(slots=True)
class Part:
    """One XML part and its relationships."""

    name: str
    content_type: str
    root: Any
    relationships: Any = None
    """The root of its relationships part, already cleaned; None when it has none."""
    lost: set[str] = field(default_factory=set)
    """Ids of relationships that were left out."""


class OfficePackage:
    """The understood parts of a package.

    Args:
        data: the file.
        budget: what reading it may cost.
        main_type: the content type of the part that makes it this kind of file.
        kept_types: the content types of the parts to keep.
        picture_folder: where the blank picture goes.
    """

    def __init__(
        self,
        data: bytes,
        budget: Budget,
        *,
        main_type: str,
        kept_types: frozenset[str],
        picture_folder: str,
    ) -> None:
        self._entries = _by_name(unpack(data, budget).entries)
        self._types = _content_types(self._take("[Content_Types].xml"))
        self._picture = f"{picture_folder}/blank.png"
        self.dropped: Counter[str] = Counter()
        self.parts: dict[str, Part] = {}
        for name, content in self._entries.items():
            kind = self._type_of(name)
            if kind in kept_types:
                root = parse_xml(content, remove_comments=True).getroot()
                self.parts[name] = Part(name, kind, root)
            elif not name.endswith((".rels", "/", "[Content_Types].xml")):
                self.dropped["picture" if kind.startswith("image/") else _title(name, kind)] += 1
        self.main = self._main(main_type)
        self._new_names = self._renamed()
        self._has_picture = False
        for part in [*self.parts.values()]:
            self._relate(part)
        self._root = Part("", "", None)
        self._relate(self._root)

    def targets(self, part: Part, kind: str) -> Iterator[tuple[str, Part]]:
        """Yield (relationship id, part) of the kept internal relationships of a kind.

        Args:
            part: where they start.
            kind: how the relationship type ends ("/worksheet").
        """
        for relation in part.relationships if part.relationships is not None else ():
            target = self._resolved(part.name, relation.get("Target") or "")
            back = {new: old for old, new in self._new_names.items()}
            target = back.get(target, target)
            if (relation.get("Type") or "").endswith(kind) and target in self.parts:
                yield relation.get("Id"), self.parts[target]

    def all_parts(self) -> Iterator[Part]:
        """Yield the main part, then the others in the order of their names, each once."""
        yield self.main
        for name in sorted(self.parts):
            if name != self.main.name:
                yield self.parts[name]

    def remove(self, part: Part) -> None:
        """Leave a part out; the caller removes what refers to it."""
        del self.parts[part.name]

    def write(self) -> bytes:
        """Return the package as bytes."""
        entries = [Entry("[Content_Types].xml", self._written_types())]
        entries.append(Entry("_rels/.rels", _xml(self._root.relationships)))
        for part in self.all_parts():
            name = self._new_names[part.name]
            entries.append(Entry(name, _xml(part.root)))
            if part.relationships is not None and len(part.relationships):
                folder, file = posixpath.split(name)
                path = posixpath.join(folder, "_rels", f"{file}.rels")
                entries.append(Entry(path, _xml(part.relationships)))
        if self._has_picture:
            entries.append(Entry(self._picture, _BLANK_PICTURE))
        return pack(entries)

    def _take(self, name: str) -> bytes:
        if name not in self._entries:
            raise InputUnreadable("The Office file is damaged: its list of parts is missing.")
        return self._entries[name]

    def _type_of(self, name: str) -> str:
        ending = name.rpartition(".")[2].lower()
        kind = self._types.get(f"/{name.lower()}") or self._types.get(ending) or ""
        if "digital-signature" in kind or name.lower().startswith("_xmlsignatures"):
            raise InputUnreadable("The Office file is signed; save a copy without the signature.")
        return kind

    def _main(self, main_type: str) -> Part:
        mains = [part for part in self.parts.values() if part.content_type == main_type]
        if len(mains) != 1:
            raise InputUnreadable(
                "The Office file is a template, holds macros or is damaged; save it as an "
                "ordinary document."
            )
        if not mains[0].root.tag.startswith("{http://schemas.openxmlformats.org/"):
            raise InputUnreadable("The file is in the Strict variant; save it as an ordinary one.")
        return mains[0]

    def _renamed(self) -> dict[str, str]:
        folder = posixpath.dirname(self.main.name)
        return {
            name: name if _NEUTRAL_NAME.match(name) else f"{folder}/part{number}.xml"
            for number, name in enumerate(self.parts, 1)
        }

    def _resolved(self, source: str, target: str) -> str:
        path = posixpath.join("/", posixpath.dirname(source), target)
        return posixpath.normpath(path).lstrip("/")

    def _relate(self, part: Part) -> None:
        """Read a part's relationships and keep those that lead somewhere kept."""
        folder, file = posixpath.split(part.name)
        content = self._entries.get(posixpath.join(folder, "_rels", f"{file}.rels"))
        if content is None:
            return
        kept = etree.Element(f"{_RELS}Relationships", nsmap={None: _RELS[1:-1]})
        for relation in parse_xml(content).getroot().iter(f"{_RELS}Relationship"):
            target = self._target(part, relation)
            if target is None:
                part.lost.add(relation.get("Id") or "")
                continue
            new = etree.SubElement(kept, relation.tag)
            new.set("Id", relation.get("Id") or "")
            new.set("Type", relation.get("Type") or "")
            new.set("Target", target)
            if relation.get("TargetMode") == "External":
                new.set("TargetMode", "External")
        part.relationships = kept

    def _target(self, part: Part, relation: Any) -> str | None:
        """Return where a relationship leads in the output, or None when it is left out."""
        target, kind = relation.get("Target") or "", relation.get("Type") or ""
        if relation.get("TargetMode") == "External":
            if kind == HYPERLINK:
                return target
            if kind == IMAGE:
                relation.attrib.pop("TargetMode")
                self._has_picture = True
                return f"/{self._picture}"
            self.dropped["link to another file"] += 1
            return None
        path = self._resolved(part.name, target)
        if path in self.parts:
            return target if self._new_names[path] == path else f"/{self._new_names[path]}"
        if kind == IMAGE:
            self._has_picture = True
            return f"/{self._picture}"
        return target if target.startswith("#") and kind == HYPERLINK else None

    def _written_types(self) -> bytes:
        root = etree.Element(f"{_TYPES}Types", nsmap={None: _TYPES[1:-1]})
        defaults = {"rels": _RELS_TYPE, "xml": "application/xml", "png": "image/png"}
        for ending, kind in defaults.items():
            etree.SubElement(root, f"{_TYPES}Default", Extension=ending, ContentType=kind)
        for part in self.all_parts():
            name = f"/{self._new_names[part.name]}"
            etree.SubElement(
                root, f"{_TYPES}Override", PartName=name, ContentType=part.content_type
            )
        return _xml(root)


def _by_name(entries: tuple[Entry, ...]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for entry in entries:
        if entry.name in found:
            raise InputUnreadable("The Office file holds two parts of one name; it is damaged.")
        found[entry.name] = entry.data
    return found


def _content_types(data: bytes) -> dict[str, str]:
    types: dict[str, str] = {}
    for element in parse_xml(data).getroot():
        name = element.get("PartName") or element.get("Extension") or ""
        types[name.lower()] = element.get("ContentType") or ""
    return types


def _title(name: str, kind: str) -> str:
    """Return what a part that is left out is called: its folder or its kind, never its name."""
    for mark, title in _TITLES:
        if mark in name.lower() or mark in kind.lower():
            return title
    return "part of an unknown kind"


_TITLES = (
    ("embed", "embedded file"),
    ("oleobject", "embedded file"),
    ("vba", "macro"),
    ("customxml", "custom XML part"),
    ("docprops", "property part"),
    ("thumbnail", "thumbnail"),
    ("printersettings", "printer setting"),
    ("pivot", "pivot part"),
    ("externallink", "link to another file"),
    ("connection", "data connection"),
    ("querytable", "data connection"),
    ("font", "embedded font"),
    ("media", "media file"),
    ("comment", "threaded comment part"),
    ("person", "list of people"),
    ("people", "list of people"),
    ("calcchain", "calculation order"),
    ("glossary", "building block"),
    ("tag", "tag"),
    ("chunk", "embedded document"),
    ("effects", "older copy of the styles"),
    ("websettings", "web setting"),
    ("vml", "old drawing"),
)


def _xml(root: Any) -> bytes:
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return data
