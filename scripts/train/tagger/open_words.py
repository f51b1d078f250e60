"""Which unmarked words of a corpus may hold what that corpus never marks.

The public corpora mark names alone. A word there that is no name is taken as nothing private,
unless it could belong to a date, an age, a number, a group or an illness: those stay open.
"""

from __future__ import annotations

import re
from functools import cache

from synth.wordlists import words

__all__ = ["open_words"]

_LISTS = (
    "nationality", "nationality_plural", "religion", "religion_plural", "politics", "ethnicity",
    "orientation", "condition", "medication", "procedure", "month", "weekday",
)  # fmt: skip
_NUMBERS_AND_TIMES = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fifteen sixteen
    eighteen twenty thirty forty fifty sixty seventy eighty ninety hundred today tomorrow yesterday
    tonight spring summer autumn fall winter christmas easter year years old month months week weeks
    aged age born century""".split()
)


@cache
def _possible() -> frozenset[str]:
    """The words of the lists, long enough to mean something."""
    entries = " ".join(entry for name in _LISTS for entry in words(name)).lower()
    found = {word for word in re.findall(r"[^\W\d_]+", entries) if len(word) > 3}
    return frozenset(found | _NUMBERS_AND_TIMES | {"may", "jan", "feb", "mar", "apr", "jun", "gay"})


def open_words(words_lower: list[str]) -> list[bool]:
    """Tell for each word of a text, in order, whether it or a neighbour stays open."""
    possible = _possible()
    open_ = [
        word in possible or word == "@" or any(c.isdigit() for c in word) for word in words_lower
    ]
    return [any(open_[max(0, at - 1) : at + 2]) for at in range(len(open_))]
