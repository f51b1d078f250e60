"""Dates, ages and times in the many ways people write them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

__all__ = ["age", "age_words", "clock", "date", "day_between", "dob"]

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_FORMATS = (
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%Y-%m-%d",
    "%d-%m-%Y",
    "%d/%m/%y",
    "%m-%d-%y",
    "%d.%m.%y",
    "%d %B %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%dth of %B %Y",
    "%d %b %y",
    "%Y/%m/%d",
    "%Y%m%d",
    "%d%m%Y",
    "%B %dth, %Y",
    "%d. %B %Y",
    "%b. %d, %Y",
    "%d %b, %Y",
)
_PARTIAL = (
    "%B %Y",
    "%b %Y",
    "%d %B",
    "%B %d",
    "%B %dth",
    "%d/%m",
    "%m/%Y",
    "the %dth",
    "%A",
    "%A %d %B",
    "%a %d %b",
    "%Y",
    "%b %d",
    "%A the %dth",
)
_LOOSE = (
    "today",
    "tomorrow",
    "yesterday",
    "last week",
    "next Tuesday",
    "last night",
    "this Friday",
    "next month",
    "two weeks ago",
    "Christmas Eve",
    "Easter Monday",
    "in March",
    "Q3 2024",
    "the 1990s",
    "last summer",
    "May 2021",
    "early June",
    "mid-October",
    "New Year's Day",
)


def day_between(rng: random.Random, first: int, last: int) -> dt.date:
    """Draw a day from the first to the last year."""
    start = dt.date(first, 1, 1)
    return start + dt.timedelta(days=rng.randrange((dt.date(last, 12, 31) - start).days))


def _written(day: dt.date, form: str, rng: random.Random) -> str:
    text = day.strftime(form)
    ends = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
    text = text.replace(f"{day.day:02}th", f"{day.day}{ends.get(day.day, 'th')}")
    if "/" in form and rng.random() < 0.3:
        text = "/".join(part.lstrip("0") or part for part in text.split("/"))
    if "B" in form or "b" in form:
        text = text.removeprefix("0").replace(" 0", " ")
    return text.replace("/", "-") if rng.random() < 0.02 else text


def dob(rng: random.Random) -> str:
    """Write a birthday."""
    return _written(day_between(rng, 1925, 2022), rng.choice(_FORMATS), rng)


def date(rng: random.Random) -> str:
    """Write another date, whole or in part."""
    dice = rng.random()
    if dice < 0.12:
        return rng.choice(_LOOSE)
    form = rng.choice(_FORMATS) if dice < 0.75 else rng.choice(_PARTIAL)
    return _written(day_between(rng, 1990, 2027), form, rng)


def clock(rng: random.Random) -> str:
    """Write a time of day."""
    hour, minute = rng.randrange(24), rng.choice((0, 15, 30, rng.randrange(60)))
    half = f"{hour % 12 or 12}:{minute:02}"
    forms = (
        f"{hour:02}:{minute:02}",
        f"{half} {rng.choice(('am', 'pm', 'AM', 'PM'))}",
        f"{hour % 12 or 12}{rng.choice(('am', 'pm'))}",
        f"{hour:02}:{minute:02}:{rng.randrange(60):02}",
    )
    return rng.choice(forms)


def age(rng: random.Random) -> str:
    """An age in years, digits alone."""
    return str(rng.choice((rng.randint(1, 17), rng.randint(18, 65), rng.randint(18, 99))))


def in_words(number: int) -> str:
    """Spell a number below a hundred."""
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def age_words(rng: random.Random) -> str:
    """An age in words or with its unit."""
    years = rng.randint(1, 99)
    forms = (
        in_words(years),
        in_words(years),
        f"{years} years old",
        f"{in_words(years)} years old",
        f"{rng.randint(2, 30)} weeks old",
        f"{rng.randint(2, 23)} months old",
        f"{years}yo",
        f"{years} y/o",
        f"{years}-year-old",
        f"{in_words(years)}-year-old",
        f"{years} years",
    )
    return rng.choice(forms)
