"""The first screen makes the vault; every later one asks for its passphrase and tells nothing."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from maskwell.config import load_settings
from maskwell.shield import Shield
from maskwell.tui.desk import Desk
from maskwell.tui.screens.chat import ChatScreen
from maskwell.tui.screens.create import CreateScreen
from maskwell.tui.screens.unlock import UnlockScreen

if TYPE_CHECKING:
    from maskwell.paths import Home

    from .conftest import Open


async def test_the_first_run_makes_a_vault_and_opens_the_chat(open_app: Open, home: Home) -> None:
    async with open_app() as stage:
        await stage.on(CreateScreen)
        await stage.fill("seven-quiet-otters", "seven-quiet-otters")
        await stage.on(ChatScreen)

        assert home.header.exists()
        assert "Nothing has left this machine." in stage.text
        assert stage.app.focused is stage.chat.composer


async def test_two_different_passphrases_make_no_vault(open_app: Open, home: Home) -> None:
    async with open_app() as stage:
        await stage.fill("seven-quiet-otters", "seven-quiet-otter")
        await stage.until(lambda: stage.app.screen.query_one("#again", Input).has_focus)

        assert "The two are not the same" in stage.text
        assert not home.header.exists()


@pytest.mark.parametrize("end", ["\r", "\n"])
async def test_a_passphrase_typed_ahead_twice_makes_the_vault(open_app: Open, end: str) -> None:
    async with open_app() as stage:
        await stage.on(CreateScreen)
        await stage.until(lambda: stage.app.focused is not None)
        stage.burst(f"seven-quiet-otterz\x7fs{end}seven-quiet-otters{end}{end}and more")
        await stage.on(ChatScreen)
        await stage.press("ctrl+l")
        await stage.on(UnlockScreen)
        await stage.fill("seven-quiet-otters")

        await stage.on(ChatScreen)


async def test_two_different_passphrases_typed_ahead_are_told(open_app: Open, home: Home) -> None:
    async with open_app() as stage:
        await stage.on(CreateScreen)
        await stage.until(lambda: stage.app.focused is not None)
        stage.burst("seven-quiet-otters\rseven-quiet-otter\r")
        again = stage.app.screen.query_one("#again", Input)
        await stage.until(lambda: "The two are not the same" in stage.text)
        await stage.until(lambda: stage.app.focused is again)

        assert not again.value
        assert not home.header.exists()


async def test_what_is_typed_behind_the_passphrase_is_not_taken_for_a_part_of_it(
    open_app: Open, vault: str
) -> None:
    async with open_app() as stage:
        await stage.on(UnlockScreen)
        await stage.until(lambda: isinstance(stage.app.focused, Input))
        stage.burst(f"{vault}\rand\r\r")
        await stage.on(ChatScreen)


async def test_the_strength_is_shown_while_typing_and_the_passphrase_never(
    open_app: Open,
) -> None:
    async with open_app() as stage:
        await stage.press(*"passw")
        weak = stage.text
        stage.app.screen.query_one(
            "#passphrase", Input
        ).value = "harbour lantern violet kettle orbit fig"
        await stage.pilot.pause()
        strong = stage.text

        assert "weak" in weak
        assert "strong" in strong
        assert "harbour" not in strong


async def test_a_wrong_passphrase_is_told_in_one_sentence_and_can_be_retried(
    open_app: Open, vault: str
) -> None:
    async with open_app() as stage:
        await stage.on(UnlockScreen)
        await stage.fill("wrong")
        await stage.until(lambda: not stage.app.screen.query_one(Input).disabled)

        assert "! " in stage.text
        assert stage.app.screen.query_one(Input).value == ""
        await stage.fill(vault)
        await stage.on(ChatScreen)


async def test_a_given_passphrase_opens_the_vault_at_once(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        assert isinstance(stage.app.screen, ChatScreen)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (200, 50)])
async def test_the_first_screen_fits(open_app: Open, size: tuple[int, int]) -> None:
    async with open_app(size=size) as stage:
        await stage.on(CreateScreen)
        await stage.pilot.pause()

        assert "Choose a passphrase" in stage.text
        assert "The same again" in stage.text
        assert "Ctrl+Q quit" in stage.text


async def test_locking_leaves_nothing_private_on_the_screen_or_in_the_app(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.sent("My name is Marta Lindqvist; write to marta@example.com.")
        await stage.until(lambda: "Lindqvist" in stage.text)
        stage.chat.composer.load_text("a draft")
        await stage.press("ctrl+l")
        await stage.on(UnlockScreen)
        locked = stage.text

        assert "Lindqvist" not in locked
        assert "draft" not in locked
        assert stage.app._notifications.__len__() == 0
        await stage.fill(vault)
        await stage.on(ChatScreen)
        await stage.until(lambda: "Lindqvist" in stage.text)
        assert stage.chat.composer.text == "a draft"


@pytest.mark.sec
@pytest.mark.parametrize("is_there", [True, False], ids=["agent", "no agent"])
async def test_a_passphrase_typed_while_the_agent_is_asked_opens_no_second_vault(
    open_app: Open, vault: str, monkeypatch: pytest.MonkeyPatch, *, is_there: bool
) -> None:
    may_go_on = threading.Event()
    opened: list[Shield] = []
    begin = Shield.__init__

    def begin_told(self: Shield, *told: object, **named: object) -> None:
        begin(self, *told, **named)  # type: ignore[arg-type]
        opened.append(self)

    def answer_late(self: Desk) -> bool:
        assert may_go_on.wait(60)
        if is_there:
            self.open(vault)
        return is_there

    monkeypatch.setattr(Shield, "__init__", begin_told)
    monkeypatch.setattr(Desk, "has_agent", True)
    monkeypatch.setattr(Desk, "open_with_agent", answer_late)
    async with open_app() as stage:
        try:
            await stage.on(UnlockScreen)
            await stage.until(lambda: "Opening" in stage.text)
            await stage.until(lambda: isinstance(stage.app.focused, Input))
            stage.burst(f"{vault}\r")
            await stage.until(lambda: stage.app.screen.query_one(Input).value == vault)
            await stage.press("f1")
            await stage.until(lambda: not isinstance(stage.app.screen, UnlockScreen))
            await stage.press("escape")
            await stage.on(UnlockScreen)
            assert opened == []
        finally:
            may_go_on.set()
        await stage.on(ChatScreen)
        await stage.pilot.pause(0.2)
        assert len(opened) == 1
        await stage.press("ctrl+l")
        await stage.on(UnlockScreen)
        await stage.fill(vault)
        await stage.on(ChatScreen)


@pytest.mark.sec
def test_opening_again_closes_what_was_open(vault: str, home: Home) -> None:
    with Shield.open(home.root, vault) as opened:
        keys = [opened.vault.copy_key() for _ in range(2)]
    desk = Desk(home, load_settings(home), offline=False)
    shields = [Shield.open_unlocked(home, key, how="agent") for key in keys]

    for shield in shields:
        desk._use(shield)

    assert desk.shield is shields[1]
    assert [any(shield.vault._key.raw) for shield in shields] == [False, True]
    assert desk.shield.vault.scopes.ensure("default").name == "default"
    desk.close()
    assert not any(shields[1].vault._key.raw)
