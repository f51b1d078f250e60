"""The machine-readable lines of passports, visas, identity cards and boarding passes.

Sources: ICAO Doc 9303, parts 4 to 7; IATA resolution 792. Two lines of 44 or 36
characters or three of 30; numbers, names and dates stand at fixed places, and "<" fills what is
empty. A line that lost some of its fill when it was copied is read too. Invariant: a number or a
date is only taken where its check digit is right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.detection.scan import Scan

__all__ = ["TravelCodeRecognizer"]

_WORDS: Final = r"[A-Z]++(?:<[A-Z]++)*+"
_NAMES = re.compile(
    rf"^[ \t]*(?:(?P<kind>[PVAIC][A-Z<][A-Z<]{{3}}))?(?P<name>{_WORDS}<<{_WORDS})"
    r"(?(kind)<<|<<<<)<*+[ \t]*$",
    re.MULTILINE,
)
_BOOK = re.compile(
    r"^[ \t]*(?P<number>[A-Z0-9<]{9})(?P<check>\d)[A-Z<]{3}(?P<birth>\d{6})(?P<proof>\d)[MFX<]"
    r"\d{7}(?P<personal>[A-Z0-9<]{0,16})[ \t]*$",
    re.MULTILINE,
)
_CARD = re.compile(
    r"^[ \t]*[IAC][A-Z<][A-Z<]{3}(?P<number>[A-Z0-9<]{9})(?P<check>\d)(?P<personal>[A-Z0-9<]{5,15})"
    r"[ \t]*$",
    re.MULTILINE,
)
_CARD_DATES = re.compile(
    r"^[ \t]*(?P<birth>\d{6})(?P<proof>\d)[MFX<]\d{7}[A-Z<]{3}[A-Z0-9<]{5,12}[ \t]*$",
    re.MULTILINE,
)
_BOARDING = re.compile(
    r"\bM[12](?P<name>[A-Z]{1,18}/[A-Z ]{1,18}?) {0,18}E(?P<booking>[A-Z0-9]{6,7}) {1,2}"
    r"[A-Z]{6}[A-Z0-9]{2,3} {0,2}\d{4} "
)
_WEIGHTS: Final = (7, 3, 1)
_SCORE: Final = 0.95


class TravelCodeRecognizer(Recognizer):
    """Finds names, numbers and dates of birth in machine-readable lines."""

    name = "travel_codes"
    entity_types = (EntityType.PERSON, EntityType.ID, EntityType.DATE)

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield what stands at the places of a document."""
        if "M1" in scan.text or "M2" in scan.text:
            for match in _BOARDING.finditer(scan.text):
                yield _found(*match.span("name"), EntityType.PERSON, "a name")
                yield _found(*match.span("booking"), EntityType.ID, "a booking")
        if "<" not in scan.text or "<<" not in scan.text:
            return
        for match in _NAMES.finditer(scan.text):
            yield _found(*match.span("name"), EntityType.PERSON, "a name")
        for pattern in (_BOOK, _CARD, _CARD_DATES):
            for match in pattern.finditer(scan.text):
                yield from _numbers(match)


def _numbers(match: re.Match[str]) -> Iterator[Match]:
    groups = match.groupdict()
    number = groups.get("number")
    if number and _check(number) == groups["check"]:
        start = match.start("number")
        yield _found(start, start + len(number.rstrip("<")), EntityType.ID, "a document's number")
    birth = groups.get("birth")
    if birth and _check(birth) == groups["proof"]:
        yield _found(*match.span("birth"), EntityType.DATE, "a date of birth", "birth")
    personal = groups.get("personal") or ""
    own = re.sub(r"<+\d*\Z", "", personal).lstrip("<")
    if sum(map(str.isdigit, own)) > 2:
        start = match.start("personal") + personal.index(own)
        yield _found(start, start + len(own), EntityType.ID, "a personal number")


def _found(start: int, end: int, kind: EntityType, what: str, subtype: str = "") -> Match:
    reason = f"{what} at its place in a travel document's code"
    return Match(start, end, kind, _SCORE, TravelCodeRecognizer.name, reason, subtype)


def _check(value: str) -> str:
    total = 0
    for place, sign in enumerate(value):
        total += (0 if sign == "<" else int(sign, 36)) * _WEIGHTS[place % 3]
    return str(total % 10)
