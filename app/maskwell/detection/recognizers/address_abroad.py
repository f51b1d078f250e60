"""Streets whose words or order are their own: Turkish, Russian, Hungarian, Greek, Colombian.

Each pattern begins or turns at a cue word and is read a bounded way around it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.address import CAP, UPPER, with_tail
from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["AbroadAddressRecognizer"]

_TURKISH = re.compile(
    rf"(?:{CAP} ){{1,3}}(?:(?:Mah\.?|Mahallesi),? (?:{CAP} ){{0,3}})?"
    r"(?:\d{1,4}\.? )?(?:Cad\.?|Caddesi|Sok\.?|Sokak|Sokağı|Sk\.?|Bulvarı|Blv\.?),? "
    r"(?:No ?[:.]? ?)?\d{1,4}(?:/\d{1,3})?"
    r"(?:,? (?:D|Daire|Kat|K) ?[:.]? ?\d{1,3})*"
    rf"(?:,? (?:\d{{5}} )?[{UPPER}]\w+ ?/ ?[{UPPER}]\w+"
    rf"|,? [{UPPER}]\w+ [{UPPER}]\w+(?=[.,;\n]|\Z))?"
)
_CYRILLIC = re.compile(
    r"(?:(?:\d{6}, ?)?(?:г\.|гор\.|город) ?[А-ЯЁЄІЇҐ][\w\-]+, ?)?"
    r"(?<!\w)(?:ул|улица|улице|вул|вулиця|пр-т|просп|проспект|пер"
    r"|переулок|наб|набережная|бульвар|б-р|шоссе"
    r"|площадь|пл)\b\.? (?:[А-ЯЁЄІЇҐ\d][\w\-]*\.? ){0,2}[А-ЯЁЄІЇҐ][\w\-]*,? "
    r"(?:(?:д|дом|буд)\b\.? ?)?"
    r"\d{1,4}[А-Яа-я]?(?:/\d{1,3})?(?:,? ?(?:к|корп|корпус|стр)\.? ?\d{1,3})?"
    r"(?:,? ?(?:кв|квартира|оф|офис)\b\.? ?\d{1,4})?"
)
_HUNGARIAN = re.compile(
    rf"(?:\d{{4}} )?{CAP}, (?:{CAP} ){{1,3}}(?:utca|út|útja|tér|körút|krt\.?|u\.|köz|sor)"
    r" ?\d{1,4}"
    r"(?:[/-]\w{1,4})?\.?(?: [IVX\d]{1,4}[./] ?\w{1,4}\.?)?"
)
_GREEK = re.compile(
    r"(?:[Οο]δό?[ςύ]?|[Λλ]εωφόρο[ςυ]?|Λεωφ\.) "
    r"(?:[Α-ΩΆΈΉΊΌΎΏ]\w+ ){1,3}\d{1,4}\b(?:, [Α-ΩΆΈΉΊΌΎΏ]\w+)?"
)
_GRID = re.compile(
    r"(?:calle|carrera|cra|avenida|transversal|diagonal)\.? \d{1,3} ?[A-Z]? ?(?:Bis )?"
    r"(?:#|N[o°º]\.?) ?\d{1,3} ?[A-Z]? ?[-–] ?\d{1,3}\b",
    re.IGNORECASE,
)
_REACH: Final = 70
_BEFORE: Final = (
    ("street:turkish", _TURKISH), ("street:hungarian", _HUNGARIAN), ("street:cyrillic", _CYRILLIC),
)  # fmt: skip
"""Patterns whose cue stands within."""
_AFTER: Final = (("street:greek", _GREEK), ("street:grid", _GRID))
"""Patterns that begin at their cue."""


class AbroadAddressRecognizer(Recognizer):
    """Finds street addresses that are not written as in the west of Europe."""

    name = "address_abroad"
    entity_types = (EntityType.ADDRESS,)

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """The words for a street."""
        return {
            "street:turkish": (
                "cad", "caddesi", "sok", "sokak", "sokağı", "bulvarı", "sk", "blv",
            ),
            "street:cyrillic": (
                "ул", "улица", "улице", "вул", "вулиця", "пр-т", "просп", "проспект", "пер",
                "переулок", "наб", "набережная", "бульвар", "б-р", "шоссе", "площадь", "пл",
            ),
            "street:hungarian": ("utca", "út", "útja", "tér", "körút", "krt", "u."),
            "street:greek": ("οδό", "οδός", "οδού", "λεωφόρος", "λεωφόρου"),
            "street:grid": ("calle", "carrera", "cra", "avenida", "transversal", "diagonal"),
        }  # fmt: skip

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield what stands around them."""
        text = scan.text
        for kind, pattern in _BEFORE:
            last = 0
            for cue in scan.cues.of(kind):
                match = pattern.search(text, max(last, cue.start - _REACH), cue.end + _REACH)
                if match and match.start() <= cue.start < match.end():
                    last = with_tail(text, match.end())
                    yield self._found(match.start(), last, cue.word)
        for kind, pattern in _AFTER:
            for cue in scan.cues.of(kind):
                match = pattern.match(text, cue.start, cue.end + _REACH)
                if match:
                    yield self._found(*match.span(), cue.word)

    def _found(self, start: int, end: int, cue: str) -> Match:
        reason = f"a name and a number at the street word “{cue}”"
        return Match(start, end, EntityType.ADDRESS, 0.8, self.name, reason)
