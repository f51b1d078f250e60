"""What one scope knows that bears on a text's new surfaces, while they are settled.

Everything is read before the first surface is settled, and written after the last: so a text
with a thousand new values costs about as many statements as a text with one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType
from maskwell.masking.tokens import Minter
from maskwell.vault import NewToken, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maskwell.vault import Scope, Vault

__all__ = ["Register"]


class Register:
    """Finds and adds the variants of one scope; lives as long as one transaction."""

    def __init__(self, vault: Vault, scope: Scope) -> None:
        self._entities = vault.entities
        self._scope = scope
        self._minter = Minter(vault, scope)
        self._by_key: dict[tuple[EntityType, str], Variant] = {}
        self._by_part: dict[str, list[Variant]] = {}
        self._variants: dict[tuple[EntityType, int, str], list[Variant]] = {}
        self._tokens: list[NewToken] = []
        self._surfaces: list[Variant] = []

    def known(
        self, wanted: Sequence[tuple[EntityType, str]]
    ) -> dict[tuple[EntityType, str], Variant]:
        """Return those of the wanted surfaces that have a token already."""
        return self._entities.find_many(self._scope, wanted)

    def consult(self, keys: Sequence[tuple[EntityType, str]], parts: Iterable[str]) -> None:
        """Read what the vault knows under these keys and, of people, under these name parts.

        Args:
            keys: the canonical key of each new surface, with its type.
            parts: all that their names will be looked up by.
        """
        for key, variants in self._entities.find_keys(self._scope, keys).items():
            self._by_key[key] = self._learn(variants)
        people = self._entities.find_parts(self._scope, EntityType.PERSON, parts)
        for part, tokens in people.items():
            self._by_part[part] = [self._learn(variants) for variants in tokens]
        unknown = (
            entity_type for entity_type, key in keys if (entity_type, key) not in self._by_key
        )
        self._minter.expect(Counter(unknown))

    def with_key(self, entity_type: EntityType, key: str) -> Variant | None:
        """Return the first variant of the entity with this canonical key, or None."""
        return self._by_key.get((entity_type, key))

    def with_part(self, part: str) -> list[Variant]:
        """Return the first variants of the people filed under a part of their name."""
        return self._by_part.get(part, [])

    def variants(self, of: Variant) -> list[Variant]:
        """Return all variants that share a token's number."""
        return self._variants[_core(of)]

    def add(
        self, entity_type: EntityType, key: str, surface: str, parts: Sequence[str] = ()
    ) -> Variant:
        """Issue a token for an entity; its number in the vault is 0 until `keep`."""
        number, check = self._minter.mint(entity_type)
        self._tokens.append(NewToken(entity_type, key, surface, number, check, tuple(parts)))
        added = self._learn([Variant(0, self._scope.id, entity_type, number, check, "", surface)])
        self._by_key[entity_type, key] = added
        for part in parts:
            self._by_part.setdefault(part, []).append(added)
        return added

    def add_variant(self, of: Variant, label: str, surface: str) -> Variant:
        """Add another surface of an entity."""
        added = replace(of, label=label, surface=surface)
        self._surfaces.append(added)
        self._variants[_core(of)].append(added)
        return added

    def keep(self) -> None:
        """Write what was added to the vault."""
        self._entities.add_many(self._scope, self._tokens)
        self._entities.add_variants(self._surfaces)

    def _learn(self, variants: list[Variant]) -> Variant:
        """Remember the variants of one token; return the first."""
        return self._variants.setdefault(_core(variants[0]), variants)[0]


def _core(one: Variant) -> tuple[EntityType, int, str]:
    return one.entity_type, one.number, one.check
