"""A box to tick, whose state is a sign and not a colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.message import Message

from maskwell.tui.field import take_key
from maskwell.tui.inert_text import InertText

if TYPE_CHECKING:
    from textual import events

__all__ = ["Tick"]


class Tick(InertText, can_focus=True):
    """Space or a click ticks it; Enter is left to the screen."""

    BINDINGS = [Binding("space", "tick", "Tick", show=False)]  # noqa: RUF012  # Textual's way

    class Changed(Message):
        """It was ticked, or the tick was taken away."""

    def __init__(self, words: str, *, id: str) -> None:  # noqa: A002  # Textual's name
        super().__init__("", id=id, classes="tick")
        self._words = words
        self.is_ticked = False
        self._show()

    def action_tick(self) -> None:
        """Tick it, or take the tick away."""
        self.is_ticked = not self.is_ticked
        self._show()
        self.post_message(self.Changed())

    async def on_key(self, event: events.Key) -> None:
        """Change before Enter goes on, if that was asked for before."""
        await take_key(self, event)

    def on_click(self, event: events.Click) -> None:
        """Tick it with the mouse."""
        event.stop()
        self.action_tick()

    def _show(self) -> None:
        self.update(f"{'[x]' if self.is_ticked else '[ ]'} {self._words}")
