"""A stored chat as Markdown, with the real values or with their tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maskwell.shield import Shield
    from maskwell.vault import Conversation, Kept, Message

__all__ = ["as_markdown", "text_of"]

_SPEAKERS = {"user": "You", "assistant": "Reply", "system": "Note"}


def text_of(shield: Shield, kept: Kept, scope: str, *, protected: bool) -> str:
    """Return a kept text as its reader asked for it."""
    return kept.text if protected else shield.restore(kept.text, scope=scope).text


def as_markdown(
    shield: Shield, chat: Conversation, messages: list[Message], *, protected: bool
) -> str:
    """Return the chat as one Markdown document."""
    title = text_of(shield, chat.title, chat.scope, protected=protected)
    parts = [f"# {' '.join(title.split())}"]
    for message in messages:
        speaker = _SPEAKERS.get(message.role, message.role)
        mark = "" if message.state == "complete" else " (stopped early)"
        text = text_of(shield, message.kept, chat.scope, protected=protected)
        parts.append(f"## {speaker}{mark}\n\n{text.strip()}")
    return "\n\n".join(parts) + "\n"
