"""Tokens: what stands for an entity outside, and how a new one is chosen.

`[PERSON_7QX]` is a type, a number and two check letters; `[PERSON_7QX:last]` adds what differs
about this surface. The check letters are a keyed hash of the scope, so they cannot be guessed.

Invariant: no single-character edit of a token's type and number is another token of its scope
with the same check letters, and no token is issued twice in a vault.
"""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maskwell.vault import Scope, Vault

__all__ = [
    "CHECK_ALPHABET",
    "Minter",
    "Token",
    "check_letters",
    "has_smaller_edit",
    "one_edit_apart",
]

CHECK_ALPHABET = "CDFHJKMNPQRTVWX"
"""No vowels, so no words; nothing that passes for a digit (B G I L O S Z)."""

_LEAST_AHEAD = 8


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

    Numbers whose token would break the module's invariant are skipped. What the vault has to be
    asked is asked for as many numbers at once as are expected to be wanted.
    """

    def __init__(self, vault: Vault, scope: Scope) -> None:
        self._entities = vault.entities
        self._scope = scope
        self._next: dict[EntityType, int] = {}
        self._free: dict[EntityType, deque[tuple[int, str]]] = {}
        self._taken: dict[str, dict[EntityType, set[int]]] = {}
        """Check letters → type → numbers that have them."""

    def expect(self, counts: Mapping[EntityType, int]) -> None:
        """Look ahead for about so many tokens of each type."""
        new = [entity_type for entity_type in counts if entity_type not in self._next]
        for entity_type, number in self._entities.highest_numbers(self._scope, new).items():
            self._next[entity_type] = number + 1
        ahead = [
            (entity_type, number, check_letters(self._scope.token_key, entity_type, number))
            for entity_type, count in counts.items()
            for number in range(self._next[entity_type], self._next[entity_type] + count)
        ]
        issued = self._entities.issued_among(ahead)
        self._read_taken({check for _, _, check in ahead})
        for entity_type, number, check in ahead:
            self._next[entity_type] = number + 1
            if (entity_type, number, check) not in issued:
                self._free.setdefault(entity_type, deque()).append((number, check))

    def mint(self, entity_type: EntityType) -> tuple[int, str]:
        """Return the number and the check letters of the next token of this type."""
        while True:
            while not self._free.get(entity_type):
                self.expect({entity_type: _LEAST_AHEAD})
            number, check = self._free[entity_type].popleft()
            if not self._is_near_another(entity_type, number, check):
                self._taken[check].setdefault(entity_type, set()).add(number)
                return number, check

    def _is_near_another(self, entity_type: EntityType, number: int, check: str) -> bool:
        taken = self._taken[check]
        if any(number in taken.get(other, ()) for other in _one_edit_from(entity_type)):
            return True
        numbers = taken.get(entity_type)
        return numbers is not None and has_smaller_edit(number, numbers)

    def _read_taken(self, checks: set[str]) -> None:
        """Read which tokens of this scope have these check letters."""
        new = checks - self._taken.keys()
        for check in new:
            self._taken[check] = {}
        for entity_type, number, check in self._entities.with_checks(self._scope, new):
            self._taken[check].setdefault(entity_type, set()).add(number)


def has_smaller_edit(number: int, taken: set[int]) -> bool:
    """Say whether one edit of this number's digits makes one of the taken ones, all smaller.

    Numbers of a type only go up, so a digit becomes smaller or goes.
    """
    power = 1
    while power <= number:
        digit = number // power % 10
        if not taken.isdisjoint(range(number - digit * power, number, power)):
            return True
        if number // (power * 10) * power + number % power in taken:
            return True
        power *= 10
    return False


@cache
def _one_edit_from(entity_type: EntityType) -> tuple[EntityType, ...]:
    """Return the types whose name is one edit from this one's, such as ID from IP."""
    others = (other for other in EntityType if other is not entity_type)
    return tuple(other for other in others if one_edit_apart(other, entity_type))
