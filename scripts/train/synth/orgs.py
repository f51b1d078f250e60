"""Organisations: companies, banks, hospitals, schools, offices, law firms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synth.places import city
from synth.pools import LOCALES, pool
from synth.wordlists import words

if TYPE_CHECKING:
    import random

__all__ = ["Organisation"]

_HOSPITALS = (
    "{c} General Hospital",
    "St {g}'s Hospital",
    "{c} University Hospital",
    "{f} Medical Center",
    "{c} Community Clinic",
    "{f} Family Practice",
    "{s} Surgery",
    "Klinikum {c}",
    "Hôpital {f}",
    "Royal {c} Infirmary",
    "{c} Children's Hospital",
    "{s} Health Centre",
    "Mercy Hospital",
    "Hospital {f}",
    "{c} NHS Trust",
    "{f} Clinic",
)
_SCHOOLS = (
    "University of {c}",
    "{c} University",
    "{f} High School",
    "{c} College",
    "St {g}'s School",
    "{f} Academy",
    "{c} Institute of Technology",
    "{s} Primary School",
    "Universität {c}",
    "Université de {c}",
    "Universidad de {c}",
    "{f} Elementary",
    "{c} Community College",
    "{f} School of Business",
    "Trinity College",
    "{c} State University",
    "{s} Montessori School",
)
_LAW = (
    "{f} & {h}",
    "{f}, {h} & {i}",
    "{f} {h} LLP",
    "{f} Law Group",
    "{f} and Partners",
    "{f} Solicitors",
    "Kanzlei {f}",
    "Cabinet {f}",
    "Law Offices of {f}",
    "{f} & Associates",
)
_SHOPS = (
    "{g}'s",
    "{n}'s",
    "{f}'s",
    "{f}'s",
    "{g}'s Place",
    "{n}'s Diner",
    "{f}'s Hardware",
    "{n}'s Nails",
    "{n} & {g}'s",
    "Chez {n}",
    "Casa {n}",
    "Trattoria da {n}",
    "Mama {n}'s",
    "Uncle {n}'s",
    "Big {g}'s BBQ",
    "Little {n}'s",
    "Café {n}",
    "The {f} Arms",
    "{f} Bros",
    "{f} & Sons",
    "{n} Coiffure",
    "Salon {n}",
    "{f} Motors",
    "{f} Realty",
    "Dr. {f}'s Dental Spa",
    "St. {g}'s",
)
_SHORT = ("{s} {k}", "{s} {k}", "{f} {k}", "{s}", "{c} {k}", "{f}'s", "{s}{t}", "{s} {s2}")


class Organisation:
    """An organisation whose names belong together."""

    def __init__(self, rng: random.Random, *, locale: str = "") -> None:
        self._rng = rng
        self._pool = pool(locale or rng.choice(LOCALES))
        while self._pool.other_script:
            self._pool = pool(rng.choice(LOCALES))
        self._parts = {
            "c": city(rng),
            "g": rng.choice(pool("en_GB").given),
            "s": rng.choice(words("org_stem")),
            "s2": rng.choice(words("org_stem")),
            "k": rng.choice(words("org_kind")),
            "n": rng.choice(self._pool.given),
            "f": rng.choice(self._pool.family),
            "h": rng.choice(self._pool.family),
            "i": rng.choice(self._pool.family),
            "t": rng.choice(("ly", "ify", "works", "hub", "soft", "base")),
        }
        self._own = self._form(_SHORT)

    def _form(self, forms: tuple[str, ...]) -> str:
        return self._rng.choice(forms).format(**self._parts)

    @property
    def name(self) -> str:
        """With its legal form."""
        if self._rng.random() < 0.3:
            return self._rng.choice(self._pool.companies)
        return f"{self._own} {self._rng.choice(words('legal_form'))}"

    @property
    def short(self) -> str:
        """As spoken of."""
        if self._rng.random() < 0.35:
            return self._rng.choice(words("org_short"))
        return self._own

    @property
    def hospital(self) -> str:
        """A hospital or surgery."""
        return self._form(_HOSPITALS)

    @property
    def school(self) -> str:
        """A school or university."""
        return self._form(_SCHOOLS)

    @property
    def gov(self) -> str:
        """A public office."""
        name = self._rng.choice(words("gov_name"))
        local = name.startswith(("City", "Police", "County", "Planning"))
        return f"{self._parts['c']} {name}" if local else name

    @property
    def bank(self) -> str:
        """A bank."""
        return self._rng.choice(words("bank_name"))

    @property
    def law(self) -> str:
        """A law firm."""
        return self._form(_LAW)

    @property
    def shop(self) -> str:
        """A place that is called after whoever keeps it."""
        return self._form(_SHOPS)

    @property
    def any(self) -> str:
        """Any of them."""
        kinds = ("name", "name", "short", "short", "hospital", "school", "gov", "bank", "law")
        return str(getattr(self, self._rng.choice(kinds)))
