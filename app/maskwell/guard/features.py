"""A text as the linear model sees it: stretches of words, and hashed features of each.

Two readings of every stretch are hashed side by side: the words themselves, and the parts
they play (`lexicon`), with the first word of the stretch paired with every part in it, since
an order begins with its verb. Invariant: the same text gives the same features in every
process; the cost is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np

from maskwell.guard.lexicon import FUNCTION_WORDS, GROUPS, WORD_GROUP

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["BITS", "Features", "Stretches", "features_of", "flat", "stretches_of"]

BITS: Final = 16
"""The features are hashed into 2**BITS buckets."""

MAX_WORDS: Final = 48
"""A longer stretch is read in pieces of this many words."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019][a-z]+)?|\d+|\n|[^\w\s]|_+")
_STOP: Final = frozenset(".!?|;")
_ORDERING: Final = (
    "INSERT MODIFY WRITE TELL SOLVE TRANSFORM OVERRIDE SEND ARRANGE CONVINCE ROLEPLAY MUST".split()
)
_OPENERS: Final = frozenset(
    """what who when where why how which whose please use let your don't do in respond reply answer
    can could would is are from now you to break keep walk help have try think
    remind pretend""".split()
).union(*(GROUPS[group].split() for group in _ORDERING))
"""Words that, with a capital letter, begin a new stretch even where no full stop precedes."""

_PLAIN, _ENDS, _OPENS, _NEWLINE = range(4)


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
    words = _Words()
    known = words.known
    sequence: list[int] = []
    first: list[int] = []
    spans: list[tuple[int, int]] = []
    start = end = count = 0
    is_fresh, after_end = True, False
    for match in _WORD.finditer(text):
        word = match[0]
        number, manner = known.get(word) or words.learn(word)
        if manner == _NEWLINE:
            is_fresh = True
            continue
        at = match.start()
        if (
            is_fresh
            or count >= MAX_WORDS
            or (at > end and (after_end or (manner == _OPENS and count > 1)))
        ):
            if sequence:
                spans.append((start, end))
            first.append(len(sequence))
            sequence.append(0)
            start, count, is_fresh = at, 0, False
        sequence.append(number)
        end = at + len(word)
        count += 1
        after_end = manner == _ENDS
    if sequence:
        spans.append((start, end))
    table = words.table()[np.array(sequence, dtype=np.int64)]
    return Stretches(table[:, 0], table[:, 1], table[:, 2], np.array(first, dtype=np.int64), spans)


class _Words:
    """Numbers the different words of one text and keeps what is hashed of each."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[int, int]] = {}
        """Word → its number and the manner in which it cuts stretches."""
        self._rows: list[tuple[int, int, int]] = [_MARK]

    def learn(self, word: str) -> tuple[int, int]:
        """Return what is known of the word from now on."""
        known = self.known[word] = (len(self._rows), _manner(word))
        self._rows.append(_row(word))
        return known

    def table(self) -> NDArray[np.uint64]:
        """Return the hashes of every word by number, shape `(words, 3)`."""
        return np.array(self._rows, dtype=np.uint64)


def _manner(word: str) -> int:
    if word == "\n":
        return _NEWLINE
    if word in _STOP:
        return _ENDS
    lower = word.lower()
    is_opener = lower in _OPENERS or (len(lower) > 4 and lower.endswith("ly"))
    return _OPENS if is_opener and word[0].isupper() else _PLAIN


def _number(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass")) or 1


def _row(word: str) -> tuple[int, int, int]:
    lower = word.lower().replace("\u2019", "'")
    fixed = _fixed_rows().get(lower)
    if fixed is not None:
        return fixed
    shape = _shape(word)
    is_content = len(lower) > 3 and shape in {"x", "Cap"}
    return _number(lower), _shape_number(shape), _number(lower[:5]) if is_content else 0


@cache
def _fixed_rows() -> dict[str, tuple[int, int, int]]:
    """Return the rows of all words that have a part of their own."""
    parts = {**{word: word for word in FUNCTION_WORDS}, **WORD_GROUP}
    return {word: (_number(word), _number("<" + part), 0) for word, part in parts.items()}


@cache
def _shape_number(shape: str) -> int:
    return _number("<" + shape)


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


@dataclass(frozen=True, slots=True)
class Features:
    """The buckets of all features of a text, by kind."""

    by_word: list[tuple[NDArray[np.int64], int]]
    """For each kind a bucket for every word, and the first place in a stretch it counts from."""
    by_stretch: list[NDArray[np.int64]]
    """For each kind a bucket for every stretch."""
    place: NDArray[np.int64]
    """Each word's place in its stretch; the start mark has 0."""
    owner: NDArray[np.int64]
    """The number of each word's stretch."""


def features_of(stretches: Stretches) -> Features:
    """Return all features of a text that has at least one stretch."""
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
    by_word = [
        (_hashed(0, words), 1),
        (_hashed(1, w1, words), 1),
        (_hashed(2, w2, w1, words), 2),
        (_hashed(3, p1, parts), 1),
        (_hashed(4, p2, p1, parts), 2),
        (_hashed(5, p3, p2, p1, parts), 3),
        (_hashed(6, opener, parts), 2),
        (_hashed(7, opener, opener2, parts), 3),
        (_hashed(8, w2, words), 3),
    ]
    return Features(by_word, _whole(stretches, lengths, owner), place, owner)


def flat(features: Features) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the buckets of all features and, for each, the number of its stretch: for fitting.

    Shapes: both `(n,)`. Features of one stretch are not contiguous.
    """
    masks = [(hashed, features.place >= least) for hashed, least in features.by_word]
    numbers = np.arange(len(features.by_stretch[0]))
    buckets = [*(hashed[mask] for hashed, mask in masks), *features.by_stretch]
    owners = [features.owner[mask] for _, mask in masks] + [numbers] * len(features.by_stretch)
    return np.concatenate(buckets), np.concatenate(owners)


def _whole(
    stretches: Stretches, lengths: NDArray[np.int64], owner: NDArray[np.int64]
) -> list[NDArray[np.int64]]:
    """Return one feature a stretch for its length, its ending, and its ties to the rest."""
    count = len(stretches.words)
    opener = stretches.parts[np.minimum(stretches.first + 1, count - 1)]
    ending = stretches.words[stretches.first + lengths - 1]
    size = np.minimum(lengths, 40).astype(np.uint64) // np.uint64(4)
    ties = _ties(stretches.stems, owner, len(stretches))
    return [
        _hashed(9, size),
        _hashed(10, ending),
        _hashed(11, opener, ending),
        _hashed(12, ties),
        _hashed(13, ties, opener),
        _hashed(14, ties, ending),
    ]


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
