"""The protected prompt, in full and nothing else, for copying by hand.

Shown when no clipboard took it, or on request. Without frames, so that a terminal's own
selection gets exactly the text; or on the plain terminal, where that is easiest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen

from maskwell.text.inert import inert
from maskwell.tui.inert_text import InertText

if TYPE_CHECKING:
    from textual.app import ComposeResult

__all__ = ["ByHandScreen"]


class ByHandScreen(Screen[None]):
    """Ends when the user has what they need."""

    BINDINGS = [  # noqa: RUF012  # Textual's way
        Binding("escape,enter,q", "dismiss(None)", "Done", show=False),
        Binding("p", "plain", "Plain terminal", show=False),
    ]

    def __init__(self, protected: str, reason: str) -> None:
        super().__init__()
        self._protected = protected
        self._reason = reason

    def compose(self) -> ComposeResult:
        """Say why, show the text, name the keys."""
        yield InertText(self._reason, classes="by-hand-reason")
        with VerticalScroll(id="by-hand"):
            yield InertText(self._protected)
        yield InertText(
            "Select it with the mouse (hold Shift if need be) · p print it on the plain "
            "terminal · Enter done",
            classes="by-hand-keys",
        )

    def on_mount(self) -> None:
        """Let the arrows scroll at once."""
        self.query_one(VerticalScroll).focus()

    def action_plain(self) -> None:
        """Print the text where the terminal's own selection works, and wait for Enter."""
        with self.app.suspend():
            print(f"\n{inert(self._protected)}\n")  # noqa: T201  # the plain terminal is the point
            input("Copy the text above, then press Enter to go back. ")
