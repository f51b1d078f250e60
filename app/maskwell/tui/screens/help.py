"""Help: every key as it is bound now, and what the marks mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from maskwell.tui.inert_text import InertText, inert_content
from maskwell.tui.keys import ACTIONS, key_names

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from textual.app import ComposeResult
    from textual.content import Content

__all__ = ["HelpScreen"]

_PLACES = {
    "composer": "Writing",
    "review": "Review",
    "chat": "Chat",
    "thread": "A message (focus the thread with Shift+Tab)",
    "gate": "Locked",
    "vault": "Vault",
    "privacy": "Privacy at a glance",
    "folder": "Watching a folder",
    "settings": "Settings and policies",
    "list": "Lists",
    "page": "Screens beside the chat",
    "app": "Everywhere",
}
_ANYWHERE = {"app", "page", "chat"}
_MARKS = (
    ("underlined", "a real value that was put back; the model never saw it"),
    ("◆ bold", "in the review: private, it will be replaced"),
    ("◇ italic", "in the review: left as it is, it will leave"),
    ("✗", "in the review: a rule forbids sending it"),
)


class HelpScreen(ModalScreen[None]):
    """A page to scroll and to close."""

    CSS_PATH = "../dialog.tcss"
    BINDINGS = [  # noqa: RUF012  # Textual's way
        Binding("escape,f1,q", "dismiss(None)", "Close", show=False, priority=True)
    ]

    def __init__(self, chosen: Mapping[str, str], places: Collection[str]) -> None:
        super().__init__()
        self._chosen = chosen
        self._first = set(places) - _ANYWHERE

    def compose(self) -> ComposeResult:
        """Show the keys of the screen it was called from first."""
        with Vertical(classes="dialog dialog-wide"):
            yield InertText("Keys", classes="dialog-title")
            with VerticalScroll():
                yield InertText(self._page())
            yield InertText("Esc close · ↑ ↓ scroll", classes="dialog-hint")

    def on_mount(self) -> None:
        """Let the arrows scroll at once."""
        self.query_one(VerticalScroll).focus(scroll_visible=False)

    def _page(self) -> Content:
        page = inert_content("")
        for place in sorted(_PLACES, key=lambda one: one not in self._first):
            actions = [one for one in ACTIONS if one.place == place]
            if not actions:
                continue
            page += inert_content(_PLACES[place] + "\n", "bold $accent")
            for action in actions:
                page += inert_content(f"  {key_names(action, self._chosen):<20}", "bold")
                page += inert_content(f" {action.title}\n")
            page += inert_content("\n")
        page += inert_content("What the marks mean\n", "bold $accent")
        for mark, meaning in _MARKS:
            page += inert_content(f"  {mark:<20}", "bold") + inert_content(f" {meaning}\n")
        return page
