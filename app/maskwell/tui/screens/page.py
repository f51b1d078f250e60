"""What the full screens beside the chat share: a head, a body, a line of keys, a way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.containers import Container
from textual.screen import Screen

from maskwell.tui.hints import key_hints
from maskwell.tui.idle import clock_words
from maskwell.tui.inert_text import InertText, inert_content
from maskwell.tui.keys import bindings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from maskwell.errors import MaskwellError
    from maskwell.tui.app import MaskwellApp
    from maskwell.tui.desk import Desk

__all__ = ["Page"]

_WIDE = 100
_LOW, _LOWEST = 28, 22
"""With fewer rows what is only nice to see gives way."""


class Page(Screen[None]):
    """A screen of its own over the chat; Escape goes back."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("page")
    CSS_PATH: ClassVar = ["../page.tcss", "../dialog.tcss"]
    NAME: ClassVar[str] = ""
    """What the head says."""
    PLACES: ClassVar[frozenset[str]] = frozenset({"app", "page"})
    HINTS: ClassVar[Sequence[tuple[str, str]]] = ()
    """(action, words) for the line of keys, the most wanted first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._facts = ""

    @property
    def maskwell(self) -> MaskwellApp:
        """The app this screen belongs to."""
        return cast("MaskwellApp", self.app)

    def compose(self) -> ComposeResult:
        """Put the head over the body over the keys."""
        yield InertText("", id="page-head")
        with Container(id="page-body"):
            yield from self.body()
        yield InertText("", id="page-keys")

    def body(self) -> ComposeResult:
        """Yield what the page is about."""
        yield InertText("")

    def on_mount(self) -> None:
        """Show the head and the keys."""
        self._fit()

    def on_resize(self) -> None:
        """Use the room there is."""
        self._fit()

    def _fit(self) -> None:
        self.set_class(self.size.width >= _WIDE, "-wide")
        self.set_class(self.size.height < _LOW, "-low")
        self.set_class(self.size.height < _LOWEST, "-lowest")
        self.show_head()

    def on_screen_resume(self) -> None:
        """Show the clock as it is now."""
        self.show_head()

    def show_head(self, facts: str | None = None) -> None:
        """Show the name, some facts and, at the right, when the vault locks itself."""
        if not self.query("#page-head"):  # before the first drawing, or after the last
            return
        self._facts = self._facts if facts is None else facts
        width = self.size.width - 2
        clock = clock_words(self.maskwell.idle.seconds_left)
        room = max(width - len(self.NAME) - len(clock) - 6, 0)
        told = self._facts if len(self._facts) <= room else self._facts[: max(room - 1, 0)] + "…"
        head = inert_content(self.NAME, "bold") + inert_content(f"   {told}", "$faint")
        gap = max(width - head.cell_length - len(clock), 1)
        head += inert_content(" " * gap + clock, "$faint")
        self.query_one("#page-head", InertText).update(head)
        keys = key_hints(
            [("page.back", "back")],
            self.HINTS,
            [("app.help", "keys")],
            width=width,
            chosen=self.desk.settings.keys,
        )
        self.query_one("#page-keys", InertText).update(keys)

    def show_clock(self) -> None:
        """Count down."""
        self.show_head()

    def action_back(self) -> None:
        """Go back to the chat."""
        self.dismiss(None)

    def say(self, sentence: str) -> None:
        """Tell what was done."""
        self.notify(sentence, markup=False)

    def complain(self, error: MaskwellError) -> None:
        """Show an error's sentence."""
        self.notify(str(error), severity="error", markup=False, timeout=8)
