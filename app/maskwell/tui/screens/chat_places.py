"""Where a chat's prompts go: chosen, and looked for on this machine when asked."""

from __future__ import annotations

import asyncio

from textual import work

from maskwell.errors import MaskwellError
from maskwell.tui.desk import REACH_WORDS
from maskwell.tui.screens.chat_files import ChatFiles
from maskwell.tui.screens.choice import Choice, ChoiceScreen

__all__ = ["ChatPlaces"]

_LOOK = "\n"
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
        question = "Where should the next prompt go?"
        screen = ChoiceScreen(question, choices, self.desk.chat.destination)
        chosen = await self.app.push_screen_wait(screen)
        if chosen == _LOOK:
            chosen = await self._found_here()
        if chosen is not None:
            self.maskwell.use_destination(chosen)

    async def _found_here(self) -> str | None:
        """Look for model servers on loopback; return the one chosen, now a destination."""
        self.progress("Looking for Ollama, llama.cpp and LM Studio on this machine…")
        found = await asyncio.to_thread(self.desk.servers_here)
        self.progress("")
        models = [(one, model) for one in found for model in one.models]
        if not models:
            self.notify(
                "No model server answers on this machine. For one elsewhere: "
                "maskwell destination add --help.",
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
