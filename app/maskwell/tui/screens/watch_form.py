"""Which folder is watched, where the copies go, and what becomes of the originals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from maskwell.tui.folder_desk import WatchWish
from maskwell.tui.inert_text import InertText
from maskwell.tui.saving import where_to
from maskwell.tui.screens.choice import Choice, ChoiceScreen

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["WatchForm"]

_FATES = (
    Choice("leave", "Leave the originals where they are"),
    Choice("move", "Move them to maskwell-done"),
    Choice("shred", "Shred them", "cannot be undone"),
)


class WatchForm(ModalScreen["WatchWish | None"]):
    """Ends with what was asked for, or None."""

    CSS_PATH = "../dialog.tcss"
    BINDINGS = [Binding("escape", "dismiss(None)", "Back", show=False)]  # noqa: RUF012  # Textual's way

    def __init__(self, wish: WatchWish) -> None:
        super().__init__()
        self._wish = wish

    def compose(self) -> ComposeResult:
        """Show three lines to fill in."""
        with Vertical(classes="dialog"):
            yield InertText("Watch a folder", classes="dialog-title")
            yield InertText("Files are dropped into")
            yield Input(self._wish.folder, "~/to-share", id="folder", compact=True)
            yield InertText("Safe copies go to")
            yield Input(self._wish.out, "~/safe-to-share", id="out", compact=True)
            yield InertText("Their people are tokens of the matter")
            yield Input(self._wish.scope, id="scope", compact=True)
            yield InertText("", id="state")
            yield InertText("Enter next · Esc back, nothing is watched", classes="dialog-hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next line, then ask about the originals."""
        event.stop()
        fields = list(self.query(Input))
        after = fields[fields.index(event.input) + 1 :]
        # An empty line would mean the folder Maskwell happens to run in.
        empty = next((field for field in fields if not field.value.strip()), None)
        if empty is not None and (empty is event.input or not after):
            self.query_one("#state", InertText).update("This line is empty.")
            self.set_focus(empty)
        elif after:
            self.query_one("#state", InertText).update("")
            self.set_focus(after[0])
        else:
            self._ask_about_originals()

    @work(exclusive=True)
    async def _ask_about_originals(self) -> None:
        question = "What becomes of a file once its copy is safe?"
        fate = await self.app.push_screen_wait(ChoiceScreen(question, _FATES, self._wish.source))
        if fate is not None:
            folder, out, scope = (field.value for field in self.query(Input))
            self.dismiss(WatchWish(str(where_to(folder)), str(where_to(out)), scope.strip(), fate))
