"""Messages whose standard says what stands where: HL7, X12, EDIFACT and vCards.

Such a segment has no labels: the third field of HL7's PID is a patient's number because the
standard says so. Invariant: nothing is searched where no name of a segment stands, and a value
must still look like one of its kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.detection.recognizers.headings import fits, heading_of
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.detection.scan import Scan

__all__ = ["SegmentRecognizer"]

_KINDS: Final = {
    kind: heading
    for kind, word in {
        "name": "full name", "id": "medical record number", "birth": "date of birth",
        "phone": "phone", "street": "street", "town": "city", "postcode": "postcode",
        "ssn": "ssn",
    }.items()
    if (heading := heading_of(word))
}  # fmt: skip
_PARTS: Final = {
    "name": ("name", "name", "name"),
    "person": ("", "name", "name", "name"),
    "card": ("street", "street", "street", "town", "", "postcode"),
    "address": ("street", "street", "town", "", "postcode"),
}
"""What the components of a composite field are."""


@dataclass(frozen=True, slots=True)
class _Standard:
    """A family of messages: how it is told, and what its segments hold, by field."""

    sign: str
    segment: re.Pattern[str]
    field: str
    component: str
    fields: dict[str, dict[int, str]]


def _standard(sign: str, before: str, marks: str, table: str) -> _Standard:
    """Read a standard; `marks` part its fields, its components and, if any, its segments."""
    field, component, end = (*marks, "")[:3]
    fields: dict[str, dict[int, str]] = {}
    for line in table.strip().splitlines():
        name, *places = re.split(r"[ ,]+", line.strip())
        fields[name] = {
            int(number): kind for number, kind in zip(places[::2], places[1::2], strict=True)
        }
    names = "|".join(fields)
    segment = re.compile(rf"{before}(?P<name>{names})(?P<body>[{field};][^\r\n{end}]{{1,1500}})")
    return _Standard(sign, segment, field, component, fields)


_STANDARDS: Final = (
    _standard("MSH|", r"(?m:^)[ \t]{0,8}", "|^", """
        PID 2 id, 3 id, 4 id, 5 name, 6 name, 7 birth, 9 name, 11 address, 13 phone, 14 phone, 18 id
        NK1 2 name, 4 address, 5 phone, 6 phone, 16 birth
        PV1 7 person, 8 person, 9 person, 17 person, 19 id
        PD1 4 person
        IN1 2 id, 16 name, 18 birth, 19 address, 36 id, 49 id
        GT1 2 id, 3 name, 5 address, 6 phone, 7 phone, 8 birth, 12 ssn
        ORC 10 person, 11 person, 12 person
        OBR 10 person, 16 person, 28 person
    """),
    _standard("NM1*", r"(?:\A|[\n~])[ \t]{0,8}", "*:~", """
        NM1 3 name, 4 name, 5 name, 9 id
        N3 1 street, 2 street
        N4 1 town, 3 postcode
        DMG 2 birth
        PER 2 name, 4 phone, 6 phone, 8 phone
        REF 2 id
        CLM 1 id
    """),
    _standard("NAD+", r"(?:\A|[\n'])[ \t]{0,8}", "+:'", """
        NAD 4 name, 5 street, 6 town, 8 postcode
        DTM 1 birth
        DOC 2 id
        CTA 2 name
        ATT 2 name
    """),
    _standard("BEGIN:VCARD", r"(?m:^)(?:item\d\.)?", ":;", """
        N 1 name
        FN 1 name
        ADR 1 card
        TEL 1 phone
        BDAY 1 birth
    """),
)  # fmt: skip
_BIRTH_QUALIFIER: Final = "329:"
"""What tells a date of birth among EDIFACT's dates."""
_COMPANY: Final = "2"
"""What tells a company among X12's names."""


_TAGGED = re.compile(
    r"\((?P<tag>0008,0090|0010,(?:0010|0020|0030|1040|1001|2154)|0018,1000)\)[^\[\]\n]{0,12}"
    r"\[(?P<value>[^\]\n]{1,120})\]"
)
_TAGS: Final = {
    "0008,0090": "name", "0010,0010": "name", "0010,0020": "id", "0010,0030": "birth",
    "0010,1040": "street", "0010,1001": "name", "0010,2154": "phone", "0018,1000": "id",
}  # fmt: skip
"""What a dump of a DICOM image says of the patient (PS3.6)."""
_PARTY = re.compile(
    r"^:(?:50[AFHK]?|59[AF]?):(?:/[^\r\n]{1,40}\r?\n)?(?P<name>[^\r\n:/]{3,35})"
    r"(?P<lines>(?:\r?\n[^:\-\r\n][^\r\n]{1,34}){0,3})",
    re.MULTILINE,
)
"""Who pays and who is paid in a SWIFT message: an account, a name, lines of an address."""


class SegmentRecognizer(Recognizer):
    """Finds private values by their place in a message."""

    name = "segments"
    entity_types = (
        EntityType.PERSON, EntityType.ADDRESS, EntityType.PLACE, EntityType.DATE, EntityType.PHONE,
        EntityType.ID,
    )  # fmt: skip

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield what stands in a private place."""
        for standard in _STANDARDS:
            if standard.field in scan.text and standard.sign in scan.text:
                for segment in standard.segment.finditer(scan.text):
                    yield from _private(segment, standard)
        if "(0010,00" in scan.text:
            for match in _TAGGED.finditer(scan.text):
                kind = _TAGS[match["tag"]]
                value = match["value"].rstrip().replace("^", " ")
                yield from _value(value, match.start("value"), kind)
        if "\n:5" in scan.text:
            for match in _PARTY.finditer(scan.text):
                yield from _value(match["name"], match.start("name"), "name")
                at = match.start("lines")
                for line in match["lines"].splitlines(keepends=True):
                    yield from _value(line.rstrip("\r\n"), at, "street")
                    at += len(line)


def _private(segment: re.Match[str], standard: _Standard) -> Iterator[Match]:
    places = standard.fields[segment["name"]]
    body = segment["body"]
    if standard.field == ":":  # a vCard's parameters stand before the value
        body = body[body.find(":") :]
    at = segment.end() - len(body) + 1
    fields = body[1:].split(standard.field, 60 if standard.field != ":" else 0)
    if segment["name"] == "NM1" and fields[1:2] == [_COMPANY]:
        return
    for number, field in enumerate(fields, start=1):
        kind = places.get(number)
        if kind and field:
            yield from _components(field, at, kind, standard)
        at += len(field) + 1


def _components(field: str, at: int, kind: str, standard: _Standard) -> Iterator[Match]:
    if standard.field == "+" and kind == "birth":
        if not field.startswith(_BIRTH_QUALIFIER):
            return
        field, at = field[len(_BIRTH_QUALIFIER) :], at + len(_BIRTH_QUALIFIER)
    parts = _PARTS.get(kind, (kind,))
    for number, part in enumerate(field.split(standard.component)):
        what = parts[number] if number < len(parts) else ""
        yield from _value(part, at, what)
        at += len(part) + 1


def _value(part: str, at: int, kind: str) -> Iterator[Match]:
    """Yield what stands at `at`, if it looks like one of its kind."""
    heading = _KINDS.get(kind)
    value = part.strip()
    if heading and value and fits(heading, value):
        start = at + len(part) - len(part.lstrip())
        yield Match(
            start, start + len(value), heading.entity_type, heading.score, SegmentRecognizer.name,
            f"{heading.what} by its place in a message", heading.subtype,
        )  # fmt: skip
