"""What the screens before the vault say to the app."""

from __future__ import annotations

from textual.message import Message

__all__ = ["VaultOpened"]


class VaultOpened(Message):
    """The vault is open; the chat can begin."""
