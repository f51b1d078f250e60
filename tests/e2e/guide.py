"""A guide read as its reader reads it: commands, keys, words to type, words to look for.

In a numbered step **bold** is a key, `code` is typed, and "quoted" words are looked for on the
screen. A fenced `sh` block is a command of the shell. What is done outside of the program is
told by a few fixed phrases; a step that has none of all this is one that nobody can follow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Deed", "deeds"]

_STEP = re.compile(
    r"^\d+\. (?P<step>[^\n]+)$|^```sh\n(?P<shell>.+?)^```$", re.MULTILINE | re.DOTALL
)
_PART = re.compile(
    r"\*\*(?P<press>[^*]+)\*\*"
    r"|`(?P<type>[^`]+)`"
    r"|\"(?P<see>[^\"]+)\""
    r"|(?P<carry>copy what the chatbot answers|paste the reply)"
)


@dataclass(frozen=True)
class Deed:
    """One thing the guide tells its reader to do, or to see."""

    kind: str
    """`shell`, `press`, `type`, `see` or `carry`."""
    words: str


def deeds(guide: str) -> Iterator[Deed]:
    """Yield what the guide tells to do, in its order.

    Raises:
        ValueError: a step tells nothing that can be done or seen.
    """
    for found in _STEP.finditer(guide):
        if found["shell"]:
            yield from (Deed("shell", line) for line in found["shell"].splitlines())
            continue
        parts = list(_PART.finditer(found["step"]))
        if not parts:
            raise ValueError(f"nobody knows how to follow: {found['step']}")
        for part in parts:
            yield Deed(str(part.lastgroup), part[str(part.lastgroup)])
