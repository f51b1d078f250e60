"""The guide names keys and pictures that there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from maskwell.tui.keys import ACTIONS, key_names

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "first-ten-minutes.md").read_text("utf-8")
KEYS = sorted(set(re.findall(r"\*\*([^*\n]+)\*\*", GUIDE)))


@pytest.mark.parametrize("key", KEYS)
def test_a_key_in_the_guide_is_bound(key: str) -> None:
    bound = {name for action in ACTIONS for name in key_names(action, {}).split(" · ")}

    assert key in bound


@pytest.mark.parametrize("picture", re.findall(r"\((pictures/[^)]+)\)", GUIDE))
def test_a_picture_of_the_guide_is_there_and_fetches_nothing(picture: str) -> None:
    svg = (ROOT / "docs" / picture).read_text("utf-8")

    assert "@font-face" not in svg
    assert re.findall(r"https?://(?!www\.w3\.org)[^\"' )]+", svg) == []


def test_settings_in_the_guide_name_actions() -> None:
    named = re.findall(r'^"([a-z.]+)" = ', GUIDE, re.MULTILINE)

    assert named
    assert {*named} <= {action.id for action in ACTIONS}
