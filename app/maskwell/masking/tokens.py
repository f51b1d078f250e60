"""Tokens: what stands for an entity outside, and how a new one is chosen.

`[PERSON_7QX]` is a type, a number and two check letters; `[PERSON_7QX:last]` adds what differs
about this surface. The check letters are a keyed hash of the scope, so they cannot be guessed.

Invariant: no single-character edit of a token's type and number is another token of its scope
with the same check letters, and no token is issued twice in a vault.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maskwell.entity_types import EntityType
    from maskwell.vault import Scope, Vault

__all__ = ["CHECK_ALPHABET", "Minter", "Token", "check_letters", "one_edit_apart"]

CHECK_ALPHABET = "CDFHJKMNPQRTVWX"
"""No vowels, so no words; nothing that passes for a digit (B G I L O S Z)."""


@dataclass(frozen=True, slots=True)
class Token:
    """What stands for one surface of one entity."""

    entity_type: EntityType
    number: int
    check: str
    label: str = ""
    """"" for the surface first seen."""

    @property
    def code(self) -> str:
        """The token without its brackets."""
        core = f"{self.entity_type}_{self.number}{self.check}"
        return f"{core}:{self.label}" if self.label else core

    @property
    def text(self) -> str:
        """The token as it stands in a text."""
        return f"[{self.code}]"


def check_letters(token_key: bytes, entity_type: EntityType, number: int) -> str:
    """Return the two check letters of a token, a keyed BLAKE2b hash of its type and number."""
    digest = hashlib.blake2b(
        f"{entity_type}:{number}".encode(), key=token_key, digest_size=8
    ).digest()
    size = len(CHECK_ALPHABET)
    first, second = divmod(int.from_bytes(digest, "big") % (size * size), size)
    return CHECK_ALPHABET[first] + CHECK_ALPHABET[second]


def one_edit_apart(left: str, right: str) -> bool:
    """Say whether one substitution, insertion or deletion makes `left` into `right`, or none."""
    if len(left) > len(right):
        left, right = right, left
    if len(right) - len(left) > 1:
        return False
    same = 0
    while same < len(left) and left[same] == right[same]:
        same += 1
    rest = same + 1 if len(left) == len(right) else same
    return left[rest:] == right[same + 1 :]


class Minter:
    """Chooses the numbers of new tokens in one scope; lives as long as one transaction.

    Numbers whose token would break the module's invariant are skipped.
    """

    def __init__(self, vault: Vault, scope: Scope) -> None:
        self._entities = vault.entities
        self._scope = scope
        self._next: dict[EntityType, int] = {}
        self._by_check: dict[str, list[str]] = {}

    def mint(self, entity_type: EntityType) -> tuple[int, str]:
        """Return the number and the check letters of the next token of this type."""
        number = self.next_number(entity_type)
        while True:
            check = check_letters(self._scope.token_key, entity_type, number)
            stem = f"{entity_type}_{number}"
            if self._is_free(entity_type, number, check, stem):
                break
            number += 1
        self._next[entity_type] = number + 1
        self._by_check[check].append(stem)
        return number, check

    def next_number(self, entity_type: EntityType) -> int:
        """Return the first number that may be next for this type."""
        if entity_type not in self._next:
            self._next[entity_type] = self._entities.next_number(self._scope, entity_type)
        return self._next[entity_type]

    def _is_free(self, entity_type: EntityType, number: int, check: str, stem: str) -> bool:
        if any(one_edit_apart(stem, other) for other in self._neighbours(check)):
            return False
        return not self._entities.is_issued(entity_type, number, check)

    def _neighbours(self, check: str) -> Iterable[str]:
        if check not in self._by_check:
            issued = self._entities.numbers_with_check(self._scope, check)
            self._by_check[check] = [f"{entity_type}_{number}" for entity_type, number in issued]
        return self._by_check[check]
