"""Years and weekdays said of someone: a detail about them, where alone they are none.

"Founded in 1977" beside a name points at it; "since Python 3.8 in 2019" beside none tells
nothing. A weekday counts where the same sentence says who and where, or a street's address:
that is someone's whereabouts; "Jane calls on Friday" is not. Time is linear in the text.
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
        "early", "late", "and", "to", "between", "a", "an",
    }
)  # fmt: skip
_YEAR = re.compile(r" (?P<year>(?:18|19|20)\d\d)(?![0-9A-Za-z%]|[.,:/\-]\d| ?[€$£°])(?! [a-z]+s\b)")
_WEEKDAY = re.compile(
    r"day(?:(?<= monday)|(?<= tuesday)|(?<= wednesday)|(?<= thursday)|(?<= fr[iı]day)"
    r"|(?<= saturday)|(?<= sunday))(?![0-9a-z])"
)
"""Read in lower case and from its end, which is quicker to find."""
_WEEKDAY_CUES: Final = frozenset(
    {"on", "next", "last", "this", "by", "until", "till", "since", "from", "for"}
)
_PLACE_FOLLOWS = re.compile(r"(?: (?:morning|afternoon|evening|night))? (?:at|in|from) ")
_SENTENCE_END = re.compile(r"[.!?;]\s|\n")
_LONGEST_CUE: Final = 8
_NAMED: Final = frozenset({EntityType.PERSON, EntityType.ORG})
_REACH: Final = 120
"""How far a name may stand from the year, in characters."""
_WHO_AND_WHERE: Final = 2
_SAME_SENTENCE: Final = 60
"""How far who and where may stand from a weekday, in characters."""


def years_beside_names(found: list[Match], scan: Scan) -> list[Match]:
    """Return sorted, non-overlapping findings with the years and weekdays that belong to them."""
    if not found:
        return found
    more = [*_years(found, scan.text), *_whereabouts(found, scan)]
    if not more:
        return found
    starts = [match.start for match in found]
    more = [year for year in more if _is_free(year, found, starts)]
    return sorted([*found, *more], key=lambda m: m.start) if more else found


def _is_free(year: Match, found: list[Match], starts: list[int]) -> bool:
    index = bisect_left(starts, year.end)
    return index == 0 or found[index - 1].end <= year.start


def _years(found: list[Match], text: str) -> Iterator[Match]:
    """Yield the years near a person or an organisation."""
    years = list(_candidates(text))
    if years:
        names = [m for m in found if m.entity_type in _NAMED]
        starts = [m.start for m in names]
        yield from (year for year in years if _is_near(year, names, starts))


def _whereabouts(found: list[Match], scan: Scan) -> Iterator[Match]:
    """Yield the weekdays of sentences that name a person and a place, or an address."""
    days = list(_weekdays(scan))
    if not days:
        return
    by_kind = {
        kind: [m for m in found if m.entity_type is kind]
        for kind in (EntityType.PERSON, EntityType.PLACE, EntityType.ADDRESS)
    }
    if not by_kind[EntityType.ADDRESS] and not all(
        by_kind[kind] for kind in (EntityType.PERSON, EntityType.PLACE)
    ):
        return
    starts = {kind: [m.start for m in some] for kind, some in by_kind.items()}
    for day in days:
        told = {k for k, some in by_kind.items() if _is_told(day, some, starts[k], scan.text)}
        if EntityType.ADDRESS in told or len(told) == _WHO_AND_WHERE:
            yield day


def _weekdays(scan: Scan) -> Iterator[Match]:
    text = scan.text
    for hit in _WEEKDAY.finditer(scan.lower):
        end = hit.end()
        gap = text.rfind(" ", 0, end)
        words = text[max(0, gap - _LONGEST_CUE) : gap].split()
        if (words and words[-1].lower() in _WEEKDAY_CUES) or _PLACE_FOLLOWS.match(text, end):
            reason = "a weekday in a sentence that says who and where"
            yield Match(gap + 1, end, EntityType.DATE, 0.55, "date", reason, "weekday")


def _is_told(day: Match, of: list[Match], starts: list[int], text: str) -> bool:
    """Whether one of the findings stands in the day's sentence."""
    index = bisect_left(starts, day.start)
    gaps = []
    if index:
        gaps.append((of[index - 1].end, day.start))
    if index < len(of):
        gaps.append((day.end, of[index].start))
    return any(
        stop - start <= _SAME_SENTENCE and not _SENTENCE_END.search(text, start, stop)
        for start, stop in gaps
    )


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
