"""Cutting a text of any length into windows the tagger can read, none of it left out.

Every character belongs to the core of exactly one window. A window also sees a little of what
stands before and after its core, so that a name at the seam is read whole; the span belongs to
the window in whose core it begins. Cuts prefer blank lines, then line ends, sentence ends, gaps.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Window", "halves", "may_hold_names", "windows"]

CORE_CHARS: Final = 560
"""The longest core, in characters."""
_BEFORE: Final = 64
_AFTER: Final = 40
_EDGES: Final = ("\n\n", "\n", ". ", "! ", "? ", "; ", " ", "\t")
_LETTER: Final = re.compile(r"[^\W\d_]")
_UNBROKEN: Final = re.compile(r"[0-9A-Za-z+/=_-]{101,}\Z")


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a text, in characters: `start`/`end` is what is read, the core what counts."""

    start: int
    core_start: int
    core_end: int
    end: int


def windows(text: str) -> Iterator[Window]:
    """Yield the windows of a text in order, one at a time."""
    at, length = 0, len(text)
    while at < length:
        left = length - at
        target = math.ceil(left / math.ceil(left / CORE_CHARS)) if left < 4 * CORE_CHARS else 0
        stop = at + (target or CORE_CHARS)
        cut = length if stop >= length else _cut(text, at, min(length, at + CORE_CHARS), stop)
        yield _with_context(text, at, cut)
        at = cut


def halves(text: str, window: Window) -> tuple[Window, Window]:
    """Split a window that turned out to hold too many word pieces."""
    middle = (window.core_start + window.core_end) // 2
    cut = _cut(text, window.core_start, middle + (window.core_end - middle) // 2, middle)
    first = Window(window.start, window.core_start, cut, min(window.end, cut + _AFTER))
    return first, Window(max(window.start, cut - _BEFORE), cut, window.core_end, window.end)


def may_hold_names(stretch: str) -> bool:
    """Tell whether a stretch is worth reading: it has a letter and is not one endless word."""
    return bool(_LETTER.search(stretch)) and not _UNBROKEN.match(stretch)


def _cut(text: str, start: int, latest: int, wanted: int) -> int:
    """Return where to cut after `start`: at the strongest edge not far from `wanted`."""
    earliest = max(start + 1, wanted - (wanted - start) // 3)
    latest = max(latest, earliest)
    for edge in _EDGES:
        found = text.rfind(edge, earliest, latest)
        if found >= 0:
            return found + len(edge)
    return max(start + 1, min(wanted, latest))


def _with_context(text: str, start: int, stop: int) -> Window:
    """Widen a core by whole words on both sides."""
    before = max(0, start - _BEFORE)
    if before:
        gap = text.find(" ", before, start)
        before = gap + 1 if gap >= 0 else before
    after = min(len(text), stop + _AFTER)
    if after < len(text):
        gap = text.rfind(" ", stop, after)
        after = gap if gap >= 0 else after
    return Window(before, start, stop, after)
