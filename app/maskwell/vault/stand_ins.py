"""The made-up values that left instead of real ones, each beside the surface it stands for.

Restoring reads them from here and derives nothing, so that a later version of the lists they
were chosen from changes nothing that was sent. They go with the entity when it is erased.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType
from maskwell.errors import IntegrityError
from maskwell.vault.parameters import sql_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maskwell.vault.database import Database
    from maskwell.vault.records import Scope

__all__ = ["StandIn", "StandInStore"]

_ROWS = """
    SELECT t.type, t.number, t.letters, s.label, v.surface, s.form
    FROM stand_ins s JOIN tokens t ON t.id = s.token_id
    JOIN variants v ON v.token_id = s.token_id AND v.label = s.label
"""

_ADD = """
    INSERT OR IGNORE INTO stand_ins (token_id, scope_id, label, form)
    SELECT id, scope_id, CAST(? AS TEXT), CAST(? AS TEXT) FROM tokens
    WHERE type = ? AND number = ? AND letters = ? AND scope_id = ?
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
    def core(self) -> tuple[str, int, str]:
        """Type, number and check letters of the token."""
        return str(self.entity_type), self.number, self.check

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

    def add_many(self, scope: Scope, new: Sequence[StandIn]) -> None:
        """Keep what stands for surfaces that have nothing yet.

        Raises:
            IntegrityError: there is no such token in the scope, or it has one already; nothing
                was saved.
        """
        if not new:
            return
        with self._database.together():
            written = self._database.write_many(
                _ADD,
                [(sql_text(one.label), sql_text(one.form), *one.core, scope.id) for one in new],
            )
            if written != len(new):
                raise IntegrityError("A value has a stand-in already; nothing was saved.")
