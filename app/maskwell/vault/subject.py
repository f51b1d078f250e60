"""Everything the vault holds about one person, for the person to have.

This is the one answer that brings real values and protected texts together, so it is made on
demand, recorded in the audit trail, and never stored. Only the person's own values come back:
whoever else a text mentions stays a token in it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from maskwell.errors import UnknownName
from maskwell.vault.acts import Act
from maskwell.vault.mentions import replace_tokens
from maskwell.vault.records import moment

if TYPE_CHECKING:
    from datetime import datetime

    from maskwell.vault.about import Told
    from maskwell.vault.audit import AuditTrail
    from maskwell.vault.database import Database
    from maskwell.vault.ledger import Ledger

__all__ = ["Subject", "SubjectText", "SubjectToken", "export_subject"]


@dataclass(frozen=True, slots=True)
class SubjectToken:
    """One token that stands for the person, and every surface of it."""

    token: str
    scope: str
    issued_at: datetime
    surfaces: dict[str, str]
    """The exact characters by label; "" is the surface first seen. Empty when protected."""


@dataclass(frozen=True, slots=True)
class SubjectText:
    """One kept text that mentions the person."""

    conversation: int
    message: int | None
    """None for the conversation's title."""
    role: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What the vault holds about one entity."""

    entity_id: int
    entity_type: str
    key: str
    """The canonical value; "" when protected."""
    known_since: datetime
    tokens: tuple[SubjectToken, ...]
    conversations: tuple[int, ...]
    """Those with a message or title that mentions one of the tokens."""
    messages: tuple[int, ...]
    files: tuple[int, ...]
    """The sanitised files that mention one of the tokens."""
    texts: tuple[SubjectText, ...]
    told: tuple[Told, ...]
    """What each destination was told."""

    def as_json(self) -> dict[str, Any]:
        """Return all of it as JSON can hold it; times in ISO 8601."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain

    def as_markdown(self) -> str:
        """Return it as one Markdown document."""
        lines = [f"# {self.key or self.entity_type}", ""]
        lines += [f"- Kind: {self.entity_type}", f"- Known since: {_day(self.known_since)}"]
        for one in self.tokens:
            known = ", ".join(dict.fromkeys(one.surfaces.values()))
            lines.append(f"- {one.token} in {one.scope}" + (f": {known}" if known else ""))
        lines += ["", "## Who was told", ""]
        lines += [_told_line(one) for one in self.told] or ["No destination was told anything."]
        lines += ["", "## What is kept"]
        for text in self.texts:
            what = "title" if text.message is None else f"message {text.message}, {text.role}"
            place = f"Chat {text.conversation}, {what}, {_day(text.at)}"
            lines += ["", f"### {place}", "", text.text.strip()]
        return "\n".join(lines) + "\n"


def export_subject(
    database: Database, ledger: Ledger, audit: AuditTrail, entity_id: int, *, restored: bool = True
) -> Subject:
    """Gather what the vault holds about an entity, with all that was merged into it.

    Args:
        database: the open database.
        ledger: its ledger.
        audit: its audit trail.
        entity_id: the entity.
        restored: put its own values back; everyone else stays a token either way.

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
        audit.record(Act.SUBJECT_EXPORT, f"entity {entity_id}", {"restored": restored})
        tokens = _tokens(database, entity_id, restored=restored)
        texts = _texts(database, entity_id, _spellings(tokens))
        return Subject(
            entity_id=entity_id,
            entity_type=row[0],
            key=row[1] if restored else "",
            known_since=moment(row[2]),
            tokens=tokens,
            conversations=tuple(sorted({one.conversation for one in texts})),
            messages=tuple(one.message for one in texts if one.message is not None),
            files=_files(database, entity_id),
            texts=texts,
            told=tuple(ledger.about(entity_id)),
        )


def _tokens(database: Database, entity_id: int, *, restored: bool) -> tuple[SubjectToken, ...]:
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
            surfaces=_surfaces(database, token_id) if restored else {},
        )
        for token_id, kind, number, letters, scope, issued_at in rows
    )


def _surfaces(database: Database, token_id: int) -> dict[str, str]:
    return dict(
        database.rows(
            "SELECT label, surface FROM variants WHERE token_id = ? ORDER BY id", (token_id,)
        )
    )


def _texts(
    database: Database, entity_id: int, spellings: dict[str, str]
) -> tuple[SubjectText, ...]:
    titles = database.rows(
        "SELECT DISTINCT c.id, NULL, '', c.created_at, c.title FROM conversation_tokens x"
        " JOIN tokens t ON t.id = x.token_id JOIN conversations c ON c.id = x.conversation_id"
        " WHERE t.entity_id = ?",
        (entity_id,),
    )
    messages = database.rows(
        "SELECT DISTINCT m.conversation_id, m.id, m.role, m.created_at, m.text"
        " FROM message_tokens x JOIN tokens t ON t.id = x.token_id"
        " JOIN messages m ON m.id = x.message_id WHERE t.entity_id = ?",
        (entity_id,),
    )
    rows = sorted([*titles, *messages], key=lambda row: (row[0], row[1] or 0))
    return tuple(
        SubjectText(chat, number, role, moment(at), replace_tokens(text, spellings))
        for chat, number, role, at, text in rows
    )


def _files(database: Database, entity_id: int) -> tuple[int, ...]:
    rows = database.rows(
        "SELECT DISTINCT x.file_id FROM file_tokens x JOIN tokens t ON t.id = x.token_id"
        " WHERE t.entity_id = ? ORDER BY x.file_id",
        (entity_id,),
    )
    return tuple(row[0] for row in rows)


def _spellings(tokens: tuple[SubjectToken, ...]) -> dict[str, str]:
    """Return each token of the person as it stands in text, with what it stands for."""
    return {
        f"{one.token[:-1]}{label and ':' + label}]": surface
        for one in tokens
        for label, surface in one.surfaces.items()
    }


def _told_line(told: Told) -> str:
    beside = f"; beside {', '.join(told.quasi_identifiers)}" if told.quasi_identifiers else ""
    when = f"{_day(told.first_at)} to {_day(told.last_at)}"
    return f"- {told.destination} ({told.reach}), {len(told.entries)} times, {when}{beside}"


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
