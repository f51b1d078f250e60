"""The first screen of all: one page that makes the vault."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from textual import work
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from maskwell.errors import MaskwellError
from maskwell.tui.field import Field
from maskwell.tui.form import Form
from maskwell.tui.gate import VaultOpened, gate_hint
from maskwell.tui.inert_text import InertText
from maskwell.tui.strength import strength_line
from maskwell.tui.tick import Tick

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


_LOW = 23
"""With fewer rows the space between the parts gives way."""
_LOOK_AFTER_S = 0.3
"""The system's keyring is looked for once the screen has been drawn."""


class CreateScreen(Form[None]):
    """Tells the app once the vault is open."""

    class KeyringFound(Message):
        """This system has a keyring that keeps secrets encrypted."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        """Explain in two sentences, then ask for the passphrase twice."""
        with Vertical(classes="gate"):
            yield InertText("Maskwell", classes="gate-title")
            yield InertText(_WELCOME, classes="gate-text")
            yield Field(
                password=True, placeholder="Choose a passphrase", id="passphrase", compact=True
            )
            yield InertText("", id="strength")
            yield Field(password=True, placeholder="The same again", id="again", compact=True)
            yield InertText(_WARNING, classes="gate-text gate-faint")
            yield Tick("Make a recovery code too, to save or print", id="recovery")
            yield Tick("Let this system's keyring open it too", id="keyring")
            yield InertText("", id="gate-state", classes="gate-state")
            yield InertText(gate_hint("next", self._desk.settings.keys), classes="gate-keys")

    def on_mount(self) -> None:
        """Begin in the first field."""
        self._show_strength("")
        self.query_one("#keyring").display = False
        self.query_one("#passphrase").focus()
        self.set_timer(_LOOK_AFTER_S, self._look_for_keyring)

    def on_resize(self) -> None:
        """Fit into a low terminal."""
        self.set_class(self.size.height < _LOW, "-low")

    def _look_for_keyring(self) -> None:
        """Ask in a thread that nobody waits for: a desktop's answer may never come."""
        threading.Thread(target=self._offer_keyring, name="keyring", daemon=True).start()

    def _offer_keyring(self) -> None:
        if self._desk.offers_keyring():
            self.post_message(self.KeyringFound())

    def on_create_screen_keyring_found(self) -> None:
        """Offer it."""
        self.query_one("#keyring").display = True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show how strong the passphrase is as it is typed."""
        if event.input.id == "passphrase":
            self._show_strength(event.input.value)
        # Changes are told late: one of before must not take back that the two are not the same.
        if self.query_one("#again", Input).value and not self.is_busy:
            self._show("")

    def finish(self) -> None:
        """Make the vault once both are there and the same."""
        passphrase, again = (self.query_one(name, Input) for name in ("#passphrase", "#again"))
        if not passphrase.value:
            self.rest(passphrase)
        elif not again.value:
            self.rest(again)
        elif passphrase.value != again.value:
            again.clear()
            self._show("The two are not the same; type the second one again.", is_error=True)
            self.rest(again)
        else:
            self._create(passphrase.value)

    @work(exclusive=True)
    async def _create(self, passphrase: str) -> None:
        self.hold()
        self._show("Making the vault… this takes about a second, on purpose.")
        try:
            await asyncio.to_thread(self._desk.create, passphrase)
        except MaskwellError as error:
            self.rest(self.query_one("#again"))
            self._show(str(error), is_error=True)
            return
        for field in self.query(Input):
            field.clear()
        await self._use_keyring()
        self.post_message(VaultOpened(await self._recovery_code()))

    async def _use_keyring(self) -> None:
        """Let the system's keyring open the vault, if that was ticked; it is there without."""
        if self.query_one("#keyring", Tick).is_ticked:
            try:
                await asyncio.to_thread(self._desk.use_keyring)
                self.notify("The system's keyring opens the vault too.", markup=False)
            except MaskwellError as error:
                self.notify(str(error), severity="error", markup=False, timeout=10)

    async def _recovery_code(self) -> str:
        """Return a recovery code if one was ticked and can be made, else ""."""
        if self.query_one("#recovery", Tick).is_ticked:
            try:
                return await asyncio.to_thread(self._desk.new_recovery_code)
            except MaskwellError as error:
                self.notify(str(error), severity="error", markup=False, timeout=10)
        return ""

    def _show_strength(self, passphrase: str) -> None:
        self.query_one("#strength", InertText).update(strength_line(passphrase))

    def _show(self, sentence: str, *, is_error: bool = False) -> None:
        state = self.query_one("#gate-state", InertText)
        state.set_class(is_error, "-error")
        state.update(f"! {sentence}" if is_error else sentence)
