"""Where a prompt is written: Enter sends, a newline has keys of its own.

What is pasted is kept as it is, since it is the user's text; only the screen never gets the
dangerous part of it (the review shows it as visible marks).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import TextArea

from maskwell.tui.attachments import dropped_paths, long_paste
from maskwell.tui.keys import bindings

if TYPE_CHECKING:
    from pathlib import Path

    from textual import events
    from textual.widgets.text_area import EditResult

    from maskwell.tui.attachments import Attachment

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

    @dataclass
    class FilesDropped(Message):
        """Files were dropped on the terminal, which pastes their paths."""

        paths: list[Path]

    @dataclass
    class LongPasted(Message):
        """A text was pasted that is too long to be edited here; it goes along."""

        attachment: Attachment

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
        self.pasted: list[str] = []
        """What was pasted since the composer was last cleared."""

    async def _on_paste(self, event: events.Paste) -> None:
        """Take what is pasted as text, unless it is nothing but paths of files."""
        if paths := dropped_paths(event.text):
            event.stop()
            event.prevent_default()
            self.post_message(self.FilesDropped(paths))
            return
        if (long := long_paste(event.text)) is not None:
            event.stop()
            event.prevent_default()
            self.post_message(self.LongPasted(long))
            return
        self.pasted.append(event.text.replace("\r\n", "\n").replace("\r", "\n"))

    def clear(self) -> EditResult:
        """Empty it, and forget what was pasted."""
        self.pasted.clear()
        return super().clear()

    async def _on_key(self, event: events.Key) -> None:
        """Leave Enter and Alt to the bindings: Textual's own handler would insert something.

        A terminal sends Alt and a letter as that letter after an escape; the event has it too.
        """
        if event.key == "enter" or "alt+" in event.key:
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
