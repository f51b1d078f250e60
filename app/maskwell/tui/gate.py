"""What the screens before the vault share: the word that it is open, and a line of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from maskwell.tui.keys import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["VaultOpened", "gate_hint"]


class VaultOpened(Message):
    """The vault is open; the chat can begin, and with it the clock that locks."""

    def __init__(self, recovery_code: str = "") -> None:
        """Take a recovery code along, which is shown over the chat once."""
        super().__init__()
        self.recovery_code = recovery_code


def gate_hint(enter: str, keys: Mapping[str, str]) -> str:
    """Return the keys of a gate; `enter` says what Enter does there."""
    return f"Enter {enter} · {key_of('app.quit', keys)} quit · {key_of('app.help', keys)} help"
