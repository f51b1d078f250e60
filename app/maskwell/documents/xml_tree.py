"""XML parsed without trust, for every format that is XML inside.

No DTD is loaded, no entity resolved, nothing fetched. A file that declares entities of its own
is refused: what they stand for could differ between two readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from maskwell.documents.formats import View
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["decoded_xml", "local_name", "parse_xml"]


def parse_xml(data: bytes, *, remove_comments: bool = False) -> Any:
    """Return the tree of an XML file.

    Raises:
        InputUnreadable: it is not well-formed, or declares entities.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=remove_comments,
        strip_cdata=True,
    )
    try:
        tree = etree.ElementTree(etree.fromstring(data, parser))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputUnreadable("The file is not well-formed XML.") from error
    subset = tree.docinfo.internalDTD
    declares = subset is not None and next(subset.iterentities(), None) is not None
    if declares or next(tree.iter(etree.Entity), None) is not None:
        raise InputUnreadable("The XML declares entities of its own; save it without them.")
    return tree


def local_name(name: str) -> str:
    """Return a qualified name without its namespace."""
    return name.rpartition("}")[2]


def decoded_xml(part: str, data: bytes) -> Iterator[View]:
    """Yield what another parser sees: every stretch of text, attribute, comment and name.

    The text is also shown in one run, so that a value cut over elements is seen.
    """
    texts: list[str] = []
    others: list[str] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.CharacterDataHandler = texts.append
    parser.CommentHandler = others.append
    parser.ProcessingInstructionHandler = lambda target, words: others.extend((target, words))
    parser.StartElementHandler = lambda name, attributes: others.extend(
        (name, *attributes, *attributes.values())
    )
    try:
        parser.Parse(data, True)  # the standard library's own signature
    except expat.ExpatError as error:
        raise InputUnreadable("The XML cannot be read back.") from error
    yield View(part, "\n\0\n".join(texts))
    yield View(part, "".join(texts))
    yield View(part, "\n\0\n".join(others))
