"""Writing new tokens and surfaces: a thousand in as many statements as one.

Invariant: a token is never issued twice in a vault, and its entity, its first surface and the
words of its name are written with it or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.errors import IntegrityError
from maskwell.vault.parameters import sql_list, sql_text
from maskwell.vault.records import Variant, now_ms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maskwell.entity_types import EntityType
    from maskwell.vault.database import Database
    from maskwell.vault.records import Scope

__all__ = ["NewToken", "issue", "keep_surfaces"]

_LAST = (
    "SELECT coalesce(max(id), 0) FROM entities UNION ALL SELECT coalesce(max(id), 0) FROM tokens"
)
_ENTITY = """
    INSERT OR IGNORE INTO entities (id, type, key, first_surface, created_at)
    VALUES (?, ?, CAST(? AS TEXT), CAST(? AS TEXT), ?)
"""
_ENTITIES = """
    SELECT j.key, coalesce(e.merged_into, e.id) FROM json_each(CAST(? AS TEXT)) j
    CROSS JOIN entities e ON e.type = j.value->>0 AND e.key = j.value->>1
"""
_ISSUE = """
    INSERT INTO tokens (id, scope_id, type, number, letters, entity_id, issued_at)
    VALUES (?1, CASE WHEN EXISTS
      (SELECT 1 FROM tokens WHERE type = ?3 AND number = ?4 AND letters = ?5)
      THEN NULL ELSE ?2 END, ?3, ?4, ?5, ?6, ?7)
"""
"""No scope is no row: a token that is there already is refused. (An INSERT from a SELECT with
that condition would fill a table of its own first, which costs twenty times as much.)"""
_FIRST_SURFACE = """
    INSERT INTO variants (token_id, scope_id, type, label, surface)
    VALUES (?, ?, ?, '', CAST(? AS TEXT))
"""
_PART = """
    INSERT OR IGNORE INTO name_parts (scope_id, type, part, token_id)
    VALUES (?, ?, CAST(? AS TEXT), ?)
"""
_SURFACE = """
    INSERT INTO variants (token_id, scope_id, type, label, surface)
    SELECT id, scope_id, type, CAST(? AS TEXT), CAST(? AS TEXT) FROM tokens
    WHERE type = ? AND number = ? AND letters = ? AND scope_id = ?
"""


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token that is to be issued, and the surface it is issued for."""

    entity_type: EntityType
    key: str
    """What makes two surfaces one entity."""
    surface: str
    """The exact characters that stood in the text."""
    number: int
    check: str
    parts: tuple[str, ...] = ()
    """Folded name words to file the entity under."""


def issue(database: Database, scope: Scope, new: Sequence[NewToken]) -> list[Variant]:
    """Keep new tokens and their first surfaces; an entity is reused where its key is known.

    Raises:
        IntegrityError: one of the tokens was issued before; nothing was saved.
    """
    if not new:
        return []
    with database.together():
        (last_entity,), (last_token,) = database.rows(_LAST)
        entity_ids = _entities(database, new, last_entity + 1)
        token_ids = range(last_token + 1, last_token + 1 + len(new))
        now = now_ms()
        rows = zip(token_ids, new, entity_ids, strict=True)
        database.write_many(
            _ISSUE,
            [
                (token_id, scope.id, *_code(one), entity_id, now)
                for token_id, one, entity_id in rows
            ],
        )
        _file(database, scope.id, new, token_ids)
    return [
        Variant(entity_id, scope.id, one.entity_type, one.number, one.check, "", one.surface)
        for one, entity_id in zip(new, entity_ids, strict=True)
    ]


def keep_surfaces(database: Database, surfaces: Sequence[Variant]) -> None:
    """Keep further surfaces of tokens that are there, each under a label of its own.

    Raises:
        IntegrityError: a token is gone, or has that label already; nothing was saved.
    """
    if not surfaces:
        return
    with database.together():
        kept = database.write_many(
            _SURFACE,
            [
                (sql_text(one.label), sql_text(one.surface), *_code(one), one.scope_id)
                for one in surfaces
            ],
        )
        if kept != len(surfaces):
            raise IntegrityError("A value was about to be kept for no token; nothing was saved.")


def _code(one: Variant | NewToken) -> tuple[str, int, str]:
    return str(one.entity_type), one.number, one.check


def _entities(database: Database, new: Sequence[NewToken], first_id: int) -> Sequence[int]:
    """Return the number of each token's entity, which is made where its key is new."""
    now = now_ms()
    made = database.write_many(
        _ENTITY,
        [
            (entity_id, str(one.entity_type), sql_text(one.key), sql_text(one.surface), now)
            for entity_id, one in enumerate(new, first_id)
        ],
    )
    if made == len(new):
        return range(first_id, first_id + len(new))
    keys = [(str(one.entity_type), one.key) for one in new]
    ids: dict[int, int] = dict(database.rows(_ENTITIES, (sql_list(keys),)))
    return [ids[place] for place in range(len(new))]


def _file(
    database: Database, scope_id: int, new: Sequence[NewToken], token_ids: Sequence[int]
) -> None:
    """Keep the first surfaces, and file the tokens under the words of the names.

    One row a statement, run many times: an INSERT of several rows costs ten times as much.
    """
    named = list(zip(token_ids, new, strict=True))
    database.write_many(
        _FIRST_SURFACE,
        [
            (token_id, scope_id, str(one.entity_type), sql_text(one.surface))
            for token_id, one in named
        ],
    )
    parts = [
        (scope_id, str(one.entity_type), sql_text(part), token_id)
        for token_id, one in named
        for part in one.parts
    ]
    if parts:
        database.write_many(_PART, parts)
