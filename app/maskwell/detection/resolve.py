"""One answer where several recognisers claim the same characters.

Shapes that carry their own proof (e-mail, card, IBAN, IP …) win over words read in context;
among equals the surer, then the longer. What the loser covered beyond the winner is kept
only when a whole word of it remains. Invariant: the result is sorted, its spans are not
empty and do not overlap. Time is linear in the text for claims of bounded length.
"""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maskwell.detection.recognizers.base import Match

__all__ = ["resolve"]

_RANKS: Final = (
    (EntityType.TERM,),
    (EntityType.SECRET,),
    (EntityType.URL,),
    (EntityType.EMAIL, EntityType.IBAN),
    (EntityType.CARD, EntityType.CRYPTO, EntityType.MAC, EntityType.IP),
    (EntityType.ID, EntityType.BANK, EntityType.VEHICLE),
    (EntityType.ADDRESS, EntityType.PHONE),
    (EntityType.DATE, EntityType.AGE, EntityType.USERNAME),
    (EntityType.PERSON,),
    (EntityType.ORG, EntityType.PLACE),
    (EntityType.HEALTH, EntityType.GROUP),
)
"""Who wins, first to last."""
_RANK: Final = {kind: rank for rank, kinds in enumerate(_RANKS) for kind in kinds}
_CONTEXT: Final = _RANK[EntityType.PERSON]
"""The rank of names; what the model reads from context does not outrank a proven shape."""
_AHEAD: Final = frozenset({"organisation", "columns", "fields", "segments", "travel_codes"})
"""Who knows more than the words around: "Doe & Sons Ltd" is no person, whatever its first word is,
and a cell ends where its column does."""
_TRIMMABLE: Final = frozenset(
    {EntityType.PERSON, EntityType.ORG, EntityType.PLACE, EntityType.ADDRESS, EntityType.URL}
)
_WORD = re.compile(r"[^\W\d_]{2}")
_start: Final = attrgetter("start")


def resolve(matches: Iterable[Match], text: str) -> list[Match]:
    """Return the matches that stand, in text order."""
    taken = bytearray(len(text))
    kept: list[Match] = []
    rivals: list[Match] = []
    reach = 0
    for match in sorted(matches, key=_start):
        if match.start < reach:
            # Most stand alone; whoever does not is taken back and settled with the others.
            rivals = rivals or [kept.pop()]
            rivals.append(match)
            reach = max(reach, match.end)
            continue
        if rivals:
            kept += _settled(rivals, taken, text)
            rivals = []
        kept.append(match)
        reach = match.end
    return kept + _settled(rivals, taken, text)


def _settled(rivals: list[Match], taken: bytearray, text: str) -> list[Match]:
    """Let matches that overlap take their characters, the strongest claim first."""
    kept: list[Match] = []
    for match in sorted(_beside_names(rivals, text), key=_order):
        start, end = match.start, match.end
        free = [match]
        if taken.find(1, start, end) >= 0:
            free = _free_parts(match, taken, text)
        for part in free:
            taken[part.start : part.end] = b"\x01" * (part.end - part.start)
        kept += free
    kept.sort(key=_start)
    return kept


def _beside_names(rivals: list[Match], text: str) -> list[Match]:
    """Let an organisation begin behind a full name whose end it took: "Oona Quill Brandt Ltd"."""
    result: list[Match] = []
    name = None
    for match in rivals:
        if match.recognizer == "ner" and match.entity_type is EntityType.PERSON:
            name = match
        elif name and match.recognizer == "organisation" and name.start < match.start < name.end:
            start = name.end
            while text[start : start + 1] in (" ", ","):
                start += 1
            if text.find(" ", start, match.end) > 0:
                match = match._replace(start=start)  # noqa: PLW2901  # gives a word back
        result.append(match)
    return result


def _order(match: Match) -> tuple[int, float, int, int]:
    kind = match.entity_type
    rank = _RANK.get(kind, len(_RANKS))
    score = match.score
    if match.recognizer == "term":
        rank = 0
    elif kind is EntityType.ADDRESS:
        # The longest reading of an address is the one without fragments beside it, within its cell.
        score = 1.0 if match.recognizer in _AHEAD else 0.0
    elif match.recognizer == "ner" and rank < _CONTEXT:
        rank = _CONTEXT
    elif match.recognizer in _AHEAD:
        rank = min(rank, _CONTEXT - 1)
    return rank, -score, match.start - match.end, match.start


def _free_parts(match: Match, taken: bytearray, text: str) -> list[Match]:
    """Return what a claim keeps beside the winners: a name its longest part, a URL all."""
    if match.entity_type not in _TRIMMABLE:
        return []
    parts = []
    at = match.start
    while 0 <= at < match.end:
        stop = taken.find(1, at, match.end)
        stop = match.end if stop < 0 else stop
        start, end = _strip(text, at, stop)
        if _WORD.search(text, start, end):
            parts.append(match._replace(start=start, end=end))
        at = taken.find(0, stop, match.end)
    if match.entity_type is EntityType.URL or len(parts) < 2:
        return parts
    return [max(parts, key=lambda part: part.end - part.start)]


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end
