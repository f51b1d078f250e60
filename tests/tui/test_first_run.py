"""The first run: a passphrase, its strength, and the further ways into the vault."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from keyring.backends import null
from textual.widgets import Input

from maskwell.config import load_settings
from maskwell.tui.app import MaskwellApp
from maskwell.tui.screens.chat import ChatScreen
from maskwell.tui.screens.create import CreateScreen
from maskwell.tui.screens.paper import PaperScreen
from maskwell.tui.screens.unlock import UnlockScreen

from .conftest import PASSPHRASE, Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from maskwell.machine.clipboard import Clipboard
    from maskwell.paths import Home

KEYRING = "Let this system's keyring open it too"
CODE = re.compile(r"(?:[0-9A-Z]{5}-){7}[0-9A-Z]{5}")


class Kept:
    """A keyring that keeps what it is given, for as long as the test."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Keyring(Kept):
    """One that passes for a desktop's."""

    __module__ = "keyring.backends.SecretService"


@pytest.fixture
def ring() -> Keyring:
    return Keyring()


@asynccontextmanager
async def first_run(home: Home, board: Clipboard, keyring: object) -> AsyncIterator[Stage]:
    app = MaskwellApp(home, load_settings(home), clipboard=board)
    app.desk.keyring = keyring  # type: ignore[assignment]  # refused ones are no keyrings
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        stage = Stage(app, pilot)
        await stage.on(CreateScreen)
        yield stage


async def answer(stage: Stage) -> None:
    """Give the passphrase twice, without ending."""
    for field in stage.app.screen.query(Input):
        field.value = PASSPHRASE
    await stage.pilot.pause(0.2)


@pytest.mark.usefixtures("detector")
async def test_a_recovery_code_is_made_when_it_is_ticked_and_opens_the_vault(
    home: Home, board: Clipboard
) -> None:
    async with first_run(home, board, null.Keyring()) as stage:
        await answer(stage)
        await stage.press("tab", "tab", "space")
        assert "[x] Make a recovery code too" in stage.text
        await stage.press("enter")
        await stage.on(PaperScreen)
        [code] = CODE.findall(stage.text)
        assert "s save" in stage.text
        await stage.press("enter")
        await stage.on(ChatScreen)
        assert "Nobody can reset" not in stage.text
        await stage.press("ctrl+l")
        await stage.on(UnlockScreen)
        assert code not in stage.text
        await stage.fill(code)
        await stage.on(ChatScreen)


@pytest.mark.sec
@pytest.mark.usefixtures("detector")
async def test_the_vault_locks_itself_while_the_recovery_code_is_on_the_screen(
    home: Home, board: Clipboard
) -> None:
    async with first_run(home, board, null.Keyring()) as stage:
        await answer(stage)
        await stage.press("tab", "tab", "space", "enter")
        await stage.on(PaperScreen)
        [code] = CODE.findall(stage.text)
        stage.app.idle._touched -= 10**6
        await stage.on(UnlockScreen)

        assert code not in stage.text


@pytest.mark.usefixtures("detector")
async def test_the_keyring_opens_the_vault_when_it_is_ticked(
    home: Home, board: Clipboard, ring: Keyring
) -> None:
    async with first_run(home, board, ring) as stage:
        await stage.until(lambda: KEYRING in stage.text)
        await answer(stage)
        await stage.pilot.click("#keyring")
        await stage.press("enter")
        await stage.on(ChatScreen)
        assert len(ring.kept) >= 1
        await stage.press("ctrl+l")
        await stage.on(UnlockScreen)
        await stage.press("f6")
        await stage.on(ChatScreen)


@pytest.mark.sec
@pytest.mark.usefixtures("detector")
@pytest.mark.parametrize("refused", [null.Keyring(), Kept()], ids=["null", "unknown"])
async def test_a_refused_keyring_is_never_offered_keyring(
    home: Home, board: Clipboard, refused: object
) -> None:
    async with first_run(home, board, refused) as stage:
        await answer(stage)
        await stage.press("enter", "enter")
        await stage.on(ChatScreen)
        await stage.press("alt+v")
        await stage.until(lambda: "Find a name" in stage.text)
        await stage.press("w")
        await stage.until(lambda: "Ways into the vault" in stage.text)
        await stage.pilot.pause(0.5)

        assert not stage.app.desk.offers_keyring()
        assert "keyring" not in stage.text


@pytest.mark.usefixtures("detector")
async def test_a_keyring_that_refuses_leaves_a_vault_that_opens(
    home: Home, board: Clipboard, ring: Keyring
) -> None:
    async with first_run(home, board, ring) as stage:
        ring.get_password = lambda *_: None  # type: ignore[method-assign]  # it forgets at once
        await stage.until(lambda: KEYRING in stage.text)
        await answer(stage)
        await stage.pilot.click("#keyring")
        await stage.press("enter")
        await stage.on(ChatScreen)

        assert "did not keep what was stored" in stage.told
        assert not stage.app.desk.has_keyring


async def test_strength_is_shown_while_the_passphrase_is_typed(
    home: Home, board: Clipboard
) -> None:
    async with first_run(home, board, null.Keyring()) as stage:
        assert "○○○○" in stage.text
        stage.app.screen.query(Input).first().value = "harbour lantern violet kettle orbit"

        await stage.until(lambda: "●●●○ good" in stage.text)


@pytest.mark.sec
@pytest.mark.usefixtures("detector")
async def test_a_vault_that_cannot_take_the_keyring_leaves_nothing_in_it(
    home: Home, board: Clipboard, ring: Keyring
) -> None:
    async with first_run(home, board, ring) as stage:

        def writable(*, is_so: bool) -> None:
            database = stage.app.desk.shield.vault._database
            database._connection.execute(f"PRAGMA query_only = {'OFF' if is_so else 'ON'}")

        def put(service: str, username: str, password: str) -> None:
            ring.kept[service, username] = password
            writable(is_so=False)

        def delete(service: str, username: str) -> None:
            del ring.kept[service, username]
            writable(is_so=True)

        ring.set_password = put  # type: ignore[method-assign]
        ring.delete_password = delete  # type: ignore[method-assign]
        await stage.until(lambda: KEYRING in stage.text)
        await answer(stage)
        await stage.pilot.click("#keyring")
        await stage.press("enter")
        await stage.on(ChatScreen)

        assert "opens the vault too" not in stage.told
        assert ring.kept == {}
        assert not stage.app.desk.has_keyring
