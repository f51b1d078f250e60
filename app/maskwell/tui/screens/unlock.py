"""The lock screen: a passphrase field, and nothing that could tell anything about anyone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input

from maskwell.errors import MaskwellError
from maskwell.tui.field import Field
from maskwell.tui.gate import VaultOpened, gate_hint
from maskwell.tui.inert_text import InertText
from maskwell.tui.keys import bindings, key_of

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from maskwell.tui.desk import Desk

__all__ = ["UnlockScreen"]


class UnlockScreen(Screen[None]):
    """Tells the app once the vault is open."""

    BINDINGS = bindings("gate")
    PLACES: ClassVar = frozenset({"app", "gate"})

    def __init__(
        self, desk: Desk, passphrase: str | None = None, *, by_agent: bool = False
    ) -> None:
        """Show the gate of `desk`.

        Args:
            desk: what is to be opened.
            passphrase: tried at once.
            by_agent: open at once, without a passphrase, where an agent keeps it unlocked.
        """
        super().__init__()
        self._desk = desk
        self._given = passphrase
        """Tried once; while the agent is asked, what is typed meanwhile takes its place."""
        self._by_agent = by_agent
        self._is_opening = False
        """Whether the vault is being opened, in whichever way: one at a time, or two are open."""

    def compose(self) -> ComposeResult:
        """Show the field in the middle."""
        with Vertical(classes="gate"):
            yield InertText("Maskwell", classes="gate-title")
            yield InertText("Your vault is locked.", classes="gate-text")
            yield Field(
                password=True,
                placeholder="Passphrase or recovery code",
                id="passphrase",
                compact=True,
            )
            yield InertText("", id="gate-state", classes="gate-state")
            hint = gate_hint("unlock", self._desk.settings.keys)
            if self._desk.has_keyring:
                hint = f"{key_of('gate.keyring', self._desk.settings.keys)} keyring · {hint}"
            yield InertText(hint, id="gate-keys", classes="gate-keys")

    def on_mount(self) -> None:
        """Use the agent if there is one, or the passphrase that was given, if one was."""
        by_agent, self._by_agent = self._by_agent, False
        if by_agent and self._desk.has_agent:
            self.call_after_refresh(self._ask_agent)
        else:
            self.call_after_refresh(self._open_given)

    def on_screen_resume(self) -> None:
        """Be ready again when the vault was locked; what is being opened goes on."""
        if self._is_opening:
            return
        field = self.query_one(Input)
        field.clear()
        field.disabled = False
        field.focus()
        self._show("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Try what was typed."""
        event.stop()
        if event.value:
            self._open(event.value)

    def action_keyring(self) -> None:
        """Open the vault with what the system's keyring holds."""
        if self._desk.has_keyring:
            self._open(None)
        else:
            self._show("The system's keyring does not open this vault.", is_error=True)

    def _open_given(self) -> None:
        """Open with the passphrase that was given, if one was."""
        given, self._given = self._given, None
        if given is not None:
            self._open(given)

    def _ask_agent(self) -> None:
        """Open with the agent's key, unless something else is opening already."""
        if not self._is_opening:
            self._is_opening = True
            self._open_by_agent()

    @work(exclusive=True)
    async def _open_by_agent(self) -> None:
        """Open with the agent's key; where that fails go on with a passphrase or ask for one."""
        self._show("Opening…")
        try:
            is_open = await asyncio.to_thread(self._desk.open_with_agent)
        except MaskwellError as error:
            self._given = None
            self._show(str(error), is_error=True)
            return
        finally:
            self._is_opening = False
        if is_open:
            self._given = None
            field = self.query_one(Input)
            field.disabled = True
            field.clear()
            self.post_message(VaultOpened())
        else:
            self._show("")
            self._open_given()

    def _open(self, passphrase: str | None) -> None:
        """Open with a passphrase or, with None, with the keyring; one at a time."""
        field = self.query_one(Input)
        if field.disabled:
            return
        if self._is_opening:
            self._given = passphrase
            return
        self._is_opening = field.disabled = True
        self._try(field, passphrase)

    @work(exclusive=True)
    async def _try(self, field: Input, passphrase: str | None) -> None:
        self._show("Opening… this takes about a second, on purpose.")
        try:
            if passphrase is None:
                await asyncio.to_thread(self._desk.open_with_keyring)
            else:
                await asyncio.to_thread(self._desk.open, passphrase)
        except MaskwellError as error:
            field.disabled = False
            field.clear()
            field.focus()
            self._show(str(error), is_error=True)
        else:
            field.clear()
            self.post_message(VaultOpened())
        finally:
            self._is_opening = False

    def _show(self, sentence: str, *, is_error: bool = False) -> None:
        state = self.query_one("#gate-state", InertText)
        state.set_class(is_error, "-error")
        state.update(f"! {sentence}" if is_error else sentence)
