"""Dates in figures and in words; a birthday cue makes one a date of birth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.detection.recognizers.dates_in_words import said_around
from maskwell.detection.recognizers.network import VERSION_CUES
from maskwell.detection.recognizers.release_dates import is_of_a_program
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["DateRecognizer"]

_SHAPE = re.compile(r"9999(?P<a>[-/.])99?(?P=a)99?(?:A99)?|99?(?P<b>[-/.])99?(?P=b)(?:9999|99)")
_NUMERIC = re.compile(
    r"(?:(?P<y>(?:18|19|20)\d\d)(?P<a>[\-/.])(?:0?[1-9]|1[0-2])(?P=a)(?:0?[1-9]|[12]\d|3[01])"
    r"|(?P<p>0?[1-9]|[12]\d|3[01])(?P<b>[\-/.])(?P<q>0?[1-9]|[12]\d|3[01])(?P=b)"
    r"(?P<z>(?:18|19|20)\d\d|\d\d))"
    r"(?:[T ]\d\d?:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?[aApP]\.?[mM]\b\.?)?(?: ?(?:Z|UTC|GMT)\b"
    r"|[+\-]\d\d:?\d\d)?)?(?![0-9A-Za-z])"
)
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec", "januar", "jänner", "februar", "märz", "mai", "juni", "juli",
    "oktober", "dezember", "okt", "dez", "janvier", "février", "fevrier", "mars", "avril", "juin",
    "juillet", "août", "aout", "septembre", "octobre", "novembre", "décembre", "decembre",
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre", "gennaio", "febbraio", "aprile", "maggio", "giugno",
    "luglio", "settembre", "ottobre", "dicembre", "janeiro", "fevereiro", "março", "maio",
    "junho", "julho", "setembro", "outubro", "novembro", "dezembro", "januari", "februari",
    "maart", "mei", "augustus", "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
    "lipca", "sierpnia", "września", "października", "listopada", "grudnia", "maj", "augusti",
    "desember", "ocak", "şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül",
    "ekim", "kasım", "aralık", "января", "февраля", "марта", "апреля", "мая", "июня", "июля",
    "августа", "сентября", "октября", "ноября", "декабря", "tammikuuta", "helmikuuta",
    "maaliskuuta", "huhtikuuta", "toukokuuta", "kesäkuuta", "heinäkuuta", "elokuuta", "syyskuuta",
    "lokakuuta", "marraskuuta", "joulukuuta",
)  # fmt: skip
_WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])"
_BEFORE_MONTH = re.compile(
    rf"(?<![0-9A-Za-z.,/$€£])(?:{_WEEKDAY}\.?,? )?"
    rf"(?:the )?{_DAY}(?:st|nd|rd|th|\.|er|º|ª)?(?: of |-|/| de | )?\Z",
    re.IGNORECASE,
)
_WEEKDAY_BEFORE = re.compile(rf"\b{_WEEKDAY}\.?,? \Z", re.IGNORECASE)
_YEAR: Final = r"(?:(?:18|19|20)\d\d|['’]\d\d)(?![0-9A-Za-z])"
_TIME: Final = r"(?:,? (?:at )?\d\d?:\d\d(?::\d\d)?(?: ?[aApP]\.?[mM]\b\.?)?)?"
_YEAR_AFTER = re.compile(
    rf"\.?(?:(?: de | del |,? | ?- ?|/|, of )({_YEAR})"
    rf"|(?:[-/]|,? )(\d\d(?=[^0-9A-Za-z:.,%]|\Z|[.,](?!\d))))?{_TIME}"
)
_DAY_AFTER = re.compile(
    rf"\.?[ \-](?:the )?{_DAY}(?:st|nd|rd|th)?(?![0-9A-Za-z]|[.:]\d)"
    rf"(?:,? (?:of )?{_YEAR}|-{_YEAR})?{_TIME}"
)
_YEAR_ALONE = re.compile(rf"\.?,? (?:of )?{_YEAR}")
_WORDS: Final = frozenset(
    {"may", "march", "mars", "mar", "mai", "mei", "sep", "dec", "jan", "jun", "maja", "mart", "maj"}
)
_BIRTH: Final = (
    "dob", "d.o.b", "d.o.b.", "born", "birth", "birthday", "birthdate", "date of birth", "b-day",
    "bday", "geboren", "geburtsdatum", "geb", "né", "née", "nacido", "nacida", "nacimiento",
    "naissance", "nato", "nata", "nascita", "dateofbirth", "nascimento", "geboortedatum",
    "urodzenia", "född", "birthdays", "birth date", "nascido", "nascida", "urodzony", "urodzona",
    "født", "fødselsdato", "födelsedatum", "doğum", "doğum tarihi", "syntynyt", "syntymäaika",
    "narozen", "narozena", "родился", "родилась", "рождения", "出生", "生年月日", "생년월일",
)  # fmt: skip


_LIFE: Final = (
    "born", "died", "founded", "established", "graduated", "married", "divorced", "joined", "hired",
    "diagnosed", "moved", "since", "employed", "retired", "enrolled", "incorporated", "class of",
    "emigrated", "immigrated", "deceased", "widowed", "ordained", "elected", "appointed",
)  # fmt: skip
_LIFE_YEAR = re.compile(
    r"[ ](?:[A-Za-z]+[ ]){0,3}?(?P<year>(?:18|19|20)\d\d)(?![0-9A-Za-z]|[.,\-/]\d)"
)


class DateRecognizer(Recognizer):
    """Finds calendar dates; subtype "birth" beside a birthday cue."""

    name = "date"
    entity_types = (EntityType.DATE,)
    wants_shapes = True

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """Months, birthday words, and words before numbers that are no dates."""
        return {"birth": _BIRTH, "version": VERSION_CUES, "month": _MONTHS, "life": _LIFE}

    def wants(self, shape: str) -> bool:
        """Whether it is written as a date in figures."""
        return bool(_SHAPE.fullmatch(shape))

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield dates in figures, then those with their month in words."""
        text = scan.text
        for start, _, _ in scan.atoms(self.name):
            match = _NUMERIC.match(text, start)
            if match and _is_calendar(match) and not _is_version(scan, match):
                if is_of_a_program(text, *match.span()):
                    continue
                yield self._found(scan, *match.span(), "a date in figures")
        last = 0
        for cue in scan.cues.of("month"):
            if cue.start >= last:
                span = _around_month(text, cue.start, cue.end, cue.word)
                if span:
                    last = span[1]
                    if is_of_a_program(text, *span):
                        continue
                    yield self._found(scan, *span, "a date with its month in words")

        for cue in scan.cues.of("life"):
            year = _LIFE_YEAR.match(text, cue.end, cue.end + 40)
            if year:
                yield self._found(scan, *year.span("year"), f"a year after “{cue.word}”")

    def _found(self, scan: Scan, start: int, end: int, reason: str) -> Match:
        cue = scan.cues.near("birth", start, end, before=32, after=4)
        if not cue:
            return Match(start, end, EntityType.DATE, 0.8, self.name, reason)
        reason = f"{reason}, cue “{cue}”"
        return Match(start, end, EntityType.DATE, 0.95, self.name, reason, "birth")


def _around_month(text: str, start: int, end: int, word: str) -> tuple[int, int] | None:
    """Return the date that a month's name belongs to."""
    before = _BEFORE_MONTH.search(text, max(0, start - 26), start)
    if before:
        after = _YEAR_AFTER.match(text, end)
        has_year = after and (after.group(1) or after.group(2))
        if not has_year and word in _WORDS and not text[start].isupper():
            return None
        stop = after.end() if after and has_year else end
        return before.start(), stop
    after = _DAY_AFTER.match(text, end)
    if after:
        if word in _WORDS and not text[start].isupper():
            return None
        weekday = _WEEKDAY_BEFORE.search(text, max(0, start - 12), start)
        return weekday.start() if weekday else start, after.end()
    said = said_around(text, start, end)
    if said:
        return said
    after = _YEAR_ALONE.match(text, end)
    return (start, after.end()) if after else None


def _is_calendar(match: re.Match[str]) -> bool:
    if match["y"]:
        return True
    return min(int(match["p"]), int(match["q"])) <= 12 and (
        match["b"] != "." or len(match["z"]) == 4 or len(match["p"]) == len(match["q"]) == 2
    )


def _is_version(scan: Scan, match: re.Match[str]) -> bool:
    start, end = match.span()
    if start and scan.text[start - 1] in "_v$€£":
        return True
    return bool(scan.cues.near("version", start, end, before=2, after=0))
