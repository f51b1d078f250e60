"""Everything the vault holds about one person, for the person to have.

This is the one answer that brings real values and protected texts together, so it is made on
demand, recorded in the audit trail, and never stored.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from maskwell.errors import UnknownName
from maskwell.vault.records import moment

if TYPE_CHECKING:
    from datetime import datetime

    from maskwell.vault.about import Told
    from maskwell.vault.audit import AuditTrail
    from maskwell.vault.database import Database
    from maskwell.vault.ledger import Ledger

__all__ = ["Subject", "SubjectToken", "export_subject"]


@dataclass(frozen=True, slots=True)
class SubjectToken:
    """One token that stands for the person, and every surface of it."""

    token: str
    scope: str
    issued_at: datetime
    surfaces: dict[str, str]
    """The exact characters by label; "" is the surface first seen."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What the vault holds about one entity."""

    entity_id: int
    entity_type: str
    key: str
    known_since: datetime
    tokens: tuple[SubjectToken, ...]
    conversations: tuple[int, ...]
    """Those with a message or title that mentions one of the tokens."""
    messages: tuple[int, ...]
    told: tuple[Told, ...]
    """What each destination was told."""

    def as_json(self) -> dict[str, Any]:
        """Return all of it as JSON can hold it; times in ISO 8601."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain


def export_subject(
    database: Database, ledger: Ledger, audit: AuditTrail, entity_id: int
) -> Subject:
    """Gather what the vault holds about an entity, with all that was merged into it.

    Raises:
        UnknownName: there is no such entity.
    """
    with database.together():
        row = database.row(
            "SELECT type, key, created_at FROM entities WHERE id = ? AND merged_into IS NULL",
            (entity_id,),
        )
        if row is None:
            raise UnknownName(f"There is no entity {entity_id}; list them with `entity list`.")
        audit.record("subject.export", str(entity_id))
        messages = database.rows(
            "SELECT DISTINCT m.id, m.conversation_id FROM message_tokens x"
            " JOIN tokens t ON t.id = x.token_id JOIN messages m ON m.id = x.message_id"
            " WHERE t.entity_id = ? ORDER BY m.id",
            (entity_id,),
        )
        titled = database.rows(
            "SELECT DISTINCT x.conversation_id FROM conversation_tokens x"
            " JOIN tokens t ON t.id = x.token_id WHERE t.entity_id = ?",
            (entity_id,),
        )
        return Subject(
            entity_id=entity_id,
            entity_type=row[0],
            key=row[1],
            known_since=moment(row[2]),
            tokens=_tokens(database, entity_id),
            conversations=tuple(sorted({one[1] for one in messages} | {one[0] for one in titled})),
            messages=tuple(one[0] for one in messages),
            told=tuple(ledger.about(entity_id)),
        )


def _tokens(database: Database, entity_id: int) -> tuple[SubjectToken, ...]:
    rows = database.rows(
        "SELECT t.id, t.type, t.number, t.letters, s.name, t.issued_at FROM tokens t"
        " JOIN scopes s ON s.id = t.scope_id WHERE t.entity_id = ? ORDER BY t.id",
        (entity_id,),
    )
    return tuple(
        SubjectToken(
            token=f"[{kind}_{number}{letters}]",
            scope=scope,
            issued_at=moment(issued_at),
            surfaces=dict(
                database.rows(
                    "SELECT label, surface FROM variants WHERE token_id = ? ORDER BY id",
                    (token_id,),
                )
            ),
        )
        for token_id, kind, number, letters, scope, issued_at in rows
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
