"""Canonical keys: what makes two spellings one entity, type by type.

A key only decides which surfaces share a token; the exact surface is always kept beside it.
Where spellings that differ could be two values (secrets, the user's own words), the key is
the surface itself.
"""

from __future__ import annotations

import re

from maskwell.entity_types import EntityType
from maskwell.text.folding import fold

__all__ = ["canonical_key", "folded_words"]

_NOT_ALNUM = re.compile(r"[^0-9A-Za-z]+")
_NOT_PHONE = re.compile(r"[^0-9+]+")
_SPACE = re.compile(r"\s+")

_COMPACT = frozenset(
    {EntityType.CARD, EntityType.IBAN, EntityType.BANK, EntityType.ID, EntityType.MAC}
    | {EntityType.VEHICLE}
)
_EXACT = frozenset({EntityType.SECRET, EntityType.CRYPTO, EntityType.URL, EntityType.LITERAL})


def folded_words(surface: str) -> str:
    """Return the surface folded, without case, with single spaces."""
    return _SPACE.sub(" ", fold(surface).text).strip().casefold()


def canonical_key(entity_type: EntityType, surface: str) -> str:
    """Return the key under which `surface` is one with its other spellings; never empty."""
    if entity_type in _EXACT:
        return surface
    folded = folded_words(surface)
    if entity_type in _COMPACT:
        key = _NOT_ALNUM.sub("", folded).upper()
    elif entity_type is EntityType.PHONE:
        key = _phone_key(folded)
    else:
        key = folded
    return key or surface


def _phone_key(folded: str) -> str:
    number, _, extension = folded.partition("x")
    digits = _NOT_PHONE.sub("", number.replace("(0)", ""))
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    inner = _NOT_PHONE.sub("", extension)
    return f"{digits}x{inner}" if inner else digits
