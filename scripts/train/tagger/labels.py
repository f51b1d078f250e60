"""The labels and their BIOES tags, in the order the model's outputs have.

A word's annotation is a bit set of the tags it may have, so that a corpus that never marked
ages says nothing about ages instead of teaching that there are none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ANY", "GOLD", "LABELS", "TAGS", "outside_bits", "span_bits"]

LABELS = (
    "PERSON", "PLACE", "ADDRESS", "ORG", "USERNAME", "DOB", "DATE",
    "AGE", "ID", "SECRET", "GROUP", "HEALTH", "VEHICLE", "BANK",
)  # fmt: skip
TAGS = ("O", *(f"{edge}-{label}" for label in LABELS for edge in "BIES"))
GOLD = frozenset({"PERSON", "PLACE", "ORG"})
"""What the public corpora mark."""
ANY = (1 << len(TAGS)) - 1
_FIRST = {label: 1 + 4 * index for index, label in enumerate(LABELS)}


def outside_bits(known: Iterable[str]) -> int:
    """Return the tags a word outside all spans may have, given the labels a corpus marks."""
    bits = ANY
    for label in known:
        bits &= ~(0b1111 << _FIRST[label])
    return bits


def span_bits(labels: Iterable[str], words: int) -> list[int]:
    """Return the tags of each of a span's words; several labels mean that any of them is right."""
    edges = [3] if words == 1 else [0, *[1] * (words - 2), 2]
    return [sum(1 << (_FIRST[label] + edge) for label in labels) for edge in edges]
