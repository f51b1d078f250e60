"""Short keyed hashes: the same value reads the same within a scope, and nothing leads back.

Invariant: the hash is keyed with the scope's own key, so it can be neither guessed from a list
of likely values nor matched with another scope's.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType
from maskwell.masking.keys import canonical_key
from maskwell.masking.names import read_name

if TYPE_CHECKING:
    from maskwell.vault import Scope

__all__ = ["hashed"]

_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
_LETTERS = 8


def hashed(scope: Scope, entity_type: EntityType, surface: str) -> str:
    """Return what stands for a value, such as `person#k7qw3mzx`; about 39 bits.

    Args:
        scope: whose key is used.
        entity_type: the value's type.
        surface: the entity's first surface in the scope, so that its other spellings agree.
    """
    key = canonical_key(entity_type, surface)
    if entity_type is EntityType.PERSON:
        key = read_name(surface).key or key
    digest = hashlib.blake2b(
        f"{entity_type}:{key}".encode("utf-8", "surrogatepass"),
        key=scope.token_key,
        digest_size=16,
        person=b"maskwell hash",
    ).digest()
    number = int.from_bytes(digest, "big")
    letters = []
    for _ in range(_LETTERS):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return f"{entity_type.lower()}#{''.join(letters)}"
