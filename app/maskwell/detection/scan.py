"""One look at a text that every recogniser shares: folded, lower-cased, cues and atoms found.

An *atom* is a run of letters, digits and inner separators that holds a digit, such as
"4111-1111" or "AB123456C". Each distinct shape of an atom is shown once to every
recogniser; from then on atoms of that shape go straight to those that want it. So a
recogniser more costs nothing on text without its shapes. Invariant: linear in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from maskwell.detection.cues import CueFinder, Cues
    from maskwell.detection.recognizers.base import Recognizer
    from maskwell.text.folding import Folded

__all__ = ["Atom", "Scan", "Scanner", "shape_of"]

_ATOM = re.compile(r"9[9A]*+(?:[-./][9A]++)*+")
"""Read in the text's shape, where every digit is a 9."""
_BEFORE = re.compile(r"[A-Za-z][0-9A-Za-z]*-?\Z")
_LONGEST_PREFIX = 16
_LONGEST_SHAPE = 128
"""Longer atoms (base64, digests) are no shape anyone knows."""
_MOST_SHAPES = 20_000
_OF_A_LONGER = ("A", "-")
"""What stands before an atom's first digit where letters before it belong to it."""
_SHAPES = str.maketrans(
    "0123456789" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "abcdefghijklmnopqrstuvwxyz",
    "9" * 10 + "A" * 52,
)


Atom = tuple[int, int, str]
"""A place in the text that holds a digit: its start, its end, and its shape, which is the text
with digits as 9 and letters as A. Plain, since dense text has fifty thousand a megabyte."""


def shape_of(value: str) -> str:
    """Return `value` with digits as 9 and letters as A."""
    return value.translate(_SHAPES)


class Scan:
    """A folded text and what one pass found in it."""

    __slots__ = ("_atoms", "cues", "folded", "lower", "text")

    def __init__(
        self, folded: Folded, cues: Cues, lower: str, atoms: dict[str, list[Atom]]
    ) -> None:
        self.folded = folded
        self.text = folded.text
        self.lower = lower
        self.cues = cues
        self._atoms = atoms

    def atoms(self, recognizer: str) -> Sequence[Atom]:
        """Return the atoms whose shape the recogniser of that name wants, in text order."""
        return self._atoms.get(recognizer, ())


class Scanner:
    """Looks once at a text for a set of recognisers."""

    def __init__(self, recognizers: Sequence[Recognizer], finder: CueFinder) -> None:
        self._wanting = [r for r in recognizers if r.wants_shapes]
        self._names = [r.name for r in self._wanting]
        self._finder = finder
        self._takers: dict[str, tuple[str, ...]] = {}

    def scan(self, folded: Folded) -> Scan:
        """Return what stands in a folded text."""
        text = folded.text
        lower = text.lower()
        if len(lower) != len(text):
            lower = _lower_each(text)
        return Scan(folded, self._finder.find(lower), lower, self._atoms(text))

    def _atoms(self, text: str) -> dict[str, list[Atom]]:
        atoms: dict[str, list[Atom]] = {name: [] for name in self._names}
        givers: dict[str, list[Callable[[Atom], None]]] = {}
        shapes = text.translate(_SHAPES)
        for match in _ATOM.finditer(shapes):
            start, end = match.span()
            shape = match.group()
            if start and (before := shapes[start - 1]) in _OF_A_LONGER:
                longer = _with_letters(text, start)
                longer_shape = shapes[longer:end]
                if before == "A" or self._ask(longer_shape):
                    start, shape = longer, longer_shape
            if shape not in givers:
                givers[shape] = [atoms[name].append for name in self._ask(shape)]
            atom = (start, end, shape)
            for give in givers[shape]:
                give(atom)
        return atoms

    def _ask(self, shape: str) -> tuple[str, ...]:
        """Return who wants atoms of a shape; each shape is shown to everybody once."""
        known = self._takers.get(shape)
        if known is not None:
            return known
        if len(shape) > _LONGEST_SHAPE:
            return ()
        takers = tuple(r.name for r in self._wanting if r.wants(shape))
        if len(self._takers) < _MOST_SHAPES:
            self._takers[shape] = takers
        return takers


def _with_letters(text: str, start: int) -> int:
    before = _BEFORE.search(text, max(0, start - _LONGEST_PREFIX), start)
    return before.start() if before else start


def _lower_each(text: str) -> str:
    """Lower-case without changing the length ("İ" would become two characters)."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
