"""Postal addresses by their shapes in several countries: street and number, box, postcode.

Candidates are the words that name a street ("Street", "rue", "-straße"); each is read
outwards, a bounded way. What follows in the form of a flat, a town or a postcode belongs to
the address.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.address_block import block_start
from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["CAP", "UPPER", "AddressRecognizer", "with_tail"]

UPPER: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĽŁŃŇŐŒŘŚŞŠŢŤŪŮŰŹŻŽȘȚ"
CAP: Final = rf"(?:[{UPPER}][\w'’.\-]*|\d{{1,3}}(?:st|nd|rd|th))"
_US_STATE: Final = (
    "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]"
    "|T[NX]|UT|V[AT]|W[AIVY]"
)
_UK_POSTCODE: Final = r"[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}"
_SUFFIXES: Final = (
    "street", "st", "avenue", "ave", "av", "road", "rd", "lane", "ln", "drive", "dr", "court",
    "ct", "boulevard", "blvd", "way", "place", "pl", "terrace", "ter", "close", "crescent",
    "cres", "square", "sq", "parkway", "pkwy", "highway", "hwy", "circle", "cir", "trail", "trl",
    "alley", "row", "mews", "gardens", "grove", "hill", "plaza", "walk", "quay", "parade", "loop",
    "path", "pike", "route", "run", "expressway", "freeway", "turnpike", "esplanade", "rise",
    "vale", "wharf", "green", "view", "ridge", "heights", "crossing", "point", "bend", "park",
)  # fmt: skip
_PREFIXES: Final = (
    "rue", "avenue", "boulevard", "bd", "impasse", "allée", "allee", "chemin", "quai", "cours",
    "calle", "c/", "avenida", "avda", "paseo", "plaza", "via", "viale", "piazza", "corso",
    "vicolo", "rua", "travessa", "praça", "carrer", "ulica", "ul", "place", "chaussée", "aleja",
    "aleje", "plac", "camino", "carretera", "avinguda", "alameda", "largo", "strada", "contrada",
    "lungomare", "ulice", "náměstí", "jalan", "bulevardul", "urbanización", "passeig", "route de",
)  # fmt: skip
_COMPOUND_ENDS: Final = (
    "straße", "strasse", "str.", "gasse", "allee", "platz", "ring", "damm", "weg", "ufer",
    "straat", "laan", "gracht", "plein", "kade", "gatan", "vägen", "gata", "vej", "gade",
    "allé", "katu", "tie", "veien", "gaten",
)  # fmt: skip
_UNIT: Final = (
    r"(?:,?[ \n]{1,2}(?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|Fl|Room|Rm|Bldg|Building|Lot|PMB"
    r"|#)"
    r"\.?[ ]?#?[ ]?[0-9A-Z\-]{1,6}\b|,? #[ ]?\d{1,5})"
)
_ROOM: Final = (
    r"(?:,? (?:apto?\.?|apartamento|depto\.?|dpto\.?|piso|puerta|bte|boîte|bus|int\.|interno|scala"
    r"|lok\.|m\.|bloco|sala|daire|kat) ?[0-9A-Za-z]{1,4}\b"
    r"|,? \d{1,2}\.? ?[ºª°](?:,? ?(?:[A-Z]\b|[Ee]sq\.?|[Dd]to?\.?|[Dd]cha\.?|[Ii]zq?d?a?\.?))?"
    r"|,? \d{1,2}\. ?(?:tv|th|mf)\b\.?)"
)
_TAIL = re.compile(
    rf"{_UNIT}?{_ROOM}{{0,2}}(?:,?[ \n]{{1,2}}(?:{CAP}[ ]){{0,2}}{CAP})??(?:"
    rf",?[ \n]{{1,2}}(?:{_US_STATE}|[A-Z][a-z]+(?: [A-Z][a-z]+)?),?[ \n]\d{{5}}(?:-\d{{4}})?\b"
    rf"|,?[ \n]{{1,2}}(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT) \d{{4}}\b"
    rf"|,?[ \n]{{1,2}}(?:(?:AB|BC|MB|N[BLSTU]|ON|PE|QC|SK|YT)[, ]{{1,2}})?"
    r"[A-Z]\d[A-Z][ -]?\d[A-Z]\d\b"
    rf"|,?[ \n]{{1,2}}{_UK_POSTCODE}\b"
    r"|(?:,| -)?[ \n]{1,2}(?:CEP:? ?)?(?:\d{4,5}-\d{3}|\d\d-\d{3}|\d{3} \d\d)"
    rf"(?:,? {CAP}(?:[ \-](?:(?:d[aeo]s?) )?{CAP}){{0,2}}(?: \d{{1,2}}\b)?"
    r"(?: ?[-/,] ?[A-Z]{2}\b)?)?"
    rf"|,?[ \n]{{1,2}}(?:[A-Z]{{1,2}}-)?\d{{4,5}}(?: [A-Z]{{2}})?[ ]{CAP}(?:[ \-]{CAP}){{0,2}}"
    rf"|,[ \n](?:{_US_STATE})\b)"
)
_UNIT_TAIL = re.compile(rf"{_UNIT}|{_ROOM}{{1,2}}")
_BEFORE_SUFFIX = re.compile(
    rf"(?<![\w.,/$€£\-])(?:(?:Flat|Unit|Apt|Suite) \d{{1,4}}[A-Za-z]?,? )?(?:No\.? ?)?"
    rf"\d{{1,6}}(?:[A-Za-z]|-\d{{1,5}}|/\d{{1,4}}| 1/2)?,? "
    rf"(?:(?:[NSEW]|NE|NW|SE|SW|North|South|East|West|Old|New|Upper|Lower)\.? )?"
    rf"(?:{CAP} ){{1,4}}\Z"
)
_HOUSE_BEFORE = re.compile(
    rf"(?<![\w.,/$€£\-])(?!(?:The )?(?:At|In|Of|From|Near|By|To|Town|City|Opera|Court|Custom"
    rf"|White|Guest|Public|Coffee|Ale|Chop|Parish|Village|Treasure) )(?:{CAP} ){{1,3}}"
    rf"(?:Cottages?|Lodge|Farm|Farmhouse|Barns?|Bungalow|Villas?|Grange|Rectory|Vicarage|House|Croft"
    rf"|Mansions|Court),[ \n](?:{CAP} ){{1,3}}\Z"
)
"""A house that has a name for a number, before its street."""
_LOWER_BEFORE = re.compile(r"(?<![\w.,/$€£\-])\d{1,5}[a-z]? (?:[a-z]+ ){1,3}\Z")
_DOCTOR_BEFORE = re.compile(r"\A\d+ (?!(?:[NS][EW]?|[EW]) )[A-Z]{2,4} \Z|[^\W\d_]{4,}\. ")
"""A time, or a sentence's end, and who it is: "1630 GP Dr. Sood", "12, Anna. Surgeon Dr Sood"."""
_DIRECTION = re.compile(r" (?:NE|NW|SE|SW|[NSEW]|North|South|East|West)\b\.?(?! [a-z])")
_NUMBER_BEFORE = re.compile(
    r"(?<![\w.,/$€£\-])\d{1,4}(?: ?(?:bis|ter|[A-Za-z]))?,? (?:de la |the )?\Z"
)
_AFTER_PREFIX = re.compile(
    rf"\.?[ ](?:(?:de|del|della|des|du|da|do|dos|la|le|les|l'|d'|San|Santa|Saint)[ ]?){{0,3}}{CAP}"
    rf"(?:[ \-](?:(?:de|del|della|des|du|da|do|la|le|et|e|y)[ ]){{0,2}}{CAP}){{0,4}}"
    r"(?P<number>,? (?:n[º°.]? ?)?\d{1,4}(?:[A-Za-z]|/\d{1,3})?\b)?"
)
_COMPOUND_NUMBER = re.compile(r"\.?[ ]{0,2}\d{1,4}[ ]?(?:[a-zA-Z]\b)?(?:[-/]\d{1,4}[a-z]?)?")
_COMPOUND_FRONT = re.compile(
    r"(?:[A-ZÄÖÜÅØÆ][\w\-]*[ -])?(?:(?:[Aa]m|[Zz]u[mr]|[Ii]m"
    r"|(?:[Aa]n|[Aa]uf|[Ii]n|[Uu]nter|[Hh]inter|[Vv]or|[Bb]ei) de[rnm])[ ])?"
    r"[A-ZÄÖÜÅØÆ][\wäöüß\-.]*\Z"
)
_BOX = re.compile(
    r"(?:P\.? ?O\.? ?Box|Post(?:al)? Box|Postfach|Apartado(?: postal)?|Boîte postale|GPO Box|PO BOX"
    r"|p\.?o\.? box)[ .:#]{1,2}\d[\d ]{0,8}\d?",
)
_MILITARY = re.compile(
    r"(?:(?:PSC|CMR|Unit) \d{1,5},? (?:APO )?Box \d{1,5}|U\.?S\.?[NC]?[SVGM]{1,2} [A-Z][\w'’-]+"
    r"(?: [A-Z][\w'’-]+)?)?,?[ \n]{0,2}\b(?:APO|FPO|DPO),? A[AEP] \d{5}(?:-\d{4})?\b"
)
_LONGEST_MILITARY: Final = 44
_POSTCODES = re.compile(
    rf"(?<![\w#-])(?:{_UK_POSTCODE}|[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d"
    rf"|(?:{_US_STATE}),? \d{{5}}(?:-\d{{4}})?)(?![\w-])"
)
_LIKE_A_POSTCODE = re.compile(r"[A-Z](?:[A-Z]?\d|[A-Z],? \d{5})")
"""How each of them begins; a capital is quicker to find than a place where a word begins."""
_LABELLED_CODE = re.compile(
    r"[\"']?[ ]?(?:is|:|=)?[ ]?[\"']?"
    r"(\d{5}-\d{3,4}|\d{2}-\d{3}|\d{3}[ -]\d{2,4}|\d{4} ?[A-Z]{2}|\d{4,6})\b(?![.,:/-]?\d)"
)
_TOWN = re.compile(rf", [{UPPER}][\w'’\-]+(?: [{UPPER}][\w'’\-]+)?(?=[.,;:!?)\n]|\Z)")
_REACH: Final = 70


class AddressRecognizer(Recognizer):
    """Finds street addresses, boxes and the postcodes that stand alone."""

    name = "address"
    entity_types = (EntityType.ADDRESS,)

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """The words that speak of one."""
        return {
            "street:suffix": _SUFFIXES,
            "street:prefix": _PREFIXES,
            "street:compound": tuple(f"*{end}" for end in _COMPOUND_ENDS),
            "street:box": (
                "box", "postfach", "apartado", "boîte postale", "zip", "zip code", "zipcode",
                "postcode", "postal code", "post code",
            ),
            "street:military": ("apo", "fpo", "dpo"),
        }  # fmt: skip

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield what stands there."""
        yield from self._suffixed(scan)
        yield from self._prefixed(scan)
        yield from self._compound(scan)
        for cue in scan.cues.of("street:box"):
            match = _BOX.search(scan.text, max(0, cue.start - 12), cue.end + 16)
            if match:
                end = with_tail(scan.text, match.end())
                yield self._found(match.start(), end, "a post box")
            yield from self._labelled_code(scan.text, cue.end)
        for cue in scan.cues.of("street:military"):
            low = max(0, cue.start - _LONGEST_MILITARY)
            match = _MILITARY.search(scan.text, low, cue.end + 16)
            if match and match.start() <= cue.start < match.end():
                start = match.end() - len(match.group().lstrip(", \n"))
                yield self._found(start, match.end(), "a military post box")
        yield from self._postcodes(scan.text)

    def _postcodes(self, text: str) -> Iterator[Match]:
        last = 0
        for like in _LIKE_A_POSTCODE.finditer(text):
            match = _POSTCODES.match(text, like.start()) if like.start() >= last else None
            if match is None:
                continue
            last = match.end()
            start = block_start(text, match.start())
            if start < match.start():
                yield self._found(start, last, "what stands before a postcode")
            else:
                yield self._found(*match.span(), "a postcode", 0.6, "postcode")

    def _labelled_code(self, text: str, at: int) -> Iterator[Match]:
        match = _LABELLED_CODE.match(text, at)
        if match:
            yield self._found(*match.span(1), "digits after a postcode cue", 0.7, "postcode")

    def _suffixed(self, scan: Scan) -> Iterator[Match]:
        text = scan.text
        for cue in scan.cues.of("street:suffix"):
            low = max(0, cue.start - _REACH)
            is_capital = text[cue.start].isupper()
            before = (_BEFORE_SUFFIX if is_capital else _LOWER_BEFORE).search(text, low, cue.start)
            if is_capital and not before and ", " in text[low : cue.start]:
                before = _HOUSE_BEFORE.search(text, low, cue.start)
            if not before or (not is_capital and cue.word in _ORDINARY):
                continue
            if cue.word == "dr" and _DOCTOR_BEFORE.search(before.group()):
                continue
            direction = _DIRECTION.match(text, cue.end)
            end = direction.end() if direction else cue.end
            reason = f"a number and a name before “{cue.word}”"
            yield self._found(before.start(), with_tail(text, end), reason)

    def _prefixed(self, scan: Scan) -> Iterator[Match]:
        text = scan.text
        for cue in scan.cues.of("street:prefix"):
            after = _AFTER_PREFIX.match(text, cue.end, cue.end + _REACH)
            if not after:
                continue
            before = _NUMBER_BEFORE.search(text, max(0, cue.start - 14), cue.start)
            if not before and not after["number"]:
                continue
            start = before.start() if before else cue.start
            reason = f"a name after “{cue.word}” and a number"
            end = _with_town(text, with_tail(text, after.end()), after.end())
            yield self._found(start, end, reason)

    def _compound(self, scan: Scan) -> Iterator[Match]:
        text = scan.text
        for cue in scan.cues.of("street:compound"):
            number = _COMPOUND_NUMBER.match(text, cue.end)
            front = _COMPOUND_FRONT.search(text, max(0, cue.start - 40), cue.start)
            if number and front and cue.start - front.start() > 1:
                end = _with_town(text, with_tail(text, number.end()), number.end())
                yield self._found(front.start(), end, f"a street ending in “{cue.word}”, a number")

    def _found(
        self, start: int, end: int, reason: str, score: float = 0.8, subtype: str = ""
    ) -> Match:
        return Match(start, end, EntityType.ADDRESS, score, self.name, reason, subtype)


_ORDINARY: Final = frozenset(
    {
        "way", "place", "court", "run", "point", "view", "green", "park", "hill", "row", "close",
        "square", "path", "route", "walk", "drive", "loop", "circle", "rise", "st", "dr", "pl",
        "ct", "av", "ter", "sq", "ridge", "bend", "crossing", "heights", "plaza", "gardens",
        "trail", "lane", "parade", "pike", "vale", "grove", "alley",
    }
)  # fmt: skip


def _with_town(text: str, end: int, street: int) -> int:
    """Take in a town after a comma where the street has no longer tail."""
    town = _TOWN.match(text, end) if end == street and text[end : end + 1] == "," else None
    return town.end() if town else end


def with_tail(text: str, end: int) -> int:
    """Return the end of an address with the flat, the town and the postcode that follow `end`."""
    tail = _TAIL.match(text, end, end + 2 * _REACH)
    if tail:
        return tail.end()
    unit = _UNIT_TAIL.match(text, end)
    return unit.end() if unit else end
