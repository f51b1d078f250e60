"""Carrying a prompt by hand: copied or shown, and the reply pasted back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.tui.screens.by_hand import ByHandScreen
from maskwell.tui.screens.chat import ChatScreen
from support.model_server import TOKEN

from .conftest import PROMPT, held

if TYPE_CHECKING:
    from pathlib import Path

    from maskwell.machine.clipboard import Clipboard

    from .conftest import Open


async def test_the_protected_prompt_is_copied_and_the_pasted_reply_restored(
    open_app: Open, vault: str, board_file: Path
) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.sent(PROMPT)
        await stage.until(lambda: "was copied (xclip)" in stage.text)
        token = TOKEN.findall(held(board_file))[0]
        await stage.write(f"Dear {token}, **hello**.")
        await stage.until(lambda: stage.chat.thread.last_reply() is not None)

        assert "Dear Marta Lindqvist, hello." in stage.text
        assert "✓ 1 value put back" in stage.text
        assert stage.chat.composer.text == ""
        [entry] = stage.app.desk.shield.vault.ledger.entries()
        assert (entry.outcome, entry.detail) == ("sent", "copied")


async def test_without_a_clipboard_the_text_is_shown_and_nobody_says_copied(
    open_app: Open, vault: str, no_board: Clipboard
) -> None:
    async with open_app(passphrase=vault) as stage:
        stage.app._board = no_board
        await stage.reviewed(PROMPT)
        shown = stage.review.protected
        assert shown is not None
        await stage.press("enter")
        await stage.on(ByHandScreen)

        assert "Nothing was copied" in stage.text
        assert shown.text in " ".join(stage.text.split())
        await stage.press("enter")
        await stage.on(ChatScreen)
        assert "prompt was copied" not in stage.text
        [entry] = stage.app.desk.shield.vault.ledger.entries()
        assert entry.detail == "shown for copying by hand"
        await stage.press("f5")
        await stage.on(ByHandScreen)


async def test_escape_gives_the_composer_back_to_prompts(
    open_app: Open, vault: str, board_file: Path
) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.sent(PROMPT)
        await stage.until(lambda: bool(stage.chat.flow.handed_over))
        await stage.press("escape")

        assert not stage.chat.flow.handed_over
        await stage.reviewed("and another thing")
