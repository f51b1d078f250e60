"""Telephone numbers: written the way people write them, or beside a word that says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["PhoneRecognizer"]

_BEGINNING = re.compile(r"9{1,15}(?:[-./]9{1,12}){0,6}(?:A{1,3}9{1,6}|-A{3,9})?")
_OTHER = re.compile(
    r"9999(?P<a>[-/.])99?(?P=a)99?|99?(?P<b>[-/.])99?(?P=b)(?:9999|99)"
    r"|9{1,3}(?:\.9{1,3}){3}|9{16,}"
)
_CANDIDATE = re.compile(
    r"(?P<number>(?:\+ ?\(?|\(\+?)?\d(?:[ \-.()/]{0,3}\d){6,16})"
    r"(?:,? ?(?:x|ext\.?|extension|#) ?\d{1,6})?(?![0-9A-Za-z%])(?![.,:\-/]\d)",
    re.IGNORECASE,
)
_SEVEN_DIGITS = re.compile(r"\d(?:[ \-.()/]{0,3}\d){6}")
_LEAST_DIGITS: Final = 7
_SEPARATORS: Final = frozenset(" -.()/")
_LABEL_AFTER = re.compile(
    r"[ \t-]{1,2}\(?(?P<word>office|home|work|main|direct|desk|cell|mobile|mob|fax|switchboard)\b"
    r"(?=[ \t\-)\\,;.]*(?:\n|\Z|\+?\(?\d))",
    re.IGNORECASE,
)
_BEFORE_LABEL: Final = frozenset(" \t-")
_LONGEST_LABEL: Final = 40
_INSIDE_A_HOUSE = re.compile(
    r"(?:\.|:| no\.?| number)?:? ?(?P<number>\d{3,6})(?![0-9A-Za-z]|[.,:/-]\d)"
)
_LEAD = re.compile(r"(?:\+ ?\(?|\(\+?)\Z")
_FIRST_NUMBER = re.compile(
    r"(?:\+?1[ \-.]?)?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ \-.])[2-9]\d\d[ \-.]\d{4}(?= )(?! ?(?:x|ext|#))"
)
"""A whole North American number, after which a space and other figures follow ("… 4 times")."""
_MOST_DIGITS: Final = 15
"""ITU-T E.164; a longer run is something else, and so is every part of it."""
_JOINED: Final = "_#.,/$€£@&-"
_EAST_ASIAN: Final = "\u3040"
"""From here on scripts that set no space between a word and a number."""
_WRITTEN: Final = (
    ("an international number", 0.9,
     r"\+ ?\(?[1-9]\d{0,2}\)?[ \-.()/]{0,3}\d(?!\d*\.\d+\Z)[\d \-.()/]{5,20}"),
    ("an international number with 00", 0.8, r"00[1-9]\d{0,2}[ \-.(/]{1,2}[\d \-.()/]{6,20}"),
    ("ten digits as in North America", 0.85, r"(?:1[ \-.])?[2-9]\d\d[ \-.]\d{3}[ \-.]\d{4}"),
    ("ten digits as in North America", 0.85,
     r"(?:\+?1[ \-.]?)?(?:\([2-9]\d\d\)[ \-.]?|[2-9]\d\d[ \-.])[2-9]\d\d[ \-.]\d{4}"),
    ("an area code in brackets", 0.85, r"\(0?\d{1,5}\)[ \-/]{0,2}\d[\d \-]{4,10}\d"),
    ("a national number with its trunk zero", 0.7,
     r"0[1-9]\d{0,3}(?:[ \-/]{1,3}\d{2,8}){1,4}|0[1-9](?:[ .\-]\d\d){4}"),
    ("an Indian mobile", 0.6, r"[6-9]\d{4}[ \-]\d{5}"),
    ("a local number as in North America", 0.55, r"555-\d{4}"),
)  # fmt: skip
_FORMS = re.compile("|".join(f"({pattern})" for _, _, pattern in _WRITTEN))
_DATE = re.compile(
    r"(?:19|20)\d\d[ \-./]\d\d?[ \-./]\d\d?(?:\D.*)?|\d\d?([\-./])\d\d?\1(?:19|20)?\d\d"
)
_CUES: Final = (
    "phone", "telephone", "tel", "mobile", "cell", "cellphone", "fax", "call", "called",
    "calling", "text", "texted", "sms", "whatsapp", "signal", "dial", "ring", "reach",
    "contact", "hotline", "phone number", "phonenumber", "mobilenumber", "ph", "mob",
    "telefon", "handy", "telefono", "teléfono", "móvil", "movil", "celular", "portable",
    "téléphone", "cellulare", "telefoon", "telefone", "landline", "pager", "voicemail", "tlf",
    "tfn", "tél", "puhelin", "puh", "mobil", "mobiltelefon", "mobiel", "gsm", "natel", "kom",
    "telefonu", "numer telefonu", "rufnummer", "mobilnummer", "telefonnummer", "handynummer",
    "telefoonnummer", "téléphoner", "telemóvel", "contacto", "contato", "contatto", "cel", "faks",
    "number is", "my number", "his number", "her number", "their number", "mi número",
    "mon numéro", "meine nummer", "mio numero", "mijn nummer", "meu número", "mój numer", "whats",
    "zap", "cep", "τηλ", "τηλέφωνο", "κινητό", "add me", "rückruf", "callback", "hit me up",
    "cep telefonu", "komórka", "тел", "телефон", "моб", "звоните", "电话", "電話", "手机", "手機",
    "携帯", "전화", "휴대폰", "연락처", "联系方式",
)  # fmt: skip
_EXTENSIONS: Final = ("ext", "extn", "xtn", "extension", "bleep", "pager", "dect")


_ZIP = re.compile(r"\d{5}-\d{4}")
_STATE = re.compile(r"\b[A-Z]{2},?[ ]{1,2}\Z")


class PhoneRecognizer(Recognizer):
    """Finds telephone and fax numbers, with extensions."""

    name = "phone"
    entity_types = (EntityType.PHONE,)
    wants_shapes = True

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """Words that speak of telephoning."""
        return {"phone": _CUES, "phone:extension": _EXTENSIONS}

    def wants(self, shape: str) -> bool:
        """Whether it is digits with the separators of a telephone number."""
        return bool(_BEGINNING.fullmatch(shape) and not _OTHER.fullmatch(shape))

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the numbers written as telephone numbers, or beside a cue."""
        text, last = scan.text, 0
        long_enough = [
            start
            for start, end, _ in scan.atoms(self.name)
            if (end - start >= _LEAST_DIGITS or text[end : end + 1] in _SEPARATORS)
            and _SEVEN_DIGITS.match(text, start)
        ]
        for begin in long_enough:
            if begin < last:
                continue
            start = _with_plus(text, begin)
            match = _CANDIDATE.match(text, start)
            before = text[start - 1] if start else " "
            if match and not (
                (before in _JOINED and not (before == "," and text[start] == "+"))
                or (before.isalnum() and before < _EAST_ASIAN)
            ):
                found = self._judge(scan, match)
                if found:
                    yield found
                    last = found.end
                elif _digits(match.group()) > _MOST_DIGITS:
                    last = match.end()
        for cue in scan.cues.of("phone:extension"):
            inside = _INSIDE_A_HOUSE.match(text, cue.end, cue.end + 16)
            if inside and text[cue.start - 1 : cue.start] in ("", " ", "(", ",", "\n", "\t", "/"):
                reason = f"an extension after “{cue.word}”"
                yield Match(*inside.span("number"), EntityType.PHONE, 0.7, self.name, reason)

    def _judge(self, scan: Scan, match: re.Match[str]) -> Match | None:
        first = _FIRST_NUMBER.match(match.group())
        number = first.group() if first else match["number"]
        is_endless = len(number) > _MOST_DIGITS < _digits(number)
        if is_endless or number.count(".") == 1:
            return None
        value = first.group() if first else match.group()
        if _DATE.fullmatch(value) or _is_zip(scan.text, match.start(), number):
            return None
        start, end = match.start(), match.start() + len(value)
        cue = scan.cues.near("phone", start, end, before=30, after=12)
        cue = cue or _label_after(scan.text, end)
        reason, score = _form_of(number)
        if cue:
            reason = f"{reason or 'digits'}, cue “{cue}”"
            score = min(0.99, max(score + 0.1, 0.75))
        if not score:
            return None
        return Match(start, end, EntityType.PHONE, score, self.name, reason)


def _is_zip(text: str, start: int, number: str) -> bool:
    """Whether five and four digits stand after a state: a postcode."""
    if not _ZIP.fullmatch(number):
        return False
    return _STATE.search(text, max(0, start - 5), start) is not None


def _label_after(text: str, end: int) -> str:
    if text[end : end + 1] not in _BEFORE_LABEL:
        return ""
    label = _LABEL_AFTER.match(text, end, end + _LONGEST_LABEL)
    return label["word"].lower() if label else ""


def _digits(value: str) -> int:
    return sum(map(str.isdigit, value))


def _with_plus(text: str, start: int) -> int:
    """Take in the "+" and bracket that open a number."""
    before = text[max(0, start - 2) : start]
    if not before.endswith(("+", "(", "+ ")):
        return start
    lead = _LEAD.search(text, max(0, start - 4), start)
    if not lead:
        return start
    is_open = lead.group().startswith("(")
    closes = text.find(")", start, start + 6) >= 0
    return lead.start() + (is_open and not closes)


def _form_of(number: str) -> tuple[str, float]:
    form = _FORMS.fullmatch(number)
    if form is None:
        return "", 0.0
    name, score, _ = _WRITTEN[cast("int", form.lastindex) - 1]
    return f"the shape of {name}", score
