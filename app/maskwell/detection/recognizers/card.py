"""Payment cards: the groups a card is printed in, an issuer's prefix, and Luhn's check."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["CardRecognizer", "passes_luhn"]

_BEGINNING = re.compile(r"9{12,19}|9{4}(?:[-.]9{4}){3}(?:[-.]9{3})?|9{4}[-.]9{6}[-.]9{4,5}|9{4}")
_CARD = re.compile(
    r"(?:\d{4}(?P<a>[ \-.])\d{4}(?P=a)\d{4}(?P=a)\d{4}(?:(?P=a)\d{3})?"
    r"|\d{4}(?P<b>[ \-.])\d{6}(?P=b)\d{4,5}|\d{12,19})(?![0-9A-Za-z]|[.\-]\d)"
)
_ISSUER = re.compile(
    r"1800|2131|2014|2149|4|5[0-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|3[47]|30[0-5]|36|3[89]|35"
    r"|6011|62|64[4-9]|65|5[6-8]|60|63|67|0604|81|9792"
)
_FIFTEEN: Final = ("34", "37", "1800", "2131", "2014", "2149")
_DOUBLED: Final = str.maketrans("0123456789", "0246813579")
"""Each digit doubled, and the digits of that added."""
_WITHOUT_MARKS: Final = str.maketrans("", "", " -.")
_CUES: Final = (
    "card", "credit", "debit", "visa", "mastercard", "amex", "american express", "cc", "maestro",
    "discover", "creditcard", "pan", "carte", "karte", "kreditkarte", "tarjeta", "carta",
    "cartao", "cartão", "cvv", "cvc", "expiry", "expires", "expiring", "visacard", "jcb",
)  # fmt: skip


class CardRecognizer(Recognizer):
    """Finds payment card numbers of 12 to 19 digits."""

    name = "card"
    entity_types = (EntityType.CARD,)
    wants_shapes = True

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """Words that speak of a card."""
        return {"card": _CUES}

    def wants(self, shape: str) -> bool:
        """Whether a card may begin so."""
        return bool(_BEGINNING.fullmatch(shape))

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the numbers that an issuer could have issued."""
        for start, _, _ in scan.atoms(self.name):
            match = _CARD.match(scan.text, start)
            if match:
                yield from self._judge(scan, match)

    def _judge(self, scan: Scan, match: re.Match[str]) -> Iterator[Match]:
        written = match.group()
        digits = written.translate(_WITHOUT_MARKS)
        if not _ISSUER.match(digits) or len(set(digits)) < 2 or not passes_luhn(digits):
            return
        if len(digits) == 15 and not digits.startswith(_FIFTEEN):
            return
        cue = scan.cues.near("card", *match.span())
        is_usual = len(digits) in (15, 16) or digits != written
        if not cue and not is_usual:
            return
        reason = f"{len(digits)} digits, an issuer's prefix, Luhn check passed"
        if cue:
            reason += f", cue “{cue}”"
        yield Match(*match.span(), EntityType.CARD, 0.95, self.name, reason)


def passes_luhn(digits: str) -> bool:
    """Whether a string of ASCII digits passes Luhn's check (ISO/IEC 7812-1, annex B)."""
    doubled = digits[-2::-2].translate(_DOUBLED)
    return sum(map(int, digits[-1::-2] + doubled)) % 10 == 0
