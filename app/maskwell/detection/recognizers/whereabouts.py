"""Towns where the words before say that someone was born or lives there, in many languages.

The name model knows best where English says so; "née à Quimper" and "vivo en Soria" are told by
their own words. Invariant: a place begins with a capital and stands right after the words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["WhereaboutsRecognizer"]

_HERE: Final = (
    "place of birth", "birthplace", "town of birth", "lieu de naissance", "geburtsort",
    "lugar de nacimiento", "luogo di nascita", "local de nascimento", "naturalidade", "wohnort",
    "geboorteplaats", "woonplaats", "miejsce urodzenia", "födelseort", "bostadsort", "fødested",
    "doğum yeri", "место рождения", "domicile", "comune di residenza", "localidad", "ort", "ville",
    "plaats", "miejscowość", "ciudad", "città", "cidade", "город",
)  # fmt: skip
"""Labels: the town stands after a colon."""
_SAID: Final = (
    "ich wohne in", "wohne in", "wohnhaft in", "wohnt in", "wohnen in", "lebe in", "lebt in",
    "aufgewachsen in", "gebürtig aus", "komme aus", "j'habite à", "habite à", "habitant à",
    "demeurant à", "domicilié à", "domiciliée à", "résidant à", "vivo en", "vive en", "vivimos en",
    "resido en", "residente en", "vecino de", "vecina de", "natural de", "domiciliado en",
    "domiciliada en", "vivo a", "abito a", "abita a", "residente a", "domiciliato a",
    "domiciliata a", "moro em", "mora em", "vivo em", "residente em", "ik woon in", "woon in",
    "woont in", "wonend te", "woonachtig te", "woonachtig in", "mieszkam w",
    "mieszka w", "mieszkam we", "mieszka we",
    "jag bor i", "bor i", "bosatt i", "jeg bor i", "bopel i", "asun kaupungissa", "живу в городе",
    "живу в", "живет в", "проживаю в", "в городе",
)  # fmt: skip
_BORN: Final = (
    "né", "née", "nato", "nata", "nacido", "nacida", "nascido", "nascida", "geboren", "geb", "född",
    "født", "urodzony", "urodzona", "родился", "родилась",
)  # fmt: skip
_CAPITAL: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĽŁŃŇŐŒŘŚŞŠŢŤŪŮŰŹŻŽȘȚА-ЯЁЄІЇҐ"
_TOWN: Final = (
    rf"(?P<town>[{_CAPITAL}][^\W\d_]+(?:(?:[ ]|-)(?:[{_CAPITAL}][^\W\d_]+|(?:de|del|di|sur|am|an"
    rf"|der|den|la|le|les|do|da|ob|bei|im|nad|na|и|на)(?:[ ]|-)(?=[{_CAPITAL}])[^\W\d_]+)){{0,2}})"
)
_AFTER_LABEL = re.compile(rf"[\"']?[ \t]*:[ \t]*[\"']?{_TOWN}")
_AFTER_WORDS = re.compile(rf"[ ]{_TOWN}")
_AFTER_BORN = re.compile(
    rf"[.]?(?:\(?[ae]\)?)?(?:,?[ ](?:am|le|il|el|em|a|den|dnia|op|on)[ ])?"
    rf"(?:[^\n,;:!?]{{0,24}}?\d)?[ ,](?:[ ])?(?:à|a|ad|en|em|in|i|w|we|te|в|r\.[ ]w)[ ]{_TOWN}"
)
_NO_TOWN: Final = frozenset(
    """der die das dem den einem einer le la les el los un una uno het een januar februar märz april
    mai juni juli august september oktober november dezember herr frau deutschland""".split()
)


class WhereaboutsRecognizer(Recognizer):
    """Finds the towns people were born in or live in, by the words that say so."""

    name = "whereabouts"
    entity_types = (EntityType.PLACE,)

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """Labels, phrases, and participles of being born."""
        return {"where:label": _HERE, "where:said": _SAID, "where:born": _BORN}

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the towns after them."""
        for kind, after in (
            ("label", _AFTER_LABEL), ("said", _AFTER_WORDS), ("born", _AFTER_BORN),
        ):  # fmt: skip
            for cue in scan.cues.of(f"where:{kind}"):
                match = after.match(scan.text, cue.end, cue.end + 90)
                if match and match["town"].split(" ")[0].lower() not in _NO_TOWN:
                    reason = f"a capitalised word after “{cue.word}”"
                    yield Match(*match.span("town"), EntityType.PLACE, 0.65, self.name, reason)
