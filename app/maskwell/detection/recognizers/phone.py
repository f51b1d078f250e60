"""Telephone numbers: written the way people write them, or beside a word that says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.detection.scan import Scan

__all__ = ["PhoneRecognizer"]

_CANDIDATE = re.compile(
    r"(?<![0-9A-Za-z_#.,/$€£@=&])(?<![0-9][\-])(?:\+ ?|\(\+?)?\d(?:[ \-.()/]{0,3}\d){6,16}"
    r"(?:,? ?(?:x|ext\.?|extension|#) ?\d{1,6})?(?![0-9A-Za-z%])(?![.,:\-/]\d)"
)
_WRITTEN: Final = (
    ("an international number", 0.9, r"\+ ?\(?\d{1,3}\)?[ \-.()/]{0,3}\d[\d \-.()/]{5,20}"),
    ("an international number with 00", 0.8, r"00[1-9]\d{0,2}[ \-.(/]{1,2}[\d \-.()/]{6,20}"),
    ("ten digits as in North America", 0.85,
     r"(?:\+?1[ \-.]?)?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ \-.])[2-9]\d\d[ \-.]\d{4}"),
    ("an area code in brackets", 0.85, r"\(0?\d{1,5}\)[ \-/]{0,2}\d[\d \-]{4,10}\d"),
    ("a national number with its trunk zero", 0.7,
     r"0\d{1,4}(?:[ \-/]{1,3}\d{2,8}){1,4}|0\d(?:[ .\-]\d\d){4}"),
    ("an Indian mobile", 0.6, r"[6-9]\d{4}[ \-]\d{5}"),
    ("a local number as in North America", 0.55, r"555-\d{4}"),
)  # fmt: skip
_FORMS = tuple(
    (f"the shape of {name}", score, re.compile(f"{pattern}(?:,? ?(?:x|ext|#).*)?"))
    for name, score, pattern in _WRITTEN
)
_DATE = re.compile(
    r"(?:19|20)\d\d[ \-./]\d\d?[ \-./]\d\d?(?:\D.*)?|\d\d?([\-./])\d\d?\1(?:19|20)?\d\d"
)


class PhoneRecognizer(Recognizer):
    """Finds telephone and fax numbers, with extensions."""

    name = "phone"
    entity_types = (EntityType.PHONE,)
    cues = {
        "phone": (
            "phone", "telephone", "tel", "mobile", "cell", "cellphone", "fax", "call", "called",
            "calling", "text", "texted", "sms", "whatsapp", "signal", "dial", "ring", "reach",
            "contact", "hotline", "phone number", "phonenumber", "mobilenumber", "ph", "mob",
            "telefon", "handy", "telefono", "teléfono", "móvil", "movil", "celular", "portable",
            "téléphone", "cellulare", "telefoon", "telefone", "landline", "pager", "voicemail",
        )
    }  # fmt: skip

    def find(self, scan: Scan) -> Iterator[Match]:
        for match in _CANDIDATE.finditer(scan.text):
            value = match.group()
            if _DATE.fullmatch(value):
                continue
            digits = sum(map(str.isdigit, re.split("x|ext|#", value, maxsplit=1)[0]))
            if not 7 <= digits <= 15:
                continue
            cue = scan.cues.near("phone", *match.span(), before=30, after=12)
            reason, score = _judge(value, digits)
            if cue:
                reason, score = f"{reason or 'digits'}, cue “{cue}”", max(score + 0.1, 0.75)
            if score:
                yield Match(*match.span(), EntityType.PHONE, score, self.name, reason)


def _judge(value: str, digits: int) -> tuple[str, float]:
    for reason, score, form in _FORMS:
        if form.fullmatch(value):
            return reason, score
    return ("", 0.0)
