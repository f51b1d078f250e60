"""Places on the globe given as degrees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["CoordinateRecognizer"]

_DECIMAL: Final = r"[-+]?\d{1,3}\.\d{3,15}"
_PAIR = re.compile(
    rf"(?P<lat>{_DECIMAL}) ?°? ?[NS]?(?:[,;/]| ) ?(?P<lon>{_DECIMAL})(?: ?° ?[EWO]?)?(?![\w.])"
)
_SEXAGESIMAL: Final = r"\d{1,3} ?° ?\d{1,2} ?['′] ?(?:\d{1,2}(?:\.\d+)? ?(?:[\"″]|'') ?)?"
_DEGREES = re.compile(rf"(?<!\w){_SEXAGESIMAL}[NS],?;? ?{_SEXAGESIMAL}[EWO](?!\w)")
_SENTENCE = re.compile(r"\b\d{3,5}\.\d{2,8},[NS],\d{3,5}\.\d{2,8},[EW]\b")
"""A receiver's own notation, in degrees and minutes run together (NMEA 0183)."""
_LABELLED_COORDINATE = re.compile(
    r"[\"']?[ \t]*[:=]?[ \t]*[\"']?(?P<value>[-+]?\d{1,3}\.\d{2,15})(?!\w|\.\d)"
)


class CoordinateRecognizer(Recognizer):
    """Finds places on the globe given as numbers."""

    name = "coordinates"
    entity_types = (EntityType.PLACE,)
    wants_shapes = True

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """The words for degrees."""
        return {"coordinates": ("lat", "latitude", "lon", "longitude", "lng", "long")}

    def wants(self, shape: str) -> bool:
        """Whether it is a degree with four decimals or more."""
        return bool(re.fullmatch(r"9{1,3}\.9{4,15}", shape))

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield pairs of degrees and labelled degrees."""
        text, last = scan.text, 0
        for cue in scan.cues.of("coordinates"):
            match = _LABELLED_COORDINATE.match(text, cue.end, cue.end + 30)
            if match and abs(float(match["value"])) <= 180:
                yield self._found(*match.span("value"), f"a degree after “{cue.word}”")
        for begin, _, _ in scan.atoms(self.name):
            start = begin - (text[begin - 1 : begin] in ("-", "+"))
            match = _PAIR.match(text, start) if start >= last else None
            if match and abs(float(match["lat"])) <= 90 and abs(float(match["lon"])) <= 180:
                last = match.end()
                yield self._found(start, last, "a pair of degrees")
        if ",N," in text or ",S," in text:
            for match in _SENTENCE.finditer(text):
                yield self._found(*match.span(), "degrees as a receiver writes them")
        if "°" in text:
            for match in _DEGREES.finditer(text):
                yield self._found(*match.span(), "degrees and minutes")

    def _found(self, start: int, end: int, reason: str) -> Match:
        return Match(start, end, EntityType.PLACE, 0.75, self.name, reason, "coordinates")
