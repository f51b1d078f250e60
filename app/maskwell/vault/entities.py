"""The one place where real values live: entities, their tokens and their surfaces.

An entity is global; a token stands for it within one scope; a variant is one exact surface of
it there. A token is never issued twice in a vault, not even after its entity was erased, so a
token of another scope does not restore here; only the scopes of a vault that was joined to this
one may hold tokens that are also another scope's, each for its own entity.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from maskwell.entity_types import EntityType
from maskwell.vault import lookups
from maskwell.vault.issuing import NewToken, issue, keep_surfaces
from maskwell.vault.lookups import VARIANT, variant
from maskwell.vault.parameters import sql_text
from maskwell.vault.records import EntitySummary, Scope, Variant, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maskwell.vault.database import Database

__all__ = ["EntityStore", "TokenStatus"]

TokenStatus = Literal["here", "erased", "elsewhere", "nowhere"]

_FIND = f"""{VARIANT}
    WHERE v.scope_id = ? AND v.type = ? AND v.surface = CAST(? AS TEXT) ORDER BY v.id LIMIT 1
"""
_BY_CODE = f"""{VARIANT}
    WHERE t.type = ? AND t.number = ? AND t.letters = ? AND t.scope_id = ? ORDER BY v.id
"""
_SURFACES = f"{VARIANT} WHERE v.scope_id = ? AND v.id > ? ORDER BY v.id"
_ALL_TYPES = json.dumps(list(EntityType))
"""So that a key is looked up in the index by type whatever its type is."""


class EntityStore:
    """What the vault knows of real values, by surface, by key and by token."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, scope: Scope, entity_type: EntityType, surface: str) -> Variant | None:
        """Return the variant with exactly this surface in this scope, or None."""
        row = self._database.row(_FIND, (scope.id, str(entity_type), sql_text(surface)))
        return variant(row) if row else None

    def find_many(
        self, scope: Scope, wanted: Iterable[tuple[EntityType, str]]
    ) -> dict[tuple[EntityType, str], Variant]:
        """Return those of the wanted (type, surface) pairs that this scope knows."""
        return lookups.by_surfaces(self._database, scope.id, wanted)

    def find_keys(
        self, scope: Scope, wanted: Iterable[tuple[EntityType, str]]
    ) -> dict[tuple[EntityType, str], list[Variant]]:
        """Return, by (type, canonical key), the surfaces that the key's entity has here.

        Of an entity with several tokens in this scope only those of the oldest are returned,
        the surface first seen before the others.
        """
        return lookups.by_keys(self._database, scope.id, wanted)

    def find_parts(
        self, scope: Scope, entity_type: EntityType, wanted: Iterable[str]
    ) -> dict[str, list[list[Variant]]]:
        """Return, by folded name word, the surfaces of each token filed under it here."""
        return lookups.by_parts(self._database, scope.id, entity_type, wanted)

    def by_code(
        self, scope: Scope, entity_type: EntityType, number: int, check: str
    ) -> list[Variant]:
        """Return all variants of one token of this scope; none when erased or unknown."""
        if not _storable(number):
            return []
        rows = self._database.rows(_BY_CODE, (str(entity_type), number, check, scope.id))
        return [variant(row) for row in rows]

    def status_of(
        self, scope: Scope, entity_type: EntityType, number: int, check: str
    ) -> TokenStatus:
        """Say what this vault knows of a token, seen from `scope`."""
        if not _storable(number):
            return "nowhere"
        row = self._database.row(
            "SELECT scope_id, entity_id FROM tokens WHERE type = ? AND number = ? AND letters = ?"
            " ORDER BY scope_id = ? DESC LIMIT 1",
            (str(entity_type), number, check, scope.id),
        )
        if row is None:
            return "nowhere"
        if row[0] != scope.id:
            return "elsewhere"
        return "erased" if row[1] is None else "here"

    def issued_among(
        self, wanted: Iterable[tuple[EntityType, int, str]]
    ) -> set[tuple[EntityType, int, str]]:
        """Return those tokens, as (type, number, check), that any scope ever issued."""
        return lookups.issued_among(self._database, [one for one in wanted if _storable(one[1])])

    def with_checks(self, scope: Scope, checks: Iterable[str]) -> list[tuple[EntityType, int, str]]:
        """Return every token of this scope, as (type, number, check), with such check letters."""
        return lookups.with_checks(self._database, scope.id, checks)

    def highest_numbers(self, scope: Scope, types: Iterable[EntityType]) -> dict[EntityType, int]:
        """Return the highest number ever issued here for each of these types; 0 for none."""
        return lookups.highest_numbers(self._database, scope.id, types)

    def add(
        self,
        scope: Scope,
        entity_type: EntityType,
        key: str,
        surface: str,
        *,
        number: int,
        check: str,
        parts: Sequence[str] = (),
    ) -> Variant:
        """Keep one new token and its first surface, as `add_many` does.

        Args:
            scope: where the token stands for the entity.
            entity_type: the entity's type.
            key: what makes two surfaces one entity.
            surface: the exact characters that stood in the text.
            number: the token's number.
            check: the token's check letters.
            parts: folded name words to file the entity under.

        Raises:
            IntegrityError: the token was issued before.
        """
        new = NewToken(entity_type, key, surface, number, check, tuple(parts))
        return self.add_many(scope, [new])[0]

    def add_many(self, scope: Scope, new: Sequence[NewToken]) -> Sequence[Variant]:
        """Keep new tokens and their first surfaces; an entity is reused where its key is known.

        Raises:
            IntegrityError: one of them was issued before; none was saved.
        """
        return issue(self._database, scope, new)

    def add_variant(self, of: Variant, label: str, surface: str) -> Variant:
        """Keep another surface of a token that is there, under a label of its own.

        Raises:
            IntegrityError: the token is gone, or it has that label already.
        """
        added = replace(of, label=label, surface=surface)
        self.add_variants([added])
        return added

    def add_variants(self, surfaces: Sequence[Variant]) -> None:
        """Keep further surfaces of tokens that are there, each under a label of its own.

        Raises:
            IntegrityError: a token is gone, or has that label already; none was saved.
        """
        keep_surfaces(self._database, surfaces)

    def surfaces(self, scope: Scope, *, after: int = 0) -> list[Variant]:
        """Return everything this scope knows, in the order it was learnt.

        Args:
            scope: whose values.
            after: only what was learnt since `newest` was this number.
        """
        return [variant(row) for row in self._database.rows(_SURFACES, (scope.id, after))]

    @property
    def generation(self) -> int:
        """Grows when what `surfaces` gave may not be so any more; all has to be read anew."""
        return self._database.generation

    def newest(self) -> int:
        """Return the number of the value learnt last, in any scope; 0 when there is none."""
        if self._database.in_transaction:
            self._database.was_seen_inside = True
        row = self._database.row("SELECT max(id) FROM variants")
        return int(row[0] or 0) if row else 0

    def matching(self, value: str) -> list[EntitySummary]:
        """Return the entities that have `value` as a surface or key, in any case of A to Z."""
        rows = self._database.rows(
            "SELECT id, type, first_surface, created_at FROM entities WHERE id IN ("
            " SELECT t.entity_id FROM variants v JOIN tokens t ON t.id = v.token_id"
            " WHERE v.surface = CAST(?1 AS TEXT) COLLATE NOCASE"
            " UNION SELECT coalesce(e.merged_into, e.id) FROM json_each(?3) j"
            " CROSS JOIN entities e ON e.type = j.value"
            " AND e.key IN (CAST(?1 AS TEXT), CAST(?2 AS TEXT))) ORDER BY id",
            (sql_text(value), sql_text(value.casefold()), _ALL_TYPES),
        )
        return [self._summary(*row) for row in rows]

    def list(
        self, *, entity_type: EntityType | None = None, limit: int = 1000
    ) -> list[EntitySummary]:
        """Return the entities learnt last, newest first."""
        rows = self._database.rows(
            "SELECT id, type, first_surface, created_at FROM entities"
            " WHERE merged_into IS NULL AND (? IS NULL OR type = ?) ORDER BY id DESC LIMIT ?",
            (entity_type and str(entity_type), entity_type and str(entity_type), limit),
        )
        return [self._summary(*row) for row in rows]

    def merged_into(self, entity_id: int) -> Sequence[tuple[int, str]]:
        """Return (number, surface first seen) of the entities that were merged into this one."""
        return self._database.rows(
            "SELECT id, first_surface FROM entities WHERE merged_into = ? ORDER BY id", (entity_id,)
        )

    def _summary(
        self, entity_id: int, type_name: str, first_surface: str, created_at: int
    ) -> EntitySummary:
        rows = self._database.rows(
            "SELECT v.surface, s.name FROM tokens t JOIN variants v ON v.token_id = t.id"
            " JOIN scopes s ON s.id = t.scope_id WHERE t.entity_id = ? ORDER BY v.id",
            (entity_id,),
        )
        return EntitySummary(
            entity_id=entity_id,
            entity_type=EntityType(type_name),
            surface=first_surface,
            variants=tuple(dict.fromkeys(row[0] for row in rows)),
            scopes=tuple(dict.fromkeys(row[1] for row in rows)),
            created_at=moment(created_at),
        )


def _storable(number: int) -> bool:
    """A token in a text may carry any number of digits; SQLite's integers have 63 bits."""
    return 0 < number < 1 << 63
