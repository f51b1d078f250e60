"""The values the stores give and take: frozen, and free of SQL."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maskwell.entity_types import EntityType

__all__ = [
    "Applied",
    "Conversation",
    "EntitySummary",
    "Kept",
    "LedgerEntry",
    "Message",
    "Scope",
    "Variant",
    "VaultReport",
]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now_ms() -> int:
    """Return the time as the vault stores it: milliseconds since 1970, UTC.

    Order never depends on it; rows are ordered by their ids, so a clock that jumps back
    reorders nothing.
    """
    return time.time_ns() // 1_000_000


def moment(milliseconds: int) -> datetime:
    """Return a stored time as an aware UTC datetime."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


@dataclass(frozen=True, slots=True)
class Scope:
    """Within one scope one entity has one token."""

    id: int
    name: str
    token_key: bytes
    """32 random bytes that key the check letters of this scope's tokens."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One surface of one entity in one scope."""

    entity_id: int
    scope_id: int
    entity_type: EntityType
    number: int
    check: str
    """The check letters; with the type, number and label they are the token."""
    label: str
    """"" for the surface first seen; "last", "first" … for another one."""
    surface: str
    """The exact characters that stood in the text."""

    @property
    def token(self) -> str:
        """What stands for it in a text."""
        label = self.label and f":{self.label}"
        return f"[{self.entity_type.value}_{self.number}{self.check}{label}]"


@dataclass(frozen=True, slots=True)
class EntitySummary:
    """One entity for a list: what it is and where it is used."""

    entity_id: int
    entity_type: EntityType
    surface: str
    """As first seen."""
    variants: tuple[str, ...]
    scopes: tuple[str, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Applied:
    """What was done with one finding of a kept text."""

    start: int
    end: int
    """Characters of the kept text: where the token stands, end exclusive."""
    action: str
    rendering: str | None = None
    """What was sent instead of the token when that is anonymous; never a real value."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A tokenised text and what was done in it: all that is ever stored of a text."""

    text: str
    applied: tuple[Applied, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation; its title is tokenised like everything else that is kept."""

    id: int
    scope_id: int
    scope: str
    title: Kept
    destination: str
    policy: str
    created_at: datetime
    updated_at: datetime
    message_count: int


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    id: int
    conversation_id: int
    role: str
    kept: Kept
    state: str
    """"complete", or "partial" when the reply broke off."""
    created_at: datetime


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One thing that left, or was about to."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    destination: str
    reach: str
    model: str
    scope_id: int
    scope: str
    conversation_id: int | None
    policy: str
    kept: Kept
    byte_count: int
    digest: str
    """SHA-256 of the bytes that left, 64 hex digits."""
    outcome: str
    """"pending", "sent", "failed" or "cancelled"."""
    detail: str


@dataclass(frozen=True, slots=True)
class VaultReport:
    """What `verify` found."""

    problems: tuple[str, ...]
    schema: int
    database_bytes: int
    slots: tuple[str, ...]
    """The kind of each key slot."""
    counts: dict[str, int]

    @property
    def is_healthy(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def pack_applied(applied: Iterable[Applied]) -> str:
    """Return the actions as the compact JSON that is stored beside a kept text."""
    return json.dumps(
        [[one.start, one.end, one.action, one.rendering] for one in applied],
        separators=(",", ":"),
    )


def unpack_applied(stored: str) -> tuple[Applied, ...]:
    """Return the actions that `pack_applied` stored."""
    return tuple(Applied(*row) for row in json.loads(stored))
