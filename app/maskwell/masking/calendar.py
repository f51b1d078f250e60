"""Dates as people write them: read with the form they are in, written again in the same form.

Shifting and generalising both need to know which characters are day, month and year. What is
not certain ("03/04" with no year, "next spring") is not read: nothing is guessed here, except
that 03/04/2024 is March in America's slashes and April in everybody else's dots and hyphens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

__all__ = ["MONTHS", "WrittenDate", "read_date"]

MONTHS: Final[dict[str, tuple[str, ...]]] = {
    "en": (
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    ),
    "en3": ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    "de": (
        "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september",
        "oktober", "november", "dezember",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
        "octubre", "noviembre", "diciembre",
    ),
    "it": (
        "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
        "settembre", "ottobre", "novembre", "dicembre",
    ),
    "pt": (
        "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro",
        "outubro", "novembro", "dezembro",
    ),
    "nl": (
        "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
        "oktober", "november", "december",
    ),
}  # fmt: skip
"""Month names by language, in lower case, January first."""

_NUMBERS = {name: n for names in MONTHS.values() for n, name in enumerate(names, 1)} | {"sept": 9}
_MONTH = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_ISO = re.compile(
    r"(?<!\d)(?P<y>(?:18|19|20)\d\d)(?P<sep>[-/.])(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?)(?!\d)"
)
_FIGURES = re.compile(
    r"(?<!\d)(?P<p>\d\d?)(?P<sep>[-/.])(?P<q>\d\d?)(?P=sep)(?P<y>\d{4}|\d\d)(?!\d)"
)
_DAY = r"(?P<d>\d\d?)(?P<th>st|nd|rd|th|er|º|ª)?"
_YEAR = r"(?P<y>(?:18|19|20)\d\d|['’]\d\d)(?!\d)"
_DAY_FIRST = re.compile(
    rf"(?<!\d){_DAY}\.?(?:[ \-/]| of | de )(?P<m>{_MONTH})\b(?:\.?(?:,? | ?- ?|/| de | of )"
    rf"{_YEAR})?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<m>{_MONTH})\.?[ \-](?:the )?{_DAY}(?![\d:])"
    rf"(?:,? (?:of )?{_YEAR}|-{_YEAR.replace('<y>', '<z>')})?",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(rf"\b(?P<m>{_MONTH})\.?,? (?:of |de )?{_YEAR}", re.IGNORECASE)
_YEAR_ONLY = re.compile(r"(?P<y>(?:18|19|20)\d\d)")
_PIVOT = 40
"""A two-digit year up to this is of this century."""
_NO_YEAR = 2023
"""Stands for the year a date does not name: not a leap year, so every year has its days."""


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text, and which of its characters say what."""

    text: str
    year: int | None
    month: int | None
    day: int | None
    places: tuple[tuple[str, int, int], ...]
    """("year", "month", "day" or "ordinal", start, end): characters of `text`, in order."""

    @property
    def day_of_calendar(self) -> date:
        """The day it names; the middle of what it leaves open."""
        return date(self.year or _NO_YEAR, self.month or 7, self.day or (1 if self.month else 2))

    def moved_to(self, other: date) -> str:
        """Return the same writing for another day."""
        pieces: list[str] = []
        at = 0
        width = 2 if self._is_padded() else 1
        for part, start, end in self.places:
            pieces += (self.text[at:start], _written(part, self.text[start:end], other, width))
            at = end
        return "".join([*pieces, self.text[at:]])

    def _is_padded(self) -> bool:
        """Whether days and months are written with two figures where one would do."""
        figures = [
            self.text[start:end] for part, start, end in self.places if part in ("day", "month")
        ]
        is_all_figures = len(figures) > 1 and all(one.isdigit() for one in figures)
        return any(one.startswith("0") for one in figures) or (
            is_all_figures and all(len(one) > 1 for one in figures)
        )

    def month_name(self) -> str:
        """Return the month as it is written in words, or ""."""
        for part, start, end in self.places:
            if part == "month" and not self.text[start:end].isdigit():
                return self.text[start:end]
        return ""


def read_date(text: str) -> WrittenDate | None:
    """Return the date that a text, such as a finding's surface, names, or None."""
    for pattern in (_ISO, _FIGURES, _DAY_FIRST, _MONTH_FIRST, _MONTH_YEAR):
        if match := pattern.search(text):
            return _from_figures(match) if pattern is _FIGURES else _from(match)
    match = _YEAR_ONLY.fullmatch(text.strip())
    return _from(_YEAR_ONLY.search(text) or match) if match else None


def _from(match: re.Match[str]) -> WrittenDate | None:
    groups = match.groupdict()
    year = "y" if groups.get("y") else "z" if groups.get("z") else ""
    names = {"m": "month", "d": "day", "th": "ordinal", year: "year"}
    return _checked(match, {group: part for group, part in names.items() if groups.get(group)})


def _from_figures(match: re.Match[str]) -> WrittenDate | None:
    first, second = int(match["p"]), int(match["q"])
    is_month_first = match["sep"] == "/" if max(first, second) <= 12 else second > 12
    names = {"p": "month", "q": "day"} if is_month_first else {"p": "day", "q": "month"}
    return _checked(match, names | {"y": "year"})


def _checked(match: re.Match[str], names: dict[str, str]) -> WrittenDate | None:
    values = {part: match[group] for group, part in names.items()}
    month = values.get("month")
    found = WrittenDate(
        match.string,
        _year(values["year"]) if "year" in values else None,
        (int(month) if month.isdigit() else _NUMBERS[month.lower()]) if month else None,
        int(values["day"]) if "day" in values else None,
        tuple(sorted(((part, *match.span(group)) for group, part in names.items()), key=_start)),
    )
    try:
        _ = found.day_of_calendar
    except ValueError:
        return None
    return found


def _start(place: tuple[str, int, int]) -> int:
    return place[1]


def _year(written: str) -> int:
    number = int(written.lstrip("'’"))
    if number > 99:
        return number
    return number + (2000 if number <= _PIVOT else 1900)


def _written(part: str, before: str, day: date, width: int) -> str:
    if part == "year":
        return f"{day.year:04}" if len(before) == 4 else before[:-2] + f"{day.year:04}"[2:]
    if part == "ordinal":
        return _ordinal(before, day.day)
    number = day.month if part == "month" else day.day
    if before.isdigit():
        return f"{number:0{width}}"
    return _named_month(before, number)


def _ordinal(before: str, day: int) -> str:
    if before.lower() not in ("st", "nd", "rd", "th"):
        return before
    ending = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return ending.upper() if before.isupper() else ending


def _named_month(before: str, number: int) -> str:
    lowered = before.lower()
    table = next((names for names in MONTHS.values() if lowered in names), MONTHS["en3"])
    name = table[number - 1]
    if before.isupper():
        return name.upper()
    return name.capitalize() if before[0].isupper() else name
