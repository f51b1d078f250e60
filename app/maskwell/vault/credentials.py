"""The keys of destinations, kept in the vault instead of a settings file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.vault.acts import Act
from maskwell.vault.parameters import sql_text

if TYPE_CHECKING:
    from maskwell.vault.audit import AuditTrail
    from maskwell.vault.database import Database

__all__ = ["CredentialStore"]


class CredentialStore:
    """Secrets by name, such as a destination's API key by the destination's name."""

    def __init__(self, database: Database, audit: AuditTrail) -> None:
        self._database = database
        self._audit = audit

    def set(self, name: str, value: str) -> None:
        """Keep `value` under `name`, in place of what was there."""
        with self._database.together():
            self._database.write(
                "INSERT INTO credentials (name, value) VALUES (?, CAST(? AS TEXT))"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, sql_text(value)),
            )
            self._audit.record(Act.CREDENTIAL_SET, name)

    def get(self, name: str) -> str | None:
        """Return what is kept under `name`, or None."""
        row = self._database.row("SELECT value FROM credentials WHERE name = ?", (name,))
        return row[0] if row else None

    def delete(self, name: str) -> None:
        """Forget what is kept under `name`; harmless when there is nothing."""
        with self._database.together():
            if self._database.row("SELECT 1 FROM credentials WHERE name = ?", (name,)):
                self._database.write("DELETE FROM credentials WHERE name = ?", (name,))
                self._audit.record(Act.CREDENTIAL_DELETE, name)

    def names(self) -> list[str]:
        """Return the names, sorted."""
        return [row[0] for row in self._database.rows("SELECT name FROM credentials ORDER BY name")]
