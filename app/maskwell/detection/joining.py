"""Findings that belong together become one, so that no fragment stands beside a mask.

A title belongs to the name after it ("Ms Doe"), a town and a postcode to the street before
them. Invariant: spans only grow over titles, separators and findings they take in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from maskwell.detection.recognizers.base import Match

__all__ = ["joined"]

_TITLE_BEFORE = re.compile(
    r"(?<![\w.])(?:(?:Mrs?|Ms|Mx|Miss|Mister|Dr|Doctor|Prof|Professor|Sir|Madam|Dame|Lord|Lady|Rev"
    r"|Fr|Hon|Judge|Justice|Capt|Captain|Col|Lt|Sgt|Maj|Gen|Herr|Frau|Mme|Mlle|M|Monsieur|Madame"
    r"|Sr|Sra|Srta|Dra|Señor|Señora|Don|Doña|Sig|Sig\.ra|Dott|Dott\.ssa|Avv|Ma[iî]tre|Dhr|Mevr"
    r"|Mevrouw|Meneer|Ing|Dipl\.-Ing|Fru|Senhora?|Dona|Pani?e?|Smt|Shri|Herrn|em|med|MR|MRS|MS|DR"
    r"|PROF|mr|mrs|ms|dr|prof|dott\.ssa|dra|mevrouw|meneer"
    r"|doña|señora?|signora?|pan[ií]|Ofc|Officer|PC|D\.a|Dña)\.?[ \t]+){1,3}\Z"
)
_STREET_LEAD = re.compile(
    r"(?<![\w-])(?:Am|Im|Zu[rm]|(?:An|Auf|In|Unter|Hinter|Vor|Bei|Neben) de[rnm]|Rua d[aeo]s?"
    r"|Calle(?: de)?(?: l[ao]s?)?|Via(?: de[il])?|Na|Nad|U|Jr\.|Av\.|Avda\.|D\.No\.|số|Str\.)"
    r" (?:[^\W\d_a-z][\w-]* )?\Z"
)
_LONGEST_TITLE: Final = 32
_PLACE_GAP = re.compile(r"[ \t]*(?:,[ \t]*\n?|\n)[ \t]*|[ \t]+")
_TOWN_LINE = re.compile(
    r"[ \t]*,?[ \t]*\n[ \t]*(?:[^\W\d_a-zß-ÿ][\w.'’()\-]*[ \t]?){1,4},?[ \t]*\n[ \t]*,?[ \t]*"
)
_LONGEST_GAP: Final = 4
_LONGEST_TOWN_LINE: Final = 48
_PLACES: Final = frozenset({EntityType.ADDRESS, EntityType.PLACE})


def joined(matches: list[Match], text: str) -> list[Match]:
    """Return sorted, non-overlapping matches with what belongs together as one."""
    result: list[Match] = []
    for match in matches:
        last = result[-1] if result else None
        if last and _is_one_address(last, match, text):
            result[-1] = last._replace(end=match.end, score=max(last.score, match.score))
        elif match.entity_type is EntityType.ADDRESS:
            result.append(_with_street_lead(match, last.end if last else 0, text))
        elif match.entity_type is EntityType.PERSON:
            result.append(_with_title(match, last.end if last else 0, text))
        else:
            result.append(match)
    return result


def _is_one_address(last: Match, match: Match, text: str) -> bool:
    if last.entity_type is not EntityType.ADDRESS or match.entity_type not in _PLACES:
        return False
    gap = match.start - last.end
    if match.subtype == "coordinates" or gap > _LONGEST_TOWN_LINE:
        return False
    if gap <= _LONGEST_GAP and _PLACE_GAP.fullmatch(text, last.end, match.start):
        return True
    # A line of capitalised words between a street and a country is the town nobody knew.
    return bool(_TOWN_LINE.fullmatch(text, last.end, match.start))


def _with_street_lead(match: Match, free_from: int, text: str) -> Match:
    """Take in what a street's name begins with: "Zur Alten" before "Mühle 15"."""
    if not text[match.start].isalpha():
        return match
    low = max(free_from, match.start - _LONGEST_TITLE)
    lead = _STREET_LEAD.search(text, low, match.start)
    return match._replace(start=lead.start()) if lead else match


def _with_title(match: Match, free_from: int, text: str) -> Match:
    low = max(free_from, match.start - _LONGEST_TITLE)
    title = _TITLE_BEFORE.search(text, low, match.start)
    return match._replace(start=title.start()) if title else match
