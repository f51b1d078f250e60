"""The auto-lock runs out in the middle of something; the lock screen tells nothing of it."""

from __future__ import annotations

import asyncio
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from maskwell import destinations
from maskwell.errors import DestinationError, VaultLocked
from maskwell.tui.idle import IdleClock
from maskwell.tui.screens.chat import ChatScreen
from maskwell.tui.screens.choice import ChoiceScreen
from maskwell.tui.screens.review import ReviewScreen
from maskwell.tui.screens.unlock import UnlockScreen
from maskwell.tui.screens.vault import VaultScreen
from support.model_server import ModelServer

from .conftest import PASSPHRASE, PROMPT, is_there

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from .conftest import Open, Stage

PRIVATE = ("Lindqvist", "marta@example.com", "4111", "[PERSON_", "letter.txt")


class Hours:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def pass_by(self) -> None:
        self.seconds += 3600


@asynccontextmanager
async def idle_app(
    open_app: Open, vault: str, config: str = ""
) -> AsyncIterator[tuple[Stage, Hours]]:
    hours = Hours()
    async with open_app(passphrase=vault, config=config) as stage:
        stage.app.idle = IdleClock(stage.app.desk.settings.vault.auto_lock_minutes, now=hours)
        yield stage, hours


async def is_locked_and_silent(stage: Stage) -> None:
    await stage.on(UnlockScreen)
    await stage.until(lambda: stage.app.desk.open_shield is None)
    await stage.pilot.pause(0.3)
    assert "Your vault is locked." in stage.text
    assert not stage.app._notifications
    for word in PRIVATE:
        assert word not in stage.text


async def unlocked(stage: Stage) -> None:
    await stage.fill(PASSPHRASE)
    await stage.on(ChatScreen)


async def test_a_review_nobody_looks_at_is_locked_away_with_nothing_sent(
    open_app: Open, vault: str, board_file: Path
) -> None:
    async with idle_app(open_app, vault) as (stage, hours):
        await stage.reviewed(PROMPT)
        await stage.press("t")
        await stage.on(ChoiceScreen)
        hours.pass_by()
        await is_locked_and_silent(stage)
        assert not is_there(board_file)
        await unlocked(stage)

        assert stage.chat.composer.text == PROMPT
        assert stage.app.desk.shield.vault.ledger.entries() == []


async def test_the_clock_may_ask_again_while_the_screens_still_go(
    open_app: Open, vault: str
) -> None:
    async with idle_app(open_app, vault) as (stage, hours):
        await stage.reviewed(PROMPT)
        await stage.press("t")
        await stage.on(ChoiceScreen)
        hours.pass_by()
        while stage.app.chat_screen is not None:
            stage.app._tick()
            await asyncio.sleep(0)
        await is_locked_and_silent(stage)
        await unlocked(stage)


async def test_a_list_of_chats_that_comes_after_the_lock_ends_nothing(
    open_app: Open, vault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with idle_app(open_app, vault) as (stage, hours):
        chat, desk, may_answer = stage.chat, stage.app.desk, threading.Event()
        entries = desk.entries()

        def slowly() -> object:
            may_answer.wait()
            return entries

        monkeypatch.setattr(desk, "entries", slowly)
        chat.refresh_list()
        await asyncio.sleep(0)
        hours.pass_by()
        while chat.query("ChatList > *"):  # noqa: ASYNC110  # at once when they are gone
            await asyncio.sleep(0)
        may_answer.set()
        await is_locked_and_silent(stage)
        await unlocked(stage)


async def test_locking_while_the_prompt_is_still_searched_sends_nothing(
    open_app: Open, vault: str, board_file: Path
) -> None:
    async with idle_app(open_app, vault) as (stage, _):
        await stage.write(PROMPT)
        await stage.press("ctrl+l")
        await is_locked_and_silent(stage)
        await unlocked(stage)

        assert stage.chat.composer.text == PROMPT
        assert not is_there(board_file)


async def test_locking_at_the_first_sight_of_the_review_ends_it(open_app: Open, vault: str) -> None:
    async with idle_app(open_app, vault) as (stage, _):
        await stage.write(PROMPT)
        await stage.on(ReviewScreen)
        await stage.press("space", "ctrl+l")
        await is_locked_and_silent(stage)
        await unlocked(stage)

        assert stage.app.is_running


async def test_a_reply_that_comes_in_is_waited_for_and_then_it_locks(
    open_app: Open, vault: str
) -> None:
    with ModelServer(lambda _: ["All is ", None, "well."]) as server:
        async with idle_app(open_app, vault, server.config) as (stage, hours):
            await stage.sent(PROMPT)
            await stage.until(lambda: "All is" in stage.text)
            hours.pass_by()
            await stage.pilot.pause(1.5)
            assert isinstance(stage.app.screen, ChatScreen)
            server.released.set()
            await is_locked_and_silent(stage)
            await unlocked(stage)

            await stage.until(lambda: "All is well." in stage.text)


async def test_locking_by_hand_stops_a_reply_and_keeps_what_came(
    open_app: Open, vault: str
) -> None:
    with ModelServer(lambda _: ["All is ", None, "well."]) as server:
        async with idle_app(open_app, vault, server.config) as (stage, _):
            await stage.sent(PROMPT)
            await stage.until(lambda: "All is" in stage.text)
            await stage.press("ctrl+l")
            await is_locked_and_silent(stage)
            await unlocked(stage)

            await stage.until(lambda: "Marta Lindqvist" in stage.text)
            assert "well." not in stage.text


async def test_locking_while_a_file_is_read_lets_go_of_it(
    open_app: Open, vault: str, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Marta Lindqvist wrote again.\n" * 100_000)
    async with idle_app(open_app, vault) as (stage, hours):
        stage.chat._take_along([letter])
        await stage.until(lambda: "letter.txt" in stage.text)
        hours.pass_by()
        await is_locked_and_silent(stage)
        await unlocked(stage)
        await stage.pilot.pause(1.0)

        assert stage.chat.attached == []
        assert "letter.txt" not in stage.text


async def test_the_screens_beside_the_chat_are_locked_away_too(open_app: Open, vault: str) -> None:
    async with idle_app(open_app, vault) as (stage, hours):
        stage.app.desk.shield.protect(PROMPT, scope="acme")
        await stage.press("alt+v")
        await stage.on(VaultScreen)
        await stage.until(lambda: "Lindqvist" in stage.text)
        hours.pass_by()
        await is_locked_and_silent(stage)

        assert len(stage.app.screen_stack) == 1


async def test_a_key_or_a_touch_of_the_mouse_begins_the_count_anew(
    open_app: Open, vault: str
) -> None:
    async with idle_app(open_app, vault) as (stage, hours):
        hours.seconds = 299
        await stage.press("a")
        hours.seconds = 500
        await stage.pilot.pause(1.5)
        assert isinstance(stage.app.screen, ChatScreen)
        await stage.pilot.hover("#composer")
        hours.seconds = 790
        await stage.pilot.pause(1.5)

        assert isinstance(stage.app.screen, ChatScreen)


@pytest.mark.parametrize("config", ["[vault]\nauto_lock_minutes = 0\n"])
async def test_it_never_locks_by_itself_when_that_is_wanted(
    open_app: Open, vault: str, config: str
) -> None:
    async with idle_app(open_app, vault, config) as (stage, hours):
        hours.pass_by()
        await stage.pilot.pause(1.5)

        assert isinstance(stage.app.screen, ChatScreen)


@pytest.mark.parametrize("reason", ["by hand", "idle"])
async def test_the_audit_trail_says_why_the_vault_was_locked(
    open_app: Open, vault: str, reason: str
) -> None:
    async with idle_app(open_app, vault) as (stage, hours):
        if reason == "idle":
            hours.pass_by()
        else:
            await stage.press("ctrl+l")
        await is_locked_and_silent(stage)
        await unlocked(stage)
        entries = stage.app.desk.shield.vault.audit.entries()

    assert next(one.subject for one in entries if one.event == "lock") == reason


async def test_the_agent_is_locked_too_when_the_vault_would_not_close(
    open_app: Open, vault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise DestinationError("The model does not end.")

    locked: list[bool] = []
    async with open_app(passphrase=vault) as stage:
        desk = stage.app.desk
        desk.locks_agent = True
        monkeypatch.setattr(desk, "lock_agent", lambda: locked.append(True))
        monkeypatch.setattr(destinations, "release", refuse)
        with pytest.raises(DestinationError):
            desk.lock()
        monkeypatch.undo()

    assert locked
    assert desk.open_shield is None


async def test_the_vault_is_closed_though_a_search_would_not_end(
    open_app: Open, vault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise RuntimeError

    async with open_app(passphrase=vault) as stage:
        desk = stage.app.desk
        shield = desk.shield
        monkeypatch.setattr(desk, "stop_reading", refuse)
        with pytest.raises(RuntimeError):
            desk.lock("by hand")
        monkeypatch.undo()

    assert desk.open_shield is None
    with pytest.raises(VaultLocked):
        shield.vault.scopes.all()
