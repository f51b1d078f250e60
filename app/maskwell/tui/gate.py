"""What the screens before the vault share: the word that it is open, and their line of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from maskwell.tui.keys import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["VaultOpened", "gate_hint"]


class VaultOpened(Message):
    """The vault is open; the chat can begin."""


def gate_hint(enter: str, keys: Mapping[str, str]) -> str:
    """Return the keys of a gate; `enter` says what Enter does there."""
    return f"Enter {enter} · {key_of('app.quit', keys)} quit · {key_of('app.help', keys)} help"
