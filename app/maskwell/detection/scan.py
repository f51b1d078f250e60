"""One look at a text that every recogniser shares: folded, lower-cased, cues and atoms found.

An *atom* is a run of letters, digits and inner separators that holds a digit, such as
"4111-1111" or "AB123456C". Invariant: everything here takes time linear in the text.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from maskwell.detection.cues import CueFinder, Cues
    from maskwell.text.folding import Folded

__all__ = ["Atom", "Scan", "shape_of"]

_ATOM = re.compile(r"[0-9][0-9A-Za-z]*+(?:[-./:_][0-9A-Za-z]++)*+")
_LETTERS_BEFORE = re.compile(r"[A-Za-z][0-9A-Za-z]*(?:[-./:][0-9A-Za-z]+)*[-./:]?\Z")
_LONGEST_PREFIX = 16
_SHAPES = str.maketrans(
    "0123456789" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "abcdefghijklmnopqrstuvwxyz",
    "9" * 10 + "A" * 52,
)


class Atom(NamedTuple):
    """A place in the text that holds a digit, with its shape."""

    start: int
    end: int
    shape: str
    """The text with digits as 9 and letters as A."""


def shape_of(value: str) -> str:
    """Return `value` with digits as 9 and letters as A."""
    return value.translate(_SHAPES)


class Scan:
    """A folded text and what one pass found in it."""

    def __init__(self, folded: Folded, finder: CueFinder) -> None:
        self.folded = folded
        self.text = folded.text
        lower = self.text.lower()
        self.lower = lower if len(lower) == len(self.text) else _lower_each(self.text)
        self.cues: Cues = finder.find(self.lower)

    @cached_property
    def atoms(self) -> list[Atom]:
        """The atoms of the text, in order."""
        text = self.text
        shapes = text.translate(_SHAPES)
        atoms = []
        for match in _ATOM.finditer(text):
            start, end = match.span()
            if start and (text[start - 1].isalnum() or text[start - 1] in "-./:"):
                start = _with_letters(text, start)
            atoms.append(Atom(start, end, shapes[start:end]))
        return atoms


def _with_letters(text: str, start: int) -> int:
    low = max(0, start - _LONGEST_PREFIX)
    before = _LETTERS_BEFORE.search(text, low, start)
    return before.start() if before else start


def _lower_each(text: str) -> str:
    """Lower-case without changing the length ("İ" would become two characters)."""
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
