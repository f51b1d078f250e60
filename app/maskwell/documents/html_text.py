"""Web pages, rebuilt from an allow-list: text joined per block, listed attributes, no programs.

Scripts, embedded files, other pages and unlisted attributes are left out. Comments, styles and
hidden elements are kept and read like all other text. Links are read with their %-escapes
undone, so that a name inside one is seen.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import lxml.html  # type: ignore[import-untyped]  # it ships no types
from lxml import etree

from maskwell.documents.decoding import decode
from maskwell.documents.extras import needs
from maskwell.documents.formats import Source, View
from maskwell.documents.html_names import (
    DROPPED_TREES,
    INLINE,
    KEPT_ELEMENTS,
    META_NAMES,
    NAME_ATTRIBUTES,
    PROSE_ATTRIBUTES,
    SHAPE_ATTRIBUTES,
    URL_ATTRIBUTES,
)
from maskwell.documents.strands import Glue, Slot, Strand, Strands
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents.segments import Document, Edits

__all__ = ["inspect", "read"]

LOADED_LATER = ("selectolax.lexbor",)
"""What a process that will check many of these loads first."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,200}encoding=[\"']([\w.:-]+)")
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_SHAPE = re.compile(r"[\w%#.,:/;*+ -]{0,40}\Z")
_SAFE_URL = re.compile(r"\s*(?:\[|https?:|mailto:|tel:|#|/|\.|\?|[^:]*\Z)", re.IGNORECASE)
_URL_SIGNS = ":/?#[]@!$&'()*+,;=%~-._"


class HtmlText:
    """A web page."""

    def __init__(self, data: bytes, declared: str) -> None:
        self._decoded = decode(data, declared=declared or _declared(data))
        self._root = _tree(self._decoded.text)
        self._dropped: Counter[str] = Counter()
        self._strands = Strands()
        self._clean()
        self._block(self._root)
        self.segments = self._strands.segments
        self.dropped = [f"{count} × {what}" for what, count in self._dropped.items()]

    def rewritten(self, replace: Edits) -> bytes:
        """Return the page with the edits made, in its own encoding."""
        self._strands.write(replace)
        for comment in self._root.iter(etree.Comment):
            comment.text = re.sub(r"-(?=-|\Z)", "\u2010", comment.text or "")
        self._declare_encoding()
        text = lxml.html.tostring(self._root, encoding="unicode", doctype="<!DOCTYPE html>")
        written: bytes = text.encode(self._decoded.encoding, "xmlcharrefreplace")
        return self._decoded.mark + written

    def _declare_encoding(self) -> None:
        head = self._root.find("head")
        if head is None:
            head = self._root.makeelement("head")
            self._root.insert(0, head)
        encoding = "utf-8" if self._decoded.mark else self._decoded.encoding
        head.insert(0, head.makeelement("meta", {"charset": encoding.replace("_", "-")}))

    def _clean(self) -> None:
        for element in list(self._root.iter()):
            if element.tag is etree.Comment:
                continue
            if not isinstance(element.tag, str):
                self._drop_tree(element, "instruction")
            elif element.tag in DROPPED_TREES or _is_unknown_meta(element):
                self._drop_tree(element, element.tag)
            elif element.tag not in KEPT_ELEMENTS and element.getparent() is not None:
                self._dropped["unknown element"] += 1
                element.drop_tag()
            else:
                self._clean_attributes(element)

    def _drop_tree(self, element: Any, what: str) -> None:
        self._dropped[what] += 1
        if element.getparent() is not None:
            element.drop_tree()

    def _clean_attributes(self, element: Any) -> None:
        for name, value in element.attrib.items():
            is_kept = name in PROSE_ATTRIBUTES or name in NAME_ATTRIBUTES
            is_kept |= name in URL_ATTRIBUTES and bool(_SAFE_URL.match(value))
            is_kept |= name in SHAPE_ATTRIBUTES and bool(_SHAPE.match(value))
            if not is_kept:
                del element.attrib[name]
                self._dropped["attribute"] += 1

    def _block(self, element: Any) -> None:
        """File the runs of inline content of a block, then what its attributes hold."""
        run: list[Slot | Glue] = [Slot(element, "text")]
        self._attributes(element)
        for child in element:
            if child.tag is etree.Comment:
                self._strands.add(Strand([Slot(child, "text")]), label="comment")
            elif child.tag == "br":
                run.append(Glue(child, "\n"))
            elif child.tag in INLINE and not _holds_block(child):
                run += self._inline(child)
            else:
                self._strands.add(Strand(run), label=_label(element))
                run = []
                self._block(child)
            run.append(Slot(child, "tail"))
        self._strands.add(Strand(run), label=_label(element), is_prose=element.tag != "style")

    def _inline(self, element: Any) -> Iterator[Slot | Glue]:
        self._attributes(element)
        yield Slot(element, "text")
        for child in element:
            if child.tag is etree.Comment:
                self._strands.add(Strand([Slot(child, "text")]), label="comment")
            elif child.tag == "br":
                yield Glue(child, "\n")
            else:
                yield from self._inline(child)
            yield Slot(child, "tail")

    def _attributes(self, element: Any) -> None:
        for name, value in element.attrib.items():
            slot = Slot(element, f"@{name}")
            if name in URL_ATTRIBUTES and "\ufffd" not in unquote(value):
                slot = Slot(element, f"@{name}", unquote, _quoted)
            label = name if name in URL_ATTRIBUTES or name in PROSE_ATTRIBUTES else ""
            if name == "content":
                label = element.get("name") or ""
            self._strands.add(
                Strand([slot]),
                label=label,
                is_prose=name in PROSE_ATTRIBUTES or name in URL_ATTRIBUTES,
            )


def read(data: bytes, source: Source) -> Document:
    """Read a web page."""
    return HtmlText(data, source.declared)


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield what an HTML5 parser sees: each text, their run, attributes and comments."""
    with needs("checking web pages"):
        from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415  # an optional part

    yield View("file", data)
    text = decode(data, declared=source.declared or _declared(data)).text
    root = LexborHTMLParser(text).root
    if root is None:
        raise InputUnreadable("The web page cannot be read back.")
    texts: list[str] = []
    for node in root.traverse(include_text=True):
        texts += [node.text(deep=False)] if node.tag in {"-text", "style", "title"} else []
        texts += [unquote(value) for value in node.attributes.values() if value]
        if node.tag == "-comment":
            texts.append(node.html or "")
    yield View("text", "\n\0\n".join(texts))
    yield View("text", root.text(deep=True, separator=""))


def _tree(text: str) -> Any:
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
    body = _XML_DECLARATION.sub("", text).encode("utf-8", "replace")
    try:
        return lxml.html.document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputUnreadable("The web page is empty or cannot be read.") from error


def _declared(data: bytes) -> str:
    found = _XML_ENCODING.match(data[:400]) or _CHARSET.search(data[:4000])
    return found[1].decode("ascii", "replace") if found else ""


def _is_unknown_meta(element: Any) -> bool:
    """Whether an element is a meta that is not kept; the encoding's is written anew."""
    return element.tag == "meta" and (element.get("name") or "").lower() not in META_NAMES


def _holds_block(element: Any) -> bool:
    return any(
        isinstance(one.tag, str) and one.tag not in INLINE and one.tag != "br"
        for one in element.iterdescendants()
    )


def _label(element: Any) -> str:
    return str(element.tag) if element.tag in {"title", "caption", "legend"} else ""


def _quoted(url: str) -> str:
    return quote(url, safe=_URL_SIGNS.replace("%", ""), errors="replace")
