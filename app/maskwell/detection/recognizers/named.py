"""Names of persons where the words around say so: greetings, introductions, signatures, labels.

This is what finds persons when no name model is at hand, and a second opinion when it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.detection.scan import Scan

__all__ = ["NamedRecognizer"]

_PART: Final = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’]*(?:-[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’]*)*|[A-Z]\.)"
_PARTICLE: Final = r"(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|bin|binti|al|el|ter|ten|y)"
_NAME: Final = rf"{_PART}(?:[ \t]+(?:{_PARTICLE}[ \t]+){{0,2}}{_PART}){{0,4}}"
_ANY_CASE: Final = r"[^\W\d_][\w'’\-]*(?:[ \t]+[^\W\d_][\w'’\-]*){0,2}"
_TITLE: Final = r"(?:Mrs?|Ms|Mx|Miss|Dr|Prof|Sir|Herr|Frau|Mme|Mlle|Sr|Sra|Madam|Rev|Hon)"
_CUED: Final = (
    ("a greeting", 0.75, rf"(?:^|[\n>] ?|[.!?] )(?i:dear|hi|hello|hey|good (?:morning|afternoon|evening)|hallo|bonjour|hola|liebe[r]?|lieber|chère?|cher|estimad[oa]|ciao),? (?:{_TITLE}\.? )?(?P<name>{_NAME})(?=[ \t]*[,!:;.\n—-]|[ \t]*$)"),
    ("a title", 0.85, rf"\b{_TITLE}\b\.?[ \t]+(?P<name>{_NAME})"),
    ("an introduction", 0.8, rf"(?i:\b(?:my name is|my name's|name is|i am called|call me|this is|i'm|i am|ich bin|ich heiße|je m'appelle|me llamo|mi chiamo|speaking with|signed by|written by|attn\.?:?|c/o|regards to|yours,)) (?:{_TITLE}\.? )?(?P<name>{_NAME})"),
    ("a label", 0.85, rf"(?i:\b(?:full ?name|first ?name|last ?name|surname|given name|family name|patient|client|customer|employee|contact|name|attendee|applicant|tenant|landlord|guardian|spouse|insured|claimant|plaintiff|defendant|witness|from|to|cc|bcc|author|reviewer|signed|manager|supervisor|physician|doctor|nurse|teacher|student|candidate|buyer|seller|beneficiary|sender|recipient)(?:'s)?(?: name)?)[\"']?[ \t]*[:=][ \t]*[\"']?(?:{_TITLE}\.? )?(?P<name>{_NAME})"),
    ("a signature", 0.75, rf"(?i:(?:^|\n)[ \t>]*(?:(?:kind|best|warm|warmest|many)? ?regards|best(?: wishes)?|sincerely|yours (?:sincerely|faithfully|truly)|cheers|thanks|thank you|many thanks|cordially|respectfully|love|mit freundlichen grüßen|viele grüße|cordialement|saludos|atentamente|cordiali saluti))[,.!]?[ \t]*\n+[ \t>\-—]*(?P<name>{_NAME})(?=[ \t]*(?:\n|$|,))"),
    ("an introduction in small letters", 0.7, rf"(?i:\b(?:my name is|my name's|my full name is)) (?P<name>{_ANY_CASE})"),
)  # fmt: skip
_PATTERNS = tuple((f"after {what}", score, re.compile(p)) for what, score, p in _CUED)
_HINT = re.compile(
    r"name|dear|hi\b|hello|hey|good |hallo|bonjour|hola|lieb|ch[eè]r|estimad|ciao|mr|ms|mx|miss|dr\b"
    r"|prof|sir|herr|frau|mme|mlle|sr|madam|rev|hon|call me|this is|i'm|i am|ich |je m|llamo|chiamo"
    r"|by |attn|c/o|regards|[:=]|best|sincerely|yours|thank|cordial|respect|love|gr[uü]ß|saludos|atent"
)
_NOT_NAMES: Final = frozenset(
    """the a an all team everyone everybody sir madam customer support customers colleagues folks
    there world god santa friend friends hiring manager admin administrator user users none null
    true false n/a na unknown tbd yes no is not he she it we they you i in on at for from to and
    or but sorry happy glad writing here just so very sure looking trying going using new unable
    also still currently able about afraid pleased thanks thank please today tomorrow monday
    tuesday wednesday thursday friday saturday sunday january february march april june july
    august september october november december string str int float bool varchar text required
    optional self this that what when where which who how why if then else return""".split()
)


class NamedRecognizer(Recognizer):
    """Finds persons by the words around them."""

    name = "names"
    entity_types = (EntityType.PERSON,)

    def find(self, scan: Scan) -> Iterator[Match]:
        if not _HINT.search(scan.lower):
            return
        for reason, score, pattern in _PATTERNS:
            for match in pattern.finditer(scan.text):
                start, end = match.span("name")
                end = _without_stopwords(scan.text, start, end)
                if end > start:
                    yield Match(start, end, EntityType.PERSON, score, self.name, reason)


def _without_stopwords(text: str, start: int, end: int) -> int:
    """Cut the name at its first ordinary word; return `start` when none is left."""
    for word in re.finditer(r"\S+", text[start:end]):
        if word.group().lower().strip(".'’") in _NOT_NAMES:
            return start + len(text[start : start + word.start()].rstrip())
    return end
