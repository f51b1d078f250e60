"""Labels: the word in a token that says which surface of an entity is meant.

Invariant: no two labels of one entity are within one edit of each other and none begins with
another, so that no single-character edit of a labelled token names a different surface.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from maskwell.masking.tokens import CHECK_ALPHABET, one_edit_apart

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = ["LABEL_PATTERN", "LABEL_WORDS", "LONGEST_LABEL", "choose_label"]

LABEL_WORDS = (
    "last",
    "first",
    "middle",
    "full",
    "formal",
    "initial",
    "reversed",
    "whose",
    "upper",
    "lower",
    "capslast",
    "capsfirst",
    "smalllast",
    "smallfirst",
    "compact",
    "spaced",
    "dashed",
    "dotted",
)
"""Pairwise at least two edits apart, none the beginning of another."""

LONGEST_LABEL = 10

_LETTERS = CHECK_ALPHABET.lower()
LABEL_PATTERN = f"(?:{'|'.join(LABEL_WORDS)}|v[1-9][0-9]{{0,7}}[{_LETTERS}])"
"""A regular expression for every label that is ever given."""


def choose_label(wanted: Iterable[str], taken: Collection[str]) -> str:
    """Return the first wanted word that is free, else a numbered label such as "v2k"."""
    for word in wanted:
        if word not in taken:
            return word
    for number in count(2):
        label = f"v{number}{_LETTERS[number * 7 % len(_LETTERS)]}"
        if all(_apart(label, other) for other in taken):
            return label
    raise AssertionError  # pragma: no cover  # numbers do not end


def _apart(label: str, other: str) -> bool:
    if label.startswith(other) or other.startswith(label):
        return not label or not other
    return not one_edit_apart(label, other)
