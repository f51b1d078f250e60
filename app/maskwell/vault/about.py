"""What each destination has been told about one entity, answered from the ledger.

The answer names the tokens that stood for the entity, every entry that mentioned one of them,
and what else went along in the same conversations: dates, places, ages and the like are what
lets a reader guess who a token is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType
from maskwell.vault.mentions import mentioned_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from maskwell.vault.database import Database
    from maskwell.vault.ledger import Ledger
    from maskwell.vault.records import LedgerEntry

__all__ = ["QUASI_IDENTIFIERS", "Told", "told_about"]

QUASI_IDENTIFIERS = frozenset(
    {
        EntityType.DATE,
        EntityType.AGE,
        EntityType.PLACE,
        EntityType.ADDRESS,
        EntityType.ORG,
        EntityType.GROUP,
        EntityType.HEALTH,
        EntityType.VEHICLE,
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """What one destination has been told about one entity."""

    destination: str
    reach: str
    tokens: tuple[str, ...]
    """The tokens that stood for the entity, without labels."""
    entries: tuple[int, ...]
    """The ledger entries that mentioned it, oldest first."""
    conversations: tuple[int, ...]
    first_at: datetime
    last_at: datetime
    byte_count: int
    """Of all those entries together."""
    pending: int
    """How many of them may or may not have left."""
    stand_ins: tuple[str, ...]
    """What was sent in place of the entity's tokens, where something was."""
    quasi_identifiers: tuple[str, ...]
    """Tokens of other entities, of kinds that narrow down who it is, sent in the same
    conversations."""


def told_about(database: Database, ledger: Ledger, entity_id: int) -> list[Told]:
    """Return what each destination was told about the entity, by the destination's name.

    Entries that failed before anything left, or were cancelled, count: bytes may have gone.
    """
    with database.lock:
        tokens = {
            (kind, number, letters)
            for kind, number, letters in database.rows(
                "SELECT type, number, letters FROM tokens WHERE entity_id = ?", (entity_id,)
            )
        }
        ids = database.rows(
            "SELECT DISTINCT l.ledger_id FROM ledger_tokens l JOIN tokens t ON t.id = l.token_id"
            " WHERE t.entity_id = ? ORDER BY l.ledger_id",
            (entity_id,),
        )
        entries = [ledger.entry(entry_id) for (entry_id,) in ids]
        by_destination: dict[str, list[LedgerEntry]] = {}
        for entry in entries:
            by_destination.setdefault(entry.destination, []).append(entry)
        return [
            _told(database, name, group, tokens) for name, group in sorted(by_destination.items())
        ]


def _told(
    database: Database,
    destination: str,
    entries: list[LedgerEntry],
    tokens: set[tuple[str, int, str]],
) -> Told:
    conversations = sorted({one.conversation_id for one in entries if one.conversation_id})
    mentioned = [token for one in entries for token in mentioned_tokens(one.kept.text)]
    return Told(
        destination=destination,
        reach=entries[-1].reach,
        tokens=_spelled(token for token in mentioned if token in tokens),
        entries=tuple(one.id for one in entries),
        conversations=tuple(conversations),
        first_at=entries[0].started_at,
        last_at=entries[-1].started_at,
        byte_count=sum(one.byte_count for one in entries),
        pending=sum(one.outcome == "pending" for one in entries),
        stand_ins=_stand_ins(entries, tokens),
        quasi_identifiers=_quasi_identifiers(database, destination, entries, conversations, tokens),
    )


def _stand_ins(entries: list[LedgerEntry], tokens: set[tuple[str, int, str]]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            one.rendering
            for entry in entries
            for one in entry.kept.applied
            if one.rendering is not None
            and not tokens.isdisjoint(mentioned_tokens(entry.kept.text[one.start : one.end]))
        )
    )


def _quasi_identifiers(
    database: Database,
    destination: str,
    entries: list[LedgerEntry],
    conversations: list[int],
    tokens: set[tuple[str, int, str]],
) -> tuple[str, ...]:
    """Return what else the destination got in the same conversations, or in the same entry."""
    texts = [one.kept.text for one in entries]
    for conversation_id in conversations:
        texts += [
            text
            for (text,) in database.rows(
                "SELECT text FROM ledger WHERE conversation_id = ? AND destination = ? ORDER BY id",
                (conversation_id, destination),
            )
        ]
    return _spelled(
        token
        for text in texts
        for token in mentioned_tokens(text)
        if token not in tokens and token[0] in QUASI_IDENTIFIERS
    )


def _spelled(tokens: Iterable[tuple[str, int, str]]) -> tuple[str, ...]:
    """Return each different token as it stands in text."""
    return tuple(dict.fromkeys(f"[{kind}_{number}{letters}]" for kind, number, letters in tokens))
