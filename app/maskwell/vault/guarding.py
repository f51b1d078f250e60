"""Guarded types: values that come on screen only when somebody asks for them and says why.

A card number is restored in files and pipes like anything else; on a screen its token stands in
its place until it is revealed. Invariant: a reveal is in the audit trail, with its purpose and
without the value, before the value is returned.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType
from maskwell.errors import UnknownName, UsageError
from maskwell.vault.acts import Act
from maskwell.vault.mentions import labelled_token

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maskwell.vault.audit import AuditTrail
    from maskwell.vault.database import Database
    from maskwell.vault.records import Scope

__all__ = ["DEFAULT_GUARDED", "Guard"]

DEFAULT_GUARDED = frozenset({EntityType.SECRET, EntityType.CARD, EntityType.ID})
LONGEST_PURPOSE = 200
"""Characters."""
_TELLING = 3
"""Characters; anything shorter stands in every sentence."""


class Guard:
    """Which types are guarded, and the way to their values."""

    def __init__(self, database: Database, audit: AuditTrail) -> None:
        self._database = database
        self._audit = audit

    def types(self) -> frozenset[EntityType]:
        """Return the guarded types."""
        row = self._database.row("SELECT value FROM facts WHERE name = 'guarded'")
        if row is None:
            return DEFAULT_GUARDED
        return frozenset(EntityType(name) for name in json.loads(row[0]))

    def set_types(self, types: Iterable[EntityType]) -> None:
        """Guard these types from now on, and no others."""
        names = sorted(str(one) for one in types)
        with self._database.together():
            self._database.write(
                "INSERT INTO facts (name, value) VALUES ('guarded', ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (json.dumps(names),),
            )
            self._audit.record(Act.GUARD, "", {"types": names})

    def reveal(self, entity_id: int, *, purpose: str) -> tuple[str, ...]:
        """Return every surface of an entity, the one first seen first.

        Raises:
            UnknownName: there is no such entity.
            UsageError: the purpose is empty, too long, or holds the value itself.
            VaultBusy: the vault was opened for reading, where nothing can be recorded.
        """
        with self._database.together():
            rows = self._database.rows(
                "SELECT 0, 0, first_surface, type FROM entities WHERE id = ?1"
                " UNION ALL SELECT 1, v.id, v.surface, t.type FROM variants v"
                " JOIN tokens t ON t.id = v.token_id WHERE t.entity_id = ?1 ORDER BY 1, 2",
                (entity_id,),
            )
            if not rows:
                raise UnknownName(f"There is no entity {entity_id}; list them with `entity list`.")
            surfaces = tuple(dict.fromkeys(row[2] for row in rows))
            detail = {"purpose": _purpose(purpose, surfaces), "type": rows[0][3]}
            self._audit.record(Act.REVEAL, f"entity {entity_id}", detail)
        return surfaces

    def reveal_token(self, scope: Scope, token: str, *, purpose: str) -> str:
        """Return the exact characters that a token of this scope stands for.

        Args:
            scope: the token's scope.
            token: the token as it stands in text, such as `[CARD_1QX]`.
            purpose: why, in a few words, without the value.

        Raises: as `reveal` does.
        """
        with self._database.together():
            surface = self._surface(scope, token)
            self.note(scope, [token], purpose=purpose, values=[surface])
        return surface

    def note(
        self,
        scope: Scope,
        tokens: Iterable[str],
        *,
        purpose: str,
        values: Iterable[str] | None = None,
    ) -> None:
        """Record that the values of `tokens` are about to be shown.

        Args:
            scope: the tokens' scope.
            tokens: the tokens as they stand in text; with none nothing is recorded.
            purpose: why they are shown.
            values: what they stand for, which the purpose must not hold; looked up by default.

        Raises: as `reveal` does.
        """
        named = list(dict.fromkeys(tokens))
        if not named:
            return
        with self._database.together():
            hidden = [self._surface(scope, token) for token in named] if values is None else values
            detail = {"purpose": _purpose(purpose, hidden), "tokens": named}
            self._audit.record(Act.REVEAL, scope.name, detail)

    def note_all(self, scope: Scope, *, purpose: str) -> None:
        """Record that whatever is guarded in a scope may be shown, as it streams in.

        Raises: as `reveal` does.
        """
        guarded = sorted(str(one) for one in self.types())
        marks = ", ".join("?" * len(guarded))
        with self._database.together():
            rows = self._database.rows(
                f"SELECT surface FROM variants WHERE scope_id = ? AND type IN ({marks})",  # noqa: S608  # placeholders only
                (scope.id, *guarded),
            )
            said = _purpose(purpose, (row[0] for row in rows))
            self._audit.record(Act.REVEAL, scope.name, {"purpose": said, "types": guarded})

    def _surface(self, scope: Scope, token: str) -> str:
        parts = labelled_token(token)
        row = parts and self._database.row(
            "SELECT v.surface FROM variants v JOIN tokens t ON t.id = v.token_id"
            " WHERE t.scope_id = ? AND t.type = ? AND t.number = ? AND t.letters = ?"
            " AND v.label = ?",
            (scope.id, *parts),
        )
        if not row:
            raise UnknownName("That token stands for nothing in this scope.")
        return str(row[0])


def _purpose(purpose: str, values: Iterable[str]) -> str:
    """Return the purpose as it is recorded.

    Raises:
        UsageError: it is empty, too long, or holds one of the values.
    """
    said = " ".join(purpose.split())
    if not said:
        raise UsageError("Revealing a guarded value needs a purpose; say in a few words why.")
    if len(said) > LONGEST_PURPOSE:
        raise UsageError(f"The purpose is longer than {LONGEST_PURPOSE} characters; shorten it.")
    told = said.casefold()
    if any(len(value) >= _TELLING and value.casefold() in told for value in values):
        raise UsageError("The purpose holds the value itself; say why without it.")
    return said
