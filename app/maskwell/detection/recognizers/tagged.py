"""What the name model finds, as matches: names first, and what only context tells."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from maskwell.detection.foreign_prose import is_foreign_word
from maskwell.detection.machine_text import is_of_a_listing, is_of_code
from maskwell.detection.ner import NameTagger, TaggedSpan
from maskwell.detection.other_tongues import is_unreadable, is_word_of_a_tongue
from maskwell.detection.products import is_product
from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.detection.recognizers.columns import heading_rows
from maskwell.detection.recognizers.form_words import FORM_WORDS, is_form_word
from maskwell.detection.recognizers.release_dates import is_year_of_a_licence
from maskwell.detection.recognizers.role_words import is_role
from maskwell.detection.recognizers.surnames import row_of_people
from maskwell.detection.things import is_nobody, is_nowhere, is_standard
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from maskwell.detection.ner import TaggedSpan
    from maskwell.detection.scan import Scan

__all__ = ["TaggedRecognizer"]

_BIRTH: Final = "DOB"
_FORM: Final = "form word"
_WORDS: Final = frozenset({"PERSON", "PLACE"})
_NAMES: Final = frozenset({"PERSON", "PLACE", "ADDRESS", "ORG", "USERNAME"})
_FIGURES: Final = frozenset({"DATE", _BIRTH, "AGE", "ID"})
_READ: Final = frozenset({"PERSON", "PLACE", "ADDRESS", "ORG", "GROUP", "HEALTH"})
_WORDS_OF_A_SPOKEN_DATE: Final = 3
"""Gaps in "the third of May" and its like."""
_SUBTYPES: Final = {_BIRTH: "birth", "SECRET": "spoken", "ID": "spoken"}
_IDENTIFIER = re.compile(r"[_<>{}=\\]|\w\(|\d{3}")
_NUMBERED = re.compile(r"[A-Za-z]+-\d+")
_SPOKEN = re.compile(
    r"(?i)\b(?:(?P<verb>speak|speaks|speaking|spoke|spoken|learn|learning|fluent"
    r"|translated? (?:to|into))|in)(?: in)?(?: (?:plain|simple|broken|good|some|fluent))? \Z"
)
_LONGEST_SPOKEN: Final = 28
_WHAT_IT_OPENS = re.compile(r"(?i)\b(?:password|passcode|pin|key|code|token) on (?:the |my )?\Z")
_NOUN = re.compile(r" (?!and\b|or\b)[a-z]")
_TIME_OR_COUNT = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?(?:[01]?\d|2[0-3])(?::\d\d|\.(?:1[3-9]|[2-5]\d))"
    r"(?: ?[ap]\.?m\.?)?|\d{1,4}/\d{3}",
    re.IGNORECASE,
)
"""A time of day, or a number within a year's ("25/118")."""
_LONGEST_LABEL: Final = 5
"""Letters of what names a number ("PPSN") rather than is one: a booking's code has six."""
_NO_AGE = re.compile(r"\d{4}|\d0'?s\b")
_PREFIX = re.compile(r"[a-z]\.\Z")
_FILE = re.compile(r"\.(?:py|js|ts|jsx|tsx|rs|go|java|rb|c|cc|cpp|h|sh|md|txt|json|ya?ml|toml)\Z")
_HOME = re.compile(r"(?i)(?:home|users|user|u|people|profiles?|in|com)[/\\]@?\Z")
_WHAT: Final = {
    "PERSON": "a person's name",
    "PLACE": "a place",
    "ADDRESS": "an address",
    "ORG": "an organisation",
    "USERNAME": "a user name",
    "DOB": "a date of birth",
    "DATE": "a date",
    "AGE": "an age",
    "ID": "an identifier",
    "SECRET": "a secret",
    "GROUP": "a nationality, religion or political group",
    "HEALTH": "a condition or treatment",
    "VEHICLE": "a vehicle's identifier",
    "BANK": "a bank detail",
}


class TaggedRecognizer(Recognizer):
    """Finds what the words around decide."""

    name = "ner"
    is_slow = True
    entity_types = (
        EntityType.PERSON, EntityType.PLACE, EntityType.ADDRESS, EntityType.ORG,
        EntityType.USERNAME, EntityType.DATE, EntityType.AGE, EntityType.ID, EntityType.SECRET,
        EntityType.GROUP, EntityType.HEALTH, EntityType.VEHICLE, EntityType.BANK,
    )  # fmt: skip

    def __init__(self, tagger: NameTagger | None = None) -> None:
        """Load the model.

        Raises:
            IntegrityError: a model file is missing or altered.
        """
        self._tagger = tagger or NameTagger()
        self._tagger.load()

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """The words of forms and letters that name nobody, whatever the model thinks."""
        return {_FORM: FORM_WORDS}

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the model's spans with its own certainty as score."""
        return self._matches(scan, self._tagger.tag(scan.text))

    def find_all(self, scans: Sequence[Scan]) -> list[Iterable[Match]]:
        """Return the model's spans of each text; short ones are read a few at a time."""
        tagged = self._tagger.tag_all([scan.text for scan in scans])
        return [self._matches(scan, spans) for scan, spans in zip(scans, tagged, strict=True)]

    def _matches(self, scan: Scan, spans: Iterable[TaggedSpan]) -> Iterator[Match]:
        rows = heading_rows(scan)
        for span in spans:
            if not _is_told(span, scan.text[span.start : span.end]) or _is_something_else(
                scan, span
            ):
                continue
            row = bisect_right(rows, (span.start, len(scan.text))) - 1
            if row >= 0 and span.end <= rows[row][1]:
                continue
            people = row_of_people(scan.text, span) if span.label == "ORG" else ()
            for start, end in people:
                reason = "reads as one of a row of surnames to the name model"
                yield Match(start, end, EntityType.PERSON, span.score, self.name, reason)
            if people:
                continue
            kind = EntityType.DATE if span.label == _BIRTH else EntityType(span.label)
            reason = f"reads as {_WHAT[span.label]} to the name model"
            subtype = _SUBTYPES.get(span.label, "")
            yield Match(span.start, span.end, kind, span.score, self.name, reason, subtype)


def _is_something_else(scan: Scan, span: TaggedSpan) -> bool:
    """Whether what stands around a span says that it is not what the model took it for."""
    text, start, end = scan.text, span.start, span.end
    is_part = span.label in _NAMES and _is_of_a_word(text, end)
    if is_part or _is_of_a_machine(text, span) or _is_of_a_tongue(text, span):
        return True
    if span.label in _NAMES and scan.cues.covers(_FORM, start, end):
        return is_form_word(text, start, end)
    if span.label in _WORDS:
        return is_foreign_word(text, start, end, span.score)
    if span.label == "GROUP":
        return _is_language(text, start, end)
    if span.label == "USERNAME":
        return _is_of_a_path(text, start, end)
    before = max(0, start - _LONGEST_SPOKEN)
    return span.label == "SECRET" and _WHAT_IT_OPENS.search(text, before, start) is not None


def _is_of_a_machine(text: str, span: TaggedSpan) -> bool:
    start, end = span.start, span.end
    if span.label == "DATE" and is_year_of_a_licence(text, start, end):
        return True
    if span.label == "ORG" and is_product(text, start, end):
        return True
    return is_of_code(text, start, end, span.label) or is_of_a_listing(text, start, end, span.label)


def _is_of_a_tongue(text: str, span: TaggedSpan) -> bool:
    start, end = span.start, span.end
    if span.label not in _READ:
        return False
    return is_unreadable(text, start, end) or is_word_of_a_tongue(text, start, end, span.score)


def _is_of_a_word(text: str, end: int) -> bool:
    """Whether a word goes on after a dot, as in a logger's "c.e.s.OrderService"."""
    return _PREFIX.search(text, max(0, end - 2), end) is not None and text[end : end + 1].isalpha()


def _is_of_a_path(text: str, start: int, end: int) -> bool:
    """Whether it is a folder or a file rather than the one whose home it is."""
    if _FILE.search(text, start, end):
        return True
    is_step = text[start - 1 : start] in ("/", "\\")
    return is_step and not _HOME.search(text, max(0, start - 12), start)


def _is_language(text: str, start: int, end: int) -> bool:
    """Whether a people's name stands for what they speak: "fluent Polish", "in plain English."."""
    before = _SPOKEN.search(text, max(0, start - _LONGEST_SPOKEN), start)
    if not before:
        return False
    return before["verb"] is not None or not _NOUN.match(text, end)


def _is_told(span: TaggedSpan, value: str) -> bool:
    """Whether the value can be what the label says.

    "Yesterday", "Monday", "last month" and "Sat 10.15" name no day, 1986 and the 80s are no age,
    Apollo-11 is no company; `S_IROTH` is a constant, nobody's name; nor is Django or "Shorter".
    """
    label = span.label
    if label in _FIGURES:
        return _is_told_in_figures(label, value)
    if label in ("ORG", "VEHICLE"):
        return not (is_standard(value) or (label == "ORG" and _NUMBERED.fullmatch(value)))
    if label == "USERNAME":
        return not ("_" in value and value.isupper())
    if label == "PLACE":
        return not is_nowhere(value)
    return label != "PERSON" or not (
        _IDENTIFIER.search(value) or is_nobody(value, span.score) or is_role(value)
    )


def _is_told_in_figures(label: str, value: str) -> bool:
    """Whether a day, an age or a number can be what the label says."""
    if label == "AGE":
        return not _NO_AGE.search(value)
    if label == "ID":
        return len(value) > _LONGEST_LABEL or not value.isalpha()
    is_day = any(c.isdigit() for c in value) or value.count(" ") >= _WORDS_OF_A_SPOKEN_DATE
    return (is_day or label == _BIRTH) and not _TIME_OR_COUNT.fullmatch(value)
