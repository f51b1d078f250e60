"""Dates in figures and in words; a birthday cue makes one a date of birth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.detection.scan import Scan

__all__ = ["DateRecognizer"]

_NUMERIC = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][.\-/:])(?:"
    r"(?P<y>(?:18|19|20)\d\d)(?P<a>[\-/.])(?P<m>0?[1-9]|1[0-2])(?P=a)(?P<d>0?[1-9]|[12]\d|3[01])"
    r"|(?P<p>0?[1-9]|[12]\d|3[01])(?P<b>[\-/.])(?P<q>0?[1-9]|[12]\d|3[01])(?P=b)"
    r"(?P<z>(?:18|19|20)\d\d|\d\d))"
    r"(?![0-9A-Za-z]|[.\-/:]\d)(?:[T ]\d\d?:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+\-]\d\d:?\d\d)?)?"
)
_ISO_T = re.compile(
    r"(?<![0-9A-Za-z])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"T\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+\-]\d\d:?\d\d)?(?![0-9A-Za-z])"
)
_MONTH: Final = (
    r"(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|febrero|février|mar(?:ch|zo|s)?|märz|apr(?:il|ile)?"
    r"|abril|avril|may|mai|mayo|maggio|jun[ei]?|juin|junio|giugno|jul[yi]?|juillet|julio|luglio"
    r"|aug(?:ust)?|août|agosto|sep(?:t|tember|tembre)?|septiembre|settembre|oct(?:ober|obre)?"
    r"|okt(?:ober)?|octubre|ottobre|nov(?:ember|embre|iembre)?|dec(?:ember|embre)?|dez(?:ember)?"
    r"|déc(?:embre)?|diciembre|dicembre|enero|gennaio|febbraio|marzo|aprile)"
)
_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|\.|er|º)?"
_YEAR: Final = r"(?:(?:18|19|20)\d\d|['’]\d\d)"
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_WORDED = re.compile(
    rf"(?<![0-9A-Za-z])(?:{_WEEKDAY}(?:the )?{_DAY}(?: of|-|/| de)? ?\b{_MONTH}\b\.?"
    rf"(?:(?:,? |-|/| de |, of )\s?{_YEAR})?"
    rf"|{_WEEKDAY}\b{_MONTH}\b\.?[ \-]{_DAY}(?:,? {_YEAR}|-{_YEAR})?"
    rf"|\b{_MONTH}\b\.?,? (?:of )?{_YEAR})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_MONTH_HINT = re.compile(
    r"jan|feb|fév|mar|mär|apr|abr|avr|ma[iyg]|jun|jui|giu|jul|lug|aug|ago|aoû|sep|set|oct|okt|ott"
    r"|nov|de[cz]|déc|dic|ene|gen"
)


class DateRecognizer(Recognizer):
    """Finds calendar dates; subtype "birth" beside a birthday cue."""

    name = "date"
    entity_types = (EntityType.DATE,)
    cues = {
        "birth": (
            "dob", "d.o.b", "born", "birth", "birthday", "birthdate", "date of birth", "b-day",
            "bday", "geboren", "geburtsdatum", "geb", "né", "née", "nacido", "nacida", "nacimiento",
            "naissance", "nato", "nata", "nascita", "dateofbirth", "birth_date", "nascimento",
            "geboortedatum", "urodzenia", "född",
        ),
        "version": ("version", "ver", "v", "release", "section", "chapter", "firmware"),
    }  # fmt: skip

    def find(self, scan: Scan) -> Iterator[Match]:
        for match in _ISO_T.finditer(scan.text):
            yield self._match(scan, match, "a time stamp")
        for match in _NUMERIC.finditer(scan.text):
            if _is_calendar(match) and not _is_version(scan, match):
                yield self._match(scan, match, "a date in figures")
        if _MONTH_HINT.search(scan.lower):
            for match in _WORDED.finditer(scan.text):
                yield self._match(scan, match, "a date with its month in words")

    def _match(self, scan: Scan, match: re.Match[str], reason: str) -> Match:
        start, end = match.span()
        cue = scan.cues.near("birth", start, end, before=32, after=4)
        if cue:
            reason, subtype = f"{reason}, cue “{cue}”", "birth"
            return Match(start, end, EntityType.DATE, 0.95, self.name, reason, subtype)
        return Match(start, end, EntityType.DATE, 0.8, self.name, reason)


def _is_calendar(match: re.Match[str]) -> bool:
    if match["y"]:
        return True
    return min(int(match["p"]), int(match["q"])) <= 12 and (
        match["b"] != "." or len(match["z"]) == 4 or len(match["p"]) == len(match["q"]) == 2
    )


def _is_version(scan: Scan, match: re.Match[str]) -> bool:
    start, end = match.span()
    return bool(scan.cues.near("version", start, end, before=2, after=0))
