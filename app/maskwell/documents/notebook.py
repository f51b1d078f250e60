"""Notebooks: their cells as text; outputs, attachments and all metadata left out.

What a cell printed is the data it ran on, and metadata names machines and people, so a copy
holds the cells' sources, their kinds and the language, and nothing else.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from maskwell.documents.decoding import decode
from maskwell.documents.formats import Source, View
from maskwell.documents.json_text import JsonText
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents.segments import Document, Edits, Segment

__all__ = ["inspect", "read"]

LOADED_LATER = ("nbformat",)
"""What a process that will check many of these loads first."""
_KINDS = ("code", "markdown", "raw")
_DROPPED = ("outputs", "attachments", "metadata")
_UNREADABLE = "The notebook is damaged, or older than version 4; open it, save it again and retry."


class Notebook:
    """A notebook of version 4."""

    def __init__(self, data: bytes, source: Source) -> None:
        try:
            held = json.loads(decode(data, declared="utf-8").text)
            cells = [_clean(number, cell) for number, cell in enumerate(held["cells"])]
            if held["nbformat"] != 4:
                raise InputUnreadable(_UNREADABLE)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise InputUnreadable(_UNREADABLE) from error
        clean = {
            "cells": cells,
            "metadata": _language(held.get("metadata")),
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        written = json.dumps(clean, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
        self._text = JsonText(written, source)
        keys = {"cells", "metadata", "source", "id", "cell_type", "language_info", "outputs"}
        self.segments: list[Segment] = [
            one for one in self._text.segments if one.text not in {*keys, *_KINDS, *_STRUCTURE}
        ]
        left = [what for what in _DROPPED if any(cell.get(what) for cell in held["cells"])]
        self.dropped = [f"{what} of cells" for what in left] + list(self._text.dropped)

    def rewritten(self, replace: Edits) -> bytes:
        """Return the notebook with the edits made."""
        return self._text.rewritten(replace)


_STRUCTURE = ("nbformat", "nbformat_minor", "name", "execution_count")


def read(data: bytes, source: Source) -> Document:
    """Read a notebook."""
    return Notebook(data, source)


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield the bytes, and the cells as nbformat reads them.

    Raises:
        InputUnreadable: nbformat does not take it.
    """
    import nbformat  # noqa: PLC0415  # an optional part, and slow to load

    del source
    yield View("file", data)
    try:
        held = nbformat.reads(data.decode("utf-8", "replace"), as_version=4)  # type: ignore[no-untyped-call]  # it has no types
        nbformat.validate(held)
    except Exception as error:
        raise InputUnreadable("The notebook cannot be read back.") from error
    for cell in held.cells:
        if cell.get("outputs") or cell.get("attachments") or cell.metadata:
            raise InputUnreadable("The notebook cannot be read back.")
        yield View("cell", str(cell.source))
    yield View("metadata", json.dumps(held.metadata, ensure_ascii=False))


def _clean(number: int, cell: dict[str, Any]) -> dict[str, Any]:
    kind = cell["cell_type"]
    source = cell["source"]
    text = "".join(source) if isinstance(source, list) else source
    if kind not in _KINDS or not isinstance(text, str):
        raise InputUnreadable(_UNREADABLE)
    clean = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": text}
    return {**clean, "execution_count": None, "outputs": []} if kind == "code" else clean


def _language(metadata: object) -> dict[str, Any]:
    info = metadata.get("language_info") if isinstance(metadata, dict) else None
    name = info.get("name") if isinstance(info, dict) else None
    is_plain = isinstance(name, str) and name.isascii() and name.isalnum() and len(name) < 20
    return {"language_info": {"name": name}} if is_plain else {}
