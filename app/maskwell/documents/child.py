"""The parsing child: is confined, reads one file, writes it back with its edits, ends.

It speaks JSON and raw bytes over its pipes, never pickle: the parent must be able to read an
answer from a child that a hostile file has taken over. Nothing is written to stderr.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from maskwell.documents import formats
from maskwell.documents.confinement import confine
from maskwell.documents.limits import Budget, Limits
from maskwell.documents.searching import search
from maskwell.documents.segments import Edit
from maskwell.errors import InputError, InputTooLarge, InputUnreadable, UsageError
from maskwell.machine.frames import pack, unpack

if TYPE_CHECKING:
    from maskwell.documents.segments import Document

__all__ = ["Desk", "main"]

_DAMAGED = "The file is damaged or is not what its name says; open it, save it again and retry."
_TOO_BIG = "The file needs more memory than parsing may take; split it."


class Desk:
    """What the child works at: the one document it has read, if any."""

    def __init__(self) -> None:
        self._document: Document | None = None

    def answer(self, request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
        """Carry out one request: "read", then "rewrite" of what was read; or "inspect".

        Raises:
            InputError, UsageError: as the format's code says.
        """
        budget = Budget(Limits(**request["limits"]))
        source = formats.Source(
            request["name"],
            budget,
            mode=request.get("mode", "layout"),
            keeps=frozenset(request.get("keeps", ())),
        )
        if request["task"] == "inspect":
            leaks = search(formats.inspect(data, source), request["forbidden"])
            return {"leaks": [[leak.part, leak.number, leak.form] for leak in leaks]}, b""
        document = self._document or formats.read(data, source)
        if request["task"] == "rewrite":
            self._document = None
            replace = {
                segment: [Edit(*edit) for edit in edits]
                for segment, edits in request["edits"].items()
            }
            return {}, document.rewritten(replace)
        self._document = document
        rows = [[s.id, s.text, s.label, s.group, s.is_prose] for s in document.segments]
        return {"segments": rows, "dropped": list(document.dropped)}, b""


def main() -> None:
    """Serve requests about one file from stdin to stdout, until stdin ends."""
    out = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    desk, is_confined = Desk(), False
    while True:
        try:
            request, data = unpack(sys.stdin.buffer, 2**40)
        except ValueError:
            os._exit(0)
        if not is_confined:
            confine(Limits(**request["limits"]))
            is_confined = True
        out.write(pack(*_safely(desk, request, data)))
        out.flush()


def _safely(desk: Desk, request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        return desk.answer(request, data)
    except (InputError, UsageError) as error:
        return {"error": type(error).__name__, "message": str(error)}, b""
    except MemoryError:
        return {"error": InputTooLarge.__name__, "message": _TOO_BIG}, b""
    except Exception:  # noqa: BLE001  # any failure over a hostile file is a refusal
        return {"error": InputUnreadable.__name__, "message": _DAMAGED}, b""
