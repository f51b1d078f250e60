"""The vault: who and what it knows, where each has been sent, and what can be done about it."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from maskwell.errors import MaskwellError
from maskwell.tui.chat_list import KeyedList
from maskwell.tui.inert_text import InertText
from maskwell.tui.keys import bindings
from maskwell.tui.saving import save_new, where_to
from maskwell.tui.screens.choice import Choice, ChoiceScreen, ConfirmScreen, TextScreen
from maskwell.tui.screens.page import Page
from maskwell.tui.screens.paper import PaperScreen
from maskwell.tui.screens.ways import WaysScreen
from maskwell.tui.vault_desk import VaultDesk
from maskwell.tui.vault_words import detail, entry, size_words

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from maskwell.tui.desk import Desk
    from maskwell.tui.vault_desk import Known, ToldLine

__all__ = ["VaultScreen"]

_PAUSE_S = 0.15


class VaultScreen(Page):
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

    @work(group="do")
    async def action_reveal(self) -> None:
        """Ask why, note it in the audit trail, and show the guarded value."""
        one = self.chosen
        if one is None or not one.is_guarded:
            return
        purpose = await self.app.push_screen_wait(TextScreen("Why do you need to see it?"))
        if purpose and await self._done(partial(self.vault.reveal, one.id, purpose)):
            self.look_up(stay_at=one.id)

    # -- one of them ----------------------------------------------------------------------

    @work(group="do")
    async def action_merge(self) -> None:
        """Ask which other one is the same, and let them be one."""
        kept = self.chosen
        if kept is None:
            return
        others = [one for one in self.found if one.kind == kept.kind and one.id != kept.id]
        if not others:
            self.say(f"There is no other {kept.kind} in the list to merge it with.")
            return
        choices = [Choice(str(one.id), " ".join(one.value.split()), one.since) for one in others]
        question = f"Who else is {' '.join(kept.value.split())}?"
        other = await self.app.push_screen_wait(ChoiceScreen(question, choices))
        if other and await self._done(partial(self.vault.merge, kept.id, int(other))):
            self.say("They are one from now on; tokens that are out restore as before.")
            self.look_up(stay_at=kept.id)

    @work(group="do")
    async def action_split(self) -> None:
        """Ask which merged one is another after all."""
        kept = self.chosen
        if kept is None:
            return
        merged = await asyncio.to_thread(self.vault.merged, kept.id)
        if not merged:
            self.say("Nothing was merged into this one.")
            return
        choices = [Choice(str(number), " ".join(value.split())) for number, value in merged]
        other = await self.app.push_screen_wait(ChoiceScreen("Which is not the same?", choices))
        if other and await self._done(partial(self.vault.split, int(other))):
            self.say("They are two again.")
            self.look_up(stay_at=kept.id)

    @work(group="do")
    async def action_erase(self) -> None:
        """Erase it for good, and show the certificate."""
        one = self.chosen
        if one is None:
            return
        sure = await self.app.push_screen_wait(
            ConfirmScreen(
                f"Erase this {one.kind} for good?",
                f"{' '.join(one.value.split())}\n\nIts tokens stay in chats and in the ledger and "
                "restore to nothing. Backups made before still hold it. This cannot be undone.",
            )
        )
        if not sure:
            return
        self.show_head("Erasing, and searching every page for what is left…")
        try:
            certificate = await asyncio.to_thread(self.vault.erase, one.id)
        except MaskwellError as error:
            self.complain(error)
            return
        finally:
            self.look_up()
        self.maskwell.has_changed = True
        await self.app.push_screen_wait(
            PaperScreen(
                "It is erased",
                certificate.as_text(),
                file_name=f"erasure-{certificate.number}.txt",
                what="the certificate",
            )
        )

    @work(group="do")
    async def action_export(self) -> None:
        """Save all that is known about one, for the person to have."""
        one = self.chosen
        if one is None:
            return
        question = "Save all that is known about it, in plain text, as"
        typed = await self.app.push_screen_wait(TextScreen(question, f"~/about-{one.id}.json"))
        if typed is None:
            return
        target = where_to(typed)
        if await self._done(partial(self._export, one.id, typed)):
            self.say(f"All that is known about it is in {target}, unprotected; keep it safe.")

    def _export(self, entity_id: int, typed: str) -> None:
        subject = json.dumps(self.vault.subject(entity_id), ensure_ascii=False, indent=2)
        save_new(where_to(typed), f"{subject}\n".encode())

    # -- the vault itself -----------------------------------------------------------------

    def action_ways(self) -> None:
        """Show what opens the vault."""
        self.app.push_screen(WaysScreen(self.desk, self.vault))

    @work(group="do")
    async def action_backup(self) -> None:
        """Ask for a place and write an encrypted backup there."""
        name = f"~/maskwell-{datetime.now().astimezone():%Y-%m-%d}.backup"
        typed = await self.app.push_screen_wait(TextScreen("Write an encrypted backup to", name))
        if typed is None:
            return
        target = where_to(typed)
        self.show_head("Writing the backup and opening it…")
        try:
            report = await asyncio.to_thread(self.vault.backup, target)
        except MaskwellError as error:
            self.complain(error)
        else:
            size = size_words(report.size_bytes)
            self.say(f"The backup in {target} is whole ({size}); it opens as the vault does today.")
        self.look_up(stay_at=self.chosen.id if self.chosen else None)

    @work(group="do")
    async def action_verify(self) -> None:
        """Check every page and the audit chain, and show what was found."""
        self.show_head("Checking every page…")
        try:
            problems, counts, entries, trail = await asyncio.to_thread(self.vault.verify)
        except MaskwellError as error:
            self.complain(error)
            return
        finally:
            self.look_up(stay_at=self.chosen.id if self.chosen else None)
        lines = [f"✗ {problem}" for problem in problems] or ["✓ Every page is as it was written."]
        lines.append(f"✗ {trail}" if trail else f"✓ The audit trail is whole: {entries:,} entries.")
        lines += ["", *(f"{name:<16}{count:>10,}" for name, count in counts.items())]
        title = "The vault is damaged" if problems or trail else "The vault is whole"
        await self.app.push_screen_wait(
            PaperScreen(title, "\n".join(lines), file_name="vault-check.txt", what="the report")
        )

    async def _done(self, change: partial[None]) -> bool:
        """Do it in a thread; complain and say False when it could not be done."""
        try:
            await asyncio.to_thread(change)
        except MaskwellError as error:
            self.complain(error)
            return False
        self.maskwell.has_changed = True
        return True
