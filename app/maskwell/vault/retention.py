"""Old conversations go by themselves, where the user said so.

A conversation is as old as its last use. A clock that leapt far ahead must not empty the
history: after a gap of more than a month nothing is deleted at once, only at the next opening
a day later that finds the same time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.vault.acts import Act
from maskwell.vault.records import now_ms

if TYPE_CHECKING:
    from maskwell.vault.audit import AuditTrail
    from maskwell.vault.database import Database
    from maskwell.vault.history import HistoryStore

__all__ = ["DAY_MS", "apply_retention", "is_clock_settled"]

DAY_MS = 24 * 3600 * 1000
_LEAP_MS = 31 * DAY_MS


def apply_retention(
    database: Database,
    history: HistoryStore,
    audit: AuditTrail,
    keep_days: int | None,
    *,
    now: int | None = None,
) -> int:
    """Delete conversations unused for longer than they are to be kept; return how many.

    Args:
        database: the open database.
        history: its history.
        audit: its audit trail.
        keep_days: for scopes that have no number of their own; None keeps for ever.
        now: the time in milliseconds since 1970, UTC; by default the clock's.
    """
    if keep_days is None and not _is_any_scope_kept(database):
        return 0
    moment = now_ms() if now is None else now
    with database.together():
        if not is_clock_settled(database, moment):
            return 0
        rows = database.rows(
            "SELECT c.id FROM conversations c JOIN scopes s ON s.id = c.scope_id"
            " WHERE c.updated_at < ? - coalesce(s.keep_days, ?) * ?",
            (moment, keep_days, DAY_MS),
        )
        for (conversation_id,) in rows:
            history.forget(conversation_id)
        if rows:
            audit.record(Act.HISTORY_RETENTION, "", {"conversations": [row[0] for row in rows]})
    return len(rows)


def _is_any_scope_kept(database: Database) -> bool:
    return bool(database.row("SELECT 1 FROM scopes WHERE keep_days IS NOT NULL LIMIT 1"))


def is_clock_settled(database: Database, moment: int) -> bool:
    """Say whether the clock has been near this time before, and remember it."""
    row = database.row("SELECT value FROM facts WHERE name = 'retention_clock'")
    seen = moment if row is None else int(row[0])
    is_leap = abs(moment - seen) > _LEAP_MS
    if row is None or is_leap or moment - seen > DAY_MS:
        database.write(
            "INSERT INTO facts (name, value) VALUES ('retention_clock', ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (moment + DAY_MS if is_leap else moment,),
        )
    return not is_leap and moment >= seen
