"""Payment cards: the groups a card is printed in, an issuer's prefix, and Luhn's check."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.detection.scan import Scan

__all__ = ["CardRecognizer", "passes_luhn"]

_CARD = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][.\-])(?:"
    r"\d{4}(?P<a>[ \-.])\d{4}(?P=a)\d{4}(?P=a)\d{4}(?:(?P=a)\d{3})?"
    r"|\d{4}(?P<b>[ \-.])\d{6}(?P=b)\d{4,5}"
    r"|\d{12,19})(?![0-9A-Za-z]|[.\-]\d)"
)
_ISSUER = re.compile(
    r"1800|2131|2014|2149|4|5[0-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|3[47]|30[0-5]|36|3[89]|35|6011|62|64[4-9]|65"
    r"|5[6-8]|60|63|67|0604|81|9792"
)
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


class CardRecognizer(Recognizer):
    """Finds payment card numbers of 12 to 19 digits."""

    name = "card"
    entity_types = (EntityType.CARD,)
    cues = {
        "card": (
            "card", "credit", "debit", "visa", "mastercard", "amex", "american express", "cc",
            "maestro", "discover", "creditcard", "pan", "carte", "karte", "kreditkarte",
            "tarjeta", "carta", "cartao", "cvv", "expiry", "expires",
        )
    }  # fmt: skip

    def find(self, scan: Scan) -> Iterator[Match]:
        for match in _CARD.finditer(scan.text):
            digits = re.sub(r"\D", "", match.group())
            if not _ISSUER.match(digits) or len(set(digits)) < 2 or not passes_luhn(digits):
                continue
            if len(digits) == 15 and not digits.startswith(("34", "37", "18", "21", "20")):
                continue
            cue = scan.cues.near("card", *match.span())
            grouped = len(digits) != len(match.group())
            if not cue and len(digits) in (12, 13, 17, 18, 19) and not grouped:
                continue
            score = 0.95 if cue or grouped or len(digits) in (15, 16) else 0.7
            reason = f"{len(digits)} digits, issuer prefix, Luhn check passed"
            if cue:
                reason += f", cue “{cue}”"
            yield Match(*match.span(), EntityType.CARD, score, self.name, reason)


def passes_luhn(digits: str) -> bool:
    """Whether a string of ASCII digits passes Luhn's check (ISO/IEC 7812-1, annex B)."""
    odd = sum(map(int, digits[-1::-2]))
    return (odd + sum(_DOUBLED[int(d)] for d in digits[-2::-2])) % 10 == 0
