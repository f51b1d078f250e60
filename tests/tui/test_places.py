"""Choosing where prompts go: what was set up, and what answers on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.tui.screens.chat import ChatScreen
from maskwell.tui.screens.choice import ChoiceScreen
from support.model_server import ModelServer

from .conftest import PROMPT

if TYPE_CHECKING:
    from .conftest import Open


async def test_a_model_on_this_machine_is_found_chosen_and_answers(
    open_app: Open, vault: str
) -> None:
    with ModelServer() as server:
        async with open_app(passphrase=vault) as stage:
            stage.app.desk.ports = {"ollama": server.port}
            await stage.press("ctrl+g")
            await stage.on(ChoiceScreen)
            await stage.press("f", "enter")
            await stage.until(lambda: "Which model?" in stage.text)
            assert "ollama: small" in stage.text
            await stage.press("enter")
            await stage.until(lambda: "ollama → this machine" in stage.text)
            await stage.sent(PROMPT)

            await stage.until(lambda: "values put back" in stage.text)


async def test_no_model_on_this_machine_says_so(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        stage.app.desk.ports = {"ollama": 9}
        await stage.press("ctrl+g")
        await stage.on(ChoiceScreen)
        await stage.press("f", "enter")
        await stage.on(ChatScreen)

        await stage.until(lambda: "No model server answers" in stage.told)


async def test_what_of_a_long_chat_was_not_sent_is_told(open_app: Open, vault: str) -> None:
    with ModelServer(lambda _: ["word " * 400]) as server:
        config = f"{server.config}context = 512\n"
        async with open_app(passphrase=vault, config=config) as stage:
            await stage.sent("a first prompt")
            await stage.until(lambda: len(stage.app.desk.chat.turns) == 2)
            await stage.until(lambda: not stage.chat.flow.is_streaming)
            await stage.sent("and another one")

            await stage.until(lambda: "not sent along" in " ".join(stage.text.split()))
            assert "first 2 messages were" in " ".join(stage.text.split())
