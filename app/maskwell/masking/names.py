"""Names of people taken apart, so that "Ms Doe" and "Jane" can be known as Jane Doe.

Only the shape of a name is read; what it is filed under and looked up by are folded words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from maskwell.masking.keys import folded_words

__all__ = ["HONORIFICS", "PARTICLES", "SUFFIXES", "PersonName", "read_name"]

_MASCULINE = frozenset("mr sir lord herr monsieur m sr señor don sig signor dhr hr pan fr".split())
_FEMININE = frozenset(
    "mrs ms miss dame lady sister frau mme mlle madame mademoiselle sra srta señora doña signora "
    "mevr fru pani".split()
)

HONORIFICS = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lady lord rev reverend fr father sister judge "
    "justice herr frau mme mlle m monsieur madame mademoiselle sr sra srta señor señora don doña "
    "sig signor signora dott dottore mevr dhr hr fru pan pani capt captain col lt sgt maj gen "
    "hon president senator".split()
)
SUFFIXES = frozenset("jr sr ii iii iv phd md esq mba rn cpa bsc msc".split())
PARTICLES = frozenset(
    "van von der den de del della di da dos das du la le los el al bin ibn ben ten ter zu zum "
    "zur af av st".split()
)
_POSSESSIVE = re.compile(r"['\u2019]s?\Z")
_TRIM = " .,;:!?\"'()[]"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name's folded parts; what is not there is empty."""

    honorific: str
    first: str
    middle: tuple[str, ...]
    last: str
    """With its particles: "van der berg"."""
    is_reversed: bool = False
    is_possessive: bool = False

    @property
    def is_full(self) -> bool:
        """Whether both a first and a last name are there."""
        return bool(self.first and self.last)

    @property
    def key(self) -> str:
        """First, middle and last name in this order."""
        return " ".join(word for word in (self.first, *self.middle, self.last) if word)

    def may_be(self, other: PersonName) -> bool:
        """Say whether nothing in the two names speaks against one person."""
        titles = {self.honorific, other.honorific}
        if titles & _MASCULINE and titles & _FEMININE:
            return False
        if not (self.is_full and other.is_full):
            return True
        return (
            self.last == other.last
            and _agree(self.first, other.first)
            and all(map(_agree, self.middle, other.middle))
        )


def _agree(one: str, other: str) -> bool:
    """Words agree when they are equal or one is the other's initial."""
    if 1 in (len(one), len(other)):
        return one[0] == other[0]
    return one == other


def read_name(surface: str) -> PersonName:
    """Take a surface apart; a single word without a title counts as a first name."""
    folded = folded_words(surface)
    bare = _POSSESSIVE.sub("", folded)
    is_possessive = bare != folded and len(bare) > 1
    head, comma, tail = (bare if is_possessive else folded).partition(",")
    is_reversed = bool(comma) and bool(_words(tail)) and tail.strip(_TRIM) not in SUFFIXES
    words = _words(tail) + _words(head) if is_reversed else _words(head)
    last_size = len(_words(head)) if is_reversed else 0
    honorific = ""
    while len(words) > 1 and words[0] in HONORIFICS:
        honorific, words = words[0], words[1:]
    while len(words) > 1 and words[-1] in SUFFIXES:
        words = words[:-1]
    first, middle, last = _split(words, honorific, last_size)
    return PersonName(honorific, first, middle, last, is_reversed, is_possessive)


def _words(text: str) -> list[str]:
    return [word for raw in text.split() if (word := raw.strip(_TRIM))]


def _split(words: list[str], honorific: str, last_size: int) -> tuple[str, tuple[str, ...], str]:
    if len(words) <= 1:
        only = words[0] if words else ""
        return ("", (), only) if honorific else (only, (), "")
    cut = len(words) - (last_size or 1)
    while not last_size and cut > 0 and words[cut - 1] in PARTICLES:
        cut -= 1
    if cut <= 0:
        return "", (), " ".join(words)
    return words[0], tuple(words[1:cut]), " ".join(words[cut:])
