"""Names to choose stand-ins from: Faker's lists, one language at a time, when first needed.

Only the lists are read; Faker's own generator, which would load every provider, stays out.
Invariant: every name given is one word of letters that no reply would use for anything else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Literal

from maskwell.detection.common_words import COMMON_WORDS
from maskwell.entity_types import EntityType
from maskwell.masking.surrogates.plain_words import PLAIN_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Gender", "Names", "gender_of", "is_given_name", "locale_of", "names_of"]

Gender = Literal["f", "m", ""]

_PROVIDER = "faker.providers.person"
_LEAST_LETTERS = 4
_DEFAULT: Final = "en_US"
_SCRIPTS: Final = (
    (re.compile("[\u3040-\u30ff]"), "ja_JP"),
    (re.compile("[\uac00-\ud7af]"), "ko_KR"),
    (re.compile("[\u4e00-\u9fff]"), "zh_CN"),
    (re.compile("[іїєґІЇЄҐ]"), "uk_UA"),
    (re.compile("[\u0400-\u04ff]"), "ru_RU"),
    (re.compile("[\u0370-\u03ff]"), "el_GR"),
    (re.compile("[\u0600-\u06ff]"), "ar_SA"),
    (re.compile("[\u0590-\u05ff]"), "he_IL"),
    (re.compile("[\u0900-\u097f]"), "hi_IN"),
    (re.compile("[łńśźżŁŃŚŹŻ]|(?:ski|ska|wicz)\\Z"), "pl_PL"),
    (re.compile("[řěůŘĚŮ]"), "cs_CZ"),
    (re.compile("[ğışĞİŞ]"), "tr_TR"),
    (re.compile("[ñÑ]|ez\\Z"), "es_ES"),
    (re.compile("[ãõÃÕ]"), "pt_BR"),
    (re.compile("[åÅ]|sson\\Z"), "sv_SE"),
    (re.compile("[ßäöüÄÖÜ]"), "de_DE"),
    (re.compile("[çèêëîïûœÇÈÊËÎÏÛŒ]"), "fr_FR"),
)
_BY_TITLE: Final = {
    **dict.fromkeys(("herr", "frau"), "de_DE"),
    **dict.fromkeys(("mme", "mlle", "monsieur", "madame", "mademoiselle"), "fr_FR"),
    **dict.fromkeys(("señor", "señora", "srta", "don", "doña"), "es_ES"),
    **dict.fromkeys(("sig", "signor", "signora", "dott", "dottore"), "it_IT"),
    **dict.fromkeys(("mevr", "dhr"), "nl_NL"),
    **dict.fromkeys(("pan", "pani"), "pl_PL"),
    **dict.fromkeys(("fru", "hr"), "sv_SE"),
}
_TRIED: Final = ("en_US", "es_ES", "de_DE", "fr_FR", "it_IT", "nl_NL", "pl_PL")
"""Where a Latin name without any other sign is looked up, in this order."""
_FEMININE: Final = frozenset(
    "mrs ms miss dame lady sister frau mme mlle madame mademoiselle sra srta señora doña signora "
    "mevr fru pani".split()
)
_MASCULINE: Final = frozenset(
    "mr sir lord herr monsieur m sr señor don sig signor dhr hr pan".split()
)
_WORKS: Final = frozenset(str(one).lower() for one in EntityType) | {"mask", "token", "literal"}
_NO_NAMES: Final = COMMON_WORDS | PLAIN_WORDS | _WORKS
_ANY_S = ("s", "x", "z")
"""A name that ends so has a possessive of its own, which a reply may write in several ways."""


_MONSIEUR: Final = "M"
"""No first name begins so: its initial would be a Frenchman's title."""


@dataclass(frozen=True, slots=True)
class Names:
    """One language's names: what a real one is compared with, and what a stand-in may be."""

    locale: str
    known_first: frozenset[str]
    known_female: frozenset[str]
    known_male: frozenset[str]
    known_last: frozenset[str]
    """In lower case."""
    female: tuple[str, ...]
    male: tuple[str, ...]
    last_female: tuple[str, ...]
    last_male: tuple[str, ...]

    def first(self, gender: Gender) -> tuple[str, ...]:
        """Return first names of a gender; of both where it is not known."""
        if not gender:
            return self.female + self.male
        return self.female if gender == "f" else self.male

    def last(self, gender: Gender) -> tuple[str, ...]:
        """Return last names in the form of a gender."""
        return self.last_female if gender == "f" else self.last_male


@cache
def names_of(locale: str) -> Names:
    """Return the names of one language, such as "en_US"."""
    provider: Any = import_module(f"{_PROVIDER}.{locale}").Provider
    female, male = _list(provider, "first_names_female"), _list(provider, "first_names_male")
    last = _list(provider, "last_names")
    if len(last) < _LEAST_LETTERS:
        last = _list(import_module(f"{_PROVIDER}.{_DEFAULT}").Provider, "last_names")
    is_latin = locale not in _OTHER_SCRIPTS
    last_female = _usable(_list(provider, "last_names_female") or last, is_latin=is_latin)
    last_male = _usable(_list(provider, "last_names_male") or last, is_latin=is_latin)
    return Names(
        locale,
        _lowered(female + male + _list(provider, "first_names")),
        _lowered(female),
        _lowered(male),
        _lowered(last),
        _usable(female, is_latin=is_latin, but=_MONSIEUR),
        _usable(male, is_latin=is_latin, but=_MONSIEUR),
        last_female or last_male,
        last_male or last_female,
    )


_OTHER_SCRIPTS: Final = frozenset("ja_JP ko_KR zh_CN uk_UA ru_RU el_GR ar_SA he_IL hi_IN".split())


def _list(provider: Any, name: str) -> list[str]:
    return list(getattr(provider, name, ()))


def _lowered(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.lower() for name in names)


def _usable(names: Iterable[str], *, is_latin: bool, but: str = "") -> tuple[str, ...]:
    """Return the names that can stand for another without being mistaken for a word."""
    kept = (name for name in dict.fromkeys(names) if name.isalpha())
    if not is_latin:
        return tuple(kept)
    return tuple(
        name
        for name in kept
        if name.isascii()
        and name.istitle()
        and len(name) >= _LEAST_LETTERS
        and not (but and name.startswith(but))
        and not name.endswith(_ANY_S)
        and name.lower() not in _NO_NAMES
    )


def locale_of(surface: str, honorific: str, words: Iterable[str]) -> str:
    """Return whose names a surface is most like.

    Args:
        surface: the whole name.
        honorific: its title, folded, or "".
        words: its name words.
    """
    for sign, locale in _SCRIPTS:
        if any(sign.search(word) for word in words) or sign.search(surface):
            return locale
    if honorific in _BY_TITLE:
        return _BY_TITLE[honorific]
    lowered = [word.lower() for word in words]
    for locale in _TRIED:
        names = names_of(locale)
        if any(word in names.known_first or word in names.known_last for word in lowered):
            return locale
    return _DEFAULT


def gender_of(honorific: str, first: str, locale: str) -> Gender:
    """Return the gender a title or a first name has in a language; "" where not known."""
    if honorific in _FEMININE or honorific in _MASCULINE:
        return "f" if honorific in _FEMININE else "m"
    names = names_of(locale)
    is_female, is_male = first in names.known_female, first in names.known_male
    return "" if is_female == is_male else "f" if is_female else "m"


def is_given_name(word: str) -> bool:
    """Whether a word is a first name in the languages that are tried for Latin names."""
    return any(word.lower() in names_of(locale).known_first for locale in _TRIED[:3])
