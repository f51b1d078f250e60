"""A text as the linear model sees it: stretches of words, and hashed features of each.

Two readings of every stretch are hashed side by side: the words themselves, and the parts
they play (`lexicon`), with the first word of the stretch paired with every part in it, since
an order begins with its verb. Invariant: the same text gives the same features in every
process; the cost is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np

from maskwell.guard.lexicon import FUNCTION_WORDS, WORD_GROUP

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["BITS", "Stretches", "features_of", "stretches_of"]

BITS: Final = 16
"""The features are hashed into 2**BITS buckets."""

MAX_WORDS: Final = 48
"""A longer stretch is read in pieces of this many words."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019][a-z]+)?|\d+|[^\w\s]|_+")
_STOP: Final = frozenset(".!?|;")
_OPENERS: Final = frozenset(
    """what who when where why how which explain describe write compose draft create generate
    produce develop craft provide give tell list name define summarise summarize outline compare
    discuss translate convert calculate solve replace add include insert integrate incorporate
    embed append modify alter adapt augment enhance enrich ignore disregard forget please use
    introduce misspell scramble rearrange remove group combine reverse encode encrypt render
    substitute swap respond reply answer ensure make consider don't do in your can could suggest
    recommend plan schedule book send find analyze analyse identify determine classify evaluate
    present""".split()
)
"""Words that, with a capital letter, begin a new stretch even where no full stop precedes."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """The stretches of one text: word numbers, part numbers, and where each stands."""

    words: NDArray[np.uint64]
    """Hash of each word in lower case; the first of every stretch is its start mark."""
    parts: NDArray[np.uint64]
    """Hash of the part each word plays."""
    stems: NDArray[np.uint64]
    """Hash of the first letters of a content word, 0 for every other word."""
    first: NDArray[np.int64]
    """Index of each stretch's start mark, ascending."""
    spans: list[tuple[int, int]]
    """Characters of each stretch in the text."""

    def __len__(self) -> int:
        return len(self.spans)


def stretches_of(text: str) -> Stretches:
    """Cut `text` into stretches at line ends, sentence ends and capitalised openers."""
    builder = _Builder(text)
    for match in _WORD.finditer(text):
        builder.add(match)
    return builder.finish()


class _Builder:
    """Collects words from left to right and opens stretches."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, tuple[int, int, int]] = {}
        self._rows: list[tuple[int, int, int]] = []
        self._first: list[int] = []
        self._spans: list[tuple[int, int]] = []
        self._start = self._end = 0
        self._count = 0
        self._stopped = True
        self._capital_before = False

    def add(self, match: re.Match[str]) -> None:
        word = match.group()
        start = match.start()
        if self._opens(word, start):
            self._open(start)
        self._end = match.end()
        self._count += 1
        self._rows.append(self._known.get(word) or self._learn(word))
        self._stopped = word in _STOP

    def _opens(self, word: str, start: int) -> bool:
        if not self._spans and not self._rows:
            return True
        if self._count >= MAX_WORDS:
            return True
        between = self._text[self._end : start]
        if "\n" in between:
            return True
        if self._stopped and between:
            return True
        return word[0].isupper() and self._count > 1 and word.lower() in _OPENERS and bool(between)

    def _open(self, start: int) -> None:
        if self._rows:
            self._spans.append((self._start, self._end))
        self._first.append(len(self._rows))
        self._rows.append(_MARK)
        self._start = start
        self._count = 0

    def _learn(self, word: str) -> tuple[int, int, int]:
        row = self._known[word] = _row(word)
        return row

    def finish(self) -> Stretches:
        if self._rows:
            self._spans.append((self._start, self._end))
        table = np.array(self._rows, dtype=np.uint64).reshape(-1, 3)
        first = np.array(self._first, dtype=np.int64)
        return Stretches(table[:, 0], table[:, 1], table[:, 2], first, self._spans)


def _number(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass")) or 1


def _row(word: str) -> tuple[int, int, int]:
    lower = word.lower().replace("\u2019", "'")
    part = WORD_GROUP.get(lower)
    if part is None:
        part = lower if lower in FUNCTION_WORDS else _shape(word)
    is_content = part in {"x", "Cap"} and len(lower) > 3
    return _number(lower), _number("<" + part), _number(lower[:5]) if is_content else 0


def _shape(word: str) -> str:
    if word.isalpha():
        return "Cap" if word[0].isupper() else "x"
    if word.isdigit():
        return "9"
    return word[0] if word[0].isascii() else "sign"


_MARK: Final = (_number("^"), _number("<^"), 0)

_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_SALTS: Final = [np.uint64(crc32(bytes([n])) | 1) for n in range(16)]


def _hashed(kind: int, *columns: NDArray[np.uint64]) -> NDArray[np.int64]:
    total = np.full(columns[0].shape, _SALTS[kind], dtype=np.uint64)
    for column in columns:
        total = (total ^ column) * _MIX
        total ^= total >> np.uint64(29)
    return (total >> np.uint64(64 - BITS)).astype(np.int64)


def _before(column: NDArray[np.uint64], back: int) -> NDArray[np.uint64]:
    moved = np.zeros_like(column)
    moved[back:] = column[:-back] if back < len(column) else 0
    return moved


def features_of(stretches: Stretches) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the buckets of all features and, for each, the number of its stretch.

    Shapes: both `(n,)`. Features of one stretch are not contiguous.
    """
    words, parts = stretches.words, stretches.parts
    count = len(words)
    lengths = np.diff(np.append(stretches.first, count))
    owner = np.repeat(np.arange(len(stretches)), lengths)
    place = np.arange(count) - np.repeat(stretches.first, lengths)
    opener_at = np.minimum(stretches.first + 1, count - 1)
    opener = np.repeat(parts[opener_at], lengths)
    opener2 = np.repeat(parts[np.minimum(stretches.first + 2, count - 1)], lengths)
    w1, w2, p1, p2, p3 = (
        _before(words, 1), _before(words, 2),
        _before(parts, 1), _before(parts, 2), _before(parts, 3),
    )  # fmt: skip
    kinds = [
        (_hashed(0, words), place >= 1),
        (_hashed(1, w1, words), place >= 1),
        (_hashed(2, w2, w1, words), place >= 2),
        (_hashed(3, p1, parts), place >= 1),
        (_hashed(4, p2, p1, parts), place >= 2),
        (_hashed(5, p3, p2, p1, parts), place >= 3),
        (_hashed(6, opener, parts), place >= 2),
        (_hashed(7, opener, opener2, parts), place >= 3),
        (_hashed(8, w2, words), place >= 3),
    ]
    buckets = [hashed[mask] for hashed, mask in kinds]
    owners = [owner[mask] for _, mask in kinds]
    whole, whole_owner = _whole(stretches, lengths, owner)
    return np.concatenate([*buckets, *whole]), np.concatenate([*owners, *whole_owner])


def _whole(
    stretches: Stretches, lengths: NDArray[np.int64], owner: NDArray[np.int64]
) -> tuple[list[NDArray[np.int64]], list[NDArray[np.int64]]]:
    """Return one feature a stretch for its length, its ending, and its ties to the rest."""
    count = len(stretches.words)
    numbers = np.arange(len(stretches))
    opener = stretches.parts[np.minimum(stretches.first + 1, count - 1)]
    ending = stretches.words[stretches.first + lengths - 1]
    size = np.minimum(lengths, 40).astype(np.uint64) // np.uint64(4)
    ties = _ties(stretches.stems, owner, len(stretches))
    rows = [
        _hashed(9, size),
        _hashed(10, ending),
        _hashed(11, opener, ending),
        _hashed(12, ties),
        _hashed(13, ties, opener),
        _hashed(14, ties, ending),
    ]
    return rows, [numbers] * len(rows)


def _ties(
    stems: NDArray[np.uint64], owner: NDArray[np.int64], stretches: int
) -> NDArray[np.uint64]:
    """Return for each stretch how much of its content the rest of the text speaks of too.

    0: it has no content words · 1: none of them stands elsewhere · 2: less than half ·
    3: half or more · plus 4 where the text is too short to tell.
    """
    at = np.flatnonzero(stems)
    result = np.zeros(stretches, dtype=np.uint64)
    if len(at) == 0:
        return result
    _, stem = np.unique(stems[at], return_inverse=True)
    pairs = np.unique(stem * np.int64(stretches) + owner[at])
    spread = np.bincount(pairs // stretches)
    of_stretch = pairs % stretches
    total = np.bincount(of_stretch, minlength=stretches)
    tied = np.bincount(of_stretch, weights=spread[pairs // stretches] > 1, minlength=stretches)
    share = tied / np.maximum(total, 1)
    result = np.where(share == 0, 1, np.where(share < 0.5, 2, 3)).astype(np.uint64)
    result[total == 0] = 0
    if len(pairs) - total.max(initial=0) < 12:
        result += np.uint64(4)
    return result
