"""The vault as it is looked at: who and what it knows, and all that is known about one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from maskwell.tui.chat_list import KeyedList
from maskwell.tui.inert_text import InertText
from maskwell.tui.keys import bindings
from maskwell.tui.screens.page import Page
from maskwell.tui.vault_desk import VaultDesk
from maskwell.tui.vault_words import detail, entry

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from maskwell.tui.desk import Desk
    from maskwell.tui.vault_desk import Known, ToldLine

__all__ = ["VaultView"]

_PAUSE_S = 0.15


class VaultView(Page):
    """A list to choose from, and all that is known about what is chosen."""

    BINDINGS = bindings("vault")
    NAME = "Vault"
    PLACES = frozenset({"app", "page", "vault"})
    HINTS = (
        ("vault.find", "find"),
        ("vault.erase", "erase"),
        ("vault.merge", "merge"),
        ("vault.split", "split"),
        ("vault.ways", "ways in"),
        ("vault.backup", "backup"),
        ("vault.verify", "check"),
        ("app.lock", "lock"),
        ("vault.reveal", "reveal"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.vault = VaultDesk(desk)
        self.found: list[Known] = []

    def body(self) -> ComposeResult:
        """Put the list beside (or over) what is known about the chosen one."""
        with Vertical(classes="page-pane"):
            yield Input(placeholder="Find a name, a number, a kind", compact=True)
            yield KeyedList(markup=False, compact=True, classes="page-list")
        with VerticalScroll(classes="page-pane page-detail", can_focus=False):
            yield InertText("", id="known")

    def on_mount(self) -> None:
        """Show what is known, newest first."""
        super().on_mount()
        self.people.focus()
        self.look_up()

    @property
    def people(self) -> KeyedList:
        """Who and what the vault knows."""
        return self.query_one(KeyedList)

    @property
    def chosen(self) -> Known | None:
        """The one that is looked at."""
        index = self.people.highlighted
        return None if index is None or index >= len(self.found) else self.found[index]

    # -- looking ------------------------------------------------------------------------

    def action_find(self) -> None:
        """Go to the line for finding."""
        self.query_one(Input).focus()

    def action_back(self) -> None:
        """Leave the line for finding first, then the screen."""
        field = self.query_one(Input)
        if field.has_focus:
            field.clear()
            self.people.focus()
        else:
            super().action_back()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for what is typed."""
        event.stop()
        self.look_up(pause_s=_PAUSE_S)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to what was found."""
        event.stop()
        self.people.focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what is known about it."""
        event.stop()
        self._show_known()

    @work(exclusive=True, group="look")
    async def look_up(self, *, stay_at: int | None = None, pause_s: float = 0.0) -> None:
        """Show what the vault knows; `stay_at` is the entity to go back to."""
        await asyncio.sleep(pause_s)
        words = self.query_one(Input).value
        self.found = await asyncio.to_thread(self.vault.known, words)
        self.people.clear_options()
        self.people.add_options([Option(entry(one)) for one in self.found])
        places = [one.id for one in self.found]
        if self.found:
            self.people.highlighted = places.index(stay_at) if stay_at in places else 0
        count = f"{len(self.found):,} {'value' if len(self.found) == 1 else 'values'}"
        self.show_head(count if not words else f"{count} found")
        self._show_known()

    @work(exclusive=True, group="known")
    async def _show_known(self) -> None:
        shown = self.query_one("#known", InertText)
        one = self.chosen
        if one is None:
            shown.update("Nothing here yet. What you mask in a prompt is kept here.")
            return
        told, merged = await asyncio.to_thread(self._about, one.id)
        shown.update(detail(one, told, merged))

    def _about(self, entity_id: int) -> tuple[list[ToldLine], list[str]]:
        merged = [value for _, value in self.vault.merged(entity_id)]
        return self.vault.told(entity_id), merged
