"""One text to read and keep: a certificate, a recovery code, a report.

It is saved, copied or printed only when asked, and every answer says what really happened.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from typing import TYPE_CHECKING, cast

from textual import work
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from maskwell.errors import MaskwellError
from maskwell.tui.inert_text import InertText
from maskwell.tui.saving import save_new, where_to
from maskwell.tui.screens.choice import TextScreen

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from maskwell.tui.app import MaskwellApp

__all__ = ["PaperScreen"]

_PRINT_TIMEOUT_S = 20


class PaperScreen(ModalScreen[None]):
    """Ends when the user has what they need."""

    CSS_PATH = "../dialog.tcss"
    BINDINGS = [  # noqa: RUF012  # Textual's way
        Binding("escape,enter,ctrl+j", "dismiss(None)", "Close", show=False),
        Binding("s", "save", "Save", show=False),
        Binding("c", "copy", "Copy", show=False),
        Binding("p", "print", "Print", show=False),
    ]

    def __init__(self, title: str, text: str, *, file_name: str, what: str, note: str = "") -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._file_name = file_name
        self._what = what
        self._note = note

    def compose(self) -> ComposeResult:
        """Show the text under its title, over the keys."""
        with Vertical(classes="dialog dialog-paper"):
            yield InertText(self._title, classes="dialog-title")
            if self._note:
                yield InertText(self._note, classes="dialog-text")
            with VerticalScroll():
                yield InertText(self._text, id="paper")
            keys = "s save · c copy · Enter close"
            yield InertText(f"p print · {keys}" if _printer() else keys, classes="dialog-hint")

    def on_mount(self) -> None:
        """Let the arrows scroll at once."""
        self.query_one(VerticalScroll).focus()

    def action_copy(self) -> None:
        """Copy the text; it is taken off the clipboard again later."""
        cast("MaskwellApp", self.app).copy(self._text, self._what)

    @work
    async def action_save(self) -> None:
        """Ask for a place and save the text there."""
        typed = await self.app.push_screen_wait(TextScreen("Save it as", f"~/{self._file_name}"))
        if typed is None:
            return
        target = where_to(typed)
        try:
            await asyncio.to_thread(save_new, target, f"{self._text.rstrip()}\n".encode())
        except MaskwellError as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            self.notify(f"{self._what.capitalize()} is in {target}.", markup=False)

    @work
    async def action_print(self) -> None:
        """Hand the text to the system's printer."""
        command = _printer()
        if command:
            self.notify(await asyncio.to_thread(_printed, command, self._text), markup=False)


def _printer() -> str | None:
    return shutil.which("lp") or shutil.which("lpr")


def _printed(command: str, text: str) -> str:
    try:
        subprocess.run(
            [command],
            input=text.encode(),
            check=True,
            capture_output=True,
            timeout=_PRINT_TIMEOUT_S,
        )
    except (OSError, subprocess.SubprocessError):
        return "The printer did not take it; nothing was printed."
    return "It was handed to the printer."
