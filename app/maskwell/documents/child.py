"""The parsing child: reads one request, is confined, answers, ends.

It speaks JSON and raw bytes over its pipes, never pickle: the parent must be able to read an
answer from a child that a hostile file has taken over. Nothing is written to stderr.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from typing import IO, Any

from maskwell.documents import formats
from maskwell.documents.confinement import confine
from maskwell.documents.limits import Budget, Limits
from maskwell.documents.searching import search
from maskwell.documents.segments import Edit
from maskwell.errors import InputError, InputTooLarge, InputUnreadable, UsageError

__all__ = ["answer", "main", "pack", "unpack"]

_HEAD = struct.Struct(">QQ")
_DAMAGED = "The file is damaged or is not what its name says; open it, save it again and retry."
_TOO_BIG = "The file needs more memory than parsing may take; split it."


def pack(message: dict[str, Any], blob: bytes) -> bytes:
    """Return a message and its bytes as one frame."""
    body = json.dumps(message).encode()
    return b"".join((_HEAD.pack(len(body), len(blob)), body, blob))


def unpack(stream: IO[bytes], most_bytes: int) -> tuple[dict[str, Any], bytes]:
    """Read one frame.

    Raises:
        ValueError: it is broken or larger than `most_bytes`.
    """
    head = stream.read(_HEAD.size)
    if len(head) != _HEAD.size:
        raise ValueError("no frame")
    lengths = _HEAD.unpack(head)
    if sum(lengths) > most_bytes:
        raise ValueError("frame too large")
    body, blob = (stream.read(length) for length in lengths)
    if (len(body), len(blob)) != lengths:
        raise ValueError("frame cut short")
    message = json.loads(body)
    if not isinstance(message, dict):
        raise TypeError("no message")
    return message, blob


def answer(request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Carry out one request.

    Raises:
        InputError, UsageError: as the format's code says.
    """
    limits = Limits(**request["limits"])
    source = formats.Source(request["name"], Budget(limits))
    if request["task"] == "inspect":
        leaks = search(formats.inspect(data, source), request["forbidden"])
        return {"leaks": [[leak.part, leak.number, leak.form] for leak in leaks]}, b""
    document = formats.read(data, source)
    if request["task"] == "rewrite":
        replace = {
            segment: [Edit(*edit) for edit in edits] for segment, edits in request["edits"].items()
        }
        return {"dropped": list(document.dropped)}, document.rewritten(replace)
    rows = [[s.id, s.text, s.label, s.group, s.is_prose] for s in document.segments]
    return {"segments": rows, "dropped": list(document.dropped)}, b""


def main() -> None:
    """Serve one request from stdin to stdout."""
    out = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    request, data = unpack(sys.stdin.buffer, 2**40)
    confine(Limits(**request["limits"]))
    out.write(pack(*_safely(request, data)))
    out.flush()
    os._exit(0)


def _safely(request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        return answer(request, data)
    except (InputError, UsageError) as error:
        return {"error": type(error).__name__, "message": str(error)}, b""
    except MemoryError:
        return {"error": InputTooLarge.__name__, "message": _TOO_BIG}, b""
    except Exception:  # noqa: BLE001  # any failure over a hostile file is a refusal
        return {"error": InputUnreadable.__name__, "message": _DAMAGED}, b""
