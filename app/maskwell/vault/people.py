"""Joining and parting entities by hand: two names of one person, or two persons under one name.

Tokens that are out in the world keep restoring to what they stood for: joining changes which
entity a token belongs to, never its surfaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.errors import UnknownName, UsageError
from maskwell.vault.acts import Act

if TYPE_CHECKING:
    from maskwell.vault.audit import AuditTrail
    from maskwell.vault.database import Database

__all__ = ["merge", "split"]


def merge(database: Database, audit: AuditTrail, kept_id: int, other_id: int) -> None:
    """Let `other_id` be the same entity as `kept_id` from now on.

    Raises:
        UnknownName: one of them is not there.
        UsageError: they are one already, or of different types.
    """
    with database.together():
        kept, other = _entity(database, kept_id), _entity(database, other_id)
        if kept_id == other_id:
            raise UsageError("An entity cannot be merged with itself; name two different ones.")
        if kept != other:
            raise UsageError(
                f"{other} and {kept} are different kinds; only two of a kind can be one entity."
            )
        database.write(
            "UPDATE entities SET merged_into = ? WHERE id = ? OR merged_into = ?",
            (kept_id, other_id, other_id),
        )
        database.write(
            "UPDATE tokens SET entity_id = ?, merged_from = coalesce(merged_from, entity_id)"
            " WHERE entity_id = ?",
            (kept_id, other_id),
        )
        audit.record(Act.ENTITY_MERGE, str(kept_id), {"other": other_id})


def split(database: Database, audit: AuditTrail, other_id: int) -> None:
    """Undo the merging of `other_id`: it is an entity of its own again, with its own tokens.

    Raises:
        UnknownName: it is not there, or was not merged.
    """
    with database.together():
        row = database.row(
            "SELECT merged_into FROM entities WHERE id = ? AND merged_into IS NOT NULL", (other_id,)
        )
        if row is None:
            raise UnknownName(f"Entity {other_id} was not merged into another.")
        database.write("UPDATE entities SET merged_into = NULL WHERE id = ?", (other_id,))
        database.write(
            "UPDATE tokens SET entity_id = ?, merged_from = NULL WHERE merged_from = ?",
            (other_id, other_id),
        )
        audit.record(Act.ENTITY_SPLIT, str(other_id), {"from": row[0]})


def _entity(database: Database, entity_id: int) -> str:
    """Return the type of an entity that stands for itself."""
    row = database.row(
        "SELECT type FROM entities WHERE id = ? AND merged_into IS NULL", (entity_id,)
    )
    if row is None:
        raise UnknownName(f"There is no entity {entity_id}; list them with `entity list`.")
    return str(row[0])
