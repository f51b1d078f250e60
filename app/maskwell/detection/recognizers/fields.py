"""The value of a key with a telling name: JSON, YAML, XML, HTML forms, settings, logs, SQL.

"last_name", "homePhone" and "postnr" say what follows them, in whatever notation: after a colon or
an equals sign, in quotes or without, in a list, between tags, as an attribute, or in an object that
gives the name and the value apart. Invariant: nothing is read that does not look like the key's
kind, and a key that may be anybody's ("city") counts only beside one that is somebody's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.detection.recognizers.headings import HEADING_CUES, Heading, fits, heading_of
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["FieldRecognizer"]

_NOT_KEYS: Final = frozenset({"role", "email", "user", "secret"})
"""Kinds whose keys others read, or that name things as often as people."""
_LONGEST: Final = 160
_OWN_WORD = re.compile(r"[\w-]{1,32}\Z")
_LINK = re.compile(
    r"(?P<close>\\?[\"'`\])]|\*\*)?(?:"
    r"\.?[ \t]*+(?P<link>:=|=>|:|=|\.{3,}[ \t]*:?|(?:I?LIKE|like)\b)[ \t*]*+"
    r"|(?P<tag>[^<>\n\"'=]{0,40}>|</\w{1,12}>\s{0,24}<\w{1,12}[^<>\n]{0,60}>)"
    r"|[ ]value=(?=[\"'])"
    r"|[\s}\],]{0,12}\"(?:value|val|answer|content|text|data)\"[ \t]*:[ \t]*(?=\")"
    r"|(?<=[\"'])[^<>\n]{0,80}?\bvalue=(?=[\"'])|(?<=[\"'])[^<>\n]{0,80}>)"
)
"""From a key to its value: a sign, a tag that ends, an attribute, the other half of a pair."""
_QUOTED = re.compile(r"\\?(?P<quote>[\"'`])(?P<value>[^\"`\n\\]{1,120}?)\\?(?P=quote)(?!\w)")
_BETWEEN_TAGS = re.compile(r"\s{0,24}(?P<value>[^<>\n]{1,120}?)\s{0,24}<")
_BARE = re.compile(r"(?P<value>[^\s\"'`<>{}\[\](][^\n\t|;{}<>\[\]\"`]{0,80})")
_NEXT = re.compile(r"[ \t]{2,}|[ ,&][ ]?[\w.-]{1,24}[=:]|&|\\n|[ ,]+\Z")
_ITEM_GAP = re.compile(r"[\s,]{0,24}")
_MOST_ITEMS: Final = 50
_PARTICLE: Final = r"(?:van|von|de[rnl]?|della?|di|da|dos|du|la|le|bin|y|e|ter|zu)\b"
_WORD: Final = r"[^\W\d_a-zß-ÿ][\w'’.-]*"
_PROPER = re.compile(rf"(?:{_WORD}|{_PARTICLE})(?:,? (?:{_WORD}|{_PARTICLE})){{0,4}}")
_WHOLE_LINE: Final = frozenset({"street", "full", "address"})
_OPENS: Final = frozenset(":=.>*lLIv ")
"""What may follow a key and a blank: another sign of it, "LIKE", "value"."""
_NUMBERS: Final = frozenset({"code", "account", "device", "phone", "postcode", "plate"})
_NUMBER = re.compile(r"(?:[^\W\d_]{1,4} )?[^ ]*\d[^ ]*(?: (?:[^ ]*\d[^ ]*|[A-Z]{1,2}\b))*")
"""A number's words: each holds a figure, or is a letter or two in capitals."""
_NEAR: Final = 250
_CALL = re.compile(r"[\w)\]]*[(\[.]\w?")


class FieldRecognizer(Recognizer):
    """Finds values by the name of their key."""

    name = "fields"
    entity_types = (
        EntityType.PERSON, EntityType.ADDRESS, EntityType.PLACE, EntityType.DATE, EntityType.PHONE,
        EntityType.ID, EntityType.BANK, EntityType.CARD, EntityType.VEHICLE,
    )  # fmt: skip

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """The names of keys."""
        return {"heading": HEADING_CUES}

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield what stands after a telling key."""
        text = scan.text
        weak: list[tuple[Heading, Match]] = []
        sure: list[int] = []
        last = -1
        for start, end, _ in scan.cues.of("heading"):
            if end <= last or (
                text[end : end + 1] == " " and text[end + 1 : end + 2] not in _OPENS
            ):
                continue
            link = _LINK.match(text, end, end + _LONGEST)
            heading = _key(text, start, end) if link else None
            if not link or not heading:
                continue
            for at, stop in _values(text, start, link, heading):
                last = stop
                match = _found(heading, at, stop)
                if heading.weight:
                    sure.append(start)
                    yield match
                else:
                    weak.append((heading, match))
        for _, match in weak:
            index = bisect_left(sure, match.start)
            if any(abs(at - match.start) <= _NEAR for at in sure[max(0, index - 1) : index + 1]):
                yield match


def _key(text: str, start: int, end: int) -> Heading | None:
    """Return what the whole key announces, of which a cue is the end."""
    before = _OWN_WORD.search(text, max(0, start - 32), start)
    heading = heading_of(text[before.start() if before else start : end])
    return None if heading is None or heading.kind in _NOT_KEYS else heading


def _found(heading: Heading, start: int, end: int) -> Match:
    return Match(
        start, end, heading.entity_type, heading.score, FieldRecognizer.name,
        f"{heading.what} by the name of its key", heading.subtype,
    )  # fmt: skip


def _values(
    text: str, start: int, link: re.Match[str], heading: Heading
) -> Iterator[tuple[int, int]]:
    """Yield where the values of a key stand."""
    at = link.end()
    if link["tag"] or text[at - 1] == ">":
        value = _BETWEEN_TAGS.match(text, at, at + _LONGEST)
        if value and _is_tagged(text, start):
            yield from _fitting(heading, value)
        return
    if text[at : at + 1] == "[":
        at += 1
        for _ in range(_MOST_ITEMS):
            gap = _ITEM_GAP.match(text, at)
            value = _QUOTED.match(text, gap.end() if gap else at)
            if not value:
                return
            yield from _fitting(heading, value)
            at = value.end()
        return
    value = _QUOTED.match(text, at, at + _LONGEST)
    if value:
        yield from _fitting(heading, value)
    elif link["link"]:
        yield from _unquoted(text, at, heading)


def _is_tagged(text: str, start: int) -> bool:
    low = max(0, start - 80)
    begin = text.rfind("<", low, start)
    return begin >= 0


def _fitting(heading: Heading, value: re.Match[str]) -> Iterator[tuple[int, int]]:
    if fits(heading, value["value"].strip()):
        yield value.span("value")


def _unquoted(text: str, at: int, heading: Heading) -> Iterator[tuple[int, int]]:
    bare = _BARE.match(text, at, at + _LONGEST)
    if not bare:
        return
    end = bare.end()
    cut = _NEXT.search(text, at, end)
    end = cut.start() if cut else end
    if heading.kind not in _WHOLE_LINE:
        comma = text.find(",", at, end)
        end = comma if comma >= 0 else end
    value = text[at:end].rstrip(" .'")
    if heading.form in _NUMBERS:
        number = _NUMBER.match(value)
        value = number.group().rstrip(" .'") if number else ""
    if heading.form == "name" and not _PROPER.fullmatch(value):
        return
    if value and fits(heading, value) and not _goes_on(text, at + len(value)):
        yield at, at + len(value)


def _goes_on(text: str, end: int) -> bool:
    """Whether an unquoted value goes on as a program's expression does."""
    if text[end - 1] in "([":
        return True
    return text[end : end + 1] in ("(", "[", "_") and text[end - 1] != " "
