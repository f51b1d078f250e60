"""Search over all chats, by words or by the real values in them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from maskwell.errors import MaskwellError
from maskwell.tui.inert_text import InertText, inert_content

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from maskwell.tui.desk import ChatEntry, Desk

__all__ = ["SearchScreen"]

_PAUSE_S = 0.15


class SearchScreen(ModalScreen["int | None"]):
    """Ends with the number of the chosen chat, or None."""

    BINDINGS = [  # noqa: RUF012  # Textual's way
        Binding("escape", "dismiss(None)", "Back", show=False),
        Binding("down", "to_results", "Results", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: list[ChatEntry] = []

    def compose(self) -> ComposeResult:
        """A line to type on, over what was found."""
        with Vertical(classes="dialog dialog-wide"):
            yield InertText("Search all chats", classes="dialog-title")
            yield Input(placeholder="Words, or a name as you know it", compact=True)
            yield InertText("", id="nothing")
            yield OptionList(markup=False, compact=True)
            yield InertText("Enter open · ↓ results · Esc back", classes="dialog-hint")

    def on_mount(self) -> None:
        """Begin with the newest chats."""
        self.query_one(Input).focus()
        self._look("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as it is typed."""
        event.stop()
        self._look(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the first chat found."""
        event.stop()
        if self._found:
            self.dismiss(self._found[self.query_one(OptionList).highlighted or 0].id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the chosen chat."""
        event.stop()
        self.dismiss(self._found[event.option_index].id)

    def action_to_results(self) -> None:
        """Go from the line to the list."""
        self.query_one(OptionList).focus()

    @work(exclusive=True)
    async def _look(self, words: str) -> None:
        await asyncio.sleep(_PAUSE_S if words else 0)
        try:
            self._found = await asyncio.to_thread(self._desk.search, words)
        except MaskwellError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        nothing = (
            f"No chat has these words: {words}" if words.strip() else "There are no chats yet."
        )
        self.query_one("#nothing", InertText).update("" if self._found else nothing)
        results = self.query_one(OptionList)
        results.clear_options()
        results.add_options([_option(entry) for entry in self._found])
        if self._found:
            results.highlighted = 0


def _option(entry: ChatEntry) -> Option:
    line = inert_content(entry.title) + inert_content(f"  {entry.when}", "$faint")
    if entry.snippet:
        line += inert_content(f"\n  {entry.snippet}", "$faint")
    return Option(line)
