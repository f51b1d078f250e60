"""XML of any vocabulary: text, attributes and comments, with mixed content read as one.

Left out are the DTD, processing instructions, and what stands beside the root; CDATA becomes
plain text. Names of elements and attributes are structure: one that holds a known value makes
the verifier refuse the layout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from maskwell.documents.formats import Source, View
from maskwell.documents.opaque import is_payload
from maskwell.documents.strands import Slot, Strand, Strands
from maskwell.documents.xml_tree import decoded_xml, local_name, parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents.segments import Document, Edits

__all__ = ["inspect", "read"]

_STRUCTURE = ("{http://www.w3.org/XML/1998/namespace}", "{http://www.w3.org/2001/XMLSchema-inst")


class XmlText:
    """An XML file."""

    def __init__(self, data: bytes) -> None:
        self._tree = parse_xml(data)
        self._has_declaration = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml")
        self._strands = Strands()
        self.dropped = list(self._dropped(data))
        self._walk(self._tree.getroot(), "")
        self.segments = self._strands.segments

    def rewritten(self, replace: Edits) -> bytes:
        """Return the file with the edits made, in its own encoding where that can hold them."""
        self._strands.write(replace)
        written: bytes = etree.tostring(
            self._tree.getroot(),
            encoding=self._tree.docinfo.encoding or "UTF-8",
            xml_declaration=self._has_declaration or None,
            with_tail=False,
        )
        return written

    def _dropped(self, data: bytes) -> Iterator[str]:
        root = self._tree.getroot()
        if self._tree.docinfo.doctype:
            yield "the document type"
        if b"<?" in data.lstrip(b"\xef\xbb\xbf \t\r\n").removeprefix(b"<?"):
            yield "processing instructions"
        if root.getprevious() is not None or root.getnext() is not None:
            yield "comments outside the root element"
        emptied = False
        for element in root.iter(etree.Element):
            for slot in _own_slots(element):
                if is_payload(slot.text):
                    slot.set("")
                    emptied = True
        if emptied:
            yield "encoded data"

    def _walk(self, element: Any, group: str) -> None:
        if element.tag is etree.Comment:
            self._strands.add(Strand([Slot(element, "text")]), label="comment", group=group)
            return
        name = local_name(element.tag)
        for attribute in element.attrib:
            self._strands.add(
                Strand([Slot(element, f"@{attribute}")]),
                label=local_name(attribute),
                group=group,
                is_prose=not attribute.startswith(_STRUCTURE),
            )
        if _is_mixed(element):
            self._strands.add(Strand(list(_joined(element))), label=name, group=group)
            for child in element:
                self._walk_rest(child, group)
        else:
            self._strands.add(Strand([Slot(element, "text")]), label=name, group=group)
            inner = f"in {len(self._strands.segments)}"
            for child in element:
                self._walk(child, inner)

    def _walk_rest(self, element: Any, group: str) -> None:
        """File what a joined strand does not hold: comments and attributes below it."""
        for one in element.iter(etree.Comment, etree.Element):
            if one.tag is etree.Comment:
                self._walk(one, group)
                continue
            for attribute in one.attrib:
                strand = Strand([Slot(one, f"@{attribute}")])
                self._strands.add(strand, label=local_name(attribute), group=group)


def read(data: bytes, source: Source) -> Document:
    """Read an XML file."""
    del source
    return XmlText(data)


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield what expat sees in the file."""
    del source
    yield View("file", data)
    yield from decoded_xml("text", data)


def _own_slots(element: Any) -> Iterator[Slot]:
    yield Slot(element, "text")
    yield Slot(element, "tail")
    for attribute in element.attrib:
        yield Slot(element, f"@{attribute}")


def _is_mixed(element: Any) -> bool:
    """Whether text stands beside child elements, as in a sentence with emphasis."""
    children = [child for child in element if child.tag is not etree.Comment]
    has_tail = any((child.tail or "").strip() for child in element)
    return has_tail or (bool(children) and bool((element.text or "").strip()))


def _joined(element: Any) -> Iterator[Slot]:
    if element.tag is not etree.Comment:
        yield Slot(element, "text")
        for child in element:
            yield from _joined(child)
            yield Slot(child, "tail")
