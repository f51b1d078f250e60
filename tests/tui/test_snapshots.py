"""Pictures of every screen, in three sizes and three looks; `--snapshot-update` renews them.

What differs from run to run is blanked: the check letters of tokens, times and dates. One app
is driven through all its screens for each size and look.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_textual_snapshot import SVGImageExtension
from textual.widgets import Input, TextArea

from maskwell.config import load_settings
from maskwell.tui.app import MaskwellApp
from maskwell.tui.folder_desk import WatchWish
from maskwell.tui.screens.chat import ChatScreen
from maskwell.tui.screens.choice import ChoiceScreen
from maskwell.tui.screens.create import CreateScreen
from maskwell.tui.screens.folder import FolderScreen
from maskwell.tui.screens.help import HelpScreen
from maskwell.tui.screens.paper import PaperScreen
from maskwell.tui.screens.place_form import PlaceForm
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
SIZES = [(80, 24), (60, 20), (200, 50)]
TAKES = [(size, look) for look in ("dark", "light", "contrast") for size in SIZES]
MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
CHANGING = (
    # A number is passed over where its letters would read as a word or a unit, so it varies too.
    (re.compile(r"_\d[A-Z]{1,2}(?=[\]:&<])"), "_1XX"),
    (re.compile(r"(?<=>)[A-Z]{1,2}(?=\][.&<])"), "XX"),  # of a token that a dialog covers in part
    (re.compile(r"\d\d:\d\d\b"), "00:00"),
    (re.compile(r"(?<=locks&#160;in&#160;)\d:\d\d"), "0:00"),
    (re.compile(rf"\b\d\d&#160;(?:{MONTHS})\b"), "00&#160;Day"),
    (re.compile(r"(?<=00&#160;Day&#160;)\d{4}"), "0000"),
    (re.compile(r"watched-[a-z0-9_]{1,8}"), "watched"),
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


async def journey(stage: Stage, snapshot: SnapshotAssertion, folder: Path) -> None:
    """From the first run to the lock, through every screen."""
    await stage.on(CreateScreen)
    await keep(stage, snapshot, "create")
    for field in stage.app.screen.query(Input):
        field.value = PASSPHRASE
    await stage.press("enter", "enter")
    await stage.on(ChatScreen)
    await stage.until(lambda: stage.app.is_warm)
    await keep(stage, snapshot, "empty")
    await place(stage, snapshot)
    await stage.press("f9", "enter")
    await stage.on(ReviewScreen)
    await stage.until(lambda: stage.review.is_ready)
    await keep(stage, snapshot, "review")
    await stage.press("m")
    await keep(stage, snapshot, "marking")
    await stage.press("escape", "t")
    await stage.on(ChoiceScreen)
    await keep(stage, snapshot, "type")
    await stage.press("escape")
    await stage.on(ReviewScreen)
    await stage.press("enter")
    await stage.on(ChatScreen)
    await stage.until(lambda: len(stage.app.desk.chat.turns) == 2)
    await stage.until(lambda: not stage.chat.flow.is_streaming)
    await stage.press("shift+tab", "G", "r")
    await keep(stage, snapshot, "chat")
    await stage.press("escape", "ctrl+t")
    await keep(stage, snapshot, "tokens")
    await stage.press("ctrl+t", "ctrl+p")
    await stage.until(lambda: "What would you like" in stage.text and "Quit" in stage.text)
    await keep(stage, snapshot, "palette")
    await stage.press("escape")
    await stage.on(ChatScreen)
    await pages(stage, snapshot)
    await watched(stage, snapshot, folder)
    await stage.press("ctrl+l")
    await stage.on(UnlockScreen)
    await keep(stage, snapshot, "unlock")


async def place(stage: Stage, snapshot: SnapshotAssertion) -> None:
    """The form that adds a destination, with something wrong in it."""
    await stage.press("alt+g")
    await stage.on(PlaceForm)
    for field, value in zip(
        stage.app.screen.query(Input), ("office", "http://llm.example.com"), strict=False
    ):
        field.value = value
    await stage.press("enter", "enter")
    await stage.until(lambda: "a network you trust" in stage.text)
    await stage.press("shift+tab", "shift+tab")
    await keep(stage, snapshot, "place")
    await stage.press("escape")
    await stage.on(ChatScreen)


async def pages(stage: Stage, snapshot: SnapshotAssertion) -> None:
    """The screens beside the chat and over it."""
    for key, screen, name, word in (
        ("alt+v", VaultScreen, "vault", "Where it has been sent"),
        ("w", WaysScreen, "ways", "Argon2id"),
        ("alt+w", FolderScreen, "folder", "Nothing is being watched"),
        ("alt+p", PrivacyScreen, "privacy", "trail whole"),
        ("alt+s", SettingsScreen, "settings", "[PERSON_"),
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


async def watched(stage: Stage, snapshot: SnapshotAssertion, folder: Path) -> None:
    """The folder screen with one file made safe, one in quarantine, and a report."""
    folder.joinpath("in").mkdir()
    stage.app.desk.folder.start(WatchWish(str(folder / "in"), str(folder / "out"), "acme"))
    folder.joinpath("in", "letter.txt").write_text("Dear Marta Lindqvist, thank you.\n")
    await stage.press("alt+w")
    await stage.on(FolderScreen)
    await stage.until(lambda: "1 of 1 files" in stage.text)
    folder.joinpath("in", "scan.bin").write_bytes(b"\x00\x01")
    await stage.until(lambda: "2 of 2 files" in stage.text)
    await keep(stage, snapshot, "watched")
    await stage.press("o")
    await stage.on(PaperScreen)
    await keep(stage, snapshot, "reason")
    await stage.press("escape")
    await stage.on(FolderScreen)
    await stage.press("down", "o")
    await stage.on(PaperScreen)
    await keep(stage, snapshot, "report")
    await stage.press("escape")
    await stage.on(FolderScreen)
    await asyncio.to_thread(stage.app.desk.folder.stop)
    await stage.press("escape")
    await stage.on(ChatScreen)


@pytest.mark.parametrize(("size", "look"), TAKES, ids=[f"{s[0]}x{s[1]}-{t}" for s, t in TAKES])
@pytest.mark.usefixtures("detector")
async def test_every_screen_looks_as_it_did(
    snapshot: SnapshotAssertion,
    home: Home,
    board: Clipboard,
    size: tuple[int, int],
    look: str,
) -> None:
    pictures = snapshot.use_extension(SVGImageExtension)
    with ModelServer(answer) as server:
        home.make()
        home.config.write_text(f'{server.config}[ui]\ntheme = "maskwell-{look}"\n', "utf-8")
        app = MaskwellApp(home, load_settings(home), clipboard=board)
        async with app.run_test(size=size, notifications=True) as pilot:
            with tempfile.TemporaryDirectory(prefix="watched-") as folder:
                await journey(Stage(app, pilot), pictures, Path(folder))
