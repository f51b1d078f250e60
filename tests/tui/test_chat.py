"""Chatting: restored replies as they stream, kept when they break, found again later."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, OptionList

from maskwell.tui.screens.chat import ChatScreen
from maskwell.tui.screens.choice import ChoiceScreen, ConfirmScreen, TextScreen
from maskwell.tui.screens.search import SearchScreen
from maskwell.vault import Kept
from support.model_server import TOKEN, ModelServer

from .conftest import PROMPT, held

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from maskwell.paths import Home

    from .conftest import Open, Stage


def replies(stage: Stage) -> list[str]:
    return [m.body.marked.text for m in stage.chat.thread.messages if m.role == "assistant"]


async def answered(stage: Stage, prompt: str = PROMPT) -> None:
    """Send a prompt and wait for the whole reply."""
    before = len(replies(stage))
    await stage.sent(prompt)
    await stage.until(lambda: len(replies(stage)) > before and not stage.chat.flow.is_streaming)


async def test_a_reply_comes_back_with_the_real_values_and_a_receipt(
    open_app: Open, vault: str
) -> None:
    with ModelServer() as server:
        async with open_app(passphrase=vault, config=server.config) as stage:
            await answered(stage)

            [reply] = replies(stage)
            names = "Marta Lindqvist, marta@example.com, [CARD_1"
            assert reply.startswith(f"Dear {names}")
            assert reply.endswith("••••],\n\n**thank you** for writing.")
            assert "✓ 2 values put back" in stage.text
            assert "! 1 guarded" in stage.text
            assert "Lindqvist" not in server.received[0].body.decode()
            assert "● desk → this machine" in stage.text


async def test_values_are_marked_while_the_reply_still_streams(open_app: Open, vault: str) -> None:
    def halting(prompt: str) -> Iterable[str | None]:
        return [f"Dear {TOKEN.findall(prompt)[0]}, one moment", None, " please."]

    with ModelServer(halting) as server:  # type: ignore[arg-type]  # None waits
        async with open_app(passphrase=vault, config=server.config) as stage:
            await stage.sent(PROMPT)
            await stage.until(lambda: bool(replies(stage)) and "moment" in replies(stage)[0])
            view = stage.chat.thread.last_reply()
            assert view is not None

            marked = view.body.marked
            assert [marked.text[one.start : one.end] for one in marked.values] == [
                "Marta Lindqvist"
            ]
            assert stage.chat.flow.is_streaming
            stage.chat.composer.load_text("typing goes on")
            await stage.press("!")
            assert "!" in stage.chat.composer.text
            server.released.set()
            await stage.until(lambda: not stage.chat.flow.is_streaming)


async def test_escape_stops_a_reply_and_keeps_what_came(open_app: Open, vault: str) -> None:
    def endless(prompt: str) -> Iterable[str | None]:
        yield f"Dear {TOKEN.findall(prompt)[0]}, "
        for number in range(100_000):
            yield f"{number} "

    with ModelServer(endless) as server:  # type: ignore[arg-type]  # see there
        async with open_app(passphrase=vault, config=server.config) as stage:
            await stage.sent(PROMPT)
            await stage.until(lambda: bool(replies(stage)) and " 5 " in replies(stage)[0])
            await stage.press("escape")
            await stage.until(lambda: not stage.chat.flow.is_streaming)

            assert replies(stage)[0].startswith("Dear Marta Lindqvist, 0 1 2")
            assert "stopped early" in stage.text
            [conversation] = stage.app.desk.shield.vault.history.conversations()
            stored = stage.app.desk.shield.vault.history.messages(conversation.id)
            assert [(one.role, one.state) for one in stored] == [
                ("user", "complete"),
                ("assistant", "partial"),
            ]


async def test_an_unreachable_destination_is_told_and_the_prompt_can_be_sent_again(
    open_app: Open, vault: str
) -> None:
    with ModelServer() as server:
        config = server.config
    async with open_app(passphrase=vault, config=config) as stage:
        await stage.sent(PROMPT)
        await stage.until(lambda: "No reply came" in stage.text)

        assert "desk" in stage.told
        assert replies(stage) == []
        assert stage.chat.desk.chat.turns[-1].role == "user"
        with pytest.MonkeyPatch.context():
            await stage.press("ctrl+r")
            await stage.until(lambda: not stage.chat.flow.is_streaming)
        assert len([m for m in stage.chat.thread.messages if m.role == "user"]) == 1


async def test_tokens_can_be_shown_instead_of_values(open_app: Open, vault: str) -> None:
    with ModelServer() as server:
        async with open_app(passphrase=vault, config=server.config) as stage:
            await answered(stage)
            await stage.press("ctrl+t")
            tokens = stage.text
            await stage.press("ctrl+t")

            assert "Lindqvist" not in tokens.split("desk →")[0].split("Chats")[-1].replace(
                "My name is Marta Lindqvist", ""
            )
            assert TOKEN.search(tokens)
            assert "Marta Lindqvist" in stage.text


async def test_a_reply_cannot_act_on_the_screen(open_app: Open, vault: str) -> None:
    hostile = "\x1b]52;c;aGk=\x07 [@click=app.quit]x[/] [pay](http://evil.example) \x9b2J done"

    with ModelServer(lambda _: [hostile]) as server:
        async with open_app(passphrase=vault, config=server.config) as stage:
            await answered(stage)

            assert "[@click=app.quit]x[/] pay ⟨http://evil.example⟩" in stage.text
            assert "\x1b" not in stage.text
            assert "\x9b" not in stage.text


async def test_a_receipt_tells_what_was_left_and_opens(open_app: Open, vault: str) -> None:
    def mangled(prompt: str) -> Iterable[str]:
        token = TOKEN.findall(prompt)[0]
        return [f"{token.lower()} and [PERSON_99XX] at https://a.example/?u={token}"]

    with ModelServer(mangled) as server:
        async with open_app(passphrase=vault, config=server.config) as stage:
            await answered(stage)
            await stage.press("shift+tab")
            await stage.press("G", "r")

            assert "≈ 1 from a changed token" in stage.text
            assert "unknown, left as it is: [PERSON_99XX]" in stage.text
            assert "withheld, from a link or image: [PERSON_" in stage.text


async def test_chats_are_listed_searched_by_real_values_and_resumed(
    open_app: Open, vault: str
) -> None:
    with ModelServer() as server:
        async with open_app(passphrase=vault, config=server.config) as stage:
            await answered(stage)
            await stage.press("ctrl+n")
            await stage.until(lambda: "Nothing has left" in stage.text)
            await answered(stage, "what is the capital of France?")
            await stage.press("ctrl+f")
            await stage.on(SearchScreen)
            stage.app.screen.query_one(Input).value = "lindqvist card"
            found = stage.app.screen.query_one(OptionList)
            await stage.until(lambda: found.option_count == 1)
            await stage.press("enter")
            await stage.on(ChatScreen)
            await stage.until(lambda: "Dear Marta Lindqvist" in stage.text)

            assert stage.chat.composer.has_focus
            await answered(stage, "Thanks. Tell Marta Lindqvist she is welcome.")
            first, last = (TOKEN.findall(server.prompts[n])[0] for n in (0, -1))
            assert first == last


async def test_a_chat_is_renamed_and_really_deleted(open_app: Open, vault: str) -> None:
    with ModelServer() as server:
        async with open_app(passphrase=vault, config=server.config) as stage:
            await answered(stage)
            history = stage.app.desk.shield.vault.history
            await stage.press("f10")
            await stage.on(TextScreen)
            await stage.fill("About marta@example.com")
            await stage.on(ChatScreen)
            await stage.until(lambda: "About marta@example.com" in stage.text)
            assert "marta@" not in history.conversations()[0].title.text
            await stage.press("f12")
            await stage.on(ConfirmScreen)
            await stage.press("y")
            await stage.on(ChatScreen)
            await stage.until(lambda: "Nothing has left" in stage.text)

            assert history.conversations() == []
            assert "Lindqvist" not in stage.text


async def test_a_temporary_chat_leaves_no_history(open_app: Open, vault: str) -> None:
    with ModelServer() as server:
        async with open_app(passphrase=vault, config=server.config) as stage:
            await stage.press("f4")
            await stage.until(lambda: "leaves no history" in stage.text)
            await answered(stage)

            assert stage.app.desk.shield.vault.history.conversations() == []


async def test_copying_a_reply_is_true_and_takes_what_is_private_back(
    open_app: Open, vault: str, board_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maskwell.tui.clipboard_app.CLEAR_AFTER_S", 1.5)
    with ModelServer() as server:
        async with open_app(passphrase=vault, config=server.config) as stage:
            await answered(stage)
            await stage.press("f3")
            await stage.until(lambda: "The reply was copied (xclip)." in stage.told)
            assert "Dear Marta Lindqvist" in held(board_file)
            await stage.until(lambda: held(board_file) == "")


async def test_the_destination_and_the_policy_can_be_changed_in_the_chat(
    open_app: Open, vault: str
) -> None:
    with ModelServer() as server:
        async with open_app(passphrase=vault, config=server.config) as stage:
            await stage.press("ctrl+g")
            await stage.on(ChoiceScreen)
            await stage.press("c", "enter")
            await stage.on(ChatScreen)
            await stage.until(lambda: "○ clipboard → the internet" in stage.text)
            await stage.press("f8")
            await stage.on(ChoiceScreen)
            await stage.press("s", "s", "enter")
            await stage.on(ChatScreen)
            await stage.until(lambda: "policy strict" in stage.text)


async def test_the_palette_changes_the_look_and_keeps_it(
    open_app: Open, vault: str, home: Home
) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.press("ctrl+p", *"look: light")
        await stage.until(lambda: "Look: light" in stage.text)
        await stage.press("enter")
        await stage.until(lambda: stage.app.theme == "maskwell-light")

        assert 'theme = "maskwell-light"' in home.config.read_text()


async def test_keys_can_be_rebound_by_their_ids(open_app: Open, vault: str) -> None:
    config = '[keys]\n"chat.search" = "f5"\n"composer.send" = "ctrl+s"\n"nope" = "x"\n'
    async with open_app(passphrase=vault, config=config) as stage:
        assert "names no action" in stage.told
        stage.chat.composer.load_text("hello")
        await stage.press("f5")
        await stage.on(SearchScreen)
        await stage.press("escape")
        await stage.press("ctrl+s")
        await stage.until(lambda: "Exactly this text will leave." in stage.text)


async def test_ctrl_j_makes_a_new_line_and_enter_does_not(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.press("a", "ctrl+j", "b", "shift+enter", "c")

        assert stage.chat.composer.text == "a\nb\nc"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
async def test_the_chat_fits(open_app: Open, vault: str, size: tuple[int, int]) -> None:
    with ModelServer() as server:
        async with open_app(passphrase=vault, config=server.config, size=size) as stage:
            await answered(stage)

            assert stage.chat.composer.region.bottom == size[1] - 1
            assert stage.chat.thread.region.height >= size[1] // 2
            assert "desk → this machine" in stage.text
            assert ("Chats" in stage.text) is (size[0] >= 110)


async def test_a_long_chat_opens_at_its_end_and_loads_the_rest_when_it_is_wanted(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        store = stage.app.desk.shield.vault
        with store.transaction():
            scope = store.scopes.ensure("long")
            chat = store.history.start(
                scope=scope, title=Kept("Long"), destination="clipboard", policy="everyday"
            )
            for number in range(100):
                store.history.append(chat.id, "user", Kept(f"question {number}"))
        stage.chat._open(chat.id)
        await stage.until(lambda: "question 99" in stage.text)
        thread = stage.chat.thread
        assert len(thread.messages) < 50
        await stage.press("shift+tab", "g")
        await stage.until(lambda: "question 0" in stage.text)
        assert thread.messages[0].has_focus
        assert len(thread.messages) < 50
        await stage.press("G")
        await stage.until(lambda: "question 99" in stage.text)
        assert thread.messages[-1].has_focus


async def test_a_long_chat_is_scrolled_through_with_only_a_window_of_it_mounted(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        store = stage.app.desk.shield.vault
        with store.transaction():
            scope = store.scopes.ensure("long")
            chat = store.history.start(
                scope=scope, title=Kept("Long"), destination="clipboard", policy="everyday"
            )
            for number in range(100):
                rows = "\n\n".join(["a row"] * (number % 4))
                store.history.append(chat.id, "user", Kept(f"question {number}.\n{rows}"))
        stage.chat._open(chat.id)
        await stage.until(lambda: "question 99." in stage.text)
        thread = stage.chat.thread
        seen = set[int]()

        async def scrolled(by: int, goal: str) -> None:
            while goal not in stage.text:
                before = [int(one) for one in re.findall(r"question (\d+)\.", stage.text)]
                thread.scroll_relative(y=by, animate=False)
                await stage.pilot.pause()
                now = [int(one) for one in re.findall(r"question (\d+)\.", stage.text)]
                assert now == list(range(now[0], now[-1] + 1))
                assert set(before) & set(now), "it jumped"
                assert len(thread.messages) <= 70
                seen.update(before, now)

        await scrolled(-9, "question 0.")
        assert seen == set(range(100))
        seen.clear()
        await scrolled(9, "question 99.")
        assert seen == set(range(100))


async def test_a_receipt_opens_when_it_is_clicked(open_app: Open, vault: str) -> None:
    with ModelServer(lambda _: ["hello [PERSON_99XX]"]) as server:
        async with open_app(passphrase=vault, config=server.config) as stage:
            await answered(stage)
            await stage.pilot.click(".message--reply .message-receipt")
            await stage.until(lambda: "unknown, left as it is: [PERSON_99XX]" in stage.text)


async def test_quitting_does_not_wait_for_a_silent_server(open_app: Open, vault: str) -> None:
    with ModelServer(lambda _: ["one", None]) as server:  # type: ignore[list-item]  # None waits
        async with open_app(passphrase=vault, config=server.config) as stage:
            await stage.sent(PROMPT)
            await stage.until(lambda: bool(replies(stage)) and "one" in replies(stage)[0])
            await stage.press("ctrl+q")
            await stage.until(lambda: not stage.app.is_running)


async def test_what_is_selected_is_copied_with_the_same_honesty(
    open_app: Open, vault: str, board_file: Path
) -> None:
    async with open_app(passphrase=vault) as stage:
        stage.chat.composer.load_text("one two")
        stage.chat.composer.select_all()
        await stage.press("ctrl+c")
        await stage.until(lambda: "The selection was copied (xclip)." in stage.told)

        assert held(board_file) == "one two"
