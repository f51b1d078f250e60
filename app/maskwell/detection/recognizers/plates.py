"""Number plates without a label: their shape beside a word of cars ("drove the 7-ABC-123").

The shape alone is that of many codes, so a word of vehicles must stand shortly before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.detection.things import is_standard
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from maskwell.detection.scan import Scan

__all__ = ["PlateRecognizer"]

_SHAPES: Final = frozenset(
    "AA-999-AA AA99 AA99AAA 9-AAA-999 9AA 9AA-9AA 9AAA999 AAA-999 AAA-9999 9999-AAA 9999AAA 9999"
    " AA-9999 99-AA-99 AA-99-AA 99-AAA-9 AAA999 A-999-AA AA999AA".split()
)
_PLATE = re.compile(
    r"(?:[A-Z]{1,2}-\d{3}-[A-Z]{2}|[A-Z]{2}\d{3}[A-Z]{2}|[A-Z]{2}\d{2} ?[A-Z]{3}|\d-[A-Z]{3}-\d{3}"
    r"|\d[A-Z]{2}[ -]\d[A-Z]{2}|\d[A-Z]{3}\d{3}|[A-Z]{3}-?\d{3,4}|\d{4}[ -]?[B-DF-HJ-NPR-TV-Z]{3}"
    r"|[A-Z]{2}-\d{4}|\d\d-[A-Z]{2}-\d\d|[A-Z]{2}-\d\d-[A-Z]{2}|\d\d-[A-Z]{3}-\d)(?![\w-])"
)
_VEHICLES: Final = (
    "car", "van", "ute", "truck", "lorry", "vehicle", "motorbike", "motorcycle", "taxi", "minibus",
    "parked", "plates", "sedan", "pickup", "suv",
    "wagen", "pkw", "lkw", "voiture", "véhicule", "camionnette", "immatriculé", "immatriculée",
    "coche", "furgoneta", "vehículo", "macchina", "veicolo", "automobile", "carro", "veículo",
    "samochód", "bil", "bilen", "araba", "honda", "toyota", "bmw", "audi", "skoda", "vw",
    "volkswagen", "tesla", "vauxhall", "nissan", "mazda", "hyundai", "kia", "renault", "peugeot",
    "citroën", "fiat", "opel", "volvo", "mercedes", "subaru", "chevrolet", "suzuki",
)  # fmt: skip
_LOOSE: Final = ("drove", "drives", "driving", "parking", "auto", "seat", "ford")
"""They speak of other things too, so a ticket's shape ("OPS-1234") beside them is a ticket's."""
_TICKET = re.compile(r"[A-Z]{3}-?\d{3,4}")
_REACH: Final = 36
_BREAK = re.compile(r"[.;!?]\s|\n")


class PlateRecognizer(Recognizer):
    """Finds number plates beside words of vehicles."""

    name = "plate"
    entity_types = (EntityType.VEHICLE,)
    wants_shapes = True

    @property
    def cues(self) -> Mapping[str, Iterable[str]]:
        """Vehicles, makes, and what is done with them."""
        return {"vehicle": (*_VEHICLES, *_LOOSE), "vehicle:sure": _VEHICLES}

    def wants(self, shape: str) -> bool:
        """Whether a plate is written so, or begins so."""
        return shape in _SHAPES

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the plates."""
        if not scan.cues.of("vehicle"):
            return
        for start, _, _ in scan.atoms(self.name):
            match = _PLATE.match(scan.text, start)
            if not match or is_standard(match.group()):
                continue
            sentence = _BREAK.split(scan.text[max(0, match.start() - _REACH) : match.start()])[-1]
            kind = "vehicle:sure" if _TICKET.fullmatch(match.group()) else "vehicle"
            cue = scan.cues.near(kind, *match.span(), before=len(sentence), after=0)
            if cue:
                reason = f"the shape of a number plate, cue “{cue}”"
                yield Match(*match.span(), EntityType.VEHICLE, 0.7, self.name, reason, "plate")
