"""What can be chosen for a chat: by which policy, in which matter, its title."""

from __future__ import annotations

import asyncio

from textual import work

from maskwell.errors import MaskwellError
from maskwell.tui.screens.chat_places import ChatPlaces
from maskwell.tui.screens.choice import Choice, ChoiceScreen, ConfirmScreen, TextScreen
from maskwell.tui.screens.ways import recovery_paper

__all__ = ["ChatChoices"]


class ChatChoices(ChatPlaces):
    """The chat, with choices."""

    @work(group="flow")
    async def action_choose_policy(self) -> None:
        """Ask which policy decides about the next prompt."""
        choices = [Choice(name, name, note) for name, note in self.desk.policies()]
        screen = ChoiceScreen("Which policy?", choices, self.desk.chat.policy)
        chosen = await self.app.push_screen_wait(screen)
        if chosen is not None:
            self.maskwell.use_policy(chosen)

    @work(group="flow")
    async def action_matter(self) -> None:
        """Begin a chat whose people have the tokens they have in a matter."""
        if not self._is_free():
            return
        matters = await asyncio.to_thread(self.desk.matters)
        choices = [Choice(name, name) for name in matters]
        choices.append(Choice("", "A new matter…"))
        chosen = await self.app.push_screen_wait(
            ChoiceScreen("Begin a chat in which matter?", choices, self.desk.matter)
        )
        if chosen == "":
            chosen = await self.app.push_screen_wait(TextScreen("The new matter's name"))
        if chosen:
            self.desk.new_chat(matter=chosen)
            self.show_chat()
            self.composer.focus()

    @work(group="flow")
    async def action_reveal(self) -> None:
        """Show the guarded values of this chat until it is left or goes on; asks why."""
        turns = [await asyncio.to_thread(self.desk.shown, one) for one in self.desk.chat.turns]
        tokens = [v.token for one in turns for v in one.marked.values if v.look == "guarded"]
        if not tokens:
            self.notify("Nothing in this chat is guarded.", markup=False)
            return
        purpose = await self.app.push_screen_wait(TextScreen("Why do you need to see them?"))
        if not purpose:
            return
        try:
            await asyncio.to_thread(self.desk.reveal, tokens, purpose)
        except MaskwellError as error:
            self.complain(error)
            return
        self.show_chat()

    @work(group="flow")
    async def action_rename_chat(self) -> None:
        """Give this chat another title."""
        if self.desk.chat.id is None:
            self.notify("This chat has no title yet; it gets one with its first prompt.")
            return
        title = await self.app.push_screen_wait(TextScreen("Rename this chat", self._title()))
        if title is not None:
            await asyncio.to_thread(self.desk.rename, title)
            self.refresh_list()

    @work(group="flow")
    async def action_delete_chat(self) -> None:
        """Delete this chat for good."""
        if self.desk.chat.id is None or not self._is_free():
            return
        sure = await self.app.push_screen_wait(
            ConfirmScreen(
                "Delete this chat?",
                "Its messages are deleted for good. The record of what left stays.",
            )
        )
        if sure:
            await asyncio.to_thread(self.desk.delete)
            self.show_chat()

    @work(group="flow")
    async def action_recovery(self) -> None:
        """Make a recovery code and show it once."""
        try:
            code = await asyncio.to_thread(self.desk.new_recovery_code)
        except MaskwellError as error:
            self.complain(error)
            return
        await self.app.push_screen_wait(recovery_paper(code))
        self.show_state()
