"""The first screen of all: one page that makes the vault."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input

from maskwell.errors import MaskwellError
from maskwell.tui.gate import GateInput, VaultOpened, gate_hint
from maskwell.tui.inert_text import InertText
from maskwell.tui.strength import strength_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from maskwell.tui.desk import Desk

__all__ = ["CreateScreen"]

_WELCOME = (
    "Maskwell hides the people in your text before a language model sees it, and puts them "
    "back in the reply. Who they are stays in an encrypted vault on this machine."
)
_WARNING = (
    "Only your passphrase opens the vault. Nobody can reset it: write it down somewhere safe."
)


class CreateScreen(Screen[None]):
    """Tells the app once the vault is open."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        """Explain in two sentences, then ask for the passphrase twice."""
        with Vertical(classes="gate"):
            yield InertText("Maskwell", classes="gate-title")
            yield InertText(_WELCOME, classes="gate-text")
            yield GateInput(
                password=True, placeholder="Choose a passphrase", id="passphrase", compact=True
            )
            yield InertText("", id="strength")
            yield GateInput(password=True, placeholder="The same again", id="again", compact=True)
            yield InertText(_WARNING, classes="gate-text gate-faint")
            yield InertText("", id="gate-state", classes="gate-state")
            yield InertText(gate_hint("next", self._desk.settings.keys), classes="gate-keys")

    def on_mount(self) -> None:
        """Begin in the first field."""
        self._show_strength("")
        self.query_one("#passphrase").focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show how strong the passphrase is as it is typed."""
        if event.input.id == "passphrase":
            self._show_strength(event.value)
        if event.value:
            self._show("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the second field, then make the vault."""
        event.stop()
        passphrase, again = (self.query_one(name, Input) for name in ("#passphrase", "#again"))
        if not passphrase.value:
            passphrase.focus()
        elif event.input is passphrase:
            again.focus()
        elif passphrase.value != again.value:
            again.clear()
            self._show("The two are not the same; type the second one again.", is_error=True)
        else:
            self._create(passphrase.value)

    @work(exclusive=True)
    async def _create(self, passphrase: str) -> None:
        for field in self.query(Input):
            field.disabled = True
        self._show("Making the vault… this takes about a second, on purpose.")
        try:
            await asyncio.to_thread(self._desk.create, passphrase)
        except MaskwellError as error:
            for field in self.query(Input):
                field.disabled = False
            self.query_one("#again", Input).focus()
            self._show(str(error), is_error=True)
        else:
            for field in self.query(Input):
                field.clear()
            self.post_message(VaultOpened())

    def _show_strength(self, passphrase: str) -> None:
        self.query_one("#strength", InertText).update(strength_line(passphrase))

    def _show(self, sentence: str, *, is_error: bool = False) -> None:
        state = self.query_one("#gate-state", InertText)
        state.set_class(is_error, "-error")
        state.update(f"! {sentence}" if is_error else sentence)
