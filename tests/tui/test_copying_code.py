"""Copying one code block of a reply: by key, from the palette, with the mouse, and truthfully."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from textual.selection import SELECT_ALL

from maskwell.machine.clipboard import Clipboard
from maskwell.tui.screens.chat import ChatScreen
from maskwell.tui.screens.choice import ChoiceScreen
from support.model_server import TOKEN, ModelServer

from .conftest import PROMPT, held, is_there

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from .conftest import Open, Stage

GREET = "def greet():\n    print('{name}')"
LIST = "ls -l\npwd"
COPIED = "The code block was copied (xclip)."


def two_blocks(prompt: str) -> list[str]:
    """Answer with code that has a name in it, and with more code."""
    name = TOKEN.findall(prompt)[0]
    greet = GREET.format(name=name)
    return [f"First:\n\n```python\n{greet}\n```\n\nThen:\n\n```sh\n{LIST}\n```\n\nGood luck."]


@asynccontextmanager
async def with_code(open_app: Open, vault: str) -> AsyncIterator[Stage]:
    """The chat after a reply with two code blocks."""
    with ModelServer(two_blocks) as server:
        async with open_app(passphrase=vault, config=server.config) as stage:
            await stage.sent(PROMPT)
            await stage.until(lambda: "Good luck." in stage.text)
            await stage.until(lambda: not stage.chat.flow.is_streaming)
            yield stage


@pytest.mark.parametrize(
    "keys", [("alt+y",), ("shift+tab", "y")], ids=["anywhere", "on the message"]
)
async def test_one_block_of_several_is_chosen_and_copied(
    open_app: Open, vault: str, board_file: Path, keys: tuple[str, ...]
) -> None:
    async with with_code(open_app, vault) as stage:
        await stage.press(*keys)
        await stage.on(ChoiceScreen)
        assert "def greet():   python, 2 lines" in stage.text
        await stage.press("enter")
        await stage.on(ChatScreen)
        await stage.until(lambda: COPIED in stage.told)

        assert held(board_file) == GREET.format(name="Marta Lindqvist")


async def test_a_click_on_its_head_copies_a_block(
    open_app: Open, vault: str, board_file: Path
) -> None:
    async with with_code(open_app, vault) as stage:
        body = stage.chat.thread.last_reply().body  # type: ignore[union-attr]  # there is one
        heads = [row for row, line in enumerate(body.lines(body.content_size.width)) if line.code]
        await stage.pilot.click(body, offset=(3, heads[1]))
        await stage.until(lambda: COPIED in stage.told)

        assert held(board_file) == LIST


async def test_what_is_copied_is_what_is_shown(
    open_app: Open, vault: str, board_file: Path
) -> None:
    async with with_code(open_app, vault) as stage:
        await stage.press("ctrl+t", "alt+y")
        await stage.on(ChoiceScreen)
        await stage.press("enter")
        await stage.until(lambda: COPIED in stage.told)

        assert "Lindqvist" not in held(board_file)
        assert TOKEN.search(held(board_file))


async def test_leaving_the_question_copies_nothing(
    open_app: Open, vault: str, board_file: Path
) -> None:
    async with with_code(open_app, vault) as stage:
        await stage.press("alt+y")
        await stage.on(ChoiceScreen)
        await stage.press("escape")
        await stage.on(ChatScreen)

        assert not is_there(board_file)


async def test_a_copy_that_failed_is_not_called_copied(open_app: Open, vault: str) -> None:
    async with with_code(open_app, vault) as stage:
        stage.app._board = Clipboard({"PATH": ""}, write_terminal=lambda _: False)
        await stage.press("alt+y")
        await stage.on(ChoiceScreen)
        await stage.press("enter")
        await stage.until(lambda: bool(stage.told))

        assert "Nothing was copied" in stage.told


async def test_a_reply_without_code_says_so(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.press("alt+y")

        await stage.until(lambda: "There is no code to copy yet." in stage.told)


async def test_the_head_is_no_part_of_a_selection(open_app: Open, vault: str) -> None:
    async with with_code(open_app, vault) as stage:
        body = stage.chat.thread.last_reply().body  # type: ignore[union-attr]  # there is one
        text, _ = body.get_selection(SELECT_ALL) or ("", "")

        assert f"Then:\n\n{LIST}\n\nGood luck." in text
