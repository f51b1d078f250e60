"""Steps of paths, told from people with strokes between them ("tom/lucy", "mum/dad/priya").

Invariant: a path has a root, a system's folder or a program's file at its end; what is kept of
people (a scan, a letter, a photo) may be called after them, as may a folder among clients.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["HOME", "is_step"]

HOME = re.compile(
    r"(?i)(?<![a-z])(?:home|users?|u|people|profiles?|in|com|patients?|clients?|cases?|customers?"
    r"|students?|staff|employees?|members?|tenants?|family|kids|friends|children|photos|letters"
    r"|contacts)[/\\]@?\Z|[/\\]~\Z"
)
"""What the step before somebody ends in."""
_JOINS: Final = frozenset("_.+-@~/\\")
_ROOTED = re.compile(r"(?:~|\.{1,2}|[A-Za-z]:)[/\\]|[/\\][\w.+@-]*[/\\]")
_SYSTEM = re.compile(
    r"(?:\A|[/\\])(?:src|lib(?:exec|64)?|s?bin|usr|etc|var|share|include|man\d|tests?|node_modules"
    r"|vendor|dist|build)[/\\]"
)
_FILE = re.compile(
    r"\.(?:gz|py|js|sh|json|ya?ml|toml|conf|service|socket|timer|html|xml|css|svg|cc?|cpp|jar|exe"
    r"|dll|so|go|md|h|log|git|rs|ts|[1-9])\Z"
)
_DOCUMENT = re.compile(
    r"(?i)\.(?:pdf|docx?|xlsx?|pptx?|od[ts]|rtf|jpe?g|png|heic|mov|mp[34]|m4a|eml|msg|txt|csv)\Z"
)
"""What people keep of people, where the folder or the file may be somebody's."""
_LONGEST_PATH: Final = 160
_LONGEST_REST: Final = 48


def is_step(text: str, start: int, end: int) -> bool:
    """Whether it is a step of a path: one with a root, a system's folder or a program's file.

    Args:
        text: the whole text.
        start: first character of the word.
        end: one past its last character.
    """
    low, stop = start, end
    while low > max(0, start - _LONGEST_PATH) and _goes_on(text[low - 1]):
        low -= 1
    while stop < min(len(text), end + _LONGEST_REST) and _goes_on(text[stop]):
        stop += 1
    path = text[low:stop].rstrip(".")
    if text[low - 1 : low] == ":" and low > 1 and text[low - 2].isalpha():
        path = text[low - 2 : stop]
    if not any(slash in path for slash in "/\\") or text[low - 1 : low] in (")", "]"):
        return False
    if _SYSTEM.search(path):
        return True
    if _DOCUMENT.search(path):
        return False
    return _ROOTED.match(path) is not None or _FILE.search(path) is not None


def _goes_on(char: str) -> bool:
    return char.isalnum() or char in _JOINS
