"""The audit trail: who did what in the vault, in a chain that shows every change made to it.

Each entry's MAC covers the entry and the MAC before it, so an edited, deleted or reordered
entry breaks the chain. The chain's length and last MAC stand in the header file too: a chain
cut off at its end, or a whole database put back from an earlier day, ends before its anchor.
The anchor may lag behind by the entries of a process that was killed in between; it never
leads.
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maskwell.vault.parameters import sql_text
from maskwell.vault.records import moment, now_ms
from maskwell.vault.slots import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from maskwell.vault.database import Database

__all__ = ["Anchor", "AuditEntry", "AuditReport", "AuditTrail"]

_START = b"maskwell audit chain 1"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The chain's end as the header file knows it."""

    count: int
    head: str
    """The last MAC, 64 hex digits; "" while there is no entry."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that was done."""

    id: int
    at: datetime
    event: str
    """Such as "open", "slot.add", "entity.erase", "reveal"."""
    subject: str
    """What it was done to: a token, a name, a number; never a real value."""
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What checking the chain found."""

    entries: int
    first_bad: int | None
    """The number of the first entry that is not as it was written, or None."""
    problem: str
    """One sentence, "" when the trail is whole."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing was changed."""
        return not self.problem


class AuditTrail:
    """The trail of one open vault."""

    def __init__(
        self,
        database: Database,
        anchored: Callable[[], Anchor],
        elsewhere: Callable[[], Anchor | None] = lambda: None,
    ) -> None:
        """Use `anchored` to read the header's anchor, `elsewhere` to read the keyring's if any."""
        self._database = database
        self._anchored = anchored
        self._elsewhere = elsewhere

    def record(
        self, event: str, subject: str = "", detail: Mapping[str, object] | None = None
    ) -> int:
        """Add an entry and return its number; it is kept or undone with the open transaction.

        Args:
            event: what was done.
            subject: what it was done to, without a real value.
            detail: more about it, as JSON can hold, without a real value.
        """
        with self._database.together():
            last = self._last()
            number, at = (last[0] if last else 0) + 1, now_ms()
            stored = json.dumps(dict(detail or {}), sort_keys=True)
            mac = self._mac(last[1] if last else _START, [number, at, event, subject, stored])
            self._database.write(
                "INSERT INTO audit (id, at, event, subject, detail, mac)"
                " VALUES (?, ?, ?, CAST(? AS TEXT), ?, ?)",
                (number, at, event, sql_text(subject), stored, mac),
            )
        return number

    def entries(self, limit: int = 100) -> list[AuditEntry]:
        """Return the entries, newest first."""
        rows = self._database.rows(
            "SELECT id, at, event, subject, detail FROM audit ORDER BY id DESC LIMIT ?", (limit,)
        )
        return [
            AuditEntry(number, moment(at), event, subject, json.loads(detail))
            for number, at, event, subject, detail in rows
        ]

    def head(self) -> Anchor:
        """Return the chain's end as the database has it."""
        last = self._last()
        return Anchor(last[0], last[1].hex()) if last else Anchor(0, "")

    def continues(self, anchor: Anchor) -> bool:
        """Say whether the chain holds the entry that the anchor names as its last one."""
        if not anchor.count:
            return True
        row = self._database.row("SELECT mac FROM audit WHERE id = ?", (anchor.count,))
        return row is not None and hmac.compare_digest(row[0].hex(), anchor.head)

    def verify(self) -> AuditReport:
        """Recompute the whole chain and compare its end with the anchor."""
        with self._database.lock:
            anchor = self._anchored()
            count = 0
            for number, is_sound, mac in self._recomputed():
                if number != count + 1:
                    return _broken(count + 1, count, "is missing")
                if not is_sound:
                    return _broken(number, count, "is not as it was written")
                count = number
                if count == anchor.count and not hmac.compare_digest(mac.hex(), anchor.head):
                    return _broken(number, count, "is not the one the header remembers")
        if count < anchor.count:
            return _broken(
                count + 1, count, f"and all up to {anchor.count} are missing from the end"
            )
        return self._compared(count)

    def _compared(self, count: int) -> AuditReport:
        """Compare a chain that is whole with what is remembered outside the vault's folder."""
        remembered = self._elsewhere()
        if remembered is None or self.continues(remembered):
            return AuditReport(count, None, "")
        if count < remembered.count:
            what = f"and all up to {remembered.count} are missing: the whole vault was put back"
            return _broken(count + 1, count, what)
        return _broken(remembered.count, count, "is not the one the system's keyring remembers")

    def _recomputed(self) -> Iterator[tuple[int, bool, bytes]]:
        """Yield each entry's number, whether its MAC is right, and that MAC."""
        previous = _START
        for number, at, event, subject, detail, mac in self._database.rows(
            "SELECT id, at, event, subject, detail, mac FROM audit ORDER BY id"
        ):
            expected = self._mac(previous, [number, at, event, subject, detail])
            yield number, hmac.compare_digest(expected, mac), mac
            previous = mac

    def _last(self) -> tuple[int, bytes] | None:
        row = self._database.row("SELECT id, mac FROM audit ORDER BY id DESC LIMIT 1")
        return (row[0], row[1]) if row else None

    def _mac(self, previous: bytes, entry: list[object]) -> bytes:
        return hmac.digest(self._key(), previous + canonical(entry), "sha256")

    def _key(self) -> bytes:
        row = self._database.row("SELECT value FROM facts WHERE name = 'audit_key'")
        if row:
            return bytes(row[0])
        key = secrets.token_bytes(32)
        self._database.write("INSERT INTO facts (name, value) VALUES ('audit_key', ?)", (key,))
        return key


def _broken(number: int, entries: int, what: str) -> AuditReport:
    return AuditReport(entries, number, f"Entry {number} of the audit trail {what}.")
