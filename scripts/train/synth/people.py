"""A person and the many ways to write one."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from synth.pools import LOCALES, invented, pool
from synth.wordlists import words

if TYPE_CHECKING:
    import random

__all__ = ["Person"]

_TITLES = (
    "Mr Mrs Ms Miss Mr. Mrs. Ms. Dr Dr. Prof. Professor Sir Dame Rev. Fr. Capt. Sgt. Lt. Col. "
    "Judge Justice Senator Herr Frau Mme M. Señor Sra. Don Doña Sr. Dott. Mevr. Sheikh Imam Rabbi"
).split()
_HONORIFICS = ("san", "-san", " ji", " bhai", " uncle")
_FAMILY_FIRST = ("hu_HU", "vi_VN", "ja_JP", "zh_CN", "ko_KR")
_SUFFIXES = ("Jr.", "Jr", "Sr.", "II", "III", "IV")


class Person:
    """Someone invented, whose every surface agrees with the others."""

    def __init__(self, rng: random.Random, *, locale: str = "") -> None:
        self._rng = rng
        self._words: dict[str, str] = {}
        self.locale = locale or rng.choice(LOCALES)
        if pool(self.locale).other_script and rng.random() < 0.6:
            self.locale = "romanised"
        self.first = self._given()
        self._family = self._surname()
        self.title = rng.choice(_TITLES[:8] if rng.random() < 0.7 else _TITLES)

    def _given(self) -> str:
        rng = self._rng
        if rng.random() < 0.12 and not pool(self.locale).other_script:
            return invented(self.locale, "given", rng)
        given = rng.choice(pool(self.locale).given)
        if rng.random() < 0.03:
            given += rng.choice("- ") + rng.choice(pool(self.locale).given)
        return given

    def _surname(self) -> str:
        rng = self._rng
        if pool(self.locale).other_script:
            return rng.choice(pool(self.locale).family)
        dice = rng.random()
        if dice < 0.12:
            return rng.choice(words("family_romanised"))
        if dice < 0.27:
            return invented(self.locale, "family", rng)
        family = rng.choice(pool(self.locale).family)
        doubled = 0.35 if self.locale[:2] in ("es", "pt") else 0.05
        if rng.random() < doubled:
            glue = rng.choice(" -") if doubled > 0.1 else "-"
            family += glue + rng.choice(pool(self.locale).family)
        return family

    @property
    def last(self) -> str:
        """The family name."""
        return self._family

    @property
    def full(self) -> str:
        """Given and family name in the locale's order; now and then a suffix."""
        if self.locale in ("zh_CN", "ja_JP", "ko_KR"):
            return f"{self.last}{'' if self.locale != 'ja_JP' else ' '}{self.first}"
        if self.locale in _FAMILY_FIRST and self._rng.random() < 0.5:
            return f"{self.last} {self.first}"
        if self._rng.random() < 0.02:
            return f"{self.first} {self.last} {self._rng.choice(_SUFFIXES)}"
        return f"{self.first} {self.last}"

    @property
    def last_first(self) -> str:
        """As in a register: "Doe, Jane", at times "DOE, Jane M."."""
        last = self.last.upper() if self._rng.random() < 0.25 else self.last
        first = self.first + (f" {self._letter()}." if self._rng.random() < 0.2 else "")
        return f"{last}, {first}"

    @property
    def initial_last(self) -> str:
        """Initials before the family name: "J. Doe", "J.R. Doe"."""
        forms = (f"{self.first[0]}. ", f"{self.first[0]} ", f"{self.first[0]}.{self._letter()}. ")
        return self._rng.choice((forms[0], *forms)) + self.last

    @property
    def first_initial(self) -> str:
        """The given name and an initial: "Jane D."."""
        return f"{self.first} {self.last[0].upper()}" + self._rng.choice((".", ".", ""))

    @property
    def middle(self) -> str:
        """With a middle name or initial."""
        other = f"{self._letter()}." if self._rng.random() < 0.6 else self._given()
        return f"{self.first} {other} {self.last}"

    @property
    def nick(self) -> str:
        """A short or pet name."""
        rng = self._rng
        dice = rng.random()
        if dice < 0.6:
            return rng.choice(words("nickname"))
        if dice < 0.75 and len(self.first) > 4:
            return self.first[: rng.randint(3, 4)] + rng.choice(("y", "ie", "o", "s", ""))
        if dice < 0.85:
            return f'{self.first} "{rng.choice(words("nickname"))}" {self.last}'
        return self.first.lower() if rng.random() < 0.4 else self.first

    @property
    def initials(self) -> str:
        """Two or three capitals."""
        letters = [self.first[0].upper(), self.last[0].upper()]
        if self._rng.random() < 0.2:
            letters.insert(1, self._letter())
        return ".".join([*letters, ""]) if self._rng.random() < 0.2 else "".join(letters)

    @property
    def informal(self) -> str:
        """As friends write."""
        return self._rng.choice((self.first, self.first, self.nick, self.full))

    @property
    def any(self) -> str:
        """Any surface a text may have."""
        forms = ("full", "full", "first", "last", "middle", "initial_last", "first_initial")
        return str(getattr(self, self._rng.choice(forms)))

    @property
    def word_first(self) -> str:
        """A given name that is also a word in some language."""
        return self._word("word_given")

    @property
    def word_last(self) -> str:
        """A family name that is also a word in some language."""
        return self._word("word_family")

    @property
    def word_full(self) -> str:
        """Given and family name, at least one of them a word."""
        forms = (
            f"{self.word_first} {self.last}",
            f"{self.first} {self.word_last}",
            f"{self.word_first} {self.word_last}",
        )
        return self._rng.choice(forms)

    def _word(self, kind: str) -> str:
        """The same word wherever this person is named."""
        return self._words.setdefault(kind, self._rng.choice(words(kind)))

    @property
    def low(self) -> str:
        """The given name without its capital."""
        return _lower(self.first)

    @property
    def low_last(self) -> str:
        """The family name without its capital."""
        return _lower(self.last)

    @property
    def low_full(self) -> str:
        """Both names without capitals."""
        return _lower(self.full)

    @property
    def up_last(self) -> str:
        """The family name in capitals."""
        return self.last.upper()

    @property
    def up_full(self) -> str:
        """Both names in capitals."""
        return self.full.upper()

    @property
    def letter(self) -> str:
        """The first letter of the given name, as some sign."""
        return self.first[0].upper()

    @property
    def mail(self) -> str:
        """An address that spells the name out: "Jane.A.Doe@example.com"."""
        rng = self._rng
        first, last = _ascii(self.first).title() or "Info", _ascii(self.last).title() or "Desk"
        local = rng.choice(
            (
                f"{first}.{last}",
                f"{first}.{self._letter()}.{last}",
                f"{first}_{last}",
                f"{last}.{first}",
                f"{first[0]}{last}",
                f"{first}{last}".lower(),
            )
        )
        domain = rng.choice(("example.com", "example.org", "corp.example.net", "EXAMPLE.COM"))
        return f"{local}@{domain}"

    @property
    def user(self) -> str:
        """A login name."""
        rng = self._rng
        first, last = _ascii(self.first) or "user", _ascii(self.last) or "name"
        number = str(rng.choice((rng.randint(1, 99), rng.randint(1960, 2012))))
        word = rng.choice(words("animal")).split()[-1].lower()
        forms = (
            f"{first[0]}{last}",
            f"{first}.{last}",
            f"{first}_{last}",
            f"{first}{last[0]}",
            f"{first}{number}",
            f"{last}{number}",
            f"{word}{number}",
            f"{first}_{word}",
            f"x{word}x{number}",
            f"{last}.{first[0]}",
            f"the_real_{first}",
            f"{first}-{last}",
            f"{first.title()}{last.title()}",
            f"{word.title()}{rng.choice(words('colour')).title()}",
        )
        return re.sub(r"\s", "", rng.choice(forms))

    @property
    def handle(self) -> str:
        """A user name with its @."""
        return "@" + self.user.replace("-", "_").replace(".", "_")

    @property
    def email(self) -> str:
        """An address at an example domain."""
        domain = self._rng.choice(
            ("example.com", "example.org", "mail.example.net", "example.co.uk")
        )
        return f"{self.user.lower()}@{domain}"

    def _letter(self) -> str:
        return self._rng.choice("ABCDEFGHJKLMNPRSTVW")


def _lower(name: str) -> str:
    """Lower letters; a Turkish "İ" becomes the plain "i" that people type."""
    return name.replace("İ", "i").lower()


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]", "", plain.lower())
