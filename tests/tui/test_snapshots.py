"""Pictures of every screen, in three sizes and three looks; `--snapshot-update` renews them.

What differs from run to run is blanked: the check letters of tokens, times and dates. One app
is driven through all its screens for each size and look.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import pytest
from pytest_textual_snapshot import SVGImageExtension
from textual.widgets import Input, TextArea

from maskwell.config import load_settings
from maskwell.tui.app import MaskwellApp
from maskwell.tui.screens.chat import ChatScreen
from maskwell.tui.screens.create import CreateScreen
from maskwell.tui.screens.folder import FolderScreen
from maskwell.tui.screens.help import HelpScreen
from maskwell.tui.screens.privacy import PrivacyScreen
from maskwell.tui.screens.review import ReviewScreen
from maskwell.tui.screens.search import SearchScreen
from maskwell.tui.screens.settings import SettingsScreen
from maskwell.tui.screens.unlock import UnlockScreen
from maskwell.tui.screens.vault import VaultScreen
from maskwell.tui.screens.ways import WaysScreen
from support.model_server import TOKEN, ModelServer

from .conftest import Stage

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from maskwell.machine.clipboard import Clipboard
    from maskwell.paths import Home

PASSPHRASE = "seven-quiet-otters"
TAKES = [
    ((80, 24), "dark"),
    ((60, 20), "dark"),
    ((200, 50), "dark"),
    ((80, 24), "light"),
    ((80, 24), "contrast"),
]
MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
CHANGING = (
    (re.compile(r"(?<=_\d)[A-Z]{2}(?=[\]:&])"), "XX"),
    (re.compile(r"\d\d:\d\d\b"), "00:00"),
    (re.compile(r"(?<=locks&#160;in&#160;)\d:\d\d"), "0:00"),
    (
        re.compile(r"\b\d\d&#160;(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b"),
        "00&#160;Day",
    ),
    (re.compile(r"@font-face\s*\{.*?\}", re.DOTALL), ""),
    (re.compile(r"terminal-\d+"), "terminal"),
)


def answer(prompt: str) -> list[str]:
    """Answer with a heading, a list, a table and code, and one token nobody issued."""
    name, email = TOKEN.findall(prompt)[:2]
    reply = (
        f"# To {name}\n\nWe write to **{email}** and to [PERSON_99XX].\n\n- first\n- second\n\n"
        f"| who | what |\n|---|---|\n| {name} | a letter |\n\n```python\nprint('{name}')\n```\n"
    )
    return [reply]


def steady(svg: str) -> str:
    """A picture without what differs from run to run."""
    for pattern, blank in CHANGING:
        svg = pattern.sub(blank, svg)
    return svg


async def keep(stage: Stage, snapshot: SnapshotAssertion, name: str) -> None:
    stage.app.clear_notifications()
    for field in [*stage.app.screen.query(Input), *stage.app.screen.query(TextArea)]:
        field.cursor_blink = False
    await stage.pilot.pause(0.3)
    picture = steady(stage.app.export_screenshot(title="Maskwell", simplify=True))

    assert picture == snapshot(name=name)


async def journey(stage: Stage, snapshot: SnapshotAssertion) -> None:
    """From the first run to the lock, through every screen."""
    await stage.on(CreateScreen)
    await keep(stage, snapshot, "create")
    await stage.fill(PASSPHRASE, PASSPHRASE)
    await stage.on(ChatScreen)
    await stage.until(lambda: stage.app.is_warm)
    await keep(stage, snapshot, "empty")
    await stage.press("f9", "enter")
    await stage.on(ReviewScreen)
    await stage.until(lambda: stage.review.is_ready)
    await keep(stage, snapshot, "review")
    await stage.press("enter")
    await stage.on(ChatScreen)
    await stage.until(lambda: len(stage.app.desk.chat.turns) == 2)
    await stage.until(lambda: not stage.chat.flow.is_streaming)
    await stage.press("shift+tab", "G", "r")
    await keep(stage, snapshot, "chat")
    await stage.press("escape", "ctrl+t")
    await keep(stage, snapshot, "tokens")
    await stage.press("ctrl+t")
    await pages(stage, snapshot)
    await stage.press("ctrl+l")
    await stage.on(UnlockScreen)
    await keep(stage, snapshot, "unlock")


async def pages(stage: Stage, snapshot: SnapshotAssertion) -> None:
    """The screens beside the chat and over it."""
    for key, screen, name, word in (
        ("alt+v", VaultScreen, "vault", "Where it has been sent"),
        ("w", WaysScreen, "ways", "Argon2id"),
        ("alt+w", FolderScreen, "folder", "Nothing is being watched"),
        ("alt+p", PrivacyScreen, "privacy", "trail whole"),
        ("alt+s", SettingsScreen, "settings", "[PERSON_1"),
        ("ctrl+f", SearchScreen, "search", "Search all chats"),
        ("f1", HelpScreen, "help", "Keys"),
    ):
        if name == "search":
            await stage.press("escape")
            await stage.on(ChatScreen)
        await stage.press(key)
        await stage.on(screen)
        await stage.until(lambda wanted=word: wanted in stage.text)
        await keep(stage, snapshot, name)
        if name in {"ways", "search", "help"}:
            await stage.press("escape")
            await asyncio.sleep(0.05)


@pytest.mark.parametrize(("size", "look"), TAKES, ids=[f"{s[0]}x{s[1]}-{t}" for s, t in TAKES])
@pytest.mark.usefixtures("detector")
async def test_every_screen_looks_as_it_did(
    snapshot: SnapshotAssertion, home: Home, board: Clipboard, size: tuple[int, int], look: str
) -> None:
    pictures = snapshot.use_extension(SVGImageExtension)
    with ModelServer(answer) as server:
        home.make()
        home.config.write_text(f'{server.config}[ui]\ntheme = "maskwell-{look}"\n', "utf-8")
        app = MaskwellApp(home, load_settings(home), clipboard=board)
        async with app.run_test(size=size, notifications=True) as pilot:
            await journey(Stage(app, pilot), pictures)
