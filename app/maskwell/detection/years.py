"""Years said of a person or an organisation: a detail about them, where a year alone is none.

"Founded in 1977" beside a name points at it; "since Python 3.8 in 2019" beside none tells
nothing. Time is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.detection.scan import Scan

__all__ = ["years_beside_names"]

_CUES: Final = frozenset(
    {
        "in", "since", "until", "till", "from", "by", "before", "after", "around", "during", "of",
        "early", "late", "and", "to", "between",
    }
)  # fmt: skip
_YEAR = re.compile(r" (?P<year>(?:18|19|20)\d\d)(?![0-9A-Za-z%]|[.,:/\-]\d| ?[€$£°])(?! [a-z]+s\b)")
_LONGEST_CUE: Final = 8
_NAMED: Final = frozenset({EntityType.PERSON, EntityType.ORG})
_REACH: Final = 120
"""How far a name may stand from the year, in characters."""


def years_beside_names(found: list[Match], scan: Scan) -> list[Match]:
    """Return sorted, non-overlapping findings with the years that stand near a named one."""
    names = [m for m in found if m.entity_type in _NAMED]
    if not names:
        return found
    starts = [m.start for m in names]
    taken = bytearray(len(scan.text))
    for match in found:
        taken[match.start : match.end] = b"\x01" * (match.end - match.start)
    years = [
        year
        for year in _candidates(scan.text)
        if taken.find(1, year.start, year.end) < 0 and _is_near(year, names, starts)
    ]
    return sorted([*found, *years], key=lambda m: m.start) if years else found


def _candidates(text: str) -> Iterator[Match]:
    for hit in _YEAR.finditer(text):
        words = text[max(0, hit.start() - _LONGEST_CUE) : hit.start()].split()
        cue = words[-1].lower() if words else ""
        if cue in _CUES:
            reason = f"a year after “{cue}”, near a name"
            yield Match(*hit.span("year"), EntityType.DATE, 0.55, "date", reason, "year")


def _is_near(year: Match, names: list[Match], starts: list[int]) -> bool:
    index = bisect_left(starts, year.start)
    after = index < len(names) and names[index].start - year.end <= _REACH
    before = index > 0 and year.start - names[index - 1].end <= _REACH
    return after or before
