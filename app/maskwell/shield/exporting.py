"""A stored chat as one document: to be read on a screen, or taken away in a file.

Taking it away is an act the audit trail tells of, with whether the real values went along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from maskwell.shield.door import Shield
    from maskwell.vault import Conversation, Kept, Message

__all__ = ["ChatDocument", "chat_document", "export_chat"]

_SPEAKERS = {"user": "You", "assistant": "Reply", "system": "Note"}


@dataclass(frozen=True, slots=True)
class ChatDocument:
    """A chat with its texts as their reader asked for them."""

    chat: Conversation
    title: str
    turns: tuple[tuple[Message, str], ...]
    """Each message and its text."""

    def as_json(self) -> dict[str, Any]:
        """Return all of it as JSON can hold it; times in ISO 8601."""
        return {
            "id": self.chat.id,
            "title": self.title,
            "scope": self.chat.scope,
            "destination": self.chat.destination,
            "policy": self.chat.policy,
            "created_at": self.chat.created_at.isoformat(),
            "updated_at": self.chat.updated_at.isoformat(),
            "messages": [turn_as_json(message, text) for message, text in self.turns],
        }

    def as_markdown(self) -> str:
        """Return it as one Markdown document."""
        parts = [f"# {' '.join(self.title.split())}"]
        for message, text in self.turns:
            speaker = _SPEAKERS.get(message.role, message.role)
            mark = "" if message.state == "complete" else " (stopped early)"
            parts.append(f"## {speaker}{mark}\n\n{text.strip()}")
        return "\n\n".join(parts) + "\n"


def turn_as_json(message: Message, text: str) -> dict[str, Any]:
    """Return one message, with its text as the reader asked for it, as JSON can hold it."""
    return {
        "role": message.role,
        "text": text,
        "state": message.state,
        "created_at": message.created_at.isoformat(),
    }


def chat_document(shield: Shield, number: int, text_of: Callable[[Kept, str], str]) -> ChatDocument:
    """Return a stored chat.

    Args:
        shield: the open shield.
        number: the chat's number.
        text_of: makes what its reader shall see of a kept text and the name of its scope.

    Raises:
        UnknownName: there is no such chat.
    """
    chat = shield.vault.history.conversation(number)
    turns = tuple(
        (message, text_of(message.kept, chat.scope))
        for message in shield.vault.history.messages(number)
    )
    return ChatDocument(chat, text_of(chat.title, chat.scope), turns)


def export_chat(
    shield: Shield, number: int, text_of: Callable[[Kept, str], str], *, restored: bool
) -> ChatDocument:
    """Return a stored chat that is about to leave the vault; the audit trail says so first.

    Raises: as `chat_document` does, and VaultBusy for a vault opened for reading.
    """
    shield.vault.history.exported(number, restored=restored)
    return chat_document(shield, number, text_of)
