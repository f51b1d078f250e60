"""Settings and policies: a choice is saved at once, and seen at once on a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.policy import Reach
from maskwell.tui.screens.chat import ChatScreen
from maskwell.tui.screens.choice import ChoiceScreen, TextScreen
from maskwell.tui.screens.settings import SettingsScreen

if TYPE_CHECKING:
    import pytest

    from maskwell.paths import Home

    from .conftest import Open, Stage

CONFIG = "# mine\n[vault]\nauto_lock_minutes = 10  # long lunches\n"


async def settings_of(stage: Stage) -> SettingsScreen:
    await stage.press("alt+s")
    await stage.on(SettingsScreen)
    screen = stage.app.screen
    assert isinstance(screen, SettingsScreen)
    await stage.until(lambda: bool(screen.rows) and "[PERSON_1" in stage.text)
    return screen


def choose(screen: SettingsScreen, row_id: str) -> None:
    screen.query_one("KeyedList").highlighted = [row.id for row in screen.rows].index(row_id)  # type: ignore[attr-defined]


async def test_a_setting_is_saved_with_the_comments_kept_and_holds_at_once(
    open_app: Open, vault: str, home: Home
) -> None:
    async with open_app(passphrase=vault, config=CONFIG) as stage:
        screen = await settings_of(stage)
        choose(screen, "vault.auto_lock_minutes")
        await stage.press("enter")
        await stage.on(ChoiceScreen)
        await stage.press("n", "enter")
        await stage.on(SettingsScreen)
        await stage.until(lambda: "is saved in config.toml" in stage.told)

        assert stage.app.idle.seconds_left is None
        assert home.config.read_text() == CONFIG.replace("10  #", "0  #")
        await stage.until(lambda: "never locks by itself" in stage.text)


async def test_what_the_environment_overrides_is_said(
    open_app: Open, vault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASKWELL_REVIEW_WHEN", "always")
    async with open_app(passphrase=vault) as stage:
        screen = await settings_of(stage)
        choose(screen, "review.when")
        await stage.press("space")

        await stage.until(lambda: "MASKWELL_REVIEW_WHEN comes before it" in stage.told)


async def test_a_rule_is_changed_for_one_reach_and_the_sample_shows_it(
    open_app: Open, vault: str, home: Home
) -> None:
    async with open_app(passphrase=vault) as stage:
        screen = await settings_of(stage)
        assert screen.choosing.reach is Reach.REMOTE
        choose(screen, "type:PERSON")
        await stage.press("enter")
        await stage.on(ChoiceScreen)
        await stage.press("b", "enter")
        await stage.on(SettingsScreen)
        await stage.until(lambda: "Nothing of it would leave" in stage.text)
        assert (home.policies / "everyday.toml").is_file()
        await stage.press("d")
        await stage.until(lambda: "for this machine" in stage.text and "[PERSON_1" in stage.text)
        await stage.press("x")

        await stage.until(lambda: "as it was shipped" in stage.told)
        assert not (home.policies / "everyday.toml").exists()


async def test_a_look_is_used_at_once_and_own_words_can_be_tried(
    open_app: Open, vault: str, home: Home
) -> None:
    async with open_app(passphrase=vault) as stage:
        screen = await settings_of(stage)
        choose(screen, "ui.theme")
        await stage.press("space")
        await stage.until(lambda: stage.app.theme == "maskwell-light")
        await stage.press("e")
        await stage.on(TextScreen)
        await stage.fill("Ask Oskar Brandt about it.")
        await stage.on(SettingsScreen)
        await stage.until(lambda: "◆Oskar Brandt" in stage.text)
        await stage.press("escape")
        await stage.on(ChatScreen)

        assert 'theme = "maskwell-light"' in home.config.read_text()
        assert stage.app.desk.shield.vault.entities.list() == []
