"""What every screen writes to the terminal, byte by byte, when the text is hostile."""

from __future__ import annotations

import asyncio
import random
import re
from typing import TYPE_CHECKING

import pytest
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver

from maskwell.text.folding import DEFAULT_IGNORABLE
from maskwell.tui.chat_list import ChatList
from maskwell.tui.desk import ChatEntry
from maskwell.tui.screens.review import ReviewScreen
from maskwell.tui.turns import ShownTurn
from maskwell.tui.values import MarkedText, Value

if TYPE_CHECKING:
    from textual.screen import Screen

    from maskwell.tui.app import MaskwellApp

    from .conftest import Open, Stage

OURS = re.compile(r"\x1b\[[0-9;]*[mH]|\x1b\]22;[a-z]+\x07")
"""The sequences that the app itself draws with: colours, places, the mouse pointer's look."""
HARMFUL = re.compile(
    f"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{DEFAULT_IGNORABLE}]"
)
PIECES = (
    "\x1b]52;c;aGVsbG8=\x07",
    "\x1b]0;title\x07",
    "\x1b]8;;http://e.example\x1b\\",
    "\x1b]8;;\x1b\\",
    "\x1b[2J",
    "\x1b[31337m",
    "\x1b[6n",
    "\x1bc",
    "\x1bPq#0\x1b\\",
    "\x9b2J",
    "\x9d52;c;aGk=\x9c",
    "\x07",
    "\x08\x08",
    "\x00",
    "\x7f",
    "\x85",
    "\u2028",
    "\u202e",
    "\u2066",
    "\u2069",
    "\u200b",
    "\u200f",
    "\u00ad",
    "\u3164",
    "\ufeff",
    "\U000e0041\U000e0062",
    "\ufe0f",
    "\ud800",
    "\udfff",
    "[PERSON_7QX]",
    "[@click=app.quit]x[/]",
    "[/x]",
    "[red]",
    "**",
    "`",
    "# ",
    "| a |",
    "> ",
    "- ",
    "<b>",
    "![x](http://e.example)",
    "[x](javascript:1)",
    "\t",
    "\n",
    " ",
    "word",
    "é",
    "漢字",
    "🙂",
    "\U00100000",
    "\U0010fffd",
    "\\",
    "&#27;",
    "&lt;",
)


def hostile(source: random.Random, count: int) -> str:
    return "".join(source.choices(PIECES, k=count))


def written_by(pieces: list[str]) -> str:
    """Return what was written without the app's own sequences."""
    return OURS.sub("", "".join(pieces))


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All that is drawn, as the terminal would get it: a headless app stops short of that."""
    pieces: list[str] = []
    display = App._display

    def keep(app: MaskwellApp, screen: Screen[object], update: object) -> None:
        if isinstance(update, CompositorUpdate):
            pieces.append(update.render_segments(app.console))
        display(app, screen, update)

    monkeypatch.setattr(App, "_display", keep)
    monkeypatch.setattr(HeadlessDriver, "write", lambda _, data: pieces.append(data))
    return pieces


async def show_everywhere(stage: Stage, text: str) -> None:
    """Put one text into every place of the chat that shows text from outside."""
    chat = stage.chat
    chat.composer.load_text(text)
    values = (Value(0, min(len(text), 5), "[TERM_1CC]"),)
    await chat.thread.show(
        [
            ShownTurn("user", text, MarkedText(text, values)),
            ShownTurn("assistant", text, MarkedText(text, values)),
        ],
        lambda turn: turn,
    )
    chat.query_one(ChatList).show([ChatEntry(1, text, text, text, text)], 1)
    chat.show_state(text)
    chat.progress(text)
    stage.app.clear_notifications()
    stage.app.notify(text, markup=False)
    await asyncio.sleep(0.05)


async def fuzz(stage: Stage, written: list[str], strings: int, seed: int) -> None:
    source = random.Random(seed)
    for number in range(0, strings, 10):
        written.clear()
        await show_everywhere(stage, "\n".join(hostile(source, 6) for _ in range(10)))
        await stage.until(lambda: len("".join(written)) > 1000)
        shown = written_by(written)
        assert HARMFUL.search(shown) is None, (number, HARMFUL.findall(shown)[:5])


@pytest.mark.sec
async def test_hostile_text_reaches_the_terminal_harmless_esc(
    open_app: Open, vault: str, written: list[str]
) -> None:
    async with open_app(passphrase=vault) as stage:
        await fuzz(stage, written, strings=200, seed=1)


@pytest.mark.sec
@pytest.mark.full
async def test_ten_thousand_hostile_strings_reach_the_terminal_harmless_esc(
    open_app: Open, vault: str, written: list[str]
) -> None:
    async with open_app(passphrase=vault) as stage:
        await fuzz(stage, written, strings=10_000, seed=2)


@pytest.mark.sec
async def test_a_hostile_prompt_is_reviewed_harmlessly_esc(
    open_app: Open, vault: str, written: list[str]
) -> None:
    async with open_app(passphrase=vault) as stage:
        for seed in range(3):
            written.clear()
            text = f"My name is Marta Lindqvist. {hostile(random.Random(seed), 60)}"
            await stage.write(text)
            await stage.on(ReviewScreen)
            await stage.until(lambda: stage.review.is_ready)
            await stage.press("tab", "m", "escape", "escape")

            assert HARMFUL.search(written_by(written)) is None


@pytest.mark.sec
async def test_markup_in_a_title_or_message_is_shown_verbatim_markup(
    open_app: Open, vault: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        await show_everywhere(stage, "[PERSON_7QX] [/x] [@click=app.quit]q[/]")

        await stage.until(lambda: stage.text.count("[PERSON_7QX] [/x] [@click=app.quit]q[/]") >= 4)
