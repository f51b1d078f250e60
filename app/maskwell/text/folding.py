"""Text folded for comparison: what looks the same is spelt the same, and every offset finds home.

NFKC, default-ignorable characters out, look-alike letters and every script's digits made
ASCII; case is kept. Invariant: `original_span` of any span of the folded text is a span of
the original that begins and ends at the clusters the folded characters came from.

Look-alikes of a script are replaced only where the text does not seem to be written in it:
in words that also hold ASCII letters or digits, or anywhere when no letter of the text is
the script's alone. So Russian stays Russian while a Latin word with one Cyrillic letter is
read as it looks.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache

from maskwell.text.confusables import LETTERS, PUNCTUATION, SCRIPTS

__all__ = ["DEFAULT_IGNORABLE", "Folded", "fold"]

DEFAULT_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Unicode's Default_Ignorable_Code_Point, as the inside of a character class."""

_IGNORABLE = re.compile(f"[{DEFAULT_IGNORABLE}]")
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f"
_HAS_CONTROL = re.compile(f"[{_CONTROLS}]")
_WORD = re.compile(r"[\w@.\-]+")
_ASCII_ALNUM = re.compile(r"[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back to the text it was made from.

    `_starts[i]` and `_ends[i]` bound the i-th changed cluster in the folded text (both may be
    equal: it vanished), `_from[i]` and `_to[i]` bound it in the original.
    """

    text: str
    _starts: list[int] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)
    _from: list[int] = field(default_factory=list)
    _to: list[int] = field(default_factory=list)

    @property
    def is_unchanged(self) -> bool:
        """Whether every character stands where it stood in the original."""
        return not self._starts

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Return where characters `start`…`end` of the folded text stand in the original."""
        if not self._starts:
            return start, end
        if end <= start:
            place = self._place(start)[0]
            return place, place
        return self._place(start)[0], self._place(end - 1)[1]

    def _place(self, at: int) -> tuple[int, int]:
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return at, at + 1
        if at < self._ends[index]:
            return self._from[index], self._to[index]
        place = self._to[index] + at - self._ends[index]
        return place, place + 1


def fold(text: str) -> Folded:
    """Return `text` folded; plain ASCII comes back as it is.

    Takes time linear in the text. Lone surrogates become U+FFFD.
    """
    if text.isascii() and not _HAS_CONTROL.search(text):
        return Folded(text)
    lookalikes = _lookalikes(text)
    changing = [c for c in set(text) if _changes(c)]
    if not changing and not lookalikes:
        return Folded(text)
    builder = _Builder(text, lookalikes)
    for place in _places(text, changing, lookalikes):
        builder.add(place)
    return builder.finish()


@cache
def _changes(character: str) -> bool:
    """Whether folding may change the character, alone or with the one before it."""
    if " " <= character <= "~":
        return False
    return _joins(character) or _fold_short(character) != character


def _places(text: str, changing: list[str], lookalikes: dict[int, str]) -> list[int]:
    places: list[int] = []
    if changing:
        characters = "".join(map(re.escape, changing))
        places = [hit.start() for hit in re.finditer(f"[{characters}]", text)]
    return sorted({*places, *lookalikes}) if lookalikes else places


class _Builder:
    """Collects the folded pieces of one text from left to right."""

    def __init__(self, text: str, lookalikes: dict[int, str]) -> None:
        self._text = text
        self._lookalikes = lookalikes
        self._pieces: list[str] = []
        self._copied = 0
        self._seen = 0
        self._length = 0
        self._folded = Folded("")

    def add(self, place: int) -> None:
        """Fold the cluster that the character at `place` belongs to."""
        text = self._text
        if place < self._seen:
            return
        start = place
        if start > self._seen and _joins(text[start]) and text[start - 1] not in "\r\n":
            start -= 1
        stop = place + 1
        while stop < len(text) and _joins(text[stop]):
            stop += 1
        self._seen = stop
        cluster = text[start:stop]
        is_alone = stop - start == 1
        replaced = self._lookalikes.get(start) if is_alone else None
        if replaced is None:
            replaced = _fold_cluster(cluster)
        if replaced != cluster:
            self._replace(start, stop, replaced)

    def _replace(self, start: int, end: int, replaced: str) -> None:
        self._pieces.append(self._text[self._copied : start])
        self._length += start - self._copied
        folded = self._folded
        folded._starts.append(self._length)  # noqa: SLF001  # the builder fills what it hands out
        self._length += len(replaced)
        folded._ends.append(self._length)  # noqa: SLF001  # likewise
        folded._from.append(start)  # noqa: SLF001  # likewise
        folded._to.append(end)  # noqa: SLF001  # likewise
        self._pieces.append(replaced)
        self._copied = end

    def finish(self) -> Folded:
        self._pieces.append(self._text[self._copied :])
        empty = self._folded
        return Folded("".join(self._pieces), empty._starts, empty._ends, empty._from, empty._to)  # noqa: SLF001  # likewise


@cache
def _joins(character: str) -> bool:
    """Whether the character is a mark that belongs to the one before it."""
    return character > "\u02ff" and unicodedata.category(character) in ("Mn", "Me")


def _fold_cluster(cluster: str) -> str:
    return _fold_short(cluster) if len(cluster) < 8 else _fold_any(cluster)


def _fold_any(cluster: str) -> str:
    if len(cluster) > 32:
        # A pile of marks on one letter: composing it all would be quadratic.
        return _fold_any(cluster[:32])
    if cluster in PUNCTUATION:
        return PUNCTUATION[cluster]
    visible = _IGNORABLE.sub("", cluster)
    normal = unicodedata.normalize("NFKC", "".join(PUNCTUATION.get(c, c) for c in visible))
    return "".join(_fold_character(c, normal[0] if normal else "") for c in normal)


_fold_short = cache(_fold_any)


def _fold_character(character: str, base: str) -> str:
    """Return what one character of a composed cluster is read as."""
    if character in LETTERS:
        return LETTERS[character]
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    if character.isspace():
        return character if character in "\t\n\v\f\r" else " "
    if unicodedata.category(character) == "Cc" or (base.isascii() and _joins(character)):
        return ""
    if character > "\x7f" and character.isdecimal():
        return str(unicodedata.decimal(character))
    return PUNCTUATION.get(character, character)


def _lookalikes(text: str) -> dict[int, str]:
    """Return, by position, the look-alike letters that stand for Latin ones."""
    found: dict[int, str] = {}
    for first, last, table in SCRIPTS.values():
        own = {c for c in set(text) if first <= c <= last}
        passing = own & table.keys()
        if not passing:
            continue
        everywhere = not any(c.isalpha() and c not in table for c in own)
        letters = f"[{first}-{last}]"
        if not everywhere and not re.search(
            f"{letters}[^\\w\\s]?[0-9A-Za-z]|[0-9A-Za-z][^\\w\\s]?{letters}", text
        ):
            continue
        hits = re.compile(f"[{''.join(passing)}]")
        for start, end in _disguised(text, everywhere=everywhere):
            for hit in hits.finditer(text, start, end):
                found[hit.start()] = table[hit.group()]
    return found


def _disguised(text: str, *, everywhere: bool) -> list[tuple[int, int]]:
    """Return the stretches in which look-alikes stand for Latin letters."""
    if everywhere:
        return [(0, len(text))]
    words = (word.span() for word in _WORD.finditer(text))
    return [span for span in words if _ASCII_ALNUM.search(text, *span)]
