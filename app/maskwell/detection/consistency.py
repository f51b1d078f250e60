"""A value found once is found everywhere in the document, and so are the parts of a name.

"Jane Doe" at the top makes "Doe", "J. Doe", "DOE, JANE" and "Ms Doe's" further down the
same person. Invariant: an ordinary word that is also a name ("Will", "May") is never a
person by itself, save a role that a full name ends in ("Anna Cardinal"), and nothing already
found is touched. Time is linear in the text.
"""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from ahocorasick_rs import AhoCorasick, MatchKind

from maskwell.detection.common_words import COMMON_WORDS
from maskwell.detection.machine_text import touches_code
from maskwell.detection.other_tongues import is_word_of_a_tongue
from maskwell.detection.recognizers.base import Match
from maskwell.detection.recognizers.role_words import OFFICES, ROLE_WORDS, surname_of_an_office
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maskwell.detection.scan import Scan

__all__ = ["repeated"]

_WHOLE: Final = {
    EntityType.PERSON: 3, EntityType.ORG: 3, EntityType.ADDRESS: 8, EntityType.USERNAME: 4,
    EntityType.PHONE: 7, EntityType.ID: 5, EntityType.BANK: 6, EntityType.SECRET: 6,
    EntityType.VEHICLE: 5, EntityType.PLACE: 4,
}  # fmt: skip
"""Types whose values are looked for again, and the least length that is worth it."""
_NAMELIKE: Final = frozenset({EntityType.PERSON, EntityType.ORG, EntityType.PLACE})
_WORDS: Final = _NAMELIKE | {EntityType.USERNAME}
"""Types whose values may be ordinary words."""
_PART = re.compile(r"[^\W\d_]{3,}(?:['’-][^\W\d_]+)*")
_INITIAL_BEFORE = re.compile(r"(?<![^\W_])(?:[A-Z]\.? ?){1,2}\Z")
_JOINT = re.compile(r",? |-")
_PARTICLES: Final = frozenset(
    "van von der den del della dos das bin binti ibn ter ten zum zur and und the mrs miss".split()
)
_NOBODY: Final = COMMON_WORDS | ROLE_WORDS
"""Words that a full name may hold ("Foreign Minister Doe") without being anybody alone."""
_ARTICLE_BEFORE = re.compile(
    r"(?i)(?<!\w)(?:the|an?|our|my|your|his|her|their|this|that|every|each|no|any)\s{1,2}\Z"
)
"""Before an office it speaks of the office: "the Judge"."""
_LONGEST_ARTICLE: Final = 8
_LEAST_SCORE: Final = 0.6
_ONE_CUED_WORD: Final = 0.6
"""The score of a single word that one weak cue made a name: enough here, not everywhere."""
_AGAIN: Final = 0.9
"""What is left of a score where the value stands again."""
_FEW: Final = 1_000_000
"""Words times characters up to which plain searching is quicker than an automaton."""


def repeated(found: list[Match], scan: Scan) -> list[Match]:
    """Return `found` with the further places of its values, in text order."""
    wanted = _wanted(found, scan)
    if not wanted:
        return found
    taken = bytearray(len(scan.text))
    for match in found:
        taken[match.start : match.end] = b"\x01" * (match.end - match.start)
    hits = []
    for start, stop in _places(scan.lower, list(wanted)):
        if taken.find(1, start, stop) >= 0:
            continue
        end = _with_plural(scan.lower, start, stop)
        if taken.find(1, start, end) < 0 and _is_word(scan.lower, start, end):
            source, is_part = wanted[scan.lower[start:stop]]
            if _is_written_alike(scan.text, start, end, source, is_part=is_part):
                hits.append(_again(source, start, end, is_part=is_part))
                taken[start:end] = b"\x01" * (end - start)
    if not hits:
        return found
    return sorted([*found, *_joined(hits, scan.text, taken)], key=attrgetter("start"))


def _places(lower: str, words: list[str]) -> list[tuple[int, int]]:
    """Return where the words stand, the longest where they overlap."""
    if len(words) * len(lower) > _FEW:
        automaton = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)
        return [(start, end) for _, start, end in automaton.find_matches_as_indexes(lower)]
    # Building the automaton takes longer than looking for a few words in a short text.
    places = []
    for word in words:
        at = lower.find(word)
        while at >= 0:
            places.append((at, -at - len(word)))
            at = lower.find(word, at + len(word))
    places.sort()
    return [(start, -end) for start, end in places]


def _wanted(found: Iterable[Match], scan: Scan) -> dict[str, tuple[Match, bool]]:
    """Return, by lower-case text, the match a value or a part comes from."""
    wanted: dict[str, tuple[Match, bool]] = {}
    parts: dict[str, tuple[Match, bool]] = {}
    for match in found:
        least = _WHOLE.get(match.entity_type)
        if least is None or match.end - match.start < least or match.score < _LEAST_SCORE:
            continue
        value = scan.lower[match.start : match.end]
        if match.entity_type in _WORDS and not _is_telling(value, match):
            continue
        wanted.setdefault(value, (match, False))
        if match.entity_type is EntityType.PERSON:
            written = scan.text[match.start : match.end]
            parts.update((part, (match, True)) for part in _parts(written) if part not in parts)
    return {**parts, **wanted}


def _is_telling(value: str, match: Match) -> bool:
    """Whether the value would mean the same anywhere, rather than be an ordinary word."""
    if match.entity_type in _NAMELIKE:
        is_sure = match.recognizer != "names" or match.score > _ONE_CUED_WORD
        return value not in _NOBODY and (is_sure or " " in value)
    if match.entity_type is EntityType.USERNAME:
        return any(not c.isalpha() for c in value) and not value.startswith("@")
    return True


def _parts(written: str) -> Iterator[str]:
    """Yield, in small letters, the words of a full name that name the person alone too.

    An acronym before other words ("ASCII Bell") does not.
    """
    words = _PART.findall(written)
    if len(words) > 1:
        office = surname_of_an_office(words)
        if office:
            yield office
        for number, word in enumerate(words):
            small = word.lower()
            is_acronym = not number and word.isupper() and not written.isupper()
            if not is_acronym and small not in _NOBODY and small not in _PARTICLES:
                yield small


def _with_plural(lower: str, start: int, end: int) -> int:
    """Return where a name ends that speaks of the family: "the Crabtrees", "the Joneses"."""
    if lower[start - 4 : start] == "the ":
        for plural in ("es", "s"):
            if lower.startswith(plural, end):
                return end + len(plural)
    return end


def _is_word(lower: str, start: int, end: int) -> bool:
    before = lower[start - 1 : start]
    after = lower[end : end + 1]
    return not (before.isalnum() or before == "_" or after.isalnum() or after == "_")


def _is_written_alike(text: str, start: int, end: int, source: Match, *, is_part: bool) -> bool:
    """Whether the case fits: a name once written with capitals is not found in small letters."""
    if source.entity_type not in _NAMELIKE:
        return True
    here = text[start:end]
    if is_part and here.lower() in OFFICES:
        low = max(0, start - _LONGEST_ARTICLE)
        return not here.islower() and not _ARTICLE_BEFORE.search(text, low, start)
    was_small = text[source.start : source.end].islower()
    if here.islower():
        if source.recognizer == "ner" and (
            touches_code(text, start, end)
            or is_word_of_a_tongue(text, start, end, source.score * _AGAIN)
        ):
            return False
        return was_small and not (is_part and len(here) < 4)
    return True


def _again(source: Match, start: int, end: int, *, is_part: bool) -> Match:
    reason = "part of a name found elsewhere" if is_part else "the same value as found elsewhere"
    score = round(source.score * _AGAIN, 3)
    return Match(start, end, source.entity_type, score, "repeat", reason, source.subtype)


def _joined(hits: list[Match], text: str, taken: bytearray) -> list[Match]:
    """Join parts that stand together ("DOE, JANE") and take in initials ("J. Doe")."""
    joined: list[Match] = []
    for hit in hits:
        last = joined[-1] if joined else None
        if last and _is_joint(last, hit, text):
            joined[-1] = last._replace(end=hit.end)
            continue
        if hit.entity_type is EntityType.PERSON:
            initial = _INITIAL_BEFORE.search(text, max(0, hit.start - 6), hit.start)
            if initial and taken.find(1, initial.start(), hit.start) < 0:
                hit = hit._replace(start=initial.start())  # noqa: PLW2901  # grows by an initial
        joined.append(hit)
    return joined


def _is_joint(last: Match, hit: Match, text: str) -> bool:
    is_person = last.entity_type is hit.entity_type is EntityType.PERSON
    return is_person and bool(_JOINT.fullmatch(text, last.end, hit.start))
