"""The vault screen: what is known, where it was sent, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, OptionList

from maskwell.tui.screens.chat import ChatScreen
from maskwell.tui.screens.choice import ChoiceScreen, ConfirmScreen, TextScreen
from maskwell.tui.screens.paper import PaperScreen
from maskwell.tui.screens.passphrase import PassphraseScreen
from maskwell.tui.screens.unlock import UnlockScreen
from maskwell.tui.screens.vault import VaultScreen
from maskwell.tui.screens.ways import WaysScreen

if TYPE_CHECKING:
    from pathlib import Path

    from maskwell.paths import Home

    from .conftest import Open, Stage

PEOPLE = "Marta Lindqvist met Oskar Brandt; her card is 4111 1111 1111 1111."


async def vault_of(stage: Stage, text: str = PEOPLE) -> VaultScreen:
    """Teach the vault some people and open its screen."""
    stage.app.desk.shield.protect(text, scope=stage.app.desk.chat.scope)
    await stage.press("alt+v")
    await stage.on(VaultScreen)
    screen = stage.app.screen
    assert isinstance(screen, VaultScreen)
    await stage.until(lambda: bool(screen.found))
    return screen


async def choose(stage: Stage, screen: VaultScreen, value: str) -> None:
    places = [one.value for one in screen.found]
    screen.people.highlighted = places.index(value)
    await stage.until(lambda: value in stage.text and "Where it has been sent" in stage.text)


async def test_what_the_vault_knows_is_listed_with_guarded_values_as_dots(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        await vault_of(stage)

        assert "Marta Lindqvist" in stage.text
        assert "4111 1111" not in stage.text
        assert "CARD     ▪ ••••" in stage.text


async def test_a_guarded_value_is_shown_once_a_reason_is_on_record(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        screen = await vault_of(stage)
        await choose(stage, screen, "••••")
        await stage.press("r")
        await stage.on(TextScreen)
        await stage.fill("to refund the order")
        await stage.until(lambda: "4111 1111 1111 1111" in stage.text)

        [entry] = [
            one for one in stage.app.desk.shield.vault.audit.entries() if one.event == "reveal"
        ]
        assert entry.detail["purpose"] == "to refund the order"


async def test_where_someone_was_sent_is_told_from_the_ledger(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.sent("My name is Marta Lindqvist.")
        await stage.until(lambda: bool(stage.chat.flow.handed_over))
        await stage.press("alt+v")
        await stage.on(VaultScreen)

        await stage.until(lambda: "clipboard → the internet" in stage.text)
        assert "once, today" in stage.text


async def test_finding_narrows_the_list_and_escape_gives_it_back(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        screen = await vault_of(stage)
        await stage.press("slash", *"oskar")
        await stage.until(lambda: [one.value for one in screen.found] == ["Oskar Brandt"])
        await stage.press("escape")

        await stage.until(lambda: len(screen.found) == 3)
        await stage.press("escape")
        await stage.on(ChatScreen)


async def test_two_names_of_one_person_are_merged_and_split_again(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        screen = await vault_of(stage)
        await choose(stage, screen, "Marta Lindqvist")
        await stage.press("m")
        await stage.on(ChoiceScreen)
        await stage.press("enter")
        await stage.on(VaultScreen)
        await stage.until(lambda: "merged" in stage.text and len(screen.found) == 2)
        await stage.press("s")
        await stage.on(ChoiceScreen)
        await stage.press("enter")

        await stage.until(lambda: len(screen.found) == 3)


async def test_erasing_asks_shows_a_certificate_and_the_chat_forgets(
    open_app: Open, vault: str, tmp_path: Path
) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.sent("My name is Marta Lindqvist.")
        await stage.until(lambda: bool(stage.chat.flow.handed_over))
        await stage.press("alt+v")
        await stage.on(VaultScreen)
        await stage.until(lambda: "Where it has been sent" in stage.text)
        await stage.press("e")
        await stage.on(ConfirmScreen)
        await stage.press("y")
        await stage.on(PaperScreen)
        assert "Certificate of erasure 1" in stage.text
        assert "Lindqvist" not in stage.text.partition("It is erased")[2]
        await stage.press("s")
        await stage.on(TextScreen)
        await stage.fill(str(tmp_path / "certificate.txt"))
        await stage.until((tmp_path / "certificate.txt").exists)
        await stage.on(PaperScreen)
        await stage.press("escape", "escape")
        await stage.on(ChatScreen)

        await stage.until(lambda: "My name is [erased]" in stage.text)
        assert "Lindqvist" not in stage.text
        assert "Lindqvist" not in (tmp_path / "certificate.txt").read_text()


async def test_a_recovery_code_is_shown_once_and_opens_the_vault(
    open_app: Open, vault: str, home: Home
) -> None:
    async with open_app(passphrase=vault) as stage:
        await vault_of(stage)
        await stage.press("w")
        await stage.on(WaysScreen)
        await stage.press("r")
        await stage.on(PaperScreen)
        code = str(stage.app.screen._text)  # type: ignore[attr-defined]
        assert code[:11] in stage.text
        await stage.press("enter")
        await stage.on(WaysScreen)
        await stage.until(lambda: "Recovery code" in stage.text)
        await stage.press("escape", "ctrl+l")
        await stage.on(UnlockScreen)
        await stage.fill(code)

        await stage.on(ChatScreen)


async def test_a_new_passphrase_typed_ahead_twice_is_the_one_that_opens(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        await vault_of(stage)
        await stage.press("w")
        await stage.on(WaysScreen)
        await stage.press("p")
        await stage.on(PassphraseScreen)
        await stage.until(lambda: isinstance(stage.app.focused, Input))
        stage.burst("nine loud heron\x7fns\rnine loud herons\r")
        await stage.until(lambda: "new passphrase from now on" in stage.told)


async def test_the_passphrase_is_changed_when_both_fields_agree(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await vault_of(stage)
        await stage.press("w")
        await stage.on(WaysScreen)
        await stage.press("p")
        await stage.on(PassphraseScreen)
        await stage.fill("nine loud herons", "nine loud heron")
        again = stage.app.screen.query_one("#again", Input)
        await stage.until(lambda: again.has_focus and not again.value)
        assert "not the same" in stage.text
        again.value = "nine loud herons"
        await stage.until(lambda: "not the same" not in stage.text)
        await stage.press("enter")
        await stage.until(lambda: "new passphrase from now on" in stage.told)
        await stage.press("escape", "ctrl+l")
        await stage.on(UnlockScreen)
        await stage.fill("nine loud herons")

        await stage.on(ChatScreen)


async def test_the_last_way_in_cannot_be_taken_away(open_app: Open, vault: str) -> None:
    async with open_app(passphrase=vault) as stage:
        await vault_of(stage)
        await stage.press("w")
        await stage.on(WaysScreen)
        await stage.until(lambda: stage.app.screen.query_one(OptionList).option_count == 1)
        await stage.press("x")
        await stage.on(ConfirmScreen)
        await stage.press("y")

        await stage.until(lambda: "last slot" in stage.told)


async def test_a_backup_is_written_where_asked_and_the_vault_is_checked(
    open_app: Open, vault: str, tmp_path: Path
) -> None:
    async with open_app(passphrase=vault) as stage:
        await vault_of(stage)
        await stage.press("b")
        await stage.on(TextScreen)
        await stage.fill(str(tmp_path / "safe.backup"))
        await stage.until(lambda: "is whole" in stage.told)
        assert (tmp_path / "safe.backup").stat().st_size > 1000
        await stage.press("v")
        await stage.on(PaperScreen)

        assert "✓ Every page is as it was written." in stage.text
        assert "✓ The audit trail is whole" in stage.text


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 50)])
async def test_the_screen_fits(open_app: Open, vault: str, size: tuple[int, int]) -> None:
    async with open_app(passphrase=vault, size=size) as stage:
        await vault_of(stage)
        await stage.until(lambda: "Where it has been sent" in stage.text)

        assert "Esc back" in stage.text
        assert "locks in" in stage.text
