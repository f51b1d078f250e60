"""Copying, for every screen: said truthfully, and taken back after a while.

Textual's own widgets copy through `copy_to_clipboard`, so a selection is treated like all
else: it goes to the system's clipboard or to the terminal, and the user hears which.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work
from textual.app import App

from maskwell.tui.copying import copied

if TYPE_CHECKING:
    from maskwell.machine.clipboard import Clipboard

__all__ = ["CLEAR_AFTER_S", "ClipboardApp"]

CLEAR_AFTER_S = 90.0
"""How long copied text stays on the clipboard, if nothing else is copied before."""


class ClipboardApp(App[int]):
    """An app with one clipboard."""

    def __init__(self, clipboard: Clipboard | None = None) -> None:
        super().__init__()
        self._board = clipboard

    @property
    def board(self) -> Clipboard:
        """The clipboard of this session, its terminal sequences going through this app."""
        if self._board is None:
            from maskwell.machine.clipboard import Clipboard  # noqa: PLC0415  # not at start

            self._board = Clipboard(write_terminal=self._write_terminal)
        return self._board

    def _write_terminal(self, sequence: str) -> bool:
        """Send an escape sequence of our own making to the terminal."""
        if self._driver is None or self.is_headless:
            return False
        self.call_from_thread(self._driver.write, sequence)
        self.call_from_thread(self._driver.flush)
        return True

    def copy_to_clipboard(self, text: str) -> None:
        """Copy what is selected; every widget of Textual's copies through here."""
        self._clipboard = text
        self.copy(text, "the selection")

    @work(group="copy")
    async def copy(self, text: str, what: str) -> None:
        """Copy a text and say truthfully whether it worked; it is taken back later."""
        sentence, is_done = await asyncio.to_thread(copied, self.board, text, what)
        self.notify(sentence, severity="information" if is_done else "warning", markup=False)
        if is_done:
            self.set_timer(CLEAR_AFTER_S, lambda: self._take_back(text))

    @work(group="copy")
    async def _take_back(self, text: str) -> None:
        if await asyncio.to_thread(self.board.clear_if, text):
            self.notify("The copied text was taken off the clipboard again.", markup=False)
