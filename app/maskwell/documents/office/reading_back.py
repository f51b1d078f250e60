"""What stands in a finished Office or OpenDocument package, read without lxml or zipfile."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from urllib.parse import unquote

from maskwell.documents.formats import View
from maskwell.documents.packing import walk
from maskwell.documents.xml_tree import decoded_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents.limits import Budget

__all__ = ["office_views"]

_MARKUP = (".xml", ".rels", ".vml")


def office_views(data: bytes, budget: Budget) -> Iterator[View]:
    """Yield each part's bytes and, of XML, all that expat decodes."""
    for one in walk(data, budget):
        if isinstance(one, View):
            yield one
            continue
        yield View(one.name, one.data)
        if one.name.endswith(_MARKUP):
            yield from decoded_xml(one.name, one.data)
        if one.name.endswith(".rels"):
            yield View(one.name, unquote(html.unescape(one.data.decode())))
