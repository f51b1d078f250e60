"""More looks: the well-known ones that Textual ships, and the user's own files.

What the shield needs beside a look's own colours (the mark of a private value, the faint and
the kept) is mixed from them, so every look marks the same things.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from maskwell.tui.themes import THEMES, variables

if TYPE_CHECKING:
    from pathlib import Path

    from maskwell.paths import Home

__all__ = ["all_themes", "look_name"]

_SHIPPED = (
    "nord",
    "gruvbox",
    "dracula",
    "monokai",
    "tokyo-night",
    "catppuccin-mocha",
    "catppuccin-latte",
    "rose-pine",
    "rose-pine-dawn",
    "flexoki",
    "solarized-dark",
    "solarized-light",
    "atom-one-dark",
    "atom-one-light",
    "textual-dark",
    "textual-light",
)
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_COLOURS = ("primary", "secondary", "accent", "warning", "error", "success")
_GROUNDS = ("foreground", "background", "surface", "panel")


@cache
def all_themes(home: Home) -> tuple[Theme, ...]:
    """Return every look there is: Maskwell's own, the well-known, the user's files.

    A user's look is `themes/NAME.toml` in the home: `dark`, and colours such as
    `primary = "#7fb7a6"`. A file with a mistake is left out.
    """
    known = [_completed(BUILTIN_THEMES[name]) for name in _SHIPPED if name in BUILTIN_THEMES]
    own = [theme for path in sorted((home.root / "themes").glob("*.toml")) if (theme := _own(path))]
    return (*THEMES, *known, *own)


def look_name(theme_name: str) -> str:
    """Return a look's name as a person reads it."""
    return theme_name.removeprefix("maskwell-")


def _own(path: Path) -> Theme | None:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    colours = {name: table.get(name, "") for name in (*_COLOURS, *_GROUNDS)}
    given = {name: colour for name, colour in colours.items() if colour}
    is_sound = all(isinstance(one, str) and _HEX.fullmatch(one) for one in given.values())
    if not is_sound or "primary" not in given:
        return None
    is_dark = table.get("dark") is not False
    return _completed(Theme(name=path.stem, dark=is_dark, **given))


def _completed(base: Theme) -> Theme:
    """Return the look with every colour that is used here."""
    ground = Color.parse(base.background or ("#121212" if base.dark else "#f4f4f4"))
    ink = Color.parse(base.foreground or ("#e0e0e0" if base.dark else "#202020"))
    primary = Color.parse(base.primary)
    private = Color.parse(base.accent or base.primary)
    second = base.secondary or base.primary
    warning = base.warning or ("#e0b063" if base.dark else "#8a5a00")
    panel = base.panel or ground.blend(ink, 0.08).hex
    return Theme(
        name=base.name,
        dark=base.dark,
        primary=base.primary,
        secondary=second,
        accent=base.accent or base.primary,
        warning=warning,
        error=base.error or ("#e5796d" if base.dark else "#b3261e"),
        success=base.success or ("#8cc084" if base.dark else "#2f6b2a"),
        foreground=ink.hex,
        background=ground.hex,
        surface=base.surface or ground.blend(ink, 0.04).hex,
        panel=panel,
        variables=variables(
            private=private.hex,
            private_background=ground.blend(private, 0.2).hex,
            kept=warning,
            heading=ink.hex,
            code=second,
            code_background=ground.blend(ink, 0.05).hex,
            faint=ground.blend(ink, 0.78).hex,
            border=ground.blend(ink, 0.25).hex,
            input_cursor_background=ink.hex,
            input_selection_background=ground.blend(primary, 0.35).hex,
        ),
    )
