"""Lines that stand on a page joined to passages, each character knowing where it stands.

Pages know places, detectors want sentences: a name cut over two lines is one name. Lines of
one size that stand closely under each other are a passage; a line that had no room for the
next one's first word reads on into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Block", "Row", "blocks"]

_HYPHENS = ("-", "\xad", "\u2010")


@dataclass(slots=True, eq=False)
class Row:
    """One line of text at its place; heights grow upwards."""

    text: str
    owners: list[tuple[Any, ...]]
    """For each character, what draws it; empty for one that is only implied."""
    left: float
    right: float
    base: float
    size: float
    turn: Any = None
    """Rows of another turn are never joined with this one."""


@dataclass(slots=True, eq=False)
class Block:
    """A passage."""

    text: str
    owners: list[tuple[Any, ...]]
    """As long as the text."""

    def owned(self, start: int, end: int) -> list[Any]:
        """Return what draws the characters `start`…`end`, each once, in order."""
        some = (owner for owners in self.owners[start:end] for owner in owners)
        return list({id(owner): owner for owner in some}.values())

    def around(self, start: int, end: int) -> tuple[str, str]:
        """Return the characters before and after that the same owners draw (of a ligature)."""
        mine = {id(one) for owners in self.owners[start:end] for one in owners}
        low, high = start, end
        while low > 0 and any(id(one) in mine for one in self.owners[low - 1]):
            low -= 1
        while high < len(self.text) and any(id(one) in mine for one in self.owners[high]):
            high += 1
        return self.text[low:start], self.text[end:high]


def blocks(rows: Iterable[Row]) -> Iterator[Block]:
    """Yield the passages that rows make, in their order."""
    waiting: list[Row] = []
    for row in rows:
        if waiting and not _goes_under(waiting[-1], row):
            yield _block(waiting)
            waiting = []
        waiting.append(row)
    if waiting:
        yield _block(waiting)


def _goes_under(above: Row, row: Row) -> bool:
    step = above.base - row.base
    size = max(above.size, row.size, 0.01)
    return (
        above.turn == row.turn
        and 0.4 * size < step < 2.2 * size
        and 0.75 < above.size / max(row.size, 0.01) < 1.34
        and row.left < above.right
        and above.left < row.right
    )


def _block(rows: list[Row]) -> Block:
    right = max(row.right for row in rows)
    text, owners = rows[0].text, list(rows[0].owners)
    for above, row in pairwise(rows):
        text, owners = _with(text, owners, row, reads_on=_is_full(above, row, right))
    return Block(text, owners)


def _is_full(row: Row, below: Row, right: float) -> bool:
    """Whether the first word of the row below would not have fitted into this one."""
    word = below.text.split(maxsplit=1)[:1]
    share = (len("".join(word)) + 1) / max(len(below.text), 1)
    return row.right + share * (below.right - below.left) > right - 0.3 * row.size


def _with(
    text: str, owners: list[tuple[Any, ...]], row: Row, *, reads_on: bool
) -> tuple[str, list[tuple[Any, ...]]]:
    """Return a passage with one more row after it."""
    while text.endswith(" "):
        text, owners = text[:-1], owners[:-1]
    lead = len(row.text) - len(row.text.lstrip(" "))
    more, their = row.text[lead:], list(row.owners[lead:])
    if len(text) > 1 and text.endswith(_HYPHENS) and text[-2].isalpha() and more[:1].islower():
        kept = [*owners[:-2], owners[-2] + owners[-1]]
        return text[:-1] + more, kept + their
    joint = " " if reads_on else "\n"
    return text + joint + more, [*owners, (), *their]
