"""IBANs: a country's prefix and length, and the mod-97 check of ISO 13616."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.detection.scan import Scan

__all__ = ["IbanRecognizer"]

_LENGTHS: Final = {
    country: length
    for length, countries in {
        15: "NO", 16: "BE BI", 18: "DK FI FO GL NL", 19: "MK SI", 20: "AT BA EE KZ LT LU XK",
        21: "CH HR LI LV", 22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "LY PT ST", 26: "IS TR",
        27: "BJ BF CM CF CG CI DJ EG FR GR IT MC MG ML MR SM SN TD TG",
        28: "AL AZ BY CY DO GT HN HU LB NI PL SV", 29: "BR PS QA UA", 30: "JO KW MU YE",
        31: "MT SC", 32: "LC", 33: "RU",
    }.items()
    for country in countries.split()
}  # fmt: skip


class IbanRecognizer(Recognizer):
    """Finds IBANs, solid or in groups, upper or lower case."""

    name = "iban"
    entity_types = (EntityType.IBAN,)
    wants_shapes = True

    def wants(self, shape: str) -> bool:
        """Whether it begins with a country and check digits."""
        return shape.startswith("AA99") and (len(shape) == 4 or len(shape) > 14 or shape[4] == "-")

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the IBANs whose length and check are right."""
        text = scan.text
        for start, _, _ in scan.atoms(self.name):
            length = _LENGTHS.get(text[start : start + 2].upper())
            end = _end_after(text, start, length) if length else 0
            if end and _passes_mod97(text[start:end]):
                yield Match(
                    start, end, EntityType.IBAN, 0.98, self.name,
                    "the country's length, mod-97 check passed",
                )  # fmt: skip


def _end_after(text: str, start: int, length: int) -> int:
    """Return where `length` letters and digits have passed, skipping single separators."""
    at, seen = start, 0
    limit = min(len(text), start + length * 2)
    while at < limit and seen < length:
        character = text[at]
        if character.isascii() and character.isalnum():
            seen += 1
        elif character not in " -." or not text[at - 1].isalnum():
            return 0
        at += 1
    if seen < length or (at < len(text) and text[at].isalnum()):
        return 0
    return at


def _passes_mod97(value: str) -> bool:
    compact = re.sub(r"[^0-9A-Za-z]", "", value)
    return int("".join(str(int(c, 36)) for c in compact[4:] + compact[:4])) % 97 == 1
