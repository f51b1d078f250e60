"""The scopes, each with the random key of its tokens' check letters."""

from __future__ import annotations

import difflib
import secrets

from maskwell.errors import UnknownName
from maskwell.vault.database import Database, sql_text
from maskwell.vault.records import Scope, now_ms

__all__ = ["ScopeStore"]

_COLUMNS = "SELECT id, name, token_key FROM scopes"


class ScopeStore:
    """Scopes by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
        with self._database.lock:
            found = self._find(name)
            if found is not None:
                return found
            self._database.write(
                "INSERT INTO scopes (name, token_key, created_at) VALUES (CAST(? AS TEXT), ?, ?)",
                (sql_text(name), secrets.token_bytes(32), now_ms()),
            )
            return self.get(name)

    def all(self) -> list[Scope]:
        """Return every scope, oldest first."""
        return [Scope(*row) for row in self._database.rows(f"{_COLUMNS} ORDER BY id")]

    def _find(self, name: str) -> Scope | None:
        row = self._database.row(f"{_COLUMNS} WHERE name = CAST(? AS TEXT)", (sql_text(name),))
        return Scope(*row) if row else None
