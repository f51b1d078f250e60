"""Forms of several lines, in which every key lands in the line it was meant for.

Keys come faster than they are taken: pasted, typed ahead, or on a busy machine. So the keys
that go to another line are taken by the app before the line that has the keys sees them, and
go there at once; the line that is left is judged once it has taken what was typed in it. Nothing
that is wrong with a line takes the keys back to it while others are still being filled in, or
the rest of a burst, a key among it, would be written where it can be read.
"""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.widgets import Input

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.binding import BindingType
    from textual.widget import Widget

__all__ = ["Form", "FormDialog"]

_LINES = "Input, Pick, Tick"


class Form(Screen[ScreenResultType]):
    """Enter goes on to the next field, and after the last one does what the form is for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+j", "next", "Next", show=False, priority=True),
        Binding("tab,down", "line(1)", "Next line", show=False, priority=True),
        Binding("shift+tab,up", "line(-1)", "Line before", show=False, priority=True),
    ]

    is_busy = False
    """From Enter after the last line until the form is at rest again; it takes no keys then."""

    def left(self, line: Widget) -> None:
        """Judge a line that Enter went on from, with what was typed in it before."""

    @abstractmethod
    def finish(self) -> None:
        """Do what the form is for with what every line holds now, or `rest` at one."""

    def hold(self) -> None:
        """Take no more: what was filled in is being used."""
        self.query(_LINES).set(disabled=True)

    def rest(self, line: Widget) -> None:
        """Take keys again, in this line first."""
        self.query(_LINES).set(disabled=False)
        self.is_busy = False
        self.set_focus(line)

    def action_next(self) -> None:
        """Go on from this line."""
        if self.is_busy:
            return
        lines = list(self.query(_LINES))
        here = lines.index(self.focused) if self.focused in lines else 0
        after = next((one for one in lines[here + 1 :] if isinstance(one, Input)), None)
        self.is_busy = after is None
        self.set_focus(after)
        self._once_read(lines, partial(self._go_on, lines[here], is_last=after is None))

    def action_line(self, by: int) -> None:
        """Go to another line."""
        if not self.is_busy:
            self.focus_next() if by > 0 else self.focus_previous()

    def _once_read(self, lines: Sequence[Widget], then: Callable[[], None]) -> None:
        """Call `then` once each of the lines has taken what was typed before."""
        if lines:
            lines[0].call_later(self._once_read, lines[1:], then)
        else:
            self.call_later(then)

    def _go_on(self, line: Widget, *, is_last: bool) -> None:
        if self not in self.app.screen_stack:  # left in the meantime
            return
        self.left(line)
        if is_last:
            self.finish()


class FormDialog(ModalScreen[ScreenResultType], Form[ScreenResultType]):
    """A form over the screen that asked for it; Escape ends it with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False, priority=True)
    ]

    def action_back(self) -> None:
        """End with nothing done, unless it is being done already."""
        if not self.is_busy:
            self.dismiss(None)
