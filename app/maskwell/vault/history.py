"""The conversations, kept as tokenised text with the actions that were applied to it.

No real value ever comes through here; showing a conversation means restoring it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from maskwell.errors import UnknownName
from maskwell.vault.acts import Act
from maskwell.vault.mentions import record_mentions
from maskwell.vault.paging import MessagePages
from maskwell.vault.parameters import sql_text
from maskwell.vault.records import (
    Conversation,
    Kept,
    Message,
    moment,
    now_ms,
    pack_applied,
    unpack_applied,
)
from maskwell.vault.words import indexed, match_choices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maskwell.vault.audit import AuditTrail
    from maskwell.vault.database import Database
    from maskwell.vault.records import Scope

__all__ = ["HistoryStore"]

Role = Literal["user", "assistant", "system"]
MessageState = Literal["complete", "partial"]

_CONVERSATION = """
    SELECT c.id, c.scope_id, s.name, c.title, c.title_applied, c.destination, c.policy,
      c.created_at, c.updated_at,
      (SELECT count(*) FROM messages m WHERE m.conversation_id = c.id)
    FROM conversations c JOIN scopes s ON s.id = c.scope_id
"""
_MESSAGE = "SELECT id, conversation_id, role, text, applied, state, created_at FROM messages"
_SEARCH = f"""{_MESSAGE}
    WHERE id IN (
      SELECT rowid FROM message_words WHERE message_words MATCH ? ORDER BY rowid DESC LIMIT ?
    ) ORDER BY id DESC
"""  # noqa: S608  # only this module's own text is put together


class HistoryStore:
    """Conversations and their messages."""

    def __init__(self, database: Database, audit: AuditTrail) -> None:
        self._database = database
        self._audit = audit

    def start(self, *, scope: Scope, title: Kept, destination: str, policy: str) -> Conversation:
        """Begin a conversation and return it."""
        now = now_ms()
        with self._database.together():
            conversation_id = self._database.write(
                "INSERT INTO conversations (scope_id, title, title_applied, destination, policy,"
                " created_at, updated_at) VALUES (?, CAST(? AS TEXT), ?, ?, ?, ?, ?)",
                (
                    scope.id,
                    sql_text(title.text),
                    pack_applied(title.applied),
                    destination,
                    policy,
                    now,
                    now,
                ),
            )
            record_mentions(self._database, "conversation", conversation_id, scope.id, title.text)
            return self.conversation(conversation_id)

    def append(
        self, conversation_id: int, role: Role, kept: Kept, *, state: MessageState = "complete"
    ) -> Message:
        """Add a turn to a conversation and return it; it is on disk when this returns.

        Raises:
            UnknownName: there is no such conversation.
            VaultWriteFailed: the disk refused; the conversation is as it was.
        """
        now = now_ms()
        with self._database.together():
            scope_id = self._require(conversation_id)
            message_id = self._database.write(
                "INSERT INTO messages (conversation_id, role, text, applied, state, created_at)"
                " VALUES (?, ?, CAST(? AS TEXT), ?, ?, ?)",
                (
                    conversation_id,
                    role,
                    sql_text(kept.text),
                    pack_applied(kept.applied),
                    state,
                    now,
                ),
            )
            self._database.write(
                "INSERT INTO message_words (rowid, words) VALUES (?, ?)",
                (message_id, indexed(kept.text)),
            )
            record_mentions(self._database, "message", message_id, scope_id, kept.text)
            self._database.write(
                "UPDATE conversations SET updated_at = max(updated_at, ?) WHERE id = ?",
                (now, conversation_id),
            )
        return Message(message_id, conversation_id, role, kept, state, moment(now))

    def conversations(self, limit: int = 100) -> list[Conversation]:
        """Return the conversations, those used last first."""
        rows = self._database.rows(
            f"{_CONVERSATION} ORDER BY c.updated_at DESC, c.id DESC LIMIT ?", (limit,)
        )
        return [_conversation(row) for row in rows]

    def conversation(self, conversation_id: int) -> Conversation:
        """Return one conversation.

        Raises:
            UnknownName: there is no such conversation.
        """
        row = self._database.row(f"{_CONVERSATION} WHERE c.id = ?", (conversation_id,))
        if row is None:
            raise _unknown(conversation_id)
        return _conversation(row)

    def messages(self, conversation_id: int) -> list[Message]:
        """Return a conversation's turns in order.

        Raises:
            UnknownName: there is no such conversation.
        """
        with self._database.lock:
            self._require(conversation_id)
            rows = self._database.rows(
                f"{_MESSAGE} WHERE conversation_id = ? ORDER BY id", (conversation_id,)
            )
        return [_message(row) for row in rows]

    def paged(self, conversation_id: int) -> MessagePages:
        """Return a conversation's turns in order, read as they are asked for.

        Raises:
            UnknownName: there is no such conversation; later too, when it was deleted meanwhile.
        """
        with self._database.lock:
            self._require(conversation_id)
            rows = self._database.rows(
                "SELECT id FROM messages WHERE conversation_id = ? ORDER BY id", (conversation_id,)
            )

        def read(first: int, last: int) -> list[Message]:
            rows = self._database.rows(
                f"{_MESSAGE} WHERE conversation_id = ? AND id BETWEEN ? AND ? ORDER BY id",
                (conversation_id, first, last),
            )
            if not rows:
                raise _unknown(conversation_id)
            return [_message(row) for row in rows]

        return MessagePages([row[0] for row in rows], read)

    def rename(self, conversation_id: int, title: Kept) -> None:
        """Give a conversation another title.

        Raises:
            UnknownName: there is no such conversation.
        """
        with self._database.together():
            scope_id = self._require(conversation_id)
            self._database.write(
                "UPDATE conversations SET title = CAST(? AS TEXT), title_applied = ? WHERE id = ?",
                (sql_text(title.text), pack_applied(title.applied), conversation_id),
            )
            self._database.write(
                "DELETE FROM conversation_tokens WHERE conversation_id = ?", (conversation_id,)
            )
            record_mentions(self._database, "conversation", conversation_id, scope_id, title.text)

    def delete(self, conversation_id: int) -> None:
        """Delete a conversation and its turns; the pages they stood on are overwritten.

        Raises:
            UnknownName: there is no such conversation.
        """
        with self._database.together():
            self.forget(conversation_id)
            self._audit.record(Act.HISTORY_DELETE, f"chat {conversation_id}")

    def forget(self, conversation_id: int) -> None:
        """Delete a conversation as `delete` does, for a caller that records why."""
        with self._database.together():
            for message in self.messages(conversation_id):
                self._database.write(
                    "INSERT INTO message_words (message_words, rowid, words)"
                    " VALUES ('delete', ?, ?)",
                    (message.id, indexed(message.kept.text)),
                )
            self._database.write("DELETE FROM conversations WHERE id = ?", (conversation_id,))

    def exported(self, conversation_id: int, *, restored: bool) -> None:
        """Record that a conversation is about to leave the vault, restored or with its tokens.

        Raises:
            UnknownName: there is no such conversation.
        """
        with self._database.together():
            self._require(conversation_id)
            detail = {"restored": restored}
            self._audit.record(Act.HISTORY_EXPORT, f"chat {conversation_id}", detail)

    def search(self, words: Iterable[str], *, limit: int = 100) -> list[Message]:
        """Return the messages that hold all of `words`, newest first.

        Args:
            words: words, phrases or tokens, as they stand in kept text; a real value is
                searched for by its token.
            limit: the most messages to return.
        """
        return self.search_choices(([word] for word in words), limit=limit)

    def search_choices(
        self, choices: Iterable[Iterable[str]], *, limit: int = 100
    ) -> list[Message]:
        """Return the messages that hold one of each group of words, newest first.

        Args:
            choices: groups of words, phrases or tokens, as they stand in kept text.
            limit: the most messages to return.
        """
        expression = match_choices(choices)
        if not expression:
            return []
        rows = self._database.rows(
            _SEARCH,
            (expression, limit),
        )
        return [_message(row) for row in rows]

    def _require(self, conversation_id: int) -> int:
        """Return the number of a conversation's scope."""
        row = self._database.row(
            "SELECT scope_id FROM conversations WHERE id = ?", (conversation_id,)
        )
        if row is None:
            raise _unknown(conversation_id)
        return int(row[0])


def _unknown(conversation_id: int) -> UnknownName:
    return UnknownName(
        f"There is no conversation {conversation_id}; list them with `maskwell history list`."
    )


def _conversation(row: tuple[int, int, str, str, str, str, str, int, int, int]) -> Conversation:
    (number, scope_id, scope, title, applied, destination, policy, created, updated, count) = row
    return Conversation(
        id=number,
        scope_id=scope_id,
        scope=scope,
        title=Kept(title, unpack_applied(applied)),
        destination=destination,
        policy=policy,
        created_at=moment(created),
        updated_at=moment(updated),
        message_count=count,
    )


def _message(row: tuple[int, int, str, str, str, str, int]) -> Message:
    number, conversation_id, role, text, applied, state, created = row
    kept = Kept(text, unpack_applied(applied))
    return Message(number, conversation_id, role, kept, state, moment(created))
