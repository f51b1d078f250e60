"""The words of one scope and their stand-ins: one for one, both ways, for as long as they live.

The book is read from what the vault keeps of earlier stand-ins, and grows as new words come.
Invariant: a stand-in is no word of any value the scope knows nor of the text at hand, and no
two words share one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.masking.surrogates.drawing import Draw
from maskwell.masking.surrogates.pools import names_of
from maskwell.masking.surrogates.wording import WORD, aligned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maskwell.entity_types import EntityType
    from maskwell.masking.surrogates.pools import Gender

__all__ = ["WordBook", "words_of"]

_SINGLE_TRIES = 48
_TOWN_ENDS = ("ton", "ville", "berg", "burgh", "mouth", "stad", "dale", "wick", "haven", "ford")


class WordBook:
    """Finds and invents the stand-ins of words; lives as long as one transaction."""

    def __init__(self, key: bytes, *, locale: str = "en_US") -> None:
        self._key = key
        self._locale = locale
        self._stand_ins: dict[str, str] = {}
        self._taken: set[str] = set()
        self._domains: dict[str, str] = {}
        self._joined: dict[str, str] = {}
        self._initials: dict[tuple[str, str], str] = {}
        self.avoided: set[str] = set()
        """Words, in lower case, that no stand-in may be."""
        self.attempt = 0
        """How often the whole that is being made was refused."""

    def learn(self, entity_type: EntityType, surface: str, form: str) -> None:
        """Take in a value whose stand-in is settled."""
        pairs = list(aligned(entity_type, surface, form))
        for word, stand_in in pairs:
            self._stand_ins.setdefault(word.lower(), stand_in.capitalize())
            self._taken.add(stand_in.lower())
        if len(pairs) > 1 and entity_type == "PERSON":
            self._join(pairs[0], pairs[-1])
        if "@" in surface and "@" in form:
            self._learn_domain(surface.rpartition("@")[2], form.rpartition("@")[2])
        elif entity_type == "URL":
            self._learn_domain(_host(surface), _host(form))

    def stand_in(self, word: str, role: str, *, locale: str = "", gender: Gender = "") -> str:
        """Return what stands for a word, capitalised.

        Args:
            word: the private word.
            role: "first", "last", "place" or "whole"; only a new word's choice depends on it.
            locale: whose names to choose from.
            gender: in which form.
        """
        known = self._stand_ins.get(word.lower())
        if known is not None:
            return known
        attempt = 0
        while True:
            made = self._drawn(word, role, locale or self._locale, gender, attempt)
            low = made.lower()
            if low not in self._taken and low not in self.avoided and low != word.lower():
                break
            attempt += 1
        self._stand_ins[word.lower()] = made
        self._taken.add(low)
        return made

    def initial(self, letter: str, whole: str) -> str:
        """Return another letter for an initial, that of the stand-in where it is known whose."""
        for word in WORD.findall(whole):
            known = self._initials.get((word.lower(), letter.lower()))
            if known:
                return _like(letter, known)
        letters = "ABCDEFGHIJKLMNOPRSTVW".replace(letter.upper(), "")
        return _like(letter, Draw(self._key, "initial", whole + letter).one_of(letters))

    def collides(self, form: str) -> bool:
        """Whether a word that was made up for `form` has turned out to be somebody's."""
        words = {word.lower() for word in WORD.findall(form)}
        return bool(words & self._taken & self.avoided)

    def joined(self, word: str) -> str | None:
        """Return the stand-in of a name written together, such as "jdoe" or "janedoe"."""
        return self._joined.get(word.lower())

    def domain(self, domain: str) -> str:
        """Return what stands for a domain, beneath a top level kept free for examples."""
        low = domain.lower()
        if low not in self._domains:
            owner = low.rsplit(".", 1)[0].rsplit(".", 1)[-1]
            known = self._stand_ins.get(owner) if owner.isalpha() else None
            made = (known or self.stand_in(f"@{low}", "last")).lower()
            self._domains[low] = f"{made}.example"
        return self._domains[low]

    def digits(self, digits: str, whole: str) -> str:
        """Return as many other digits; the first is no zero unless it was."""
        draw = Draw(self._key, "digits", f"{whole}/{digits}", self.attempt)
        first = "0" if digits[0] == "0" else str(1 + draw.below(9))
        return first + draw.digits(len(digits) - 1)

    def code(self, code: str, whole: str) -> str:
        """Return a postcode of the same form."""
        return "".join(map(Draw(self._key, "code", f"{whole}/{code}", self.attempt).like, code))

    def slug(self, word: str) -> str:
        """Return what stands for a word of a path."""
        return "".join(map(Draw(self._key, "slug", word, self.attempt).like, word))

    def _drawn(self, word: str, role: str, locale: str, gender: Gender, attempt: int) -> str:
        draw = Draw(self._key, role, word.lower(), attempt)
        names = names_of(locale)
        if role == "whole":
            return draw.one_of(names.last(gender)) + draw.one_of(names.first(gender))
        if role == "place":
            return _town(draw.one_of(names_of(self._locale).last_male)) + draw.one_of(_TOWN_ENDS)
        pool = names.first(gender) if role == "first" else names.last(gender)
        made = draw.one_of(pool)
        if attempt >= _SINGLE_TRIES:
            made += draw.one_of(pool).lower()
        return made

    def _join(self, first: tuple[str, str], last: tuple[str, str]) -> None:
        one, one_for = (word.lower() for word in first)
        two, two_for = (word.lower() for word in last)
        self._initials.setdefault((two, one[0]), one_for[0])
        for real, made in (
            (one + two, one_for + two_for),
            (one[0] + two, one_for[0] + two_for),
            (one + two[0], one_for + two_for[0]),
            (two + one[0], two_for + one_for[0]),
        ):
            self._joined.setdefault(real, made)

    def _learn_domain(self, domain: str, form: str) -> None:
        if domain and form:
            self._domains.setdefault(domain.lower(), form)
            self._taken.add(form.partition(".")[0])


def words_of(texts: Iterable[str]) -> set[str]:
    """Return the words of some texts, in lower case."""
    return {word.lower() for text in texts for word in WORD.findall(text)}


def _town(name: str) -> str:
    return name.rstrip("aeiouy") or name


def _like(letter: str, other: str) -> str:
    return other.upper() if letter.isupper() else other.lower()


def _host(url: str) -> str:
    host = url.partition("://")[2] or url
    return host.partition("/")[0].partition("?")[0].partition(":")[0].lower().removeprefix("www.")
