"""The line of keys at the foot of a screen: what matters first, the rest as far as it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.tui.inert_text import inert_content
from maskwell.tui.keys import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.content import Content

__all__ = ["key_hints"]

_GAP = 2


def key_hints(
    first: Sequence[tuple[str, str]],
    more: Sequence[tuple[str, str]],
    last: Sequence[tuple[str, str]],
    *,
    width: int,
    chosen: Mapping[str, str],
) -> Content:
    """Return one line of keys, each with a word; of `more`, the last ones give way.

    Args:
        first: (action id, what it does here) of what is always shown, at the left.
        more: what follows as far as there is room.
        last: what is always shown, at the right of the others.
        width: the room there is, in cells.
        chosen: the user's own keys.
    """
    shown = list(more)
    while shown and _length([*first, *shown, *last], chosen) > width:
        shown.pop()
    line = inert_content("")
    for action, words in [*first, *shown, *last]:
        line += inert_content(key_of(action, chosen), "bold $accent")
        line += inert_content(f" {words}" + " " * _GAP)
    return line


def _length(pairs: Sequence[tuple[str, str]], chosen: Mapping[str, str]) -> int:
    """Return the cells they take; the last gap needs no room."""
    taken = (len(key_of(action, chosen)) + 1 + len(words) + _GAP for action, words in pairs)
    return sum(taken) - _GAP
