"""What one scope knows, while a text's new surfaces are settled.

The vault is asked, except about types of which the scope had no token when the work began:
of those this register remembers everything itself, so that a first text with hundreds of
values costs few statements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType
from maskwell.masking.tokens import Minter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maskwell.vault import Scope, Variant, Vault

__all__ = ["Register"]

_MANY = 24


class Register:
    """Finds and adds the variants of one scope; lives as long as one transaction."""

    def __init__(self, vault: Vault, scope: Scope) -> None:
        self._entities = vault.entities
        self._scope = scope
        self._minter = Minter(vault, scope)
        self._is_new: dict[EntityType, bool] = {}
        self._by_key: dict[tuple[EntityType, str], Variant] = {}
        self._by_part: dict[str, list[Variant]] = {}
        self._variants: dict[tuple[EntityType, int], list[Variant]] = {}

    def known(
        self, wanted: Sequence[tuple[EntityType, str]]
    ) -> dict[tuple[EntityType, str], Variant]:
        """Return those of the wanted surfaces that have a token already."""
        if len(wanted) > _MANY:
            wanted = [surface for surface in wanted if not self._knew_nothing_of(surface[0])]
        return self._entities.find_many(self._scope, wanted)

    def with_key(self, entity_type: EntityType, key: str) -> Variant | None:
        """Return the first variant of the entity with this canonical key, or None."""
        if self._knew_nothing_of(entity_type):
            return self._by_key.get((entity_type, key))
        return self._entities.find_key(self._scope, entity_type, key)

    def with_part(self, part: str) -> list[Variant]:
        """Return the first variants of the people filed under a part of their name."""
        if self._knew_nothing_of(EntityType.PERSON):
            return self._by_part.get(part, [])
        return self._entities.find_part(self._scope, EntityType.PERSON, part)

    def variants(self, of: Variant) -> list[Variant]:
        """Return all variants that share a token's number."""
        if self._knew_nothing_of(of.entity_type):
            return self._variants[of.entity_type, of.number]
        return self._entities.by_code(self._scope, of.entity_type, of.number, of.check)

    def add(
        self, entity_type: EntityType, key: str, surface: str, parts: Sequence[str] = ()
    ) -> Variant:
        """Issue a token for an entity and keep its first surface."""
        number, check = self._minter.mint(entity_type)
        added = self._entities.add(
            self._scope, entity_type, key, surface, number=number, check=check, parts=parts
        )
        self._by_key[entity_type, key] = added
        self._variants[entity_type, number] = [added]
        for part in parts:
            self._by_part.setdefault(part, []).append(added)
        return added

    def add_variant(self, of: Variant, label: str, surface: str) -> Variant:
        """Keep another surface of an entity."""
        added = self._entities.add_variant(of, label, surface)
        if self._knew_nothing_of(of.entity_type):
            self._variants[of.entity_type, of.number].append(added)
        return added

    def _knew_nothing_of(self, entity_type: EntityType) -> bool:
        if entity_type not in self._is_new:
            self._is_new[entity_type] = self._minter.next_number(entity_type) == 1
        return self._is_new[entity_type]
