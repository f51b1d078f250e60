"""What the heading of a column or the name of a key says about the values that belong to it.

"Geburtsdatum", "patient_last_name", "homePhone" and "ZIP" are the same to a reader whether they
stand over a column, before a colon or in angle brackets. A heading alone is no proof: a value
must also look like one of its kind, and not like a heading, a type or a placeholder. Invariant:
values are asked about too, so nothing that was asked about is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from maskwell.detection.recognizers.heading_table import HEADINGS, HOLDERS, PERSONAL
from maskwell.entity_types import EntityType

__all__ = ["HEADING_CUES", "Heading", "fits", "heading_of"]

_CAMEL = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])")
_NO_LETTER = re.compile(r"[\W_]+")
_LONGEST_HEADING: Final = 40
_MONTHS: Final = (
    r"(?:jan|f[eé]b|m[aä]r|a[pv]r|ma[iy]|jui?n|jui?l|a[uo]u?g|ago|sep|o[ck]t|out|nov|de[czs])"
)
_FORMS: Final = {
    name: re.compile(form)
    for name, form in {
        "name": r"(?!.{0,58}\w\w\.\w)(?:[^\W\d_]|['’][^\W\d_])[^\d_<>{}\[\]=@/\\|:;\"!?+*#]{0,59}",
        "person": r"(?!.{0,58}\w\w\.\w)[^\W\d_a-zß-ÿ][^\d_<>{}\[\]=@/\\|:;\"!?+*#]{1,59}",
        "street": r"(?=[^\n]{0,30}[^\W\d_]|\d{1,5}(?:[-/ ]?\w{1,4})?\Z)"
        r"[^\W_][^\n\t\"<>{}\[\]=|_@]{0,79}",
        "postcode": r"(?=[^\d]{0,5}\d)[A-Za-z]{0,3}[- ]?\d[A-Za-z0-9]{0,7}"
        r"(?:[ -][A-Za-z0-9]{2,4})?",
        "date": rf"(?i)\d{{6}}|\d{{8}}|\d{{1,4}}([-./ ])\d{{1,2}}\1\d{{2,4}}"
        r"(?:[T ][\d:.Z+]{4,20})?"
        rf"|\d{{1,2}}(?:st|nd|rd|th)?[ .-]{{0,2}}{_MONTHS}\w{{0,8}}[ .,-]{{0,2}}\d{{2,4}}"
        rf"|{_MONTHS}\w{{0,8}}[ .-]{{1,2}}\d{{1,2}},? \d{{2,4}}"
        r"|\d{1,2}\.? ?(?:de )?\w{3,12}(?: de)? \d{4}",
        "phone": r"(?=(?:\D*\d){5})\(?[+(]{0,2}\d[\d ().\-/]{3,24}(?: ?(?:x|ext\.?|#) ?\d{1,6})?",
        "code": r"(?=(?:\D*\d){3})[A-Za-z0-9][A-Za-z0-9 ./-]{3,31}",
        "account": r"(?=(?:\D*\d){5})[A-Za-z0-9][A-Za-z0-9 .-]{4,40}",
        "card": r"(?=(?:\D*\d){12})\d[\d -]{11,24}|(?=[\d*xX• -]{8})[*xX•][*xX•\d -]{3,20}\d{4}",
        "device": r"(?=[^\d]{0,20}\d)[A-Za-z0-9(][A-Za-z0-9()./-]{5,63}",
        "plate": r"(?=[^\d]{0,8}\d)[A-ZÄÖÜ0-9][A-ZÄÖÜ0-9 ·-]{2,11}",
        "vin": r"[A-HJ-NPR-Z0-9]{17}",
        "user": r"(?=[^A-Za-z]{0,20}[A-Za-z])[A-Za-z0-9][\w.@+-]{1,63}",
        "secret": r"[^\s\"'<>]{6,128}",
        "degree": r"[-+]?\d{1,3}\.\d{4,15}",
        "none": r"(?!)",
    }.items()
}
_CAPTION = re.compile(
    r"(?i)(?:(?:your|enter|please|select|choose)\b"
    r"|\w+ (?:and|or|und|et|name|number|address|line)\b)"
)
"""What a form says of its field ("Street and number", "Your surname")."""
_NOTHING: Final = frozenset(
    """none null nil n/a na nan unknown undefined string str text varchar char int integer bigint
    number float double boolean bool date datetime timestamp uuid true false yes no object array
    required optional default empty value tbd todo test example sample redacted hidden masked
    anonymous all any other various total sum count average min max self this void any not null
    ja nein oui non si sí nee tak nie ei is self-pay home work mobile male female""".split()
)


_ALSO_NAMES: Final = frozenset(
    {"ville", "via", "rue", "grad", "ort", "nome", "meno", "ime", "gata"}
)
"""Headings of one language, names in another."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading announces."""

    kind: str
    what: str
    entity_type: EntityType
    form: str
    weight: int
    score: float

    @property
    def is_personal(self) -> bool:
        """Whether only people have such a thing."""
        return self.kind in PERSONAL

    @property
    def subtype(self) -> str:
        """The subtype of the values."""
        if self.entity_type is EntityType.DATE:
            return "birth" if self.kind == "birth" else ""
        return "coordinates" if self.form == "degree" else ""


def _read() -> dict[str, Heading]:
    headings: dict[str, Heading] = {}
    for block in re.split(r"\n(?=\S)", HEADINGS.strip()):
        head, _, body = block.partition("\n")
        kind, what, entity, form, weight, score = (part.strip() for part in head.split(";"))
        heading = Heading(kind, what, EntityType(entity), form, int(weight), float(score))
        for word in re.split("[,\n]", body):
            if word.strip():
                headings.setdefault(" ".join(word.split()), heading)
    return headings


_HEADINGS: Final = _read()
_JOINED: Final = {word.replace(" ", ""): heading for word, heading in _HEADINGS.items()}
_SPELT: Final = {
    spelling: heading
    for word, heading in _HEADINGS.items()
    for spelling in (word, word.replace(" ", "_"))
}
"""The plainest spellings, found without taking them apart."""
_STATEMENTS: Final = frozenset(
    """select distinct from where set get insert update delete order group return returns print def
    no not invalid missing enter your the a an of and or by on with is has format parse validate
    edit show hide sort filter find check file host product brand column field label""".split()
)
"""Words before a heading that make it part of a statement, or another thing's."""
_LONG_ENOUGH: Final = 8
_OWN: Final = {"name": "full name", "address": "home address"}
"""What is plain by itself and somebody's after a word such as "patient"."""
_NO_OPENERS: Final = frozenset({"bare", "role", "email", "service"})
"""Kinds that no table or key is looked at for."""
_QUALIFIER = re.compile(
    r" ?(?:no|nr|num|nb|number|nummer|numero|id|day|evening|home|work|office|private|privat|priv"
    r"|mob|mobile|kom|cell|day time)\Z"
)
_NUMBERED: Final = frozenset({"phone", "code", "account", "device", "plate"})
_OTHER_SENSES: Final = frozenset(
    """sin pan run rg cf rc tin ein cp cep gate via rue fin cell portable fixe ad adı il ort acct
    konto compte cuenta conto badge avs nie nir taj medicare passport mobile mobil handy iban long
    account handle nick nickname fax passeport residence born geboren grad cap plate line location
    addr rfc
    county district town city village""".split()
) - {"city", "town", "born", "geboren"}  # fmt: skip
"""Headings that are ordinary words: they count only beside others, and never as a key."""
HEADING_CUES: Final = frozenset(
    f"*{word}" if " " not in word and len(word) >= _LONG_ENOUGH else word
    for table in (_HEADINGS, _JOINED)
    for word, heading in table.items()
    if heading.kind not in _NO_OPENERS and word not in _OTHER_SENSES
    and (" " in word or len(word) > 2)
)  # fmt: skip
"""Headings as cues, words apart and joined, in small letters; "customerLastName" ends in one."""


def heading_of(text: str) -> Heading | None:
    """Return what a heading announces, however it is spelt, or None.

    Args:
        text: the whole heading, such as "patient_first_name", "E-mail:" or "homePhone2".
    """
    if len(text) > _LONGEST_HEADING:
        return None
    if found := _SPELT.get(text):
        return found
    words = _words(text)
    found = _HEADINGS.get(words) or _JOINED.get(words.replace(" ", ""))
    return found or _held(words) or _qualified(words)


def _words(text: str) -> str:
    if text.isalpha() and text[1:].islower():
        return text.lower()
    words = _NO_LETTER.sub(" ", _CAMEL.sub(" ", text)).strip().lower()
    return words.rstrip("0123456789 ") or words


def _held(words: str) -> Heading | None:
    """Return what is left of a heading without the words that say whose it is."""
    while True:
        holder, _, words = words.partition(" ")
        found = _HEADINGS.get(_OWN.get(words, words)) if words else None
        if not words or holder in _STATEMENTS:
            return None
        if holder not in HOLDERS and (" " not in words or not found):
            return None
        if found:
            return found


def _qualified(words: str) -> Heading | None:
    """Return what a heading announces before a word such as "nr", of things that have numbers."""
    bare = _QUALIFIER.sub("", words)
    found = _HEADINGS.get(bare) if bare != words else None
    return found if found and found.form in _NUMBERED else None


def fits(heading: Heading, value: str, *, is_cell: bool = False) -> bool:
    """Whether a value under a heading looks like one of its kind.

    Args:
        heading: what its column or key announces.
        value: the value, without quotes and blanks around it.
        is_cell: it stands in a column, where a name may be another language's heading ("Ville").
    """
    if is_cell and heading.form in ("name", "person") and value.lower() in _ALSO_NAMES:
        return True
    if not _FORMS[heading.form].fullmatch(value) or value.lower().strip(" .-") in _NOTHING:
        return False
    if _CAPTION.match(value):
        return False
    return heading.form not in ("name", "person", "street", "user") or heading_of(value) is None
