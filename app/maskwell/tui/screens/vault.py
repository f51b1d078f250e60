"""The vault: who and what it knows, where each has been sent, and what can be done about it."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from functools import partial

from textual import work

from maskwell.errors import MaskwellError
from maskwell.tui.saving import save_new, where_to
from maskwell.tui.screens.choice import Choice, ChoiceScreen, ConfirmScreen, TextScreen
from maskwell.tui.screens.paper import PaperScreen
from maskwell.tui.screens.vault_view import VaultView
from maskwell.tui.screens.ways import WaysScreen
from maskwell.tui.vault_words import size_words

__all__ = ["VaultScreen"]


class VaultScreen(VaultView):
    """The vault, with what can be done about it."""

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
