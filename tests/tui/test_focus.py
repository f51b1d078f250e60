"""Where the keys go is seen without colour: a bar before one line, and nothing else moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from maskwell.tui.screens.create import CreateScreen
from maskwell.tui.screens.folder import FolderScreen
from maskwell.tui.screens.place_form import PlaceForm
from maskwell.tui.screens.watch_form import WatchForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .conftest import Open, Stage

BAR = "▌"


def marked(stage: Stage) -> list[int]:
    """The rows with a bar."""
    return [row for row, line in enumerate(stage.text.splitlines()) if BAR in line]


async def walk(stage: Stage, count: int) -> None:
    """Tab through a form: each stop is marked, alone, and the words stay where they are."""
    await stage.until(lambda: bool(marked(stage)))
    words = stage.text.replace(BAR, " ")
    stops = set()
    for _ in range(count):
        before = stage.app.focused
        await stage.press("tab")
        await stage.until(lambda before=before: stage.app.focused is not before)
        focused = stage.app.focused
        assert focused is not None
        await stage.until(lambda row=focused.region.y: marked(stage) == [row])
        assert stage.text.replace(BAR, " ") == words
        stops.add(focused.region.y)

    assert len(stops) == count


@pytest.fixture(params=["maskwell-dark", "maskwell-contrast"])
def look(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Settings of a look, in a terminal that shows no colours."""
    monkeypatch.setenv("NO_COLOR", "1")
    return f'[ui]\ntheme = "{request.param}"\n'


@pytest.mark.parametrize(
    ("steps", "count"),
    [
        ([("alt+g", PlaceForm)], 5),
        ([("alt+w", FolderScreen), ("n", WatchForm)], 3),
    ],
    ids=["destination", "folder"],
)
async def test_the_line_with_the_focus_has_a_bar_before_it(
    open_app: Open, vault: str, look: str, steps: Sequence[tuple[str, type]], count: int
) -> None:
    async with open_app(passphrase=vault, config=look, size=(80, 24)) as stage:
        for key, screen in steps:
            await stage.press(key)
            await stage.on(screen)
        for field in stage.app.screen.query(Input):
            field.cursor_blink = False

        await walk(stage, count)


async def test_the_first_screen_marks_where_the_passphrase_is_typed(
    open_app: Open, look: str
) -> None:
    async with open_app(config=look, size=(80, 24)) as stage:
        await stage.on(CreateScreen)

        await walk(stage, 3)
