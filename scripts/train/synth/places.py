"""Addresses whose line, street, block and postcode forms belong together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from synth.pools import LOCALES, pool
from synth.wordlists import words

if TYPE_CHECKING:
    import random

__all__ = ["SPOKEN_IN", "Address", "city", "city_state", "home_town"]

SPOKEN_IN = {
    "spanish": ("es_ES", "es_MX", "es_AR", "es_CO", "es_CL"),
    "french": ("fr_FR", "fr_FR", "fr_CA", "fr_BE"),
    "german": ("de_DE", "de_DE", "de_AT", "de_CH"),
    "italian": ("it_IT",),
    "portuguese": ("pt_BR", "pt_PT"),
    "dutch": ("nl_NL", "nl_BE"),
    "polish": ("pl_PL",),
    "turkish": ("tr_TR",),
    "swedish": ("sv_SE",),
}
"""The locales of every language that has a template file and a list `words/town_*.txt`."""

_STREETS = (
    "Elm Oak Maple Cedar Pine Birch Willow Park Station Church Mill High Main Market Bridge Castle "
    "King Queen Victoria Albert Spring Lake Hill River Meadow Sunset Orchard Chapel School Union "
    "Washington Lincoln Jefferson Madison Franklin Jackson Harbour Tannery Foundry Priory Abbey"
).split()
_KINDS = (
    "St St. Street Road Rd Rd. Ave Ave. Avenue Lane Ln Drive Dr Dr. Court Ct Close Way Place "
    "Terrace Crescent Gardens Blvd Boulevard Highway Parkway Row Square Mews Walk Circle Trail"
).split()
_ABROAD = (
    "Rue {w} {n}",
    "{n} rue de {w}",
    "{n}, avenue {w}",
    "{w}straße {n}",
    "{w}str. {n}",
    "{w}weg {n}",
    "{w}gasse {n}",
    "Calle {w} {n}",
    "C/ {w}, {n}, 2º B",
    "Av. {w} {n}",
    "Avenida {w} {n}",
    "Rua {w}, {n}",
    "Via {w} {n}",
    "Piazza {w}, {n}",
    "{w}straat {n}",
    "{w}laan {n}",
    "ul. {w} {n}/3",
    "{w}gatan {n}",
    "{w}vej {n}",
    "{w}katu {n}",
    "{w} utca {n}",
    "Str. {w} nr. {n}",
    "{w} Sokak No:{n}",
    "{n} {w} Marg",
    "Plot {n}, {w} Layout",
    "{w} Road, Sector {n}",
    "Jl. {w} No. {n}",
    "Jalan {w} {n}",
    "{n} Đường {w}",
    "{w} {n}-chome",
    "Blk {n} {w} Avenue 3",
    "House {n}, Road 4, {w}",
)
_UNITS = (
    "Apt {n}",
    "Apt. {n}B",
    "Apartment {n}",
    "Unit {n}",
    "Suite {n}00",
    "#{n}",
    "Flat {n}",
    "flat {n}a",
    "Floor {n}",
    "Ste {n}",
    "Room {n}",
    "2nd floor",
    "c/o reception",
    "Building {n}",
    "Rm. {n}",
)


def city(rng: random.Random) -> str:
    """A town: a known one, or one of Faker's."""
    if rng.random() < 0.6:
        return rng.choice(words("city"))
    chosen = pool(rng.choice(LOCALES))
    return rng.choice(words("city")) if chosen.other_script else rng.choice(chosen.cities)


def city_state(rng: random.Random) -> str:
    """A town with its state or country: "Austin, TX", "Lyon, France"."""
    second = "state" if rng.random() < 0.6 else "country"
    return f"{city(rng)}, {rng.choice(words(second))}"


def home_town(language: str, locale: str, rng: random.Random) -> str:
    """A town where a language is spoken: a known one, or one of Faker's for the locale."""
    known = rng.random() < 0.7
    return rng.choice(words(f"town_{language}") if known else pool(locale).cities)


class Address:
    """Somewhere invented."""

    def __init__(self, rng: random.Random, *, locale: str = "") -> None:
        self._rng = rng
        self._pool = pool(locale or rng.choice(LOCALES))
        while self._pool.other_script:
            self._pool = pool(rng.choice(LOCALES))
        self._at_home = bool(locale)
        self.street = self._street()
        self.postcode = rng.choice(self._pool.postcodes)
        self.town = rng.choice(self._pool.cities) if locale else city(rng)
        self._state = rng.choice(words("state"))

    def _street(self) -> str:
        rng = self._rng
        number = str(rng.choice((rng.randint(1, 99), rng.randint(1, 400), rng.randint(100, 19999))))
        if rng.random() < 0.05:
            number += rng.choice("abcABC")
        dice = rng.random()
        if dice < (0.85 if self._at_home else 0.35):
            return rng.choice(self._pool.streets).replace("\n", ", ")
        name = rng.choice((*_STREETS, rng.choice(self._pool.family), rng.choice(self._pool.family)))
        if dice < 0.55:
            return rng.choice(_ABROAD).format(w=name, n=number)
        if dice < 0.6:
            return rng.choice(("P.O. Box ", "PO Box ", "Postfach ", "BP ", "Apartado ")) + number
        compass = rng.choice(("N ", "S. ", "West ", "E ")) if rng.random() < 0.12 else ""
        return f"{number} {compass}{name} {rng.choice(_KINDS)}"

    @property
    def partial(self) -> str:
        """A street with its flat or unit."""
        unit = self._rng.choice(_UNITS).format(n=self._rng.randint(1, 30))
        if self._rng.random() < 0.5:
            return f"{unit}, {self.street}"
        return f"{self.street}, {unit}" if self._rng.random() < 0.7 else f"{self.street} {unit}"

    def _town_line(self) -> str:
        forms = (
            f"{self.town}, {self._state} {self.postcode}",
            f"{self.postcode} {self.town}",
            f"{self.town} {self.postcode}",
            f"{self.town}, {self.postcode}",
        )
        return self._rng.choice(forms)

    def _lines(self) -> list[str]:
        rng = self._rng
        if rng.random() < 0.35:
            lines = rng.choice(self._pool.addresses).split("\n")
        else:
            lines = [self.partial if rng.random() < 0.3 else self.street]
            if self._pool.locale.startswith("en_GB") and rng.random() < 0.7:
                lines += [self.town, self.postcode]
            else:
                lines.append(self._town_line())
        if rng.random() < 0.2:
            lines.append(rng.choice(words("country")))
        return lines

    @property
    def line(self) -> str:
        """One line from street to postcode."""
        glue = ", " if self._rng.random() < 0.9 else " "
        return re.sub(r"\s+", " ", glue.join(self._lines()))

    @property
    def block(self) -> str:
        """Two to four lines."""
        return "\n".join(self._lines())
