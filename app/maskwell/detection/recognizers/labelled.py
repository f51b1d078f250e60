"""Numbers that only their label tells: passports, licences, accounts, records, plates, devices.

A candidate is a cue word; its value stands right after it, past words such as "number",
"no.", "is" or ":". Nothing is searched where no cue stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.detection.recognizers.id_checks import passes
from maskwell.detection.recognizers.label_table import LABELS, NUMBERED
from maskwell.detection.things import is_standard
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["LabelledRecognizer"]

_LINK: Final = re.compile(
    r"(?:[\s\"'()\[\]*_#:=.,>|-]{0,4}(?:\b(?:numbers?|num|no|nr|nº|n°|id|ids|code|card|book|plate"
    r"|is|was|are|of|der|the|for|my|your|his|her|their|our|ending in|to|with|valid"
    r"|registration|reg|account|acct|value|holder|issued|uk|us|eu|and|new|old|currently|reads"
    r"|car|van|ute|truck|lorry|bike|motorbike|taxi|trailer|caravan|vehicle"
    r"|nummer|numero|número|numéro|ist|es|est|lautet)\b)){0,5}[\s\"'()\[\]*_#:=.>|-]{0,6}",
    re.IGNORECASE,
)
_CODE: Final = r"[0-9A-Za-z]+(?:[-/][0-9A-Za-z]+){0,4}"
_GROUPS: Final = r"\d{1,4}(?P<gap>[ .\-])\d{1,4}(?:(?P=gap)\d{1,4}){1,6}"
"""Three groups of figures or more with one separator, whether or not a check would pass."""
_NO_WORD: Final = r"(?!(?:or|and|is|was|in|on|at|to|but|for|from|with|not|the|a|my)\b)"
_FORMS: Final = {
    name: re.compile(rf"(?:{form})(?![0-9A-Za-z]|[-/][0-9A-Za-z])")
    for name, form in {
        "passport": r"[A-Za-z]{0,3} ?\d{6,9}[A-Za-z]?|[A-Za-z]\d[0-9A-Za-z]{6,7}|\d{2} \d{7}"
        r"|\d{4} \d{6}|\d\d \d\d \d{6}",
        "licence": r"(?=.{5})(?=[A-Za-z\- ]{0,6}\d)[A-Za-z]{0,5}[- ]?\d[0-9A-Za-z]{2,17}"
        r"(?:[- ][0-9A-Za-z]{2,6}){0,4}",
        "code": r"[A-Z]{1,3}(?: ?\d{2,4}(?: \d{2,4}){1,4}| \d{4,})"
        rf"|(?=.{{0,8}}\d)(?=.{{4}}){_CODE}",
        "digits": rf"{_GROUPS}|(?=.{{0,3}}\d.{{0,4}}\d){_CODE}",
        "locator": r"(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{6,8}",
        "dotted": r"\d{1,2}\.\d{3}\.\d{3}(?:-[0-9XxKk])?",
        "tax": rf"{_GROUPS}|"
        r"[A-Z]{0,4}\d[0-9A-Z]{6,13}|\d{2,3}([ /\-])\d{2,5}\1\d{3,5}",
        "ten": r"\d{10}",
        "nine": r"\d{9}",
        "dea": r"[A-Za-z][A-Za-z9]\d{7}",
        "account": r"[A-Z]{0,4}\d[0-9A-Z]{4,17}|\d{2,8}(?:[ \-]\d{2,8}){1,4}",
        "branch": r"\d\d-\d\d-\d\d|\d\d \d\d \d\d|\d{3}-\d{3}|\d{6}|\d{8}|[A-Z]{4}0[0-9A-Z]{6}",
        "bic": r"[A-Z]{6}[0-9A-Z]{2}(?:[0-9A-Z]{3})?",
        "plate": r"(?=[^\n]{0,8}\d)[A-Za-z0-9]{1,4}"
        rf"(?:[ \-·]{_NO_WORD}[A-Za-z0-9]{{1,4}}){{1,2}}"
        r"|(?=[A-Z]{0,6}\d)[A-Z0-9]{4,8}",
        "vin": r"[A-HJ-NPR-Za-hj-npr-z0-9]{17}",
    }.items()
}
_AT_A_BANK = re.compile(
    r" (?:held )?(?:at|with|in)(?: (?:the )?[A-Z][\w&'’.\-]*){1,4}"
    r"(?=,? \(?(?:[Nn]o\b|[Nn]umber|[Nn]r\b))"
)
"""Whose account it is, between the word and its number."""
_LOOK_AHEAD: Final = 80
_BARE: Final = frozenset(
    {
        "ref",
        "employee",
        "shield",
        "badge",
        "claim",
        "policy",
        "booking",
        "confirmation",
        "reservation",
        "itinerary",
    }
)
"""Ordinary nouns, which are labels where a link says so, or before a number or a locator alone."""
_STRICT: Final = frozenset({"claim", "policy", "ref"})
"""Of which short figures tell the worth ("a claim of 25000"), and words in code the rest."""
_STRICT_VALUE = re.compile(
    r"\d{7,}|[A-Z]{1,4}[-/]?(?:[A-Z0-9]{1,6}[-/]){0,3}[A-Z]?\d{3,}[-/]?[A-Z0-9]{0,2}"
)
_PAIR = re.compile(
    r"(?<![\d-])(?:\d{8}(?:,? | ?/ ?)(?:(?i:sort(?: ?code)?|s/?c)[:.]? )?\d\d-\d\d-\d\d(?![-\d])"
    r"|\d\d-\d\d-\d\d(?:,? | ?/ ?)(?:(?i:a/?cc?(?:ount|t)?(?: no| number)?)[:.]? )?\d{8}(?![-\d]))"
)
_EXPLICIT = re.compile(
    r"(?i)[:#=]|\b(?:numbers?|num|no|nr|nº|n°|id|ids|code|is|was|reads|nummer|numero|número|numéro)\b"
)
_PLAIN_VALUE: Final = {
    "locator": re.compile(r"[A-Z0-9]{6,8}"),
    "code": re.compile(
        r"[A-Z]{1,3}-?\d{3,}|\d{4,}|[A-Z]{1,4}[-/](?:[A-Z0-9]{1,6}[-/]){0,3}[A-Z]?\d{3,}"
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Label:
    """A kind of value that stands after one of its cues."""

    subtype: str
    what: str
    entity_type: EntityType
    form: str
    score: float
    check: str
    cues: tuple[str, ...]


def _read(table: str) -> Iterator[_Label]:
    for block in re.split(r"\n(?=\S)", table.strip()):
        head, _, body = block.partition("\n")
        subtype, what, kind, form, score, check = (part.strip() for part in head.split(";"))
        yield _Label(
            subtype=subtype,
            what=what,
            entity_type=EntityType(kind),
            form=form,
            score=float(score),
            check=check.strip("-"),
            cues=tuple(cue.strip() for cue in re.split("[,\n]", body) if cue.strip()),
        )


class LabelledRecognizer(Recognizer):
    """Finds values by the label that stands before them."""

    name = "labelled"
    wants_shapes = True
    entity_types = (EntityType.ID, EntityType.BANK, EntityType.VEHICLE)

    def __init__(self) -> None:
        listed = tuple(_read(LABELS))
        known = {cue for label in listed for cue in label.cues}
        cues = tuple(cue for cue in NUMBERED if cue not in known)
        person = _Label("person", "somebody's number", EntityType.ID, "code", 0.8, "", cues)
        self._labels = (*listed, person)

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """The labels of every kind."""
        return {f"label:{label.subtype}": label.cues for label in self._labels}

    def wants(self, shape: str) -> bool:
        """Whether it is written as a British sort code."""
        return shape == "99-99-99"

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield what stands after a label in the label's form, and accounts beside a sort code."""
        for start, end, _ in scan.atoms(self.name):
            pair = _PAIR.search(scan.text, max(0, start - 22), end + 28)
            if pair and pair.start() <= start < pair.end():
                reason = "an account number beside a sort code"
                yield Match(*pair.span(), EntityType.BANK, 0.85, self.name, reason, "account")
        for label in self._labels:
            last = -1
            for cue in scan.cues.of(f"label:{label.subtype}"):
                if cue.end <= last:
                    continue
                match = self._after(scan.text, cue.end, cue.word, label)
                if match:
                    last = match.end
                    yield match

    def _after(self, text: str, at: int, cue: str, label: _Label) -> Match | None:
        limit = min(len(text), at + _LOOK_AHEAD)
        if label.form == "account":
            bank = _AT_A_BANK.match(text, at, limit)
            at = bank.end() if bank else at
        link = _LINK.match(text, at, limit)
        begin = link.end() if link else at
        if begin == at or text[begin - 1].isalnum():
            return None
        value = _FORMS[label.form].match(text, begin, limit)
        if not value or not _is_code(value.group()):
            return None
        if cue in _STRICT and not _STRICT_VALUE.fullmatch(value.group()):
            return None
        if cue in _BARE:
            is_linked = _EXPLICIT.search(text, at, begin) is not None
            if not _may_follow_a_noun(value.group(), label, is_linked=is_linked):
                return None
        if label.check and not passes(label.check, re.sub(r"\W", "", value.group()).upper(), ""):
            return None
        reason = f"after the cue “{cue}”, the form of {label.what}"
        if label.check:
            reason += ", its check passed"
        return Match(
            value.start(), value.end(), label.entity_type, label.score, self.name, reason,
            label.subtype,
        )  # fmt: skip


def _may_follow_a_noun(value: str, label: _Label, *, is_linked: bool) -> bool:
    """Whether a value may stand after a bare noun: without a link, little but numbers may."""
    if is_standard(value):
        return False
    return is_linked or _PLAIN_VALUE[label.form].fullmatch(value) is not None


_NO_CODE = re.compile(
    r"(?:19|20)\d\d|\d{1,3}|\d+(?:st|nd|rd|th|[kKmM]|px|em|[gG][bB])|24[/-]7|\d+[A-Z]{0,2}-[a-z]{3,}"
)


def _is_code(value: str) -> bool:
    """Whether it reads as a code rather than as a year, a count or an ordinary word."""
    if not any(map(str.isdigit, value)):
        return len(value) in (8, 11) and value.isupper()
    return not _NO_CODE.fullmatch(value)
