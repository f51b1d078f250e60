"""The scopes, each with the key of its tokens' check letters.

A scope's key is derived from the vault's own random seed and the scope's name, so that a
preview in a scope that is not there yet shows the very tokens that sending will mint.
"""

from __future__ import annotations

import difflib
import hashlib
import hmac
from typing import TYPE_CHECKING

from maskwell.errors import IntegrityError, UnknownName, UsageError
from maskwell.vault.acts import Act
from maskwell.vault.parameters import sql_text
from maskwell.vault.records import Scope, now_ms

if TYPE_CHECKING:
    from maskwell.vault.audit import AuditTrail
    from maskwell.vault.database import Database

__all__ = ["ScopeStore"]

_COLUMNS = "SELECT id, name, token_key FROM scopes"


class ScopeStore:
    """Scopes by name."""

    def __init__(self, database: Database, audit: AuditTrail) -> None:
        self._database = database
        self._audit = audit

    def get(self, name: str) -> Scope:
        """Return the scope called `name`.

        Raises:
            UnknownName: there is none; near names are listed.
        """
        scope = self._find(name)
        if scope is None:
            near = difflib.get_close_matches(name, [one.name for one in self.all()])
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            raise UnknownName(f"There is no scope called {name!r}.{hint}")
        return scope

    def ensure(self, name: str) -> Scope:
        """Return the scope called `name`, made now if it is new."""
        found = self._find(name)
        if found is not None:
            return found
        with self._database.together():
            if (made := self._find(name)) is not None:  # by another process, meanwhile
                return made
            self._database.write(
                "INSERT INTO scopes (name, token_key, created_at) VALUES (CAST(? AS TEXT), ?, ?)",
                (sql_text(name), self._key_of(name), now_ms()),
            )
            return self.get(name)

    def all(self) -> list[Scope]:
        """Return every scope, oldest first."""
        return [Scope(*row) for row in self._database.rows(f"{_COLUMNS} ORDER BY id")]

    def keep_days(self, name: str) -> int | None:
        """Return for how many days this scope's conversations are kept; None is the default.

        Raises:
            UnknownName: there is no such scope.
        """
        scope = self.get(name)
        row = self._database.row("SELECT keep_days FROM scopes WHERE id = ?", (scope.id,))
        return row[0] if row else None

    def set_keep_days(self, name: str, days: int | None) -> None:
        """Keep this scope's conversations for `days` days after their last use.

        Raises:
            UnknownName: there is no such scope.
            UsageError: less than one day.
        """
        if days is not None and days < 1:
            raise UsageError("Conversations are kept for at least one day; give 1 or more.")
        scope = self.get(name)
        with self._database.together():
            self._database.write("UPDATE scopes SET keep_days = ? WHERE id = ?", (days, scope.id))
            self._audit.record(Act.SCOPE_KEEP, name, {"days": days})

    def _key_of(self, name: str) -> bytes:
        row = self._database.row("SELECT value FROM seeds WHERE name = 'scope'")
        if row is None:
            raise IntegrityError(
                "The vault has lost the seed of its tokens; restore it from a backup."
            )
        return hmac.digest(row[0], name.encode("utf-8", "surrogatepass"), hashlib.sha256)

    def _find(self, name: str) -> Scope | None:
        row = self._database.row(f"{_COLUMNS} WHERE name = CAST(? AS TEXT)", (sql_text(name),))
        return Scope(*row) if row else None
