"""One answer where several recognisers claim the same characters.

Shapes that carry their own proof (e-mail, card, IBAN, IP …) win over words read in context;
among equals the surer, then the longer. What the loser covered beyond the winner is kept
only when a whole word of it remains. Invariant: the result is sorted, its spans are not
empty and do not overlap. Time is linear in the text for claims of bounded length.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maskwell.detection.recognizers.base import Match

__all__ = ["resolve"]

_RANK: Final = {
    EntityType.TERM: 0,
    EntityType.SECRET: 1,
    EntityType.EMAIL: 2,
    EntityType.URL: 2,
    EntityType.IBAN: 2,
    EntityType.CARD: 3,
    EntityType.CRYPTO: 3,
    EntityType.MAC: 3,
    EntityType.IP: 3,
    EntityType.ADDRESS: 5,
    EntityType.ID: 4,
    EntityType.BANK: 4,
    EntityType.VEHICLE: 4,
    EntityType.PHONE: 5,
    EntityType.DATE: 6,
    EntityType.AGE: 6,
    EntityType.USERNAME: 6,
    EntityType.PERSON: 7,
    EntityType.ORG: 8,
    EntityType.PLACE: 8,
    EntityType.HEALTH: 9,
    EntityType.GROUP: 9,
}
_CONTEXT: Final = 7
"""The rank of names; what the model reads from context does not outrank a proven shape."""
_TRIMMABLE: Final = frozenset(
    {EntityType.PERSON, EntityType.ORG, EntityType.PLACE, EntityType.ADDRESS}
)
_WORD = re.compile(r"[^\W\d_]{2}")


def resolve(matches: Iterable[Match], text: str) -> list[Match]:
    """Return the matches that stand, in text order."""
    ordered = sorted(matches, key=_order)
    if len(ordered) < 2:
        return ordered
    taken = bytearray(len(text))
    kept = []
    for match in ordered:
        start, end = match.start, match.end
        if taken.find(1, start, end) >= 0:
            trimmed = _trim(match, taken, text)
            if trimmed is None:
                continue
            match = trimmed  # noqa: PLW2901  # the claim shrinks to what is free
            start, end = match.start, match.end
        taken[start:end] = b"\x01" * (end - start)
        kept.append(match)
    kept.sort(key=_start)
    return kept


def _order(match: Match) -> tuple[int, float, int, int]:
    kind = match.entity_type
    rank = _RANK.get(kind, 9)
    score = match.score
    if match.recognizer == "term":
        rank = 0
    elif kind is EntityType.ADDRESS:
        # The longest reading of an address is the one without fragments beside it.
        score = 0.0
    elif match.recognizer == "ner" and rank < _CONTEXT:
        rank = _CONTEXT
    return rank, -score, match.start - match.end, match.start


def _start(match: Match) -> int:
    return match.start


def _trim(match: Match, taken: bytearray, text: str) -> Match | None:
    """Return the longest free part of a name-like match, or None when no word is left."""
    if match.entity_type not in _TRIMMABLE:
        return None
    best = (0, 0)
    at = match.start
    while 0 <= at < match.end:
        stop = taken.find(1, at, match.end)
        stop = match.end if stop < 0 else stop
        best = max(best, (at, stop), key=lambda s: s[1] - s[0])
        at = taken.find(0, stop, match.end)
    start, end = _strip(text, *best)
    if not _WORD.search(text, start, end):
        return None
    return match._replace(start=start, end=end)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end
