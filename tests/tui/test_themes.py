"""Looks: each has every colour the style sheets ask for, the user's own among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.color import Color

from maskwell.tui.more_themes import all_themes
from maskwell.tui.themes import THEMES

if TYPE_CHECKING:
    from maskwell.paths import Home

OWN = 'dark = true\nprimary = "#7fb7a6"\nbackground = "#101010"\nforeground = "#e0e0e0"\n'


def test_every_look_has_every_colour(home: Home) -> None:
    wanted = set(THEMES[0].variables)

    for theme in all_themes(home):
        assert set(theme.variables) == wanted, theme.name
        assert None not in (theme.secondary, theme.accent, theme.warning, theme.error)


def test_what_is_written_can_be_read_in_every_look(home: Home) -> None:
    for theme in all_themes(home):
        ground = Color.parse(theme.background or "")
        for name in (theme.foreground or "", theme.variables["faint"]):
            ink = Color.parse(name)
            lighter, darker = sorted((_luminance(ink), _luminance(ground)), reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) >= 3, theme.name


def test_a_file_of_the_users_is_a_look_and_one_with_a_mistake_is_left_out(home: Home) -> None:
    folder = home.root / "themes"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(OWN)
    (folder / "broken.toml").write_text("primary = 'red; background'\n")
    all_themes.cache_clear()

    names = [theme.name for theme in all_themes(home)]

    assert "mine" in names
    assert "broken" not in names


def _luminance(colour: Color) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)
