"""Dates that belong to programs: of a release, a revision, a licence, a line in a log.

"0.17.3 (2023-07-05)", "util-linux 2.38.1   2022-05-11", "Copyright 2003-2020" and the time with
which each line of a log begins tell nothing about anybody. Invariant: a version has three numbers
or a "v", and is no date, telephone or address of a network; a log has two lines in a row that
begin so, a program wrote the line, and neither a person nor a place is found on it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from maskwell.detection.recognizers.base import Match

__all__ = ["is_of_a_log", "is_of_a_program", "is_year_of_a_licence", "without_log_stamps"]

_VERSION = re.compile(
    r"(?!(?:\d\d?\.\d\d?\.\d{4}|\d\d(?:\.\d\d){2,4}|\d{3,5}\.\d{3}\.\d{3,4}"
    r"|\d{1,3}(?:\.\d{1,3}){3})\Z)"
    r"(?:v?\d{1,4}\.\d{1,5}\.\d[\w.+~:-]*|v\d+\.\d[\w.+~-]*"
    r"|\S*\((?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{7,12})"
)
"""No date, telephone or address of a network; a hash has letters and figures."""
_DOTTED = re.compile(r"\d\d?\.\d\d?\.\d+")
_REVISION = re.compile(r"(?:\$(?:Id|Date|Header|Revision|LastChangedDate)\b|@\(#\))[^\n]*\Z")
_BETWEEN: Final = " \t([—–-"
_LONGEST_VERSION: Final = 40
_LONGEST_REVISION: Final = 64
_YEARS = re.compile(r"(?:19|20)\d\d(?:(?:[ ]?[-–,][ ]?|, ?)(?:19|20)?\d\d)*")
_LICENCE_BEFORE = re.compile(
    r"(?i)(?:copyright|copr|\(c\)|©|all rights reserved|&copy;)"
    r"[^\w\n]*(?:(?:\(c\)|©|copyright|&copy;)[^\w\n]*)?(?:(?:19|20)\d\d[^\w\n]{1,3})*\Z"
)
_LONGEST_LICENCE: Final = 48
_FIRST_ON_LINE = re.compile(r"\n[ \t#*/.;]*\Z")
_LONGEST_LIST: Final = 600
_HAS_SECONDS = re.compile(r"\d:\d\d:\d\d")
_STAMP: Final = r"\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d"
_OPENS_LINE = re.compile(r"(?:\A|\n)(?:[ \t]*[\[(]?|[\w./-]{1,24}[ ])\Z")
_NEIGHBOUR = re.compile(rf"(?:[ \t]*[\[(]?|[\w./-]{{1,24}}[ ])(?:{_STAMP})")
_SPEAKS = re.compile(
    r"[,.\d]*[\]):]?[ ,\t-]*(?!INFO|WARN|ERR|DEBUG|TRACE|FATAL|NOTICE)"
    r"(?:<[^>\n]{1,32}>|[^\W\d_a-zß-öø-ÿ][^\n:=/\[\]]{0,32}:[ ])"
)
"""Somebody with a capital and a colon, as in a chat that was saved."""
_BY_A_PROGRAM = re.compile(
    r"[^\n]{0,48}?\b(?:INFO|WARN(?:ING)?|ERR(?:OR)?|DEBUG|TRACE|FATAL|NOTICE|CRITICAL|info"
    r"|warn(?:ing)?|error|debug|notice)\b"
    r"|[^\n]{0,64}?(?:\b[a-z][\w.-]{1,32}\[\d{1,7}\]|:(?:amd64|i386|arm64|all)\b)"
    r"|[^\n]{0,200}?(?<![^\s=\"'])/(?:usr|etc|var|lib|opt|bin|proc|sys|dev)/"
)
"""After a stamp: a level, a process with its number, a package, a system's folder."""
_TELLS: Final = frozenset(
    {EntityType.PERSON, EntityType.PLACE, EntityType.ADDRESS, EntityType.HEALTH}
)
_LONGEST_LINE: Final = 1500
_LONGEST_LEAD: Final = 28


def is_of_a_program(text: str, start: int, end: int) -> bool:
    """Tell whether a date is a release's or a revision's.

    Args:
        text: the whole text.
        start: first character of the date.
        end: one past its last character.
    """
    before = text[max(0, start - _LONGEST_VERSION) : start].rstrip(_BETWEEN)
    if before[-1:].isalnum() or before[-1:] in ("]", ")"):
        word = before.rsplit(None, 1)[-1].lstrip("[").rstrip(")]:")
        is_row = _DOTTED.fullmatch(word) and _DOTTED.match(text, start, end)
        if _VERSION.fullmatch(word) and not is_row:
            return True
    if "$" in before or "@" in before:
        lead = text[max(0, start - _LONGEST_REVISION) : start]
        return _REVISION.search(lead) is not None
    return False


def is_of_a_log(text: str, start: int, end: int) -> bool:
    """Tell whether it is the time of a line that a program wrote to its log; arguments as above."""
    return (
        _HAS_SECONDS.search(text, start, end) is not None
        and _opens_a_log_line(text, start, end)
        and _BY_A_PROGRAM.match(text, end) is not None
    )


def without_log_stamps(matches: list[Match], text: str) -> list[Match]:
    """Return the matches without the times of a log's lines on which nobody was found.

    A line with a person, a place or a condition tells when something befell somebody.
    """
    stamps = {
        m
        for m in matches
        if m.entity_type is EntityType.DATE
        and m.recognizer != "term"
        and is_of_a_log(text, m.start, m.end)
    }
    if not stamps:
        return matches
    telling = sorted(m.start for m in matches if m.entity_type in _TELLS)
    return [m for m in matches if m not in stamps or _is_told_of(text, m, telling)]


def _is_told_of(text: str, stamp: Match, telling: list[int]) -> bool:
    """Whether one of the places in `telling` is on the stamp's line."""
    low = text.rfind("\n", 0, stamp.start) + 1
    stop = text.find("\n", stamp.end)
    following = bisect_left(telling, low)
    return following < len(telling) and (stop < 0 or telling[following] < stop)


def is_year_of_a_licence(text: str, start: int, end: int) -> bool:
    """Tell whether years stand after "Copyright"; arguments as above."""
    if not _YEARS.fullmatch(text, start, end):
        return False
    if _LICENCE_BEFORE.search(text, max(0, start - _LONGEST_LICENCE), start):
        return True
    # A list of holders goes on: years open the line, not far below the word.
    is_first = _FIRST_ON_LINE.search(text, max(0, start - _LONGEST_LICENCE), start) is not None
    return is_first and "opyright" in text[max(0, start - _LONGEST_LIST) : start]


def _opens_a_log_line(text: str, start: int, end: int) -> bool:
    if not _OPENS_LINE.search(text, max(0, start - _LONGEST_LEAD), start):
        return False
    if _SPEAKS.match(text, end):
        return False
    following = text.find("\n", end, end + _LONGEST_LINE)
    if following >= 0 and _NEIGHBOUR.match(text, following + 1):
        return True
    opening = text.rfind("\n", 0, start)
    previous = text.rfind("\n", max(0, opening - _LONGEST_LINE), max(0, opening))
    return opening > 0 and _NEIGHBOUR.match(text, previous + 1) is not None
