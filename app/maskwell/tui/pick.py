"""One of a few, all of them in sight; which one is a sign and not a colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.message import Message

from maskwell.tui.field import take_key
from maskwell.tui.inert_text import InertText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

__all__ = ["Pick"]


class Pick(InertText, can_focus=True):
    """Space, an arrow or a click takes the next one; Enter is left to the screen."""

    BINDINGS = [  # noqa: RUF012  # Textual's way
        Binding("space,right", "step(1)", "Next", show=False),
        Binding("left", "step(-1)", "Previous", show=False),
    ]

    class Changed(Message):
        """Another one is taken."""

    def __init__(self, choices: Sequence[tuple[str, str]], *, id: str) -> None:  # noqa: A002  # Textual's name
        """Offer (value, words); the first is taken."""
        super().__init__("", id=id, classes="tick")
        self._choices = tuple(choices)
        self._at = 0
        self._show()

    @property
    def value(self) -> str:
        """The value that is taken."""
        return self._choices[self._at][0]

    def action_step(self, by: int) -> None:
        """Take another one."""
        self._at = (self._at + by) % len(self._choices)
        self._show()
        self.post_message(self.Changed())

    async def on_key(self, event: events.Key) -> None:
        """Change before Enter goes on, if that was asked for before."""
        await take_key(self, event)

    def on_click(self, event: events.Click) -> None:
        """Take the next one with the mouse."""
        event.stop()
        self.action_step(1)

    def _show(self) -> None:
        signs = ("(•)" if at == self._at else "( )" for at in range(len(self._choices)))
        words = (words for _, words in self._choices)
        self.update("  ".join(f"{sign} {one}" for sign, one in zip(signs, words, strict=True)))
