"""Notebooks: their cells as text; outputs, attachments and all metadata left out.

What a cell printed is the data it ran on, and metadata names machines and people, so a copy
holds the cells' sources, their kinds and the language. Whoever asks gets what cells printed as
plain text, too; pictures, pages and widgets among the outputs stay out.
"""

from __future__ import annotations

import json
import re
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
            with_outputs = source.mode == "restore" or "outputs" in source.keeps
            cells = [
                _clean(number, cell, with_outputs=with_outputs)
                for number, cell in enumerate(held["cells"])
            ]
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
        self.segments: list[Segment] = [
            one for one in self._text.segments if one.text not in _OWN_WORDS
        ]
        left = [what for what in _DROPPED if any(cell.get(what) for cell in held["cells"])]
        if with_outputs and "outputs" in left:
            left[0] = "outputs that are no plain text"
        self.dropped = [f"{what} of cells" for what in left] + list(self._text.dropped)

    def rewritten(self, replace: Edits) -> bytes:
        """Return the notebook with the edits made."""
        return self._text.rewritten(replace)


_OWN_WORDS = frozenset(
    (
        *_KINDS,
        *"cells metadata source id cell_type language_info outputs nbformat nbformat_minor".split(),
        *"name execution_count output_type stream text stdout stderr data text/plain".split(),
        *"execute_result display_data error ename evalue traceback".split(),
    )
)
"""What a notebook is written with; none of it is anyone's."""
_COLOURS = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]|[^\n]\x08"
)
"""A terminal's colours, links and overstruck letters, which would stand in the middle of a name."""


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
        if cell.get("attachments") or cell.metadata:
            raise InputUnreadable("The notebook cannot be read back.")
        yield View("cell", str(cell.source))
        for output in cell.get("outputs", ()):
            yield View("output", "\n".join(_printed(output)))
    yield View("metadata", json.dumps(held.metadata, ensure_ascii=False))


def _printed(output: Any) -> Iterator[str]:
    """Yield the texts of an output that nbformat has read.

    Raises:
        InputUnreadable: it holds something that no copy may hold.
    """
    data = output.get("data", {})
    if output.get("metadata") or set(data) - {"text/plain"}:
        raise InputUnreadable("The notebook cannot be read back.")
    yield from (str(output.get(key, "")) for key in ("text", "ename", "evalue", "name"))
    yield from (str(line) for line in (*output.get("traceback", ()), *data.values()))


def _clean(number: int, cell: dict[str, Any], *, with_outputs: bool) -> dict[str, Any]:
    kind = cell["cell_type"]
    source = cell["source"]
    text = "".join(source) if isinstance(source, list) else source
    if kind not in _KINDS or not isinstance(text, str):
        raise InputUnreadable(_UNREADABLE)
    clean = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": text}
    if kind != "code":
        return clean
    outputs = map(_plain_output, cell.get("outputs") or ()) if with_outputs else ()
    return {**clean, "execution_count": None, "outputs": [one for one in outputs if one]}


def _plain_output(output: dict[str, Any]) -> dict[str, Any] | None:
    """Return what an output says as plain text, made anew; None when it says nothing so."""
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": _joined(output.get("text"))}
    if kind == "error":
        lines = _joined(output.get("traceback"), "\n").split("\n")
        said = {key: _joined(output.get(key)) for key in ("ename", "evalue")}
        return {"output_type": "error", **said, "traceback": lines}
    data = output.get("data") or {}
    if kind not in {"execute_result", "display_data"} or "text/plain" not in data:
        return None
    plain = {"text/plain": _joined(data["text/plain"])}
    made = {"output_type": kind, "metadata": {}, "data": plain}
    return {**made, "execution_count": None} if kind == "execute_result" else made


def _joined(text: object, by: str = "") -> str:
    """Return a text that may be written as a list of pieces, without a terminal's colours."""
    pieces = text if isinstance(text, list) else [text or ""]
    return _COLOURS.sub("", by.join(str(piece) for piece in pieces))


def _language(metadata: object) -> dict[str, Any]:
    info = metadata.get("language_info") if isinstance(metadata, dict) else None
    name = info.get("name") if isinstance(info, dict) else None
    is_plain = isinstance(name, str) and name.isascii() and name.isalnum() and len(name) < 20
    return {"language_info": {"name": name}} if is_plain else {}
