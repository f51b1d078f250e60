"""How hard a passphrase is to guess, as it stands under the field it is typed into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.text.strength import strength_of
from maskwell.tui.inert_text import inert_content

if TYPE_CHECKING:
    from textual.content import Content

__all__ = ["strength_line"]


def strength_line(passphrase: str) -> Content:
    """Return the estimate as it stands under a field: bars, a word, advice."""
    strength = strength_of(passphrase)
    bars = "●" * strength.filled + "○" * (4 - strength.filled)
    word = "" if strength.word == "empty" else f" {strength.word} ·"
    colour = "$warning" if strength.filled < 2 else "$success"
    return inert_content(bars, colour) + inert_content(f"{word} {strength.advice}")
