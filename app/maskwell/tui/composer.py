"""Where a prompt is written: Enter sends, a newline has keys of its own.

What is pasted is kept as it is, since it is the user's text; only the screen never gets the
dangerous part of it (the review shows it as visible marks).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import TextArea

from maskwell.tui.keys import bindings

if TYPE_CHECKING:
    from textual import events

__all__ = ["Composer"]

_UNDO_STEPS = 200


class Composer(TextArea):
    """A text area that grows with its text and tells when the text is to be sent."""

    BINDINGS = bindings("composer")

    @dataclass
    class Sent(Message):
        """The user pressed the key that sends."""

        text: str

    @dataclass
    class EditorWanted(Message):
        """The user wants to write in their editor."""

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's name
        super().__init__(
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
            max_checkpoints=_UNDO_STEPS,
            highlight_cursor_line=False,
            compact=True,
        )

    async def _on_key(self, event: events.Key) -> None:
        """Leave Enter to the bindings: Textual's own handler would insert a line break."""
        if event.key == "enter":
            event.prevent_default()

    def action_newline(self) -> None:
        """Put a line break where the cursor is."""
        self._replace_via_keyboard("\n", *self.selection)

    def action_send(self) -> None:
        """Say that the text is ready."""
        self.post_message(self.Sent(self.text))

    def action_editor(self) -> None:
        """Ask for the user's editor."""
        self.post_message(self.EditorWanted())
