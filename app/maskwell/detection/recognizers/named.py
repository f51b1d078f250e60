"""Names of persons where the words around say so: greetings, introductions, signatures, labels.

This is what finds persons when no name model is at hand, and a second opinion when one is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maskwell.detection.common_words import COMMON_WORDS
from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.detection.recognizers.form_words import FORM_WORDS
from maskwell.detection.recognizers.name_words import (
    GREETINGS,
    INTRODUCTIONS,
    LABELS,
    NOT_NAMES,
    ONLY_CAPITAL,
    SAID_OF_A_NAME,
    SIGNATURES,
    TITLES,
)
from maskwell.detection.recognizers.role_words import before_roles, without_roles
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["NamedRecognizer"]

_CAPITAL: Final = (
    r"A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚА-ЯЁЄІЇҐΑ-ΩΆΈΉΊΌΎΏ"
)
_PART: Final = rf"(?:[{_CAPITAL}][\w'’]*(?:-[{_CAPITAL}][\w'’]*)*|[A-Z]\.)"
_PARTICLE: Final = (
    r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|bin|binti|al|el|ter|ten|y|zu|af|ibn)"
)
_NAME: Final = rf"(?P<name>{_PART}(?:[ ]{{1,2}}(?:{_PARTICLE}[ ]{{1,2}}){{0,2}}{_PART}){{0,4}})"
"""A wider gap parts columns."""
_TITLE: Final = (
    r"(?:(?:Mrs?|Ms|Mx|Miss|Dra?|Prof|Sir|Herrn?|Frau|Mme|Mlle|Sra?|Srta|Rev|Hon|Sig|Dott(?:\.ssa)?"
    r"|Avv|Ma[iî]tre|Mevr(?:ouw)?|[Mm]evrouw|[Mm]eneer|[Hh]eer|Dhr|Dipl\.-Ing|Ing|Pani|Panie|Senhora?"
    r"|Señora?|Do[nñ]a?|Smt|Shri|em|med)\b\.?[ \t]+){0,3}"
)
_ENDS_IN_A_TITLE = re.compile(r"[^\W\d_]\.?[ \t]+\Z")
"""Between the cue and the name: the cue itself is not searched."""
_TITLE_INSIDE = re.compile(r"[ ](?:Mrs?|Ms|Mx|Miss|Dr|Prof|Sir|Rev|Judge)\b\.?[ ]+")
_RANKS = re.compile(
    r"(?:(?:Mrs?|Ms|Mx|Miss|Dr|Prof|Sir|Rev|Hon|Lt|Col|Capt|Maj|Gen|Sgt|Cpl|Cdr|Brig|Adm|Fr|Sr|Jr"
    r"|Sec|Treas)\b"
    r"\.?[ ]?)+"
)
"""Nothing but titles, and nobody's name."""
_SMALL_NAME: Final = r"(?P<name>[^\W\d_][\w'’\-]+(?:[ \t]+[^\W\d_][\w'’\-]+){0,2})"
_LINE_START = re.compile(r"(?:\A|[\n>.!?:;*\"'(—-])[ \t]*\Z")
_LONGEST: Final = 120
_ONE_WORD: Final = 0.6
_PLAIN_TITLES: Final = frozenset({"dr", "ms", "inf", "miss"})
"""Also a drive, an operating system's maker, infinity and a cache's: a journey must be near."""
_JOURNEY: Final = (
    "flight", "flights", "passenger", "passengers", "pax", "ticket", "tickets", "e-ticket",
    "boarding", "seat", "pnr", "booking", "itinerary", "airline", "airlines", "fare", "gate",
    "cabin", "class", "departs", "departure",
)  # fmt: skip
_TICKET_TITLES: Final = ("mr", "mrs", "ms", "miss", "mstr", "dr", "chd", "inf")
_TICKET = re.compile(r"(?<![A-Za-z/])[A-Z]{2,20}/[A-Z]{2,20}(?: [A-Z]{2,20})? ?\Z")
_DOCUMENTS: Final = (
    "passport", "dob", "d.o.b", "date of birth", "patient", "mrn", "visa", "surname", "born",
    "nationality", "identity card", "id card", "boarding pass", "crew", "defendant", "inmate",
)  # fmt: skip
_NEAR_DOCUMENT: Final = 64
_FILED = re.compile(
    rf"(?:^|[:\n>|])[ \t]*(?P<name>[{_CAPITAL}]{{3,20}}(?:[-' ][{_CAPITAL}]{{2,20}})?,"
    rf" [{_CAPITAL}]{{3,20}}(?:[- ][{_CAPITAL}]{{2,20}}){{0,2}})(?![\w,])",
    re.MULTILINE,
)
_FILED_LETTERS: Final = 4
_VOWEL = re.compile(r"[aeiouy]|[^\x00-\x7f]")
_CAPITALS_OF_NOBODY: Final = frozenset(
    """
    argentina australia austria belgium brazil britain bulgaria canada chile china colombia croatia
    cuba cyprus czechia denmark ecuador egypt england estonia ethiopia finland france germany ghana
    greece hungary iceland indonesia iran iraq ireland italy japan korea kuwait latvia lebanon
    lithuania malaysia malta mexico morocco nepal netherlands nigeria norway oman pakistan panama
    peru philippines poland portugal qatar romania russia scotland serbia singapore slovakia
    slovenia spain sweden switzerland syria taiwan thailand tunisia turkey uganda ukraine america
    europe vietnam wales zambia zimbabwe visa mastercard amex maestro discover paypal abdomen
    cardiac chest extremities eyes ears nose throat heent neck skin lungs neuro pelvis spine
    cardiovascular respiratory gastrointestinal musculoskeletal glucose sodium potassium chloride
    calcium creatinine albumin hemoglobin platelets urine blood weight height pulse temperature
    allergies medications history diagnosis plan assessment vitals normal none denied male female
    single married divorced widowed date time page copy issued valid expires expired number code
    type place birth country state sex title status issue expiry authority passport read write load
    store input output backup restore hit pass fail open close start stop client server send receive
    import export push pull enable disable
    """.split()
)
"""Countries, cards, and the words of forms, clinics and programs that stand in capitals."""
_LOOSE: Final = frozenset({"this is", "name is", "to", "from", "name"})
"""Cues after which one word alone says nothing ("This is Python")."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """A kind of cue and what must follow it."""

    kind: str
    reason: str
    score: float
    words: tuple[str, ...]
    after: re.Pattern[str]
    opens_line: bool = False
    is_capital: bool = False
    is_weak: bool = False
    """One capitalised word after it is often no name."""


_FRAMES: Final = (
    _Frame("greeting", "a greeting", 0.75, GREETINGS,
           re.compile(rf",?[ \t]{_TITLE}{_NAME}(?=[ \t]*(?:[,!:;.\n—-]|\Z))"), opens_line=True),
    _Frame("title", "a title", 0.85, TITLES,
           re.compile(rf"\.?[ \t]+{_TITLE}{_NAME}"), is_capital=True),
    _Frame("introduction", "an introduction", 0.8, INTRODUCTIONS,
           re.compile(rf"[:,]?[ \t]{_TITLE}{_NAME}"), is_weak=True),
    _Frame("label", "a label", 0.8, LABELS,
           re.compile(rf"[\"']?[ \t]*[:=][ \t]*[\"']?{_TITLE}{_NAME}"), is_weak=True),
    _Frame("signature", "the close of a letter", 0.75, SIGNATURES,
           re.compile(rf"[,.!]?[ \t]*\n+[ \t>\-—]*{_NAME}(?=[ \t]*(?:\n|\Z|,))"), opens_line=True),
    _Frame("small", "an introduction", 0.7, ("my name is", "my name's", "my full name is"),
           re.compile(rf"[ \t]{_SMALL_NAME}"), is_weak=True),
)  # fmt: skip


class NamedRecognizer(Recognizer):
    """Finds persons by the words around them."""

    name = "names"
    entity_types = (EntityType.PERSON,)

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """The words of every frame."""
        frames = {f"name:{frame.kind}": frame.words for frame in _FRAMES}
        return {
            **frames, "name:ticket": _TICKET_TITLES, "name:document": _DOCUMENTS,
            "name:journey": _JOURNEY,
        }  # fmt: skip

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield what stands in a name's place."""
        text = scan.text
        for frame in _FRAMES:
            for start, end, word in scan.cues.of(f"name:{frame.kind}"):
                if frame.is_capital and word in ONLY_CAPITAL and not text[start].isupper():
                    continue
                if frame.opens_line and not _LINE_START.search(text, max(0, start - 8), start):
                    continue
                match = frame.after.match(text, end, end + _LONGEST)
                if match and not _is_attribute(text, start, end):
                    yield from self._judge(scan, frame, match, word)
        yield from self._in_capitals(scan)

    def _in_capitals(self, scan: Scan) -> Iterator[Match]:
        """Yield names as tickets and passports spell them."""
        text = scan.text
        for start, end, word in scan.cues.of("name:ticket"):
            ticket = _TICKET.search(text, max(0, start - 44), start)
            if ticket and text[start:end].isupper() and _is_ticket(scan, ticket, word):
                reason = f"surname/given before the title “{word}”"
                yield Match(ticket.start(), end, EntityType.PERSON, 0.85, self.name, reason)
        last = 0
        for start, end, word in scan.cues.of("name:document"):
            low, high = max(last, start - _NEAR_DOCUMENT), end + _NEAR_DOCUMENT
            comma = text.find(", ", low, high)
            while comma >= 0 and not (text[comma - 1].isupper() and text[comma - 2].isupper()):
                comma = text.find(", ", comma + 2, high)
            match = _FILED.search(text, low, high) if comma >= 0 else None
            if match and _is_filed(match["name"]):
                last = match.end("name")
                reason = f"surname, given name in capitals near “{word}”"
                yield Match(*match.span("name"), EntityType.PERSON, 0.75, self.name, reason)

    def _judge(self, scan: Scan, frame: _Frame, match: re.Match[str], cue: str) -> Iterator[Match]:
        text = scan.text
        begin, stop = match.span("name")
        if frame.kind != "title" and not _ENDS_IN_A_TITLE.search(text, match.start(), begin):
            begin = without_roles(text, begin, stop)
            title = _TITLE_INSIDE.search(text, begin, stop)
            begin = title.end() if title else begin
        stop = _without_stopwords(text, begin, stop)
        if frame.kind != "greeting" and text.startswith(":", stop):
            stop = _without_label(text, begin, stop)
        score = frame.score
        stop = before_roles(text, begin, stop)
        if stop - begin < 2 or _RANKS.fullmatch(text, begin, stop):
            return
        if " " not in text[begin:stop] and frame.is_weak:
            if text[begin:stop].isupper() or cue in _LOOSE or "=" in match.group():
                return
            score = _ONE_WORD
        reason = f"after {frame.reason}, cue “{cue}”"
        yield Match(begin, stop, EntityType.PERSON, score, self.name, reason)


def _is_attribute(text: str, start: int, end: int) -> bool:
    """Whether a label is the end of a program's: `os.name=Mac OS X`, `<w:style w:name="…">`."""
    is_set = text.startswith("=", end) and text[start - 1 : start] in (".", ":")
    return is_set and text[start - 2 : start - 1].isalnum()


def _is_ticket(scan: Scan, ticket: re.Match[str], title: str) -> bool:
    """Whether a title after "X/Y" is one: some are also words, and name nobody off a journey."""
    if all(part in _CAPITALS_OF_NOBODY for part in re.findall(r"\w+", ticket.group().lower())):
        return False
    return title not in _PLAIN_TITLES or bool(
        scan.cues.near("name:journey", *ticket.span(), before=_LONGEST, after=_NEAR_DOCUMENT)
    )


def _is_filed(name: str) -> bool:
    """Whether it reads as surname and given name: not ordinary words, headings or abbreviations."""
    sides = [re.split(r"\W+", side.strip().lower()) for side in name.split(",")]
    if any(len(max(side, key=len)) < _FILED_LETTERS for side in sides):
        return False
    parts = [part for side in sides for part in side]
    if not all(_VOWEL.search(part) for part in parts if len(part) >= _FILED_LETTERS):
        return False
    return not any(
        p in NOT_NAMES or p in COMMON_WORDS or p in FORM_WORDS or p in _CAPITALS_OF_NOBODY
        for p in parts
    )


def _without_label(text: str, start: int, end: int) -> int:
    """Leave out a last word that a colon follows: the next field's label ("Jo Bo Age: 4")."""
    space = text.rfind(" ", start, end)
    return space if space > 0 else end


def _without_stopwords(text: str, start: int, end: int) -> int:
    """Cut the name at its first ordinary word; return `start` when none is left."""
    for word in re.finditer(r"\S+", text[start:end]):
        # What ends the sentence right after a name ("my name is art hidden") may be its surname.
        goes_on = not word.start() or text[start + word.end() : start + word.end() + 1] == " "
        is_said = word.group() in SAID_OF_A_NAME and goes_on
        if is_said or word.group().lower().strip(".'’") in NOT_NAMES:
            return start + len(text[start : start + word.start()].rstrip())
    return end
