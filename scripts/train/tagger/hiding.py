"""Hiding some word pieces, so that the words around a name have to give it away.

A model that has read a corpus several times knows its names by heart; text that nobody has read
brings others.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from tagger.encode import Encoded

__all__ = ["hidden"]

_FIRST_WORD = 1000
"""Word pieces below are markers, punctuation, digits and single letters, which are left."""


def hidden(
    windows: list[Encoded], part: float, mask: int, draws: np.random.Generator
) -> list[Encoded]:
    """Return the windows, every second of them with some word pieces replaced.

    Args:
        windows: what is to be trained on; left as it is.
        part: the part of the word pieces of such a window that is hidden.
        mask: the piece that stands in their place.
        draws: decides which.
    """
    return [_with_gaps(one, part, mask, draws) if draws.random() < 0.5 else one for one in windows]


def _with_gaps(window: Encoded, part: float, mask: int, draws: np.random.Generator) -> Encoded:
    ids = window.ids.copy()
    ids[(draws.random(len(ids)) < part) & (ids >= _FIRST_WORD)] = mask
    return replace(window, ids=ids)
