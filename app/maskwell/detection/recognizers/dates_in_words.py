"""Dates said aloud: "the ninth of August nineteen ninety-three", "May the twenty-first".

What is dictated or taken down word by word writes no figures, so a month's name and an ordinal
beside it make the date. Invariant: a month without an ordinal is none.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["said_around"]

_ONES: Final = "one|two|three|four|five|six|seven|eight|nine"
_TEENS: Final = r"ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
_TENS: Final = rf"(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[ -](?:{_ONES}))?)"
_ORDINAL: Final = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth|thirty[ -]first"
    r"|twenty[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))"
)
_YEAR: Final = (
    rf",? (?:of |in )?(?:(?:18|19|20)\d\d"
    rf"|(?:eighteen|nineteen|twenty)(?: hundred and| oh)? (?:{_TENS}|{_TEENS}|{_ONES})"
    rf"|two thousand(?:(?: and)? (?:{_TENS}|{_TEENS}|{_ONES}))?)(?![0-9A-Za-z])"
)
_DAY_BEFORE = re.compile(rf"(?<![\w-])(?:the )?{_ORDINAL} (?:day )?of \Z", re.IGNORECASE)
_DAY_AFTER = re.compile(
    rf",? (?P<the>the )?{_ORDINAL}(?![\w-])(?P<year>{_YEAR})?"
    r"(?P<stop>(?=[ \t]*(?:[,.;:!?)\n]|\Z)))?",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(_YEAR, re.IGNORECASE)
_LONGEST_BEFORE: Final = 30
_LONGEST_AFTER: Final = 64


def said_around(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the date in words that the month at `start` to `end` (characters) belongs to."""
    limit = end + _LONGEST_AFTER
    before = _DAY_BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start)
    if before:
        year = _YEAR_AFTER.match(text, end, limit)
        return before.start(), year.end() if year else end
    after = _DAY_AFTER.match(text, end, limit)
    if after and (after["the"] or after["year"] or after["stop"] is not None):
        return start, after.end()
    return None
