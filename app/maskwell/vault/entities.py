"""The one place where real values live: entities, their tokens and their surfaces.

An entity is global; a token stands for it within one scope; a variant is one exact surface of
it there. A token is never issued twice in a vault, not even after its entity was erased, so a
token of another scope does not restore here; only the scopes of a vault that was joined to this
one may hold tokens that are also another scope's, each for its own entity.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from maskwell.entity_types import EntityType
from maskwell.errors import IntegrityError
from maskwell.vault.database import Database, sql_text
from maskwell.vault.records import EntitySummary, Scope, Variant, moment, now_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["EntityStore", "TokenStatus"]

TokenStatus = Literal["here", "erased", "elsewhere", "nowhere"]

_VARIANT = """
    SELECT t.entity_id, t.scope_id, t.type, t.number, t.letters, v.label, v.surface
    FROM variants v JOIN tokens t ON t.id = v.token_id
"""
_FIND = f"""{_VARIANT}
    WHERE v.scope_id = ? AND v.type = ? AND v.surface = CAST(? AS TEXT) ORDER BY v.id LIMIT 1
"""
_FIND_KEY = f"""{_VARIANT}
    WHERE v.label = '' AND t.scope_id = ? AND t.entity_id =
      (SELECT coalesce(merged_into, id) FROM entities WHERE type = ? AND key = CAST(? AS TEXT))
    ORDER BY t.id LIMIT 1
"""  # noqa: S608  # only this module's own text is put together
_FIND_PART = f"""{_VARIANT}
    JOIN name_parts p ON p.token_id = t.id
    WHERE p.scope_id = ? AND p.type = ? AND p.part = CAST(? AS TEXT) AND v.label = ''
    ORDER BY t.id
"""
_BY_CODE = f"""{_VARIANT}
    WHERE t.type = ? AND t.number = ? AND t.letters = ? AND t.scope_id = ? ORDER BY v.id
"""
_SURFACES = f"{_VARIANT} WHERE v.scope_id = ? AND v.id > ? ORDER BY v.id"
_TYPES = {str(entity_type): entity_type for entity_type in EntityType}
_ALL_TYPES = json.dumps(list(_TYPES))
"""So that a key is looked up in the index by type whatever its type is."""


class EntityStore:
    """What the vault knows of real values, by surface, by key and by token."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, scope: Scope, entity_type: EntityType, surface: str) -> Variant | None:
        """Return the variant with exactly this surface in this scope, or None."""
        row = self._database.row(_FIND, (scope.id, str(entity_type), sql_text(surface)))
        return _variant(row) if row else None

    def find_many(
        self, scope: Scope, wanted: Iterable[tuple[EntityType, str]]
    ) -> dict[tuple[EntityType, str], Variant]:
        """Return those of the wanted (type, surface) pairs that this scope knows."""
        found: dict[tuple[EntityType, str], Variant] = {}
        with self._database.lock:
            for entity_type, surface in dict.fromkeys(wanted):
                variant = self.find(scope, entity_type, surface)
                if variant is not None:
                    found[entity_type, surface] = variant
        return found

    def find_key(self, scope: Scope, entity_type: EntityType, key: str) -> Variant | None:
        """Return the first variant, in this scope, of the entity with this canonical key."""
        row = self._database.row(_FIND_KEY, (scope.id, str(entity_type), sql_text(key)))
        return _variant(row) if row else None

    def find_part(self, scope: Scope, entity_type: EntityType, part: str) -> list[Variant]:
        """Return the first variants of the entities filed here under this folded name word."""
        rows = self._database.rows(_FIND_PART, (scope.id, str(entity_type), sql_text(part)))
        return [_variant(row) for row in rows]

    def by_code(
        self, scope: Scope, entity_type: EntityType, number: int, check: str
    ) -> list[Variant]:
        """Return all variants of one token of this scope; none when erased or unknown."""
        if not _storable(number):
            return []
        rows = self._database.rows(_BY_CODE, (str(entity_type), number, check, scope.id))
        return [_variant(row) for row in rows]

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

    def is_issued(self, entity_type: EntityType, number: int, check: str) -> bool:
        """Say whether any scope of the vault ever issued this token."""
        if not _storable(number):
            return False
        row = self._database.row(
            "SELECT 1 FROM tokens WHERE type = ? AND number = ? AND letters = ?",
            (str(entity_type), number, check),
        )
        return row is not None

    def numbers_with_check(self, scope: Scope, check: str) -> list[tuple[EntityType, int]]:
        """Return type and number of every token of this scope with these check letters."""
        rows = self._database.rows(
            "SELECT type, number FROM tokens WHERE scope_id = ? AND letters = ?",
            (scope.id, check),
        )
        return [(_TYPES[row[0]], row[1]) for row in rows]

    def next_number(self, scope: Scope, entity_type: EntityType) -> int:
        """Return one more than the highest number ever issued here for this type."""
        row = self._database.row(
            "SELECT max(number) FROM tokens WHERE scope_id = ? AND type = ?",
            (scope.id, str(entity_type)),
        )
        return 1 + (row[0] or 0 if row else 0)

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
        """Keep a new token and its first surface; the entity is reused where the key is known.

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
        type_name = str(entity_type)
        with self._database.together():
            if self.is_issued(entity_type, number, check):
                raise IntegrityError("A token was about to be issued twice; nothing was saved.")
            entity_id = self._entity(type_name, key, surface)
            token_id = self._database.write(
                "INSERT INTO tokens (scope_id, type, number, letters, entity_id, issued_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (scope.id, type_name, number, check, entity_id, now_ms()),
            )
            self._keep_surface(token_id, scope.id, type_name, "", surface)
            self._file_under(parts, token_id, scope.id, type_name)
        return Variant(entity_id, scope.id, entity_type, number, check, "", surface)

    def add_variant(self, of: Variant, label: str, surface: str) -> Variant:
        """Keep another surface of a token that is there, under a label of its own.

        Raises:
            IntegrityError: the token is gone, or it has that label already.
        """
        with self._database.together():
            row = self._database.row(
                "SELECT id FROM tokens"
                " WHERE type = ? AND number = ? AND letters = ? AND scope_id = ?",
                (str(of.entity_type), of.number, of.check, of.scope_id),
            )
            token_id = row[0] if row else 0
            self._keep_surface(token_id, of.scope_id, str(of.entity_type), label, surface)
        return Variant(
            of.entity_id, of.scope_id, of.entity_type, of.number, of.check, label, surface
        )

    def surfaces(self, scope: Scope, *, after: int = 0) -> list[Variant]:
        """Return everything this scope knows, in the order it was learnt.

        Args:
            scope: whose values.
            after: only what was learnt since `newest` was this number.
        """
        return [_variant(row) for row in self._database.rows(_SURFACES, (scope.id, after))]

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
            entity_type=_TYPES[type_name],
            surface=first_surface,
            variants=tuple(dict.fromkeys(row[0] for row in rows)),
            scopes=tuple(dict.fromkeys(row[1] for row in rows)),
            created_at=moment(created_at),
        )

    def _entity(self, type_name: str, key: str, surface: str) -> int:
        inserted = self._database.write(
            "INSERT OR IGNORE INTO entities (type, key, first_surface, created_at)"
            " VALUES (?, CAST(? AS TEXT), CAST(? AS TEXT), ?)",
            (type_name, sql_text(key), sql_text(surface), now_ms()),
        )
        if inserted:
            return inserted
        row = self._database.row(
            "SELECT coalesce(merged_into, id) FROM entities"
            " WHERE type = ? AND key = CAST(? AS TEXT)",
            (type_name, sql_text(key)),
        )
        return int(row[0]) if row else 0

    def _file_under(
        self, parts: Sequence[str], token_id: int, scope_id: int, type_name: str
    ) -> None:
        """File a token under the words of a name, one row a statement: several cost ten times."""
        if parts:
            self._database.write_many(
                "INSERT OR IGNORE INTO name_parts (scope_id, type, part, token_id)"
                " VALUES (?, ?, CAST(? AS TEXT), ?)",
                [(scope_id, type_name, sql_text(part), token_id) for part in parts],
            )

    def _keep_surface(
        self, token_id: int, scope_id: int, type_name: str, label: str, surface: str
    ) -> None:
        self._database.write(
            "INSERT INTO variants (token_id, scope_id, type, label, surface)"
            " VALUES (?, ?, ?, CAST(? AS TEXT), CAST(? AS TEXT))",
            (token_id, scope_id, type_name, sql_text(label), sql_text(surface)),
        )


def _storable(number: int) -> bool:
    """A token in a text may carry any number of digits; SQLite's integers have 63 bits."""
    return 0 < number < 1 << 63


def _variant(row: tuple[int, int, str, int, str, str, str]) -> Variant:
    entity_id, scope_id, type_name, number, check, label, surface = row
    return Variant(entity_id, scope_id, _TYPES[type_name], number, check, label, surface)
