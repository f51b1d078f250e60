"""Office markup cleaned to what is known, and its words taken up as strands.

Paragraphs are joined over their runs, also in text boxes, notes, headers, charts and slides.
Tracked changes are settled: what was inserted stays, what was deleted goes. Of alternatives the
first is kept, so that no text stands twice.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from maskwell.documents.office.names import (
    BLANK_ATTRIBUTES,
    DROPPED,
    FORMULAS,
    HYPERLINK,
    KNOWN_ATTRIBUTE_SPACES,
    KNOWN_SPACES,
    MC,
    PROSE_ATTRIBUTES,
    PROSE_VALUES,
    SETTINGS,
    SHAPE_TEXTS,
    UNWRAPPED,
    A,
    P,
    R,
    W,
)
from maskwell.documents.strands import Glue, Slot, Strand, Strands
from maskwell.documents.xml_tree import local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents.office.package import Part

__all__ = ["clean", "take_links", "take_words"]

_PARAGRAPHS = frozenset({f"{W}p", f"{A}p"})
_RUN_TEXTS = frozenset(
    {f"{W}t", f"{A}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}
)
_GLUES = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{A}br": "\n",
    f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad",
}  # fmt: skip
_TAB_STOPS = f"{W}tabs"
_INERT = re.compile(r"[A-Za-z0-9_.%#:{}()+\-]*\Z|[-0-9., ]*\Z")
_NEUTRAL_BOOKMARK = re.compile(r"_(?:Toc|Ref|Hlk|GoBack|Num)\d*\Z")
_FIRST_BOOKMARK = 900_000_001
_DIGITS = re.compile(r"\d")
_SHORTEST_NUMBER_DIGITS = 6
_ANCHORS = {f"{W}bookmarkStart": f"{W}name", f"{W}hyperlink": f"{W}anchor"}
_NAMED = frozenset({"docPr", "cNvPr", "cmAuthor", "tableColumn"})
"""Elements whose `name` attribute people choose."""
_URL_SIGNS = ":/?#[]@!$&'()*+,;=~-._"
_MOST_NAMES = 4096
"""Verdicts on names that are kept at hand: a sheet asks a hundred thousand times about ten."""


def clean(part: Part) -> Counter[str]:
    """Remove what is not known from a part; return what was dropped, counted."""
    dropped: Counter[str] = Counter()
    bookmarks: dict[str, str] = {}
    _settle_alternatives(part.root)
    if part.root.tag == f"{W}settings":
        _keep_only(part.root, SETTINGS)
    for element in list(part.root.iter()):
        if not isinstance(element.tag, str):
            _remove(element)
        elif _is_unknown(element.tag):
            _count(element, dropped)
            _remove(element)
        elif _is_lost(element, part.lost):
            dropped["reference to what is left out"] += 1
            _remove(_whole(element))
        elif element.tag in UNWRAPPED:
            _unwrap(element)
        else:
            _clean_attributes(element, bookmarks)
    return dropped


def take_words(strands: Strands, root: Any) -> None:
    """File everything in a cleaned part that people read."""
    groups: dict[Any, str] = {}
    for element in root.iter():
        if element.tag in _PARAGRAPHS:
            _take_paragraph(strands, element, groups)
        elif element.tag not in _RUN_TEXTS and element.tag != f"{W}instrText":
            _take_leaf(strands, element)
        _take_attributes(strands, element)


def take_links(strands: Strands, part: Part) -> None:
    """File the addresses of a part's links, %-escapes undone."""
    for relation in part.relationships if part.relationships is not None else ():
        if relation.get("Type") == HYPERLINK and relation.get("TargetMode") == "External":
            strands.add(Strand([Slot(relation, "@Target", unquote, _quoted)]), label="link")


def _take_paragraph(strands: Strands, paragraph: Any, groups: dict[Any, str]) -> None:
    words = list(_inside(paragraph))
    row = next(paragraph.iterancestors(f"{W}tr", f"{A}tr"), None)
    group = groups.setdefault(row, f"row {len(groups)}") if row is not None else ""
    strands.add(Strand([part for part in words if not _is_code(part)]), group=group)
    strands.add(Strand([part for part in words if _is_code(part)]), label="field")


def _inside(element: Any) -> Iterator[Slot | Glue]:
    """Yield the text of a paragraph, not that of paragraphs within (text boxes)."""
    for child in element:
        if child.tag in _PARAGRAPHS or child.tag == _TAB_STOPS:
            continue
        if child.tag in _RUN_TEXTS or child.tag == f"{W}instrText":
            yield Slot(child, "text")
        elif child.tag in _GLUES:
            yield Glue(child, _GLUES[child.tag])
        else:
            yield from _inside(child)


def _is_code(part: Slot | Glue) -> bool:
    return bool(part.element.tag == f"{W}instrText")


def _take_leaf(strands: Strands, element: Any) -> None:
    text, name = (element.text or "").strip(), local_name(element.tag)
    if not text or name in SHAPE_TEXTS:
        return
    is_number = len(_DIGITS.findall(text)) < _SHORTEST_NUMBER_DIGITS and not re.search(
        r"[^\W\d_]", text
    )
    if not is_number:
        if name in FORMULAS and "!" in text:
            return  # a reference: it follows its sheet's name
        is_prose = name not in FORMULAS or text.startswith('"')
        strands.add(Strand([Slot(element, "text")]), label=name, is_prose=is_prose)


def _take_attributes(strands: Strands, element: Any) -> None:
    for attribute, value in element.attrib.items():
        name = local_name(attribute)
        if not value.strip() or attribute.startswith(R):
            continue
        is_prose = name in PROSE_ATTRIBUTES or (name == "val" and element.tag in PROSE_VALUES)
        is_prose |= name == "name" and local_name(element.tag) in _NAMED
        if is_prose or not _INERT.match(value):
            label = name if is_prose else ""
            strands.add(Strand([Slot(element, f"@{attribute}")]), label=label, is_prose=is_prose)


def _settle_alternatives(root: Any) -> None:
    """Put the first alternative in place of each choice; a fallback only where there is none."""
    for choice in reversed(list(root.iter(f"{MC}AlternateContent"))):
        chosen = next(iter(choice.iterchildren(f"{MC}Choice", f"{MC}Fallback")), None)
        if chosen is not None:
            for child in list(chosen):
                choice.addprevious(child)
        _remove(choice)


def _clean_attributes(element: Any, bookmarks: dict[str, str]) -> None:
    attributes, name = element.keys(), element.tag
    if not attributes:
        return
    if name in _ANCHORS:
        anchor = element.get(_ANCHORS[name])
        if anchor is not None and not _NEUTRAL_BOOKMARK.match(anchor):
            neutral = bookmarks.setdefault(anchor, f"_Ref{_FIRST_BOOKMARK + len(bookmarks)}")
            element.set(_ANCHORS[name], neutral)
    for attribute in attributes:
        fate = _fate(name, attribute)
        if fate == "blank":
            element.set(attribute, "")
        elif fate == "gone":
            del element.attrib[attribute]


@lru_cache(maxsize=_MOST_NAMES)
def _fate(name: str, attribute: str) -> str:
    """Return what becomes of an attribute of an element: "kept", "blank" or "gone"."""
    local = local_name(attribute)
    if _space(attribute) not in KNOWN_ATTRIBUTE_SPACES or local.startswith("rsid"):
        return "gone"
    if local in BLANK_ATTRIBUTES and not local_name(name).startswith("fld"):
        return "blank" if local == "initials" else "gone"
    return "kept"


def _is_lost(element: Any, lost: set[str]) -> bool:
    if not lost or element.tag == f"{W}hyperlink":
        return False
    return any(name.startswith(R) and value in lost for name, value in element.attrib.items())


@lru_cache(maxsize=_MOST_NAMES)
def _is_unknown(name: str) -> bool:
    return name in DROPPED or _space(name) not in KNOWN_SPACES or name.endswith("}extLst")


def _whole(element: Any) -> Any:
    """Return the element that makes no sense without `element`: a frame without its object."""
    frames = (f"{P}graphicFrame", f"{P}contentPart", f"{W}object")
    return next(element.iterancestors(*frames), element)


def _keep_only(root: Any, names: frozenset[str]) -> None:
    for child in list(root):
        if child.tag not in names:
            root.remove(child)


def _count(element: Any, dropped: Counter[str]) -> None:
    if element.tag in {f"{W}del", f"{W}moveFrom"} and len(element):
        dropped["tracked deletion"] += 1
    elif element.tag == f"{W}object":
        dropped["embedded object"] += 1


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and element.tail.strip():
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _unwrap(element: Any) -> None:
    for child in list(element):
        element.addprevious(child)
    _remove(element)


def _space(name: str) -> str:
    return name.rpartition("}")[0] + "}" if name.startswith("{") else ""


def _quoted(url: str) -> str:
    return quote(url, safe=_URL_SIGNS, errors="replace")
