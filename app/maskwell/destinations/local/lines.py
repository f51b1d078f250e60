"""What the two processes say to each other: one JSON object a line, never a pickle.

The parent asks: `load`, `chat` and `stop`. The child answers: `ready`, `text`, `alive`,
`done` and `failed`, each with the number of the chat it belongs to.
"""

from __future__ import annotations

import json
from typing import IO, Any

__all__ = ["MAX_LINE_BYTES", "read_line", "to_line"]

MAX_LINE_BYTES = 64 * 1024 * 1024


def to_line(message: dict[str, Any]) -> bytes:
    """Return a message as it is written, with its line end.

    Raises:
        UnicodeEncodeError: a text in it holds half a character.
    """
    return json.dumps(message, ensure_ascii=False).encode() + b"\n"


def read_line(stream: IO[bytes]) -> dict[str, Any] | None:
    """Return the next message; None when there is none, or it is nothing we would say."""
    try:
        line = stream.readline(MAX_LINE_BYTES)
        message = json.loads(line) if line.endswith(b"\n") else None
    except (OSError, ValueError, RecursionError):
        return None
    return message if isinstance(message, dict) else None
