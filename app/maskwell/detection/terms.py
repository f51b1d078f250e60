"""The user's own words and patterns, found wherever they stand.

Words are found together in one pass, as whole words, whatever their case. A pattern runs
under a time limit, so no pattern can stall the rest; that it was stopped is told by its number,
since the pattern itself may be private. Invariant: what the user taught is gone when the search
is over; a vault that was locked since leaves none of it behind.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import regex  # type: ignore[import-untyped]  # the library ships no types
from ahocorasick_rs import AhoCorasick, MatchKind

from maskwell.detection.finding import Term
from maskwell.detection.recognizers.base import Match
from maskwell.errors import ConfigError
from maskwell.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maskwell.detection.scan import Scan

__all__ = ["check_pattern", "find_terms"]

_LOG = logging.getLogger(__name__)
PATTERN_SECONDS: Final = 0.25
"""How long one pattern may look at one text."""


def find_terms(scans: Sequence[Scan], terms: tuple[Term, ...]) -> list[list[Match]]:
    """Return where the user's words and patterns stand in each folded text.

    Raises:
        ConfigError: a pattern is not a regular expression.
    """
    if not terms or not any(scan.text for scan in scans):
        return [[] for _ in scans]
    compiled = _compiled(terms)
    return [_found(scan, compiled) if scan.text else [] for scan in scans]


def _found(scan: Scan, compiled: _Compiled) -> list[Match]:
    words, automaton, patterns = compiled
    matches = list(_find_words(scan, words, automaton)) if automaton else []
    for number, (term, pattern) in enumerate(patterns, 1):
        matches += _find_pattern(scan.text, term, pattern, number)
    return matches


def check_pattern(pattern: str) -> None:
    """Refuse what is not a regular expression.

    Raises:
        ConfigError: with what is wrong and where.
    """
    _pattern(pattern)


def _pattern(pattern: str) -> regex.Pattern[str]:
    try:
        return regex.compile(pattern, cache_pattern=False)
    except regex.error as error:
        raise ConfigError(
            f"The pattern is not a regular expression: {error.msg} at character {error.pos}."
        ) from error
    finally:
        regex.purge()  # it keeps every pattern for its locale, cached or not


_Compiled = tuple[list[Term], AhoCorasick | None, list[tuple[Term, "regex.Pattern[str]"]]]


def _compiled(terms: tuple[Term, ...]) -> _Compiled:
    words = {_folded(t.text).strip().lower(): t for t in terms if not t.is_pattern}
    words.pop("", None)
    patterns = [(term, _pattern(term.text)) for term in terms if term.is_pattern]
    automaton = AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest) if words else None
    return list(words.values()), automaton, patterns


def _folded(word: str) -> str:
    return word if word.isascii() and word.isprintable() else fold(word).text


def _find_words(scan: Scan, words: list[Term], automaton: AhoCorasick) -> Iterator[Match]:
    lower = scan.lower
    for index, start, end in automaton.find_matches_as_indexes(lower):
        if _continues(lower, start) or _continues(lower, end):
            continue
        yield Match(start, end, words[index].entity_type, 1.0, "term", "one of your own words")


def _continues(lower: str, at: int) -> bool:
    return 0 < at < len(lower) and lower[at - 1].isalnum() and lower[at].isalnum()


def _find_pattern(text: str, term: Term, pattern: regex.Pattern[str], number: int) -> list[Match]:
    found = []
    try:
        for hit in pattern.finditer(text, timeout=PATTERN_SECONDS):
            if hit.end() > hit.start():
                start, end = hit.span()
                found.append(
                    Match(start, end, term.entity_type, 1.0, "term", "one of your own patterns")
                )
    except TimeoutError:
        _LOG.warning(
            "Your own pattern number %d took longer than %s s on one text and was stopped there; "
            "what it should have found further on is not protected. Simplify it.",
            number,
            PATTERN_SECONDS,
        )
    return found
