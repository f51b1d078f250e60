"""The files that were made safe or brought back: which tokens went into which file.

Nothing of a file's content is kept here, and its name only with tokens in it. It is what erasing a
person names beside conversations and the ledger: copies outside the vault that mention them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from maskwell.vault.acts import Act
from maskwell.vault.database import sql_text
from maskwell.vault.mentions import record_mentions
from maskwell.vault.records import moment, now_ms

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from maskwell.vault.audit import AuditTrail
    from maskwell.vault.database import Database
    from maskwell.vault.records import Scope

__all__ = ["FileEntry", "FileLog"]

FileKind = Literal["sanitised", "restored"]
_ACTS = {"sanitised": Act.FILE_SANITISE, "restored": Act.FILE_RESTORE}


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file that was made."""

    id: int
    at: datetime
    kind: str
    """"sanitised" or "restored"."""
    scope: str
    name: str
    """Without folders; real values in it are tokens."""
    policy: str
    destination: str
    byte_count: int
    digest: str
    """SHA-256 of the file as it was made, 64 hex digits."""


class FileLog:
    """What was made of files, oldest first."""

    def __init__(self, database: Database, audit: AuditTrail) -> None:
        self._database = database
        self._audit = audit

    def record(
        self,
        kind: FileKind,
        *,
        scope: Scope,
        name: str,
        byte_count: int,
        digest: str,
        texts: Iterable[str],
        policy: str = "",
        destination: str = "",
    ) -> int:
        """Write down that a file is made and return the entry's number.

        Args:
            kind: what was made of it.
            scope: whose tokens it holds.
            name: its name without folders, protected.
            byte_count: its size in bytes.
            digest: SHA-256 of it, 64 hex digits; of a restored file, of what came back.
            texts: its protected texts, for the tokens in them; they are not kept.
            policy: the policy's name.
            destination: where it is to go, "" when nothing was said.
        """
        with self._database.together():
            number = self._database.write(
                "INSERT INTO files (at, kind, scope_id, name, policy, destination, byte_count,"
                " digest) VALUES (?, ?, ?, CAST(? AS TEXT), ?, ?, ?, ?)",
                (now_ms(), kind, scope.id, sql_text(name), policy, destination, byte_count, digest),
            )
            for text in (name, *texts):
                record_mentions(self._database, "file", number, scope.id, text)
            self._audit.record(_ACTS[kind], f"file {number}", {"bytes": byte_count})
        return number

    def all(self) -> list[FileEntry]:
        """Return every entry, the latest first."""
        rows = self._database.rows(
            "SELECT f.id, f.at, f.kind, s.name, f.name, f.policy, f.destination, f.byte_count,"
            " f.digest FROM files f JOIN scopes s ON s.id = f.scope_id ORDER BY f.id DESC"
        )
        return [FileEntry(row[0], moment(row[1]), *row[2:]) for row in rows]
