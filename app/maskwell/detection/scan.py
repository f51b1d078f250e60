"""One look at a text that every recogniser shares: folded, lower-cased, cues and atoms found.

An *atom* is a run of letters, digits and inner separators that holds a digit, such as
"4111-1111" or "AB123456C". Each distinct shape of an atom is shown once to every
recogniser; from then on atoms of that shape go straight to those that want it. So a
recogniser more costs nothing on text without its shapes. Invariant: linear in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maskwell.detection.cues import CueFinder, Cues
    from maskwell.detection.recognizers.base import Recognizer
    from maskwell.text.folding import Folded

__all__ = ["Atom", "Scan", "Scanner", "shape_of"]

_ATOM = re.compile(r"[0-9][0-9A-Za-z]*+(?:[-./][0-9A-Za-z]++)*+")
_BEFORE = re.compile(r"[A-Za-z][0-9A-Za-z]*-?\Z")
_LONGEST_PREFIX = 16
_LONGEST_SHAPE = 128
"""Longer atoms (base64, digests) are no shape anyone knows."""
_MOST_SHAPES = 20_000
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


class _Atoms:
    """All atoms of a text, held as plain numbers and strings.

    A long text has a hundred thousand atoms; as tuples they would keep Python's garbage
    collector busier than detection itself.
    """

    __slots__ = ("buckets", "ends", "shapes", "starts")

    def __init__(self, names: Sequence[str]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.shapes: list[str] = []
        self.buckets: dict[str, list[int]] = {name: [] for name in names}

    def add(self, start: int, end: int, shape: str, takers: tuple[str, ...]) -> None:
        index = len(self.starts)
        self.starts.append(start)
        self.ends.append(end)
        self.shapes.append(shape)
        for name in takers:
            self.buckets[name].append(index)


class Scan:
    """A folded text and what one pass found in it."""

    __slots__ = ("_atoms", "cues", "folded", "lower", "text")

    def __init__(self, folded: Folded, cues: Cues, lower: str, atoms: _Atoms) -> None:
        self.folded = folded
        self.text = folded.text
        self.lower = lower
        self.cues = cues
        self._atoms = atoms

    def atoms(self, recognizer: str) -> Iterator[Atom]:
        """Yield the atoms whose shape the recogniser of that name wants, in text order."""
        found = self._atoms
        for index in found.buckets.get(recognizer, ()):
            yield Atom(found.starts[index], found.ends[index], found.shapes[index])


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

    def _atoms(self, text: str) -> _Atoms:
        atoms = _Atoms(self._names)
        shapes = text.translate(_SHAPES)
        known = self._takers
        for match in _ATOM.finditer(text):
            start, end = match.span()
            if start and (shapes[start - 1] == "A" or shapes[start - 1] == "-"):
                longer = _with_letters(text, start)
                shape = shapes[longer:end]
                takers = known.get(shape)
                if takers is None:
                    takers = self._ask(shape)
                if takers:
                    atoms.add(longer, end, shape, takers)
                if takers or shapes[start - 1] == "A":
                    continue
            shape = shapes[start:end]
            takers = known.get(shape)
            if takers is None:
                takers = self._ask(shape)
            if takers:
                atoms.add(start, end, shape, takers)
        return atoms

    def _ask(self, shape: str) -> tuple[str, ...]:
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
