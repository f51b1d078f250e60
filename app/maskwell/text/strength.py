"""How hard a passphrase is to guess, in words, before a vault is locked with it.

A rough, cautious estimate: what repeats, runs or is among the most used counts for little.
It guides; it never refuses anything but an empty passphrase.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Strength", "strength_of"]

_COMMON = frozenset(
    "password passwort passphrase letmein welcome admin qwerty qwertz azerty iloveyou monkey "
    "dragon master secret hunter login shadow sunshine princess football baseball abc123 "
    "trustno superman maskwell test hello freedom whatever".split()
)
_WORD_BITS = 11.0
"""A word a person picks by heart comes from about two thousand."""
_CHARACTER_BITS = 3.5
"""A character a person picks by heart; random ones are worth more, and few are random."""


@dataclass(frozen=True, slots=True)
class Strength:
    """An estimate for one passphrase."""

    bits: float
    """log2 of the guesses it takes, roughly."""
    word: str
    """`empty`, `weak`, `fair`, `good` or `strong`."""
    advice: str

    @property
    def filled(self) -> int:
        """How many of four bars to fill."""
        return ("empty", "weak", "fair", "good", "strong").index(self.word)


def strength_of(passphrase: str) -> Strength:
    """Estimate a passphrase; takes time linear in it."""
    if not passphrase:
        return Strength(0, "empty", "Four or five unrelated words make a good one.")
    bits = _bits(passphrase)
    if bits < 35:
        return Strength(bits, "weak", "Quickly guessed by a machine; add unrelated words.")
    if bits < 44:
        return Strength(bits, "fair", "One or two more unrelated words would make it good.")
    if bits < 60:
        return Strength(bits, "good", "Good for a vault on your own machine.")
    return Strength(bits, "strong", "Strong.")


def _bits(passphrase: str) -> float:
    parts = re.findall(r"[^\W\d_]+|\d+|[\W_]+", passphrase.casefold())
    seen: set[str] = set()
    bits = 0.0
    for part in parts:
        if part in seen:
            bits += 1
            continue
        seen.add(part)
        bits += _part_bits(part)
    return bits + (3 if passphrase != passphrase.casefold() else 0)


def _part_bits(part: str) -> float:
    if part in _COMMON:
        return 3
    distinct = len(set(part))
    modulus = 10 if part.isdigit() else 0x110000
    steps = {(ord(b) - ord(a)) % modulus for a, b in pairwise(part)}
    if len(part) > 2 and (distinct == 1 or steps in ({1}, {modulus - 1})):
        return 4
    if part.isdigit():
        return min(len(part) * math.log2(10), 7 if _looks_like_year(part) else 99)
    if part.isalpha():
        return min(len(part) * _CHARACTER_BITS, _WORD_BITS + max(len(part) - 8, 0) * 2)
    return min(len(part), distinct + 1) * (1 if part.isspace() else 4)


def _looks_like_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in {"19", "20"}
