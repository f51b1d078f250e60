"""Where a name begins and ends: without the marks around it, and without broken letters.

A model reads words, and a quoting mark or half a misread dash may stand inside what it took for
one. Invariant: a span only shrinks, and what is left holds a letter or a digit at both edges,
save for the mark that closes an abbreviation or a bracket opened inside.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["trimmed"]

_NEVER_FIRST: Final = frozenset(" \t\r\n>|*/<=:,;.-–—_•\\)]}’”»!?#+~^%&")
_NEVER_LAST: Final = frozenset(" \t\r\n>|*/<=:,;–—_•\\([{‘“«!?#+~^%&@$")
_QUOTES: Final = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»", "„": "“", "`": "`"}
_CLOSERS: Final = {")": "(", "]": "[", "}": "{", "”": "“", "’": "‘", "»": "«"}
_FIRST_WORD = re.compile(r"\S+\s+")
_LAST_WORD = re.compile(r"\s+\S+\Z")
_RUBBLE: Final = frozenset({"Sc", "So", "Sk", "No"})
_MOST_LETTERS_IN_RUBBLE: Final = 3


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the edges of a name in `text`; equal ones when nothing of it is left."""
    before = None
    while before != (start, end) and start < end:
        before = (start, end)
        start, end = _without_marks(text, start, end)
        start, end = _without_quotes(text, start, end)
        start, end = _without_rubble(text, start, end)
    return start, end


def _without_marks(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _NEVER_FIRST:
        start += 1
    while start < end and text[end - 1] in _NEVER_LAST:
        end -= 1
    return start, end


def _without_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out a mark whose partner is outside, and a pair around the whole."""
    if start >= end:
        return start, end
    closing = _QUOTES.get(text[start])
    if closing:
        partner = text.find(closing, start + 1, end)
        if partner < 0 or partner == end - 1:
            start += 1
    elif text[start] in "([{":
        start += 1
    if start < end:
        last = text[end - 1]
        opening = _CLOSERS.get(last, last if last in _QUOTES else "")
        if opening and text.find(opening, start, end - 1) < 0:
            end -= 1
    return start, end


def _without_rubble(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out an outer word of signs and a letter or two, as a dash read in a wrong encoding."""
    first = _FIRST_WORD.match(text, start, end)
    if _is_rubble(text[start : first.end() if first else end].strip()):
        start = first.end() if first else end
    last = _LAST_WORD.search(text[start:end])
    if last and _is_rubble(last.group().strip()):
        end = start + last.start()
    return start, end


def _is_rubble(word: str) -> bool:
    """Whether a word holds a sign of money, a fraction or a pictogram, and hardly a letter."""
    letters = sum(map(str.isalpha, word))
    return letters <= _MOST_LETTERS_IN_RUBBLE and any(
        c in "¿¡" or unicodedata.category(c) in _RUBBLE for c in word
    )
