"""Where a chat's prompts go: chosen, and looked for on this machine when asked."""

from __future__ import annotations

import asyncio

from textual import work

from maskwell.errors import MaskwellError
from maskwell.tui.desk import REACH_WORDS
from maskwell.tui.keys import key_of
from maskwell.tui.screens.chat_files import ChatFiles
from maskwell.tui.screens.choice import Choice, ChoiceScreen

__all__ = ["ChatPlaces"]

_LOOK, _ADD = "\n", "\t"
"""No destination can be called so."""


class ChatPlaces(ChatFiles):
    """The chat, with destinations to choose from."""

    @work(group="flow")
    async def action_choose_destination(self) -> None:
        """Ask where the next prompt should go; one just added by a command is there too."""
        try:
            await asyncio.to_thread(self.desk.reread)
        except MaskwellError as error:
            self.complain(error)
        destinations = self.desk.settings.destinations.values()
        choices = [Choice(one.name, one.name, REACH_WORDS[one.reach]) for one in destinations]
        choices.append(Choice(_LOOK, "Find a model on this machine…", "sends no text"))
        choices.append(Choice(_ADD, "Add a destination…", "by its address"))
        question = "Where should the next prompt go?"
        screen = ChoiceScreen(question, choices, self.desk.chat.destination)
        chosen = await self.app.push_screen_wait(screen)
        if chosen == _LOOK:
            chosen = await self._found_here()
        elif chosen == _ADD:
            chosen = await self._added()
        if chosen is not None:
            self.maskwell.use_destination(chosen)

    @work(group="flow")
    async def action_add_destination(self) -> None:
        """Ask for a destination and send the next prompts there."""
        added = await self._added()
        if added is not None:
            self.maskwell.use_destination(added)

    async def _added(self) -> str | None:
        """Ask for a destination; return its name once it is one."""
        from maskwell.tui.screens.place_form import PlaceForm  # noqa: PLC0415  # not at start

        return await self.app.push_screen_wait(PlaceForm(self.desk))

    async def _found_here(self) -> str | None:
        """Look for model servers on loopback; return the one chosen, now a destination."""
        self.progress("Looking for Ollama, llama.cpp and LM Studio on this machine…")
        found = await asyncio.to_thread(self.desk.servers_here)
        self.progress("")
        models = [(one, model) for one in found for model in one.models]
        if not models:
            self.notify(
                "No model server answers on this machine. One elsewhere is added with "
                f"{key_of('chat.add_destination', self.desk.settings.keys)}.",
                markup=False,
            )
            return None
        choices = [
            Choice(str(number), f"{one.name}: {model}")
            for number, (one, model) in enumerate(models)
        ]
        chosen = await self.app.push_screen_wait(ChoiceScreen("Which model?", choices))
        if chosen is None:
            return None
        try:
            return await asyncio.to_thread(self.desk.add_server, *models[int(chosen)])
        except MaskwellError as error:
            self.complain(error)
            return None
