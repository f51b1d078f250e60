"""Stand-ins for what is made of words: names, companies, streets, towns, e-mail addresses.

Word stands for word. Within a scope each private word has one stand-in and each stand-in one
word, so the parts of a name stay consistent by construction: whoever Jane Doe becomes, Ms Doe,
jane.doe@… and the Doe Foundation follow. Titles, particles, legal forms and the kinds of
streets stay as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.entity_types import EntityType
from maskwell.masking.names import HONORIFICS, PARTICLES, SUFFIXES, read_name
from maskwell.masking.surrogates.pools import gender_of, locale_of, names_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.masking.surrogates.pools import Gender
    from maskwell.masking.surrogates.words import WordBook

__all__ = ["WORD", "WORDED", "aligned", "composed", "recased"]

WORD: Final = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*")
WORDED: Final = frozenset(
    {EntityType.PERSON, EntityType.ORG, EntityType.PLACE, EntityType.ADDRESS, EntityType.TERM}
)
_CJK: Final = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_KINDS: Final = frozenset(
    """
    ltd limited inc incorporated llc llp plc gmbh ag kg ohg ug se sa sas sarl srl spa bv nv oy ab as
    aps kk pty co corp corporation company group holding holdings partners associates and of the for
    bank university college school hospital clinic foundation trust institute society church
    laboratories labs systems services solutions technologies software consulting capital insurance
    law office offices international global industries department ministry council
    und der die das van de la le les du des et y e da do di del
    """.split()
)
_STREETS: Final = frozenset(
    """
    street st avenue ave road rd lane ln drive dr court ct boulevard blvd way place pl terrace close
    crescent square sq parkway highway circle trail alley row mews gardens walk quay apt apartment
    suite ste unit flat floor room rm bldg building lot po box p o north south east west n s e w ne
    nw se sw the of rue avenue calle via viale piazza rua plaza paseo str strasse straße
    """.split()
)
_TOWN_ENDS: Final = ("ton", "ville", "berg", "burgh", "mouth", "stad", "dale", "wick", "haven")
_DIGITS: Final = re.compile(r"\d+")
_POSTCODE: Final = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])\w{2,4}\b")


def recased(like: str, word: str) -> str:
    """Return a word in the case of another: all capitals, all small, or as it is."""
    if like.isupper() and (len(like) > 1 or len(word) == 1):
        return word.upper()
    return word.lower() if like.islower() else word


def composed(entity_type: EntityType, surface: str, book: WordBook) -> str | None:
    """Return the surface with a stand-in for each of its private words; None: it has none."""
    if entity_type is EntityType.PERSON:
        return _person(surface, book)
    if entity_type is EntityType.EMAIL:
        return _email(surface, book)
    if entity_type is EntityType.USERNAME:
        at = surface[: len(surface) - len(surface.lstrip("@"))]
        return at + _local(surface[len(at) :], book)
    if entity_type is EntityType.URL:
        return _url(surface, book)
    kept = _KINDS if entity_type is EntityType.ORG else frozenset[str]()
    if entity_type is EntityType.ADDRESS:
        return _address(surface, book)
    if all(word[0].lower() in kept for word in WORD.finditer(surface)):
        kept = frozenset({"the", "of", "and", "for", "de", "la"})
    role = "place" if entity_type is EntityType.PLACE else "last"
    return _replaced(surface, book, kept, role)


def aligned(entity_type: EntityType, surface: str, form: str) -> Iterator[tuple[str, str]]:
    """Yield the (word, stand-in) pairs that a surface and its stand-in were made of."""
    if entity_type in (EntityType.EMAIL, EntityType.USERNAME):
        surface, form = surface.rpartition("@")[0] or surface, form.rpartition("@")[0] or form
    elif entity_type not in WORDED:
        return
    words, stand_ins = WORD.findall(surface), WORD.findall(form)
    if len(words) == len(stand_ins):
        for word, stand_in in zip(words, stand_ins, strict=True):
            if len(word) > 1 and word.lower() != stand_in.lower():
                yield word, stand_in


def _replaced(surface: str, book: WordBook, kept: frozenset[str], role: str) -> str:
    def stand_in(match: re.Match[str]) -> str:
        word = match[0]
        if word.lower() in kept or len(word) == 1:
            return word
        return recased(word, book.stand_in(word, role))

    return WORD.sub(stand_in, surface)


def _person(surface: str, book: WordBook) -> str | None:
    words = WORD.findall(surface)
    name = read_name(surface)
    own = [word for word in words if not _is_title(word, words)]
    if not own:
        return None
    locale = locale_of(surface, name.honorific, own)
    gender = gender_of(name.honorific, name.first, locale)
    if all(map(_CJK.search, own)):
        return WORD.sub(lambda match: _whole_name(match[0], book, locale, gender), surface)
    firsts = {name.first, *name.middle}
    lasts = set(name.last.split())

    def stand_in(match: re.Match[str]) -> str:
        word = match[0]
        if _is_title(word, words) or word.lower() in PARTICLES:
            return word
        if len(word) == 1:
            return book.initial(word, surface)
        is_last = _is_last(word.lower(), firsts, lasts, locale)
        role = "last" if is_last else "first"
        return recased(word, book.stand_in(word, role, locale=locale, gender=gender))

    return WORD.sub(stand_in, surface)


def _is_title(word: str, words: list[str]) -> bool:
    return len(words) > 1 and word.lower() in HONORIFICS | SUFFIXES


def _is_last(word: str, firsts: set[str], lasts: set[str], locale: str) -> bool:
    if word in lasts:
        return True
    if lasts or word not in firsts:
        return word not in firsts
    names = names_of(locale)
    return word in names.known_last and word not in names.known_first


def _whole_name(word: str, book: WordBook, locale: str, gender: Gender) -> str:
    return book.stand_in(word, "whole", locale=locale, gender=gender)


def _email(surface: str, book: WordBook) -> str | None:
    local, at, domain = surface.rpartition("@")
    return _local(local, book) + at + book.domain(domain) if local and domain else None


def _local(local: str, book: WordBook) -> str:
    """Return a user's name with each word replaced, "jdoe" as an initial and a name."""

    def stand_in(match: re.Match[str]) -> str:
        word = match[0]
        if len(word) == 1:
            return book.initial(word, local)
        return recased(word, book.joined(word) or book.stand_in(word, "last"))

    return _DIGITS.sub(lambda m: book.digits(m[0], local), WORD.sub(stand_in, local))


def _url(surface: str, book: WordBook) -> str | None:
    match = re.match(
        r"([a-z][a-z0-9+.-]*://)?([^/?#\s:]+)(.*)\Z", surface, re.IGNORECASE | re.DOTALL
    )
    if match is None or "." not in match[2]:
        return None
    rest = re.sub(r"\w+", lambda m: book.slug(m[0]), match[3])
    host = match[2]
    www = "www." if host.lower().startswith("www.") else ""
    return (match[1] or "") + www + book.domain(host[len(www) :]) + rest


def _address(surface: str, book: WordBook) -> str:
    def code(match: re.Match[str]) -> str:
        return book.code(match[0], surface)

    def stand_in(match: re.Match[str]) -> str:
        word = match[0]
        if word.lower() in _STREETS or len(word) == 1 or (len(word) == 2 and word.isupper()):
            return word
        return recased(word, book.stand_in(word, "place"))

    pieces = _POSTCODE.split(surface)
    codes = [code(match) for match in _POSTCODE.finditer(surface)]
    made = [
        _DIGITS.sub(lambda m: book.digits(m[0], surface), WORD.sub(stand_in, one)) for one in pieces
    ]
    return made[0] + "".join(a + b for a, b in zip(codes, made[1:], strict=True))
