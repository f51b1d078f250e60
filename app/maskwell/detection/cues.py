"""Cue words, found once a text and looked up by position.

A cue ("passport", "date of birth") makes a shape near it mean something. One Aho-Corasick
pass finds every cue of every recogniser; asking whether a kind of cue stands near a place
is a binary search. Invariant: cues are whole words, so "tel" is not found in "hotel";
"tax_file_number" is read as "tax file number".
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Cue", "CueFinder", "Cues"]

BEFORE = 64
"""How many characters before a value a cue may end and still speak of it."""
_UNSPACED = "\u3040"
"""From kana on, scripts that set no spaces between words."""
AFTER = 24
"""How many characters after a value a cue may begin and still speak of it."""


class Cue(NamedTuple):
    """A cue word as it stands in the text."""

    start: int
    end: int
    word: str


class Cues:
    """The cue words of one text, by kind, in text order."""

    __slots__ = ("_by_kind", "_longest", "_starts")

    def __init__(self, by_kind: dict[str, list[Cue]], longest: int) -> None:
        self._by_kind = by_kind
        self._longest = longest
        self._starts: dict[str, list[int]] = {}
        """Where the cues of a kind start, once somebody asked what is near: numbers compare
        faster than cues do."""

    def of(self, kind: str) -> list[Cue]:
        """Return every cue of a kind."""
        return self._by_kind.get(kind, [])

    def covers(self, kind: str, start: int, end: int) -> bool:
        """Return whether a cue of a kind holds the whole span."""
        cues = self._by_kind.get(kind, [])
        index = bisect_left(cues, (start + 1,))  # the last cue that begins at or before it
        return any(cue.start <= start and end <= cue.end for cue in cues[max(0, index - 3) : index])

    def near(
        self, kind: str, start: int, end: int, *, before: int = BEFORE, after: int = AFTER
    ) -> str:
        """Return the nearest cue word of a kind around a span, or ""."""
        cues = self._by_kind.get(kind)
        if not cues:
            return ""
        starts = self._starts.get(kind)
        if starts is None:
            starts = self._starts[kind] = [cue.start for cue in cues]
        index = bisect_left(starts, start)
        if index and start - starts[index - 1] <= before + self._longest:
            for at in range(index - 1, max(0, index - 3) - 1, -1):
                _, cue_end, word = cues[at]
                if 0 <= start - cue_end <= before:
                    return word
        index = bisect_left(starts, end, index)
        if index < len(starts) and starts[index] - end <= after:
            return cues[index].word
        return ""


class CueFinder:
    """Finds all cue words of a vocabulary in one pass."""

    def __init__(self, vocabulary: Mapping[str, Iterable[str]]) -> None:
        """Take the cue words of each kind, in lower case; "*" lets a longer word end in one."""
        kinds: dict[str, list[str]] = {}
        for kind, words in vocabulary.items():
            for word in words:
                kinds.setdefault(word, []).append(kind)
        self._words = [word.lstrip("*").replace("_", " ") for word in kinds]
        self._is_whole = [word[0].isalnum() and word[0] < _UNSPACED for word in kinds]
        """Whether no letter may stand before it: it begins with one, and is no mere ending."""
        self._is_closed = [word[-1].isalnum() and word[-1] < _UNSPACED for word in kinds]
        """Whether no letter may follow it, except a plural's."""
        self._kinds = [tuple(k) for k in kinds.values()]
        self._longest = max(map(len, self._words), default=0)
        self._automaton = AhoCorasick(self._words, matchkind=MatchKind.Standard)

    def find(self, lower: str) -> Cues:
        """Return the cues of a text given in lower case."""
        by_kind: defaultdict[str, list[Cue]] = defaultdict(list)
        lower = lower.replace("_", " ")
        size = len(lower)
        words, kinds = self._words, self._kinds
        is_whole, is_closed = self._is_whole, self._is_closed
        hits = self._automaton.find_matches_as_indexes(lower, overlapping=True)
        for index, start, end in hits:
            if is_whole[index] and start and lower[start - 1].isalnum():
                continue
            if end < size and is_closed[index] and lower[end].isalnum() and _goes_on(lower, end):
                continue
            cue = Cue(start, end, words[index])
            for kind in kinds[index]:
                by_kind[kind].append(cue)
        for cues in by_kind.values():
            cues.sort()
        return Cues(by_kind, self._longest)


def _goes_on(lower: str, end: int) -> bool:
    """Whether the word that a letter at `end` continues is another, not its plural."""
    return lower[end] != "s" or lower[end + 1 : end + 2].isalnum()
