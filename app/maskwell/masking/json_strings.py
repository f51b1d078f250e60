"""Whether a place in a text is inside a JSON string, so that a value put there is escaped right.

JSON is a text that begins as an object or a list does, or a block fenced as `json`. The walk goes
one way and decides each character by those before it, so it gives the same answer however a
stream is cut. What only looks like JSON is left as soon as it cannot be.
"""

from __future__ import annotations

import json
import re
from enum import Enum, auto

__all__ = ["JsonWalk"]

_FENCE = "```json"
_VISIBLE = re.compile(r"\S")
_STRUCTURE = re.compile(r"[\"{}\[\]`]")
_IN_STRING = re.compile(r"[\"\\\n]")
_PLAIN = re.compile(r"[^\"\\\x00-\x1f]*\Z")


class _State(Enum):
    START = auto()
    """Nothing visible was read yet."""
    OPENED = auto()
    """Only brackets were read, which may open a JSON text."""
    INSIDE = auto()
    """In JSON, between strings."""
    STRING = auto()
    OUTSIDE = auto()


class JsonWalk:
    """The state of the walk; it begins at the beginning of a text."""

    def __init__(self) -> None:
        self._state = _State.START
        self._depth = 0
        self._is_fenced = False
        self._is_escape = False
        self._tail = ""
        self._read = 0
        self.opener = (0, 0)
        """What opened the JSON text: characters of all that was read."""

    def passes(self, lines: str) -> bool:
        """Whether whole lines have nothing to do with JSON; the walk then need not read them."""
        if self._state is _State.START and lines.lstrip()[:1] not in ("", "{", "["):
            self._state = _State.OUTSIDE
        return self._state is _State.OUTSIDE and _FENCE not in lines

    def advance(self, text: str) -> None:
        """Read on."""
        at = 0
        while at < len(text):
            at = _STEPS[self._state](self, text, at)
        self._read += len(text)

    def fit(self, value: str) -> str:
        """Return a value as it must be written here."""
        if self._state is not _State.STRING or _PLAIN.match(value):
            return value
        try:
            json.loads(f'"{value}"')
        except ValueError:
            return json.dumps(value, ensure_ascii=False)[1:-1]
        return value

    def _open(self, place: int, size: int) -> None:
        self.opener = (place, place + size)
        self._depth = 1
        self._state = _State.OPENED

    def _start(self, text: str, at: int) -> int:
        match = _VISIBLE.search(text, at)
        if match is None:
            return len(text)
        if match[0] in "{[":
            self._open(self._read + match.start(), 1)
            return match.end()
        self._state = _State.OUTSIDE
        return match.start()

    def _opened(self, text: str, at: int) -> int:
        match = _VISIBLE.search(text, at)
        if match is None:
            return len(text)
        if match[0] in '{["':
            self._depth += match[0] != '"'
            self._state = _State.STRING if match[0] == '"' else _State.OPENED
            return match.end()
        self._state = _State.INSIDE if self._is_fenced else _State.OUTSIDE
        return match.start()

    def _inside(self, text: str, at: int) -> int:
        match = _STRUCTURE.search(text, at)
        if match is None:
            return len(text)
        if match[0] == '"':
            self._state = _State.STRING
            return match.end()
        self._depth += {"{": 1, "[": 1, "`": -self._depth}.get(match[0], -1)
        if self._depth <= 0:
            self._state = _State.OUTSIDE
            self._is_fenced = False
        return match.end()

    def _string(self, text: str, at: int) -> int:
        if self._is_escape:
            self._is_escape = False
            return at + 1
        match = _IN_STRING.search(text, at)
        if match is None:
            return len(text)
        if match[0] == "\\":
            self._is_escape = True
        else:
            self._state = _State.INSIDE if match[0] == '"' else _State.OUTSIDE
        return match.end()

    def _outside(self, text: str, at: int) -> int:
        window = self._tail + text[at:]
        found = window.find(_FENCE)
        if found < 0:
            self._tail = window[-(len(_FENCE) - 1) :]
            return len(text)
        begin = at + found - len(self._tail)
        self._tail = ""
        self._open(self._read + begin, len(_FENCE))
        self._is_fenced = True
        return begin + len(_FENCE)


_STEPS = {
    _State.START: JsonWalk._start,  # noqa: SLF001  # this module's own table
    _State.OPENED: JsonWalk._opened,  # noqa: SLF001
    _State.INSIDE: JsonWalk._inside,  # noqa: SLF001
    _State.STRING: JsonWalk._string,  # noqa: SLF001
    _State.OUTSIDE: JsonWalk._outside,  # noqa: SLF001
}
