"""The line of the form that says how far text travels, where the address leaves it open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from maskwell.tui.screens.choice import ChoiceScreen
from maskwell.tui.screens.place_form import PlaceForm
from maskwell.tui.tick import Tick

if TYPE_CHECKING:
    from .conftest import Open

STAYS = "stays on this network"
READABLE = "http:// can be read on the way"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://llm.example.com/v1", READABLE),
        ("http://llm.local/v1", STAYS),
        ("http://10.1.2.3/v1", STAYS),
        ("https://llm.example.com/v1", STAYS),
    ],
)
async def test_what_can_be_read_on_the_way_to_a_trusted_network_is_told(
    open_app: Open, vault: str, address: str, told: str
) -> None:
    async with open_app(passphrase=vault) as stage:
        await stage.press("ctrl+g")
        await stage.on(ChoiceScreen)
        await stage.press("a", "enter")
        await stage.on(PlaceForm)
        form = stage.app.screen
        form.query_one("#address", Input).value = address
        form.query_one(Tick).action_tick()

        await stage.until(lambda: told in stage.text)
