"""Who of another vault was erased here, so that no scope and no word brings them back.

The value is forgotten here, so a person is known by the tokens that were erased: whoever such a
token stands for in the other vault is that person, whatever other tokens they have there.
Somebody who has been made known again here since is not among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.vault.parameters import sql_text

if TYPE_CHECKING:
    from maskwell.vault.database import Database

__all__ = ["Erased", "erased_people"]


@dataclass(frozen=True, slots=True)
class Erased:
    """The people of another vault that were erased here."""

    entities: frozenset[int]
    """Their numbers in the other vault, with those of all that was merged into them."""
    words: frozenset[str]
    """What they are called there."""


def erased_people(database: Database, other: Database) -> Erased:
    """Find them.

    Args:
        database: the database of this vault.
        other: the other vault's.
    """
    stones = set(
        database.rows(
            "SELECT s.token_key, t.type, t.number, t.letters FROM tokens t"
            " JOIN scopes s ON s.id = t.scope_id WHERE t.erased_at IS NOT NULL"
        )
    )
    entities: set[int] = set()
    if stones:
        for entity_id, *token in other.rows(
            "SELECT t.entity_id, s.token_key, t.type, t.number, t.letters FROM tokens t"
            " JOIN scopes s ON s.id = t.scope_id WHERE t.entity_id IS NOT NULL"
        ):
            if tuple(token) in stones and not _is_known(database, other, entity_id):
                entities.add(entity_id)
    rows = [row for one in entities for row in _rows(other, one)]
    return Erased(
        frozenset(entities | {row[0] for row in rows}),
        frozenset(word for row in rows for word in row[1:])
        | {word for one in entities for word in _surfaces(other, one)},
    )


def _rows(other: Database, entity_id: int) -> list[tuple[int, str, str]]:
    return other.rows(
        "SELECT id, key, first_surface FROM entities WHERE id = ?1 OR merged_into = ?1",
        (entity_id,),
    )


def _surfaces(other: Database, entity_id: int) -> list[str]:
    rows = other.rows(
        "SELECT DISTINCT v.surface FROM variants v JOIN tokens t ON t.id = v.token_id"
        " WHERE t.entity_id = ?",
        (entity_id,),
    )
    return [row[0] for row in rows]


def _is_known(database: Database, other: Database, entity_id: int) -> bool:
    """Say whether the person has been made known here again."""
    ((kind, key),) = other.rows("SELECT type, key FROM entities WHERE id = ?", (entity_id,))
    return bool(
        database.row(
            "SELECT 1 FROM entities WHERE type = ? AND key = CAST(? AS TEXT)",
            (kind, sql_text(key)),
        )
    )
