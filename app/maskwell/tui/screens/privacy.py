"""Privacy at a glance: what was found, who was told what, what was blocked, and the trail."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work
from textual.containers import Container, Horizontal, VerticalScroll

from maskwell.errors import MaskwellError
from maskwell.tui.inert_text import InertText, inert_content
from maskwell.tui.keys import bindings
from maskwell.tui.plots import BlockedPlot, FindingsPlot, ReachedPlot
from maskwell.tui.privacy_desk import PrivacyDesk
from maskwell.tui.screens.page import Page
from maskwell.tui.vault_words import size_words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from maskwell.tui.desk import Desk
    from maskwell.tui.privacy_desk import Glance

__all__ = ["PrivacyScreen"]

_SPANS = {7: "7 days", 30: "30 days", 365: "a year", 0: "all days"}


class PrivacyScreen(Page):
    """Plots over words; the words alone tell it all."""

    BINDINGS = bindings("privacy")
    CSS_PATH = [*Page.CSS_PATH, "../privacy.tcss"]  # noqa: RUF012  # Textual's way
    NAME = "Privacy"
    PLACES = frozenset({"app", "page", "privacy"})
    HINTS = (
        ("privacy.span", "days"),
        ("privacy.trail", "audit trail"),
        ("privacy.down", "scroll"),
        ("privacy.refresh", "count again"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.privacy = PrivacyDesk(desk)
        self.span = 7
        self.glance: Glance | None = None
        self._shows_trail = False

    def body(self) -> ComposeResult:
        """Put the plots over the words."""
        with Container(id="privacy"):
            yield FindingsPlot(id="findings")
            yield InertText("", id="legend")
            with Horizontal(id="lower-plots"):
                yield ReachedPlot(id="reached")
                yield BlockedPlot(id="blocked")
            with VerticalScroll(id="privacy-words", classes="page-detail"):
                yield InertText("", id="words")

    def on_mount(self) -> None:
        """Count."""
        super().on_mount()
        self.query_one("#privacy-words").focus()
        self.count()

    @work(exclusive=True)
    async def count(self) -> None:
        """Count anew, and show it."""
        self.show_head("Counting…")
        try:
            self.glance = await asyncio.to_thread(self.privacy.glance, self.span)
        except MaskwellError as error:
            self.complain(error)
            return
        for plot in (FindingsPlot, ReachedPlot, BlockedPlot):
            self.query_one(plot).show(self.glance)
        self.query_one("#legend", InertText).update(self.query_one(FindingsPlot).legend())
        self._show_words()

    def _show_words(self) -> None:
        if self.glance is None:
            return
        self.set_class(self._shows_trail or self.glance.is_empty, "-trail")
        page = _trail(self.glance) if self._shows_trail else _words(self.glance)
        self.query_one("#words", InertText).update(page)
        whole = "✗ the audit trail is damaged" if self.glance.trail_problem else "✓ trail whole"
        self.show_head(f"{_SPANS[self.span]} · {whole}")

    def action_span(self) -> None:
        """Look at more days, then at fewer again."""
        spans = list(_SPANS)
        self.span = spans[(spans.index(self.span) + 1) % len(spans)]
        self.count()

    def action_trail(self) -> None:
        """Show the audit trail instead of the counts, or the counts again."""
        self._shows_trail = not self._shows_trail
        self._show_words()

    def action_refresh(self) -> None:
        """Count again."""
        self.count()

    def action_scroll(self, by: int) -> None:
        """Scroll the words."""
        self.query_one("#privacy-words").scroll_relative(y=by, animate=False)


def _words(glance: Glance) -> Content:
    if glance.is_empty:
        return inert_content("Nothing has left this machine, and nothing was blocked.\n\n") + (
            inert_content(
                "Once you send a prompt, what was hidden in it is counted here.", "$faint"
            )
        )
    page = inert_content("What each destination has been told\n", "bold")
    for one in glance.reached:
        page += inert_content(one.name, "bold $accent") + inert_content(f" → {one.reach}  ")
        page += inert_content(f"{_times(one.times)}, {size_words(one.byte_count)}\n")
        listed = ", ".join(f"{count} {kind}" for kind, count in one.kinds.most_common())
        page += inert_content(f"  as stand-ins: {listed or 'nothing private'}\n", "$faint")
        if one.kept:
            page += inert_content(f"  ◇ as they are: {one.kept}\n", "$kept")
    page += inert_content("\nWhat was blocked\n", "bold")
    refused = ", ".join(f"{count} {kind}" for kind, count in glance.blocked_kinds.most_common())
    page += inert_content(
        f"{_times(sum(glance.blocked))}: {refused}\n" if refused else "Nothing.\n"
    )
    return page + inert_content("\nAudit trail\n", "bold") + _verdict(glance)


def _trail(glance: Glance) -> Content:
    page = _verdict(glance) + inert_content("\n")
    for one in glance.events:
        page += inert_content(f"{one.when:<14}", "$faint") + inert_content(f"{one.event:<18}")
        page += inert_content(f"{one.about}\n", "$faint")
    return page


def _verdict(glance: Glance) -> Content:
    if glance.trail_problem:
        return inert_content(f"✗ {glance.trail_problem}\n", "bold $error")
    entries = f"{glance.trail_entries:,} entries"
    return inert_content(f"✓ Whole: {entries}, each checked against the one before.\n", "$success")


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
