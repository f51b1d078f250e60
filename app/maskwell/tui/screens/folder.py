"""The watched folder: what came in, what is being worked on, what became of it, and why."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work
from textual.containers import Vertical, VerticalScroll
from textual.widgets.option_list import Option

from maskwell.errors import MaskwellError
from maskwell.tui.chat_list import KeyedList
from maskwell.tui.folder_words import (
    NOT_WATCHING,
    entry,
    now_lines,
    outcome_lines,
    refusal_text,
    report_text,
)
from maskwell.tui.inert_text import InertText
from maskwell.tui.keys import bindings
from maskwell.tui.screens.page import Page
from maskwell.tui.screens.paper import PaperScreen
from maskwell.tui.screens.watch_form import WatchForm

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from maskwell.tui.desk import Desk
    from maskwell.watching import Outcome

__all__ = ["FolderScreen"]

_LOOK_EVERY_S = 0.25


class FolderScreen(Page):
    """One folder at work, looked at a few times a second."""

    BINDINGS = bindings("folder")
    NAME = "Folder"
    PLACES = frozenset({"app", "page", "folder"})
    HINTS = (
        ("folder.start", "watch"),
        ("folder.stop", "stop"),
        ("folder.report", "report"),
        ("folder.retry", "try quarantine again"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.folder = desk.folder
        self.recent: tuple[Outcome, ...] = ()
        self._seen: object = None

    def body(self) -> ComposeResult:
        """Put the work over (or beside) what became of each file."""
        with VerticalScroll(classes="page-pane page-now", can_focus=False):
            yield InertText("", id="now")
            yield InertText("", id="outcome")
        with Vertical(classes="page-pane"):
            yield InertText("What came in", classes="page-title")
            yield KeyedList(markup=False, compact=True, classes="page-list")

    def on_mount(self) -> None:
        """Look at once, and go on looking."""
        super().on_mount()
        self.query_one(KeyedList).focus()
        self.look()
        self.set_interval(_LOOK_EVERY_S, self.look)

    @property
    def chosen(self) -> Outcome | None:
        """The file that is looked at; the newest stands first."""
        index = self.query_one(KeyedList).highlighted
        return None if index is None or index >= len(self.recent) else self.recent[index]

    def look(self) -> None:
        """Show how things stand."""
        now, places = self.folder.snapshot(), self.folder.places()
        seen = (now, places, self.size)
        if seen == self._seen:  # a terminal far away is not written to for nothing
            return
        self._seen = seen
        if now is None or places is None:
            self.query_one("#now", InertText).update(NOT_WATCHING)
            self.query_one("#outcome", InertText).update("")
            self.show_head("")
            return
        width = self.query_one("#now").size.width or self.size.width
        self.query_one("#now", InertText).update(now_lines(now, width))
        self.show_head(f"{places[0]} → {places[1]}")
        newest_first = tuple(reversed(now.recent))
        if newest_first != self.recent:
            self._list(newest_first)

    def _list(self, outcomes: tuple[Outcome, ...]) -> None:
        files = self.query_one(KeyedList)
        looked_at, was_at_top = self.chosen, not files.highlighted
        self.recent = outcomes
        files.clear_options()
        files.add_options([Option(entry(one)) for one in outcomes])
        is_kept = looked_at in outcomes and not was_at_top
        files.highlighted = outcomes.index(looked_at) if looked_at and is_kept else 0
        self._show_outcome()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what became of it."""
        event.stop()
        self._show_outcome()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open its report."""
        event.stop()
        self.action_report()

    def _show_outcome(self) -> None:
        self.query_one("#outcome", InertText).update(outcome_lines(self.chosen))

    # -- doing ------------------------------------------------------------------------

    @work(group="do")
    async def action_start(self) -> None:
        """Ask which folder, and watch it."""
        if self.folder.is_running:
            self.say("A folder is being watched already; s stops that.")
            return
        wish = await self.app.push_screen_wait(WatchForm(self.folder.wish))
        if wish is None:
            return
        try:
            await asyncio.to_thread(self.folder.start, wish)
        except MaskwellError as error:
            self.complain(error)
        self.look()

    @work(group="do")
    async def action_halt(self) -> None:
        """Finish what is in work and take no more."""
        if self.folder.is_running:
            await asyncio.to_thread(self.folder.stop)
            self.say("The folder is no longer watched.")
            self.recent = ()
            self.query_one(KeyedList).clear_options()
        self.look()

    @work(group="do")
    async def action_retry(self) -> None:
        """Try what is in quarantine again."""
        count = await asyncio.to_thread(self.folder.retry)
        self.say(f"{count} file{'' if count == 1 else 's'} will be tried again.")

    @work(group="do", exclusive=True)
    async def action_report(self) -> None:
        """Show the chosen file's report, or why it has none."""
        one = self.chosen
        if one is None:
            return
        paper = self._reason if one.state == "quarantined" else self._report
        try:
            shown = await asyncio.to_thread(paper, one)
        except MaskwellError as error:
            self.complain(error)
            return
        await self.app.push_screen_wait(shown)

    def _report(self, one: Outcome) -> PaperScreen:
        page, told = self.folder.report(one)
        text = report_text(told, str(page))
        return PaperScreen("Report", text, file_name="report.txt", what="the report")

    def _reason(self, one: Outcome) -> PaperScreen:
        name, told = self.folder.why(one)
        text = refusal_text(one, name, told, self.folder.wish.source)
        return PaperScreen("In quarantine", text, file_name="reason.txt", what="the reason")
