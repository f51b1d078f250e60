"""A destination of one's own: what it is, where, which model, and a key that is never shown."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from maskwell.errors import MaskwellError
from maskwell.tui.gate import GateInput
from maskwell.tui.inert_text import InertText
from maskwell.tui.pick import Pick
from maskwell.tui.place_desk import KINDS, PlaceDesk, PlaceWish
from maskwell.tui.tick import Tick

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from maskwell.tui.desk import Desk

__all__ = ["PlaceForm"]

_FIELDS = (
    ("name", "Name", "what you will call it"),
    ("address", "Address", ""),
    ("model", "Model", "as its provider calls it"),
    ("key", "API key", "typed hidden, kept in the vault only"),
)
_ADDRESSES = {"openai": "https://api.openai.com/v1", "anthropic": "https://api.anthropic.com"}
_LOW = 24
"""With fewer rows there is no space between the lines."""
_TRAVEL = {
    "": "  How far text will travel is told here.",
    "local": "● What you send there stays on this machine.",
    "trusted": "◐ What you send there stays on this network, as you say.",
    "remote": "○ What you send there travels over the internet.",
}


class PlaceForm(ModalScreen["str | None"]):
    """Ends with the name of a destination that is ready, or None."""

    CSS_PATH = "../dialog.tcss"
    BINDINGS = [  # noqa: RUF012  # Textual's way
        Binding("escape", "dismiss(None)", "Back", show=False),
        Binding("enter,ctrl+j", "next", "Next", show=False),
        Binding("down", "app.focus_next", "Next line", show=False),
        Binding("up", "app.focus_previous", "Line before", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._places = PlaceDesk(desk)

    def compose(self) -> ComposeResult:
        """Show a line for each thing to be known."""
        with Vertical(classes="dialog dialog-medium dialog-form"):
            yield InertText("Add a destination", classes="dialog-title")
            yield from _line("Kind", Pick(KINDS, id="kind"), "-first")
            for name, words, hint in _FIELDS:
                field = GateInput(placeholder=hint, password=name == "key", id=name, compact=True)
                yield from _line(words, field)
                if name == "address":
                    yield from _line("", Tick("It is on a network I trust", id="trusted"))
                yield InertText("", id=f"{name}-problem", classes="field-problem -empty")
            yield InertText("", id="travel")
            yield InertText("", id="state", classes="-empty")
            yield InertText(
                "Enter next, then add · Esc back, nothing is added", classes="dialog-hint"
            )

    def on_mount(self) -> None:
        """Begin with the kind."""
        self.query_one(Pick).focus()
        self._show_place()

    def on_resize(self) -> None:
        """Fit into a low terminal."""
        self.set_class(self.size.height < _LOW, "-low")

    def on_pick_changed(self) -> None:
        """Show where that kind usually is."""
        self._forgive()
        self._show_place()

    def on_tick_changed(self) -> None:
        """Show how far it is now."""
        self._forgive()
        self._show_place()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show how far it is, and take back what was said before."""
        event.stop()
        self._forgive()
        self._show_place()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on."""
        event.stop()
        self.action_next()

    def action_next(self) -> None:
        """Go on to the next line if this one can stay so; after the last one, add it."""
        lines = list(self.query("Pick, Input, Tick"))
        here = lines.index(self.focused) if self.focused in lines else 0
        after = [one for one in lines[here + 1 :] if isinstance(one, Input)]
        problems = self._places.problems(self.wish)
        if lines[here].id in problems:
            self._complain(problems, lines[here].id or "")
        elif after:
            self._recall()
            after[0].focus()
        elif problems:
            self._complain(problems, next(iter(problems)))
        else:
            self._add(self.wish)

    def _recall(self) -> None:
        """Fill in what a destination of this name has, where nothing was written yet."""
        there = self._places.known(self.wish)
        if there is not None:
            for name, value in (("address", there.base_url), ("model", there.model)):
                field = self.query_one(f"#{name}", Input)
                field.value = field.value or value

    @property
    def wish(self) -> PlaceWish:
        """What is filled in."""
        name, address, model, key = (field.value.strip() for field in self.query(Input))
        is_trusted = self.query_one(Tick).is_ticked
        return PlaceWish(self.query_one(Pick).value, name, address, model, key, is_trusted)

    @work(exclusive=True)
    async def _add(self, wish: PlaceWish) -> None:
        try:
            told = await asyncio.to_thread(self._places.add, wish)
        except MaskwellError as error:
            self._say("", f"! {error}")
            return
        self.notify(told, markup=False, timeout=8)
        self.dismiss(wish.name)

    def _complain(self, problems: dict[str, str], line: str) -> None:
        """Say at a line what is wrong with it, and go there."""
        self._say(line, f"! {problems[line]}")
        self.query_one(f"#{line}").focus()

    def _forgive(self) -> None:
        """Take back whatever was said to be wrong."""
        for name in ("", *(field for field, _, _ in _FIELDS)):
            self._say(name, "")

    def _say(self, line: str, sentence: str) -> None:
        """Say something at a line, or about all of them."""
        said = self.query_one(f"#{line}-problem" if line else "#state", InertText)
        said.set_class(not sentence, "-empty")
        said.update(sentence)

    def _show_place(self) -> None:
        """Show how far text will travel, and what else follows from what is filled in."""
        wish = self.wish
        self.query_one("#address", Input).placeholder = _ADDRESSES[wish.kind]
        is_known = self._places.is_known(wish)
        self.query_one(Tick).visible = not is_known and wish.reach not in {"", "local"}
        told = _TRAVEL[self._places.reach(wish)]
        if is_known:
            told += "\n  It is there already; its model and key are changed."
        self.query_one("#travel", InertText).update(told)


def _line(words: str, field: Widget, place: str = "") -> ComposeResult:
    with Horizontal(classes=f"form-line {place}"):
        yield InertText(words, classes="form-words")
        yield field
