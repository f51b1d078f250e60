"""The ways into the vault: change the passphrase, make a recovery code, use the keyring."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from maskwell.errors import MaskwellError
from maskwell.tui.desk import when_words
from maskwell.tui.inert_text import InertText, inert_content
from maskwell.tui.screens.choice import ConfirmScreen
from maskwell.tui.screens.paper import PaperScreen
from maskwell.tui.screens.passphrase import PassphraseScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.content import Content

    from maskwell.tui.desk import Desk
    from maskwell.tui.vault_desk import VaultDesk
    from maskwell.vault import SlotInfo

__all__ = ["RECOVERY_NOTE", "WaysScreen"]

_NAMES = {
    "passphrase": "Passphrase",
    "passphrase+keyfile": "Passphrase and key file",
    "recovery": "Recovery code",
    "keyring": "The system's keyring",
}
RECOVERY_NOTE = (
    "It opens the vault without the passphrase and is kept nowhere. Write it down or save it "
    "away from this machine; an older code no longer opens."
)


class WaysScreen(ModalScreen[None]):
    """A list of what opens the vault, and keys to change it."""

    CSS_PATH = "../dialog.tcss"
    BINDINGS = [  # noqa: RUF012  # Textual's way
        Binding("escape", "dismiss(None)", "Back", show=False),
        Binding("p", "passphrase", "Passphrase", show=False),
        Binding("r", "recovery", "Recovery code", show=False),
        Binding("k", "keyring", "Keyring", show=False),
        Binding("x,delete", "remove", "Remove", show=False),
    ]

    def __init__(self, desk: Desk, vault: VaultDesk) -> None:
        super().__init__()
        self._desk = desk
        self._vault = vault
        self._ways: list[SlotInfo] = []
        self._has_keyring = False

    def compose(self) -> ComposeResult:
        """Show the list over its keys."""
        with Vertical(classes="dialog dialog-medium"):
            yield InertText("Ways into the vault", classes="dialog-title")
            yield OptionList(markup=False, compact=True)
            yield InertText(self._keys(), id="ways-keys", classes="dialog-hint")

    def on_mount(self) -> None:
        """Show what there is."""
        self._show()
        self._offer_keyring()

    @work(group="offer")
    async def _offer_keyring(self) -> None:
        """Offer the keyring where there is one that may be used."""
        self._has_keyring = await asyncio.to_thread(self._desk.offers_keyring)
        self.query_one("#ways-keys", InertText).update(self._keys())

    @property
    def _opens_by_keyring(self) -> bool:
        return any(str(one.kind) == "keyring" for one in self._ways)

    def _keys(self) -> str:
        """Return the keys; a keyring is named only where there is one."""
        more = "x remove · Esc back"
        if self._opens_by_keyring:
            more = f"k no keyring any more · {more}"
        elif self._has_keyring:
            more = f"k use the system's keyring · {more}"
        return f"p change the passphrase · r new recovery code\n{more}"

    @work(exclusive=True)
    async def _show(self) -> None:
        self._ways = await asyncio.to_thread(self._vault.ways)
        self.query_one("#ways-keys", InertText).update(self._keys())
        ways = self.query_one(OptionList)
        ways.clear_options()
        ways.add_options([Option(_line(one)) for one in self._ways])
        ways.highlighted = 0
        ways.focus()

    async def _done(self, change: Callable[[], object], sentence: str) -> None:
        try:
            await asyncio.to_thread(change)
        except MaskwellError as error:
            self.notify(str(error), severity="error", markup=False, timeout=8)
        else:
            self.notify(sentence, markup=False)
        self._show()

    @work
    async def action_passphrase(self) -> None:
        """Ask for another passphrase, twice."""
        new = await self.app.push_screen_wait(PassphraseScreen())
        if new:
            sentence = "The vault opens with the new passphrase from now on, not with the old one."
            await self._done(lambda: self._vault.change_passphrase(new), sentence)

    @work
    async def action_recovery(self) -> None:
        """Make a recovery code and show it once."""
        try:
            code = await asyncio.to_thread(self._vault.new_recovery_code)
        except MaskwellError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        await self.app.push_screen_wait(recovery_paper(code))
        self._show()

    @work
    async def action_keyring(self) -> None:
        """Let the keyring open the vault, or no more."""
        if self._opens_by_keyring:
            await self._done(self._vault.forget_keyring, "The keyring no longer opens the vault.")
        else:
            await self._done(
                self._vault.use_keyring, "The system's keyring opens the vault from now on."
            )

    @work
    async def action_remove(self) -> None:
        """Take the chosen way away."""
        index = self.query_one(OptionList).highlighted
        if index is None or index >= len(self._ways):
            return
        way = self._ways[index]
        sure = await self.app.push_screen_wait(
            ConfirmScreen(f"Take this away: {_name(way)}?", "It will not open the vault any more.")
        )
        if sure:
            await self._done(lambda: self._vault.remove_way(way.id), "It is taken away.")


def recovery_paper(code: str) -> PaperScreen:
    """Return the screen that shows a recovery code once."""
    return PaperScreen(
        "Your recovery code",
        code,
        file_name="maskwell-recovery.txt",
        what="the recovery code",
        note=RECOVERY_NOTE,
    )


def _name(way: SlotInfo) -> str:
    return _NAMES.get(str(way.kind), str(way.kind))


def _line(way: SlotInfo) -> Content:
    line = inert_content(f"{_name(way):<26}") + inert_content(
        f"since {when_words(way.created_at)}", "$faint"
    )
    if way.kdf is None:
        return line
    memory = way.kdf.memory_kib // 1024
    return line + inert_content(f"  Argon2id {memory} MiB", "$faint")
