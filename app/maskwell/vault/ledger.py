"""The append-only list of exactly what went where.

An entry is written before the bytes leave, as "pending", and finished once. An entry still
pending after a crash means that nobody knows whether they left; it stays, and says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from maskwell.errors import UnknownName
from maskwell.vault.about import Told, told_about
from maskwell.vault.acts import Act
from maskwell.vault.mentions import record_mentions
from maskwell.vault.parameters import sql_text
from maskwell.vault.records import (
    Kept,
    LedgerEntry,
    moment,
    now_ms,
    pack_applied,
    unpack_applied,
)

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from maskwell.vault.audit import AuditTrail
    from maskwell.vault.database import Database
    from maskwell.vault.records import Scope

__all__ = ["Ledger"]

Outcome = Literal["sent", "failed", "cancelled"]

_ENTRY = """
    SELECT l.id, l.started_at, l.finished_at, l.destination, l.reach, l.model, l.scope_id,
      s.name, l.conversation_id, l.policy, l.text, l.applied, l.byte_count, l.digest,
      l.outcome, l.detail
    FROM ledger l JOIN scopes s ON s.id = l.scope_id
"""


class Ledger:
    """What left this machine, or was about to."""

    def __init__(self, database: Database, audit: AuditTrail) -> None:
        self._database = database
        self._audit = audit

    def begin(
        self,
        *,
        destination: str,
        reach: str,
        model: str,
        scope: Scope,
        conversation_id: int | None,
        policy: str,
        kept: Kept,
        byte_count: int,
        digest: str,
    ) -> int:
        """Write down what is about to leave and return the entry's id.

        It is on disk when this returns, unless a transaction is open; so call it outside one.

        Args:
            destination: the destination's name.
            reach: "local", "trusted" or "remote".
            model: the model asked for, "" when there is none.
            scope: the scope whose tokens the text holds.
            conversation_id: the conversation it belongs to, or None.
            policy: the policy's name.
            kept: the tokenised text, from which the sent text can be rebuilt.
            byte_count: how many bytes leave.
            digest: SHA-256 of those bytes, 64 hex digits.

        Raises:
            VaultWriteFailed: it could not be written; nothing may leave.
        """
        with self._database.together():
            entry_id = self._database.write(
                "INSERT INTO ledger (started_at, destination, reach, model, scope_id,"
                " conversation_id, policy, text, applied, byte_count, digest, outcome, detail)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT), ?, ?, ?, 'pending', '')",
                (
                    now_ms(),
                    destination,
                    reach,
                    model,
                    scope.id,
                    conversation_id,
                    policy,
                    sql_text(kept.text),
                    pack_applied(kept.applied),
                    byte_count,
                    digest,
                ),
            )
            record_mentions(self._database, "ledger", entry_id, scope.id, kept.text)
            self._audit.record(Act.SEND, destination, {"bytes": byte_count, "ledger": entry_id})
        return entry_id

    def finish(self, entry_id: int, outcome: Outcome, *, detail: str = "") -> None:
        """Write down how a pending entry ended; `detail` never holds a real value.

        Raises:
            UnknownName: there is no such entry, or it is finished already.
        """
        with self._database.together():
            if not self._database.row(
                "SELECT 1 FROM ledger WHERE id = ? AND outcome = 'pending'", (entry_id,)
            ):
                raise UnknownName(f"There is no pending ledger entry {entry_id}.")
            self._database.write(
                "UPDATE ledger SET outcome = ?, detail = CAST(? AS TEXT), finished_at = ?"
                " WHERE id = ?",
                (outcome, sql_text(detail), now_ms(), entry_id),
            )

    def entry(self, entry_id: int) -> LedgerEntry:
        """Return one entry.

        Raises:
            UnknownName: there is no such entry.
        """
        row = self._database.row(f"{_ENTRY} WHERE l.id = ?", (entry_id,))
        if row is None:
            raise UnknownName(f"There is no ledger entry {entry_id}.")
        return _entry(row)

    def about(self, entity_id: int) -> list[Told]:
        """Return what each destination was told about an entity, by the destination's name."""
        return told_about(self._database, self, entity_id)

    def places(self, conversation_id: int) -> list[tuple[datetime, str, str]]:
        """Return when a conversation was sent where, oldest first: moment, destination, reach."""
        rows = self._database.rows(
            "SELECT started_at, destination, reach FROM ledger WHERE conversation_id = ?"
            " ORDER BY id",
            (conversation_id,),
        )
        return [(moment(at), destination, reach) for at, destination, reach in rows]

    def entries(self, limit: int = 100, destination: str | None = None) -> list[LedgerEntry]:
        """Return the entries, newest first, of one destination or of all."""
        rows = self._database.rows(
            f"{_ENTRY} WHERE ? IS NULL OR l.destination = ? ORDER BY l.id DESC LIMIT ?",
            (destination, destination, limit),
        )
        return [_entry(row) for row in rows]


def _entry(row: tuple[Any, ...]) -> LedgerEntry:
    return LedgerEntry(
        id=row[0],
        started_at=moment(row[1]),
        finished_at=None if row[2] is None else moment(row[2]),
        destination=row[3],
        reach=row[4],
        model=row[5],
        scope_id=row[6],
        scope=row[7],
        conversation_id=row[8],
        policy=row[9],
        kept=Kept(row[10], unpack_applied(row[11])),
        byte_count=row[12],
        digest=row[13],
        outcome=row[14],
        detail=row[15],
    )
