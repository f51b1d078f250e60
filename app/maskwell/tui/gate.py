"""What the screens before the vault share: the word that it is open, fields, a line of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input

from maskwell.tui.keys import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["GateInput", "VaultOpened", "gate_hint"]


class VaultOpened(Message):
    """The vault is open; the chat can begin, and with it the clock that locks."""

    def __init__(self, recovery_code: str = "") -> None:
        """Take a recovery code along, which is shown over the chat once."""
        super().__init__()
        self.recovery_code = recovery_code


class GateInput(Input):
    """A field in which Ctrl+J is Enter too.

    Enter typed before the app has put the terminal into its own mode arrives as a line feed.
    What is typed hidden cannot be copied out of it.
    """

    BINDINGS = [Binding("ctrl+j", "submit", "Submit", show=False)]  # noqa: RUF012  # Textual's way

    def action_copy(self) -> None:
        """Copy what is selected, unless it is hidden."""
        if not self.password:
            super().action_copy()

    def action_cut(self) -> None:
        """Cut what is selected; what is hidden is only removed."""
        if self.password:
            self.delete_selection()
        else:
            super().action_cut()


def gate_hint(enter: str, keys: Mapping[str, str]) -> str:
    """Return the keys of a gate; `enter` says what Enter does there."""
    return f"Enter {enter} · {key_of('app.quit', keys)} quit · {key_of('app.help', keys)} help"
