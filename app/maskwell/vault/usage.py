"""How much each destination was given, so that budgets and rates hold over restarts.

Requests are counted from the ledger, which has every one of them; tokens and costs are
counted here, by destination and UTC day. Invariant: no text and no value is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maskwell.vault.database import Database

__all__ = ["DayUsage", "UsageStore"]


@dataclass(frozen=True, slots=True)
class DayUsage:
    """What one destination was given on one day."""

    day: int
    """Counted from 1970-01-01, UTC."""
    tokens: int = 0
    cost_millionths: int = 0
    """Millionths of the currency the user counts in."""


class UsageStore:
    """The counters of each destination and day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, destination: str) -> DayUsage:
        """Return the counters of the latest day a destination was used on; zeros before that."""
        row = self._database.row(
            "SELECT day, tokens, cost_millionths FROM usage WHERE destination = ?"
            " ORDER BY day DESC LIMIT 1",
            (destination,),
        )
        return DayUsage(*row) if row else DayUsage(0)

    def add(self, destination: str, *, day: int, tokens: int, cost_millionths: int) -> None:
        """Count what a request took; both numbers are at least 0."""
        self._database.write(
            "INSERT INTO usage (destination, day, tokens, cost_millionths) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (destination, day) DO UPDATE SET tokens = tokens + excluded.tokens,"
            " cost_millionths = cost_millionths + excluded.cost_millionths",
            (destination, day, tokens, cost_millionths),
        )

    def requests_since(self, destination: str, since_ms: int) -> tuple[int, ...]:
        """Return when the ledger saw requests begin after `since_ms`, in ms, ascending."""
        rows = self._database.rows(
            "SELECT started_at FROM ledger WHERE destination = ? AND started_at > ?"
            " ORDER BY started_at",
            (destination, since_ms),
        )
        return tuple(row[0] for row in rows)
