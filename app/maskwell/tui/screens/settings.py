"""Settings and policies: a choice is saved at once, and its effect on a sample is seen at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work
from textual.containers import Vertical
from textual.widgets.option_list import Option

from maskwell.errors import MaskwellError
from maskwell.policy import Reach
from maskwell.tui.chat_list import KeyedList
from maskwell.tui.desk import REACH_WORDS
from maskwell.tui.inert_text import InertText, inert_content
from maskwell.tui.keys import bindings
from maskwell.tui.proof_view import ProofView
from maskwell.tui.review_state import ReviewState, leaving_proof, leaving_refusal
from maskwell.tui.screens.choice import Choice, ChoiceScreen, TextScreen
from maskwell.tui.screens.page import Page
from maskwell.tui.settings_desk import SettingsDesk

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widgets import OptionList

    from maskwell.tui.desk import Desk
    from maskwell.tui.settings_desk import Row

__all__ = ["SettingsScreen"]

_WORDS_COLUMN = 22


class SettingsScreen(Page):
    """A list of what can be set, beside a sample that shows what it does."""

    BINDINGS = bindings("settings")
    CSS_PATH = [*Page.CSS_PATH, "../review.tcss"]  # noqa: RUF012  # Textual's way
    NAME = "Settings"
    PLACES = frozenset({"app", "page", "settings"})
    HINTS = (
        ("settings.change", "change"),
        ("settings.next", "next choice"),
        ("settings.reach", "how far"),
        ("settings.sample", "sample"),
        ("settings.reset", "as shipped"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.choosing = SettingsDesk(desk)
        self.rows: list[Row] = []

    def body(self) -> ComposeResult:
        """Put the list beside (or over) the sample."""
        with Vertical(classes="page-pane"):
            yield KeyedList(markup=False, compact=True, classes="page-list")
        with Vertical(classes="page-pane"):
            yield InertText("A sample", classes="page-title pane-original")
            yield ProofView(id="original")
            yield InertText("What would leave of it", id="effect", classes="page-title")
            yield ProofView(id="leaving")

    def on_mount(self) -> None:
        """Show how things are."""
        super().on_mount()
        self.query_one(KeyedList).focus()
        self.refresh_rows()

    # -- showing ------------------------------------------------------------------------

    @work(exclusive=True, group="show")
    async def refresh_rows(self) -> None:
        """Show every setting as it is now, and the sample's fate."""
        try:
            self.rows = await asyncio.to_thread(self.choosing.rows)
            is_own = await asyncio.to_thread(lambda: self.choosing.is_own)
        except MaskwellError as error:
            self.complain(error)
            return
        settings = self.query_one(KeyedList)
        at = settings.highlighted or 0
        settings.clear_options()
        settings.add_options([Option(_line(row)) for row in self.rows])
        settings.highlighted = min(at, len(self.rows) - 1)
        name = self.choosing.policy.name
        where = REACH_WORDS[str(self.choosing.reach)]
        self.show_head(f"policy {name}{', changed' if is_own else ''}, for {where}")
        await self._show_effect()

    async def _show_effect(self) -> None:
        try:
            plan = await asyncio.to_thread(self.choosing.plan)
        except MaskwellError as error:
            self.complain(error)
            return
        self.query_one("#original", ProofView).show(ReviewState(plan).original(), -1)
        title, leaving = self.query_one("#effect", InertText), self.query_one("#leaving", ProofView)
        try:
            protected = await asyncio.to_thread(self.choosing.preview, plan)
        except MaskwellError as error:
            title.update("Nothing of it would leave")
            leaving.show(leaving_refusal(str(error)), -1)
        else:
            title.update("What would leave of it")
            leaving.show(leaving_proof(protected, plan.items), -1)

    # -- changing -----------------------------------------------------------------------

    @property
    def chosen(self) -> Row | None:
        """The setting that is looked at."""
        index = self.query_one(KeyedList).highlighted
        return None if index is None or index >= len(self.rows) else self.rows[index]

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask what it should be."""
        event.stop()
        self.action_change()

    @work(group="do")
    async def action_change(self) -> None:
        """Ask what the chosen setting should be, and save it."""
        row = self.chosen
        if row is None:
            return
        choices = [Choice(value, words, note) for value, words, note in row.choices]
        value = await self.app.push_screen_wait(ChoiceScreen(row.words, choices, row.value))
        if value is not None:
            await self._set(row, value)

    @work(group="do", exclusive=True)
    async def action_cycle(self) -> None:
        """Take the next choice, and save it."""
        row = self.chosen
        if row is not None and row.choices:
            values = [value for value, _, _ in row.choices]
            at = values.index(row.value) if row.value in values else -1
            await self._set(row, values[(at + 1) % len(values)])

    async def _set(self, row: Row, value: str) -> None:
        try:
            sentence = await asyncio.to_thread(self.choosing.set, row, value)
        except MaskwellError as error:
            self.complain(error)
            return
        if row.id == "ui.theme":
            self.app.theme = value
        if row.id == "vault.auto_lock_minutes":
            self.maskwell.idle.minutes = self.desk.settings.vault.auto_lock_minutes
        self.maskwell.has_changed = True
        self.app.clear_notifications()
        self.say(sentence)
        self.refresh_rows()

    def action_reach(self) -> None:
        """Look at the rules for the next class of destinations."""
        order = list(Reach)
        at = order.index(self.choosing.reach)
        self.choosing.reach = order[(at + 1) % len(order)]
        self.refresh_rows()

    @work(group="do")
    async def action_sample(self) -> None:
        """Try the policy on words of the user's own."""
        typed = await self.app.push_screen_wait(TextScreen("Try it on"))
        if typed:
            self.choosing.sample = typed
            self.refresh_rows()

    @work(group="do")
    async def action_reset(self) -> None:
        """Use the policy as it was shipped."""
        try:
            is_done = await asyncio.to_thread(self.choosing.forget_changes)
        except MaskwellError as error:
            self.complain(error)
            return
        self.say("The policy is as it was shipped." if is_done else "It has no changes.")
        self.refresh_rows()


def _line(row: Row) -> Content:
    words = {value: words for value, words, _ in row.choices}
    line = inert_content(f"{row.words:<{_WORDS_COLUMN}}", "$faint")
    return line + inert_content(words.get(row.value, row.value))
