"""A line to write on, and how a widget takes its keys in the order they were pressed in.

A widget is handed its keys one after the other, but one that is bound to an action goes on to
the app first, and what that does comes after the keys that were pressed later. Typed quickly,
pasted, or on a busy machine, an end of line would then take along what follows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.widgets import Input

if TYPE_CHECKING:
    from textual import events
    from textual.widget import Widget

__all__ = ["Field", "take_key"]


async def take_key(widget: Widget, event: events.Key) -> None:
    """Do at once what the widget itself binds this key to, if it binds it."""
    for binding in widget._bindings.key_to_bindings.get(event.key, ()):  # noqa: SLF001  # no other way
        if await widget.app.run_action(binding.action, widget):
            event.stop()
            event.prevent_default()
            return


class Field(Input):
    """A field in which Ctrl+J is Enter too.

    Enter typed before the app has put the terminal into its own mode arrives as a line feed.
    What is typed hidden cannot be copied out of it.
    """

    BINDINGS = [Binding("ctrl+j", "submit", "Submit", show=False)]  # noqa: RUF012  # Textual's way

    async def on_key(self, event: events.Key) -> None:
        """Edit, and end the line, in the order in which that was asked for."""
        await take_key(self, event)

    def on_paste(self, event: events.Paste) -> None:
        """Take the first line that has something; what is copied often begins with an empty one."""
        event.text = event.text.lstrip("\r\n")

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
