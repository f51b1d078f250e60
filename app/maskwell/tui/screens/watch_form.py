"""Which folder is watched, where the copies go, and what becomes of the originals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.containers import Vertical
from textual.widgets import Input

from maskwell.tui.field import Field
from maskwell.tui.folder_desk import WatchWish
from maskwell.tui.form import FormDialog
from maskwell.tui.inert_text import InertText
from maskwell.tui.saving import where_to
from maskwell.tui.screens.choice import Choice, ChoiceScreen

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

__all__ = ["WatchForm"]

_FATES = (
    Choice("leave", "Leave the originals where they are"),
    Choice("move", "Move them to maskwell-done"),
    Choice("shred", "Shred them", "cannot be undone"),
)
_MISSING = {
    "folder": "Say which folder files are dropped into.",
    "out": "Say where the safe copies go.",
    "scope": "Say which matter their people belong to.",
}


class WatchForm(FormDialog["WatchWish | None"]):
    """Ends with what was asked for, or None."""

    CSS_PATH = "../dialog.tcss"

    def __init__(self, wish: WatchWish) -> None:
        super().__init__()
        self._wish = wish

    def compose(self) -> ComposeResult:
        """Show three lines to fill in."""
        with Vertical(classes="dialog"):
            yield InertText("Watch a folder", classes="dialog-title")
            yield InertText("Files are dropped into")
            yield Field(self._wish.folder, "~/to-share", id="folder", compact=True)
            yield InertText("Safe copies go to")
            yield Field(self._wish.out, "~/safe-to-share", id="out", compact=True)
            yield InertText("Their people are tokens of the matter")
            yield Field(self._wish.scope, id="scope", compact=True)
            yield InertText("", id="state")
            yield InertText("Enter next · Esc back, nothing is watched", classes="dialog-hint")

    def left(self, line: Widget) -> None:
        """Tell what is missing in it."""
        self._say_missing(line)

    def finish(self) -> None:
        """Ask about the originals, or go to the first line that is empty."""
        # An empty line would mean the folder Maskwell happens to run in.
        empty = next((field for field in self.query(Input) if not field.value.strip()), None)
        if empty is None:
            self._ask_about_originals()
        else:
            self._say_missing(empty)
            self.rest(empty)

    def _say_missing(self, line: Widget) -> None:
        is_empty = isinstance(line, Input) and not line.value.strip()
        missing = f"! {_MISSING[line.id or '']}" if is_empty else ""
        self.query_one("#state", InertText).update(missing)

    @work(exclusive=True)
    async def _ask_about_originals(self) -> None:
        question = "What becomes of a file once its copy is safe?"
        fate = await self.app.push_screen_wait(ChoiceScreen(question, _FATES, self._wish.source))
        if fate is None:
            self.rest(self.query_one("#scope"))
        else:
            folder, out, scope = (field.value for field in self.query(Input))
            self.dismiss(WatchWish(str(where_to(folder)), str(where_to(out)), scope.strip(), fate))
