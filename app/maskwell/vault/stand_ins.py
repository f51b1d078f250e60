"""The made-up values that left instead of real ones, each beside the surface it stands for.

Restoring reads them from here and derives nothing, so that a later version of the lists they
were chosen from changes nothing that was sent. They go with the entity when it is erased.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType
from maskwell.errors import IntegrityError
from maskwell.vault.database import Database, sql_text

if TYPE_CHECKING:
    from maskwell.vault.records import Scope

__all__ = ["StandIn", "StandInStore"]

_ROWS = """
    SELECT t.type, t.number, t.letters, s.label, v.surface, s.form
    FROM stand_ins s JOIN tokens t ON t.id = s.token_id
    JOIN variants v ON v.token_id = s.token_id AND v.label = s.label
"""


@dataclass(frozen=True, slots=True)
class StandIn:
    """One surface of an entity and the made-up value that stands for it in one scope."""

    entity_type: EntityType
    number: int
    check: str
    label: str
    """With the three before it, the token of the surface."""
    surface: str
    form: str
    """What leaves."""

    @property
    def code(self) -> str:
        """The token of the surface, without its brackets."""
        core = f"{self.entity_type}_{self.number}{self.check}"
        return f"{core}:{self.label}" if self.label else core


class StandInStore:
    """Made-up values by scope."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self, scope: Scope) -> tuple[int, int]:
        """Return what changes whenever this scope's stand-ins do: how many, and a mark.

        (0, 0) says that there are none.
        """
        row = self._database.row(
            "SELECT count(*), coalesce((SELECT mark FROM stand_ins WHERE scope_id = ?1"
            " ORDER BY id DESC LIMIT 1), 0) FROM stand_ins WHERE scope_id = ?1",
            (scope.id,),
        )
        return (row[0], row[1]) if row else (0, 0)

    def all(self, scope: Scope) -> list[StandIn]:
        """Return every stand-in of a scope, in the order they were chosen."""
        rows = self._database.rows(f"{_ROWS} WHERE s.scope_id = ? ORDER BY s.id", (scope.id,))
        return [StandIn(EntityType(row[0]), *row[1:]) for row in rows]

    def add(
        self,
        scope: Scope,
        entity_type: EntityType,
        number: int,
        check: str,
        *,
        label: str,
        form: str,
    ) -> None:
        """Keep what stands for one surface of a token.

        Raises:
            IntegrityError: there is no such token in the scope, or it has one already.
        """
        written = self._database.write(
            "INSERT OR IGNORE INTO stand_ins (token_id, scope_id, label, form)"
            " SELECT id, scope_id, CAST(? AS TEXT), CAST(? AS TEXT) FROM tokens"
            " WHERE type = ? AND number = ? AND letters = ? AND scope_id = ?",
            (sql_text(label), sql_text(form), str(entity_type), number, check, scope.id),
        )
        if not written:
            raise IntegrityError("A value has a stand-in already; the vault was left as it was.")
