"""How a parent and its child process talk: JSON and raw bytes in one frame, never pickle.

A parent must be able to read an answer from a child that a hostile text has taken over: what
comes is plain data, and no more of it than the reader said.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

__all__ = ["pack", "unpack"]

_HEAD = struct.Struct(">QQ")


def pack(message: dict[str, Any], blob: bytes = b"") -> bytes:
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
