"""What the screens beside the chat write to the terminal when all they show is hostile."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from maskwell.entity_types import EntityType
from maskwell.tui.chat_list import KeyedList
from maskwell.tui.screens.chat import ChatScreen
from maskwell.tui.screens.choice import ChoiceScreen, ConfirmScreen, TextScreen
from maskwell.tui.screens.folder import FolderScreen
from maskwell.tui.screens.paper import PaperScreen
from maskwell.tui.screens.place_form import PlaceForm
from maskwell.tui.screens.privacy import PrivacyScreen
from maskwell.tui.screens.search import SearchScreen
from maskwell.tui.screens.settings import SettingsScreen
from maskwell.tui.screens.vault import VaultScreen
from maskwell.vault import Kept

from .test_folder_screen import watching
from .test_terminal_bytes import HARMFUL, hostile, written, written_by

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from maskwell.paths import Home

    from .conftest import Open, Stage

__all__ = ["written"]

pytestmark = pytest.mark.sec
SIGN = "evil"
"""Stands in every hostile text, so that a test can wait for it to be drawn."""


def storable(source: random.Random, count: int = 40) -> str:
    """Hostile text as a database, a settings file or a file's name can hold it."""
    text = hostile(source, count).encode("utf-8", "ignore").decode().replace("\0", "")
    return f"{SIGN} {text}"


def harmless(pieces: list[str]) -> None:
    shown = written_by(pieces)
    pieces.clear()
    assert HARMFUL.search(shown) is None, HARMFUL.findall(shown)[:5]


def fill_vault(stage: Stage, source: random.Random) -> None:
    """Put hostile people, titles, messages and purposes into the open vault."""
    vault, chat = stage.app.desk.shield.vault, stage.app.desk.chat
    scope = vault.scopes.ensure(chat.scope)
    for kind in (EntityType.PERSON, EntityType.TERM, EntityType.CARD):
        for number in range(901, 904):
            value = storable(source)
            vault.entities.add(scope, kind, value, value, number=number, check="CC")
    vault.guard.reveal(vault.entities.list()[0].entity_id, purpose=storable(source)[:200])
    for _ in range(5):
        kept = vault.history.start(
            scope=scope, title=Kept(storable(source)), destination="clipboard", policy="everyday"
        )
        vault.history.append(kept.id, "user", Kept(storable(source)))


async def look_at_vault(stage: Stage) -> None:
    await stage.press("alt+v")
    await stage.on(VaultScreen)
    await stage.until(lambda: SIGN in stage.text)
    await stage.press("down", "down", "down", "m")
    await stage.on(ChoiceScreen)
    await stage.press("escape")
    await stage.on(VaultScreen)
    await stage.press("e")
    await stage.on(ConfirmScreen)
    await stage.press("n")
    await stage.on(VaultScreen)
    await stage.press("escape")


async def look_at_privacy(stage: Stage) -> None:
    await stage.press("alt+p")
    await stage.on(PrivacyScreen)
    await stage.until(lambda: "trail whole" in stage.text)
    await stage.press("a")
    await stage.until(lambda: SIGN in stage.text)
    await stage.press("escape")


async def look_at_settings(stage: Stage) -> None:
    await stage.press("alt+s")
    await stage.on(SettingsScreen)
    await stage.until(lambda: "What would leave" in stage.text)
    await stage.press("e")
    await stage.on(TextScreen)
    await stage.fill(storable(random.Random(7)))
    await stage.on(SettingsScreen)
    await stage.until(lambda: SIGN in stage.text)
    await stage.press("escape")


async def look_at_search(stage: Stage) -> None:
    await stage.press("ctrl+f")
    await stage.on(SearchScreen)
    await stage.until(lambda: SIGN in stage.text)
    field = stage.app.screen.query_one(Input)
    field.value = SIGN
    await stage.pilot.pause(0.5)
    field.value = storable(random.Random(8))
    await stage.pilot.pause(0.5)
    await stage.press("escape")


async def look_at_titles(stage: Stage) -> None:
    """The list of chats, a chat opened from it, its title to be changed, the choice of policy."""
    [newest, *_] = stage.app.desk.entries()
    stage.chat._open(newest.id)
    await stage.until(lambda: len(stage.chat.thread.messages) == 1)
    await stage.press("f10")
    await stage.on(TextScreen)
    await stage.press("escape", "f8")
    await stage.until(lambda: "Which policy?" in stage.text and SIGN in stage.text)
    await stage.press("escape", "ctrl+p")
    await stage.pilot.pause(0.5)
    await stage.press("escape")


async def look_at_form(stage: Stage) -> None:
    """The form for destinations, with hostile lines in it, sent off."""
    await stage.press("alt+g")
    await stage.on(PlaceForm)
    for number, field in enumerate(stage.app.screen.query(Input)):
        field.value = storable(random.Random(number))
        field.focus()
        await stage.press("enter")
    await stage.until(lambda: SIGN in stage.text)
    await stage.press("escape")


LOOKS = [
    look_at_vault,
    look_at_privacy,
    look_at_settings,
    look_at_search,
    look_at_titles,
    look_at_form,
]


@pytest.mark.parametrize("look", LOOKS, ids=lambda one: one.__name__)
async def test_a_screen_beside_the_chat_is_harmless_esc_markup(
    open_app: Open,
    vault: str,
    home: Home,
    written: list[str],
    look: Callable[[Stage], Awaitable[None]],
) -> None:
    source = random.Random(look.__name__)
    home.policies.mkdir(exist_ok=True)
    title = json.dumps(storable(source))
    policy = f'title = {title}\ndefault = "token"\n'
    home.policies.joinpath("own.toml").write_text(policy, "utf-8")
    async with open_app(passphrase=vault, size=(120, 40)) as stage:
        fill_vault(stage, source)
        written.clear()
        await look(stage)
        await stage.on(ChatScreen)
        await stage.pilot.pause(0.2)

        assert len("".join(written)) > 1000
        harmless(written)


async def test_the_names_of_files_are_harmless_esc_markup(
    open_app: Open, vault: str, tmp_path: Path, written: list[str]
) -> None:
    name = "\x1b]52;c;aGk=\x07\x1b[2J\u202e\x9b[@click=app.quit]x[PERSON_7QX].txt"
    async with open_app(passphrase=vault, size=(120, 40)) as stage:
        folder, _ = await watching(stage, tmp_path)
        (folder / name).write_text("Marta Lindqvist called.")
        (folder / f"{name}.zzz").write_bytes(b"\x00\x01")
        await stage.until(lambda: "2 of 2 files" in stage.text)
        await stage.until(lambda: "1 made safe" in stage.text)
        page = stage.app.screen
        assert isinstance(page, FolderScreen)
        for state in ("done", "quarantined"):
            chosen = [one.state for one in page.recent].index(state)
            page.query_one(KeyedList).highlighted = chosen
            await stage.until(lambda state=state: page.chosen.state == state)
            await stage.press("o")
            await stage.on(PaperScreen)
            await stage.press("escape")
            await stage.on(FolderScreen)
        assert "[@click=app.quit]x[PERSON_7QX]" in stage.text
        await stage.press("escape")
        await stage.on(ChatScreen)
        (tmp_path / name).write_text("Oskar Brandt called.")
        stage.chat._take_along([tmp_path / name])
        await stage.until(lambda: "[PERSON_7QX].txt" in stage.text)
        await stage.press("alt+a")
        await stage.pilot.pause(0.5)
        await stage.press("escape")

        harmless(written)
