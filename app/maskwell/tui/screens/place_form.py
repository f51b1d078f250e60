"""A destination of one's own: what it is, where, which model, and a key that is never shown."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from maskwell.errors import MaskwellError
from maskwell.tui.field import Field
from maskwell.tui.form import FormDialog
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
_KEYS = "Enter next, then add · Esc back, nothing is added"
_LOW = 24
"""With fewer rows there is no space between the lines."""
_TRAVEL = {
    "": "  How far text will travel is told here.",
    "local": "● What you send there stays on this machine.",
    "trusted": "◐ What you send there stays on this network, as you say.",
    "readable": "◐ http:// can be read on the way; you trust that network.",
    "remote": "○ What you send there travels over the internet.",
}


class PlaceForm(FormDialog["str | None"]):
    """Ends with the name of a destination that is ready, or None."""

    CSS_PATH = "../dialog.tcss"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._places = PlaceDesk(desk)
        self._judged: set[str] = set()
        """The lines that are told what is wrong with them."""
        self._refused: PlaceWish | None = None
        """What could not be added; why is told until it is changed."""

    def compose(self) -> ComposeResult:
        """Show a line for each thing to be known."""
        with Vertical(classes="dialog dialog-medium dialog-form"):
            yield InertText("Add a destination", classes="dialog-title")
            yield from _line("Kind", Pick(KINDS, id="kind"), "-first")
            for name, words, hint in _FIELDS:
                field = Field(placeholder=hint, password=name == "key", id=name, compact=True)
                yield from _line(words, field)
                if name == "address":
                    yield from _line("", Tick("It is on a network I trust", id="trusted"))
                yield InertText("", id=f"{name}-problem", classes="field-problem -empty")
            yield InertText("", id="travel")
            yield InertText("", id="state", classes="-empty")
            yield InertText(_KEYS, id="keys", classes="dialog-hint")

    def on_mount(self) -> None:
        """Begin with the name, or a key typed ahead would be a line off; the kind is above it."""
        self.query_one("#name").focus()
        self._show()

    def on_resize(self) -> None:
        """Fit into a low terminal."""
        self.set_class(self.size.height < _LOW, "-low")

    def on_pick_changed(self) -> None:
        """Show where that kind usually is."""
        self._show()

    def on_tick_changed(self) -> None:
        """Show how far it is now."""
        self._show()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show how far it is, and what is still wrong."""
        event.stop()
        self._show()

    def left(self, line: Widget) -> None:
        """Tell what is wrong with it, at it."""
        self._judged.add(line.id or "")
        if line.id == "name":
            self._recall()
        self._show()

    def finish(self) -> None:
        """Add it, or go to the first line that has something wrong."""
        wish = self.wish
        problems = self._places.problems(wish)
        if problems:
            line = next(iter(problems))
            self._judged.add(line)
            self._show()
            self.rest(self.query_one(f"#{line}"))
        else:
            self._add(wish)

    def _recall(self) -> None:
        """Fill in what a destination of this name has, where nothing was written yet."""
        there = self._places.known(self.wish)
        if there is None:
            return
        for name, value in (("address", there.base_url), ("model", there.model)):
            field = self.query_one(f"#{name}", Input)
            if not field.value:
                field.value = value
                field.select_all()  # as on going there: what is typed is in its place

    @property
    def wish(self) -> PlaceWish:
        """What is filled in."""
        name, address, model, key = (field.value.strip() for field in self.query(Input))
        is_trusted = self.query_one(Tick).is_ticked
        return PlaceWish(self.query_one(Pick).value, name, address, model, key, is_trusted)

    @work(exclusive=True)
    async def _add(self, wish: PlaceWish) -> None:
        """Add it; until that is done or has failed, nothing goes back and nothing is changed."""
        self.hold()
        keys = self.query_one("#keys", InertText)
        keys.update("Adding…")
        try:
            told = await asyncio.to_thread(self._places.add, wish)
        except MaskwellError as error:
            self._refused = wish
            self._say("", f"! {error}")
            keys.update(_KEYS)
            self.rest(self.query_one("#key"))
            return
        self.notify(told, markup=False, timeout=8)
        self.dismiss(wish.name)

    def _show(self) -> None:
        """Show what follows from what is filled in."""
        wish = self.wish
        problems = self._places.problems(wish)
        for name, _, _ in _FIELDS:
            is_told = name in self._judged and name in problems
            self._say(name, f"! {problems[name]}" if is_told else "")
        if wish != self._refused:
            self._say("", "")
        self._show_place(wish)

    def _say(self, line: str, sentence: str) -> None:
        """Say something at a line, or about all of them."""
        said = self.query_one(f"#{line}-problem" if line else "#state", InertText)
        said.set_class(not sentence, "-empty")
        said.update(sentence)

    def _show_place(self, wish: PlaceWish) -> None:
        """Show how far text will travel."""
        self.query_one("#address", Input).placeholder = _ADDRESSES[wish.kind]
        is_known = self._places.is_known(wish)
        self.query_one(Tick).visible = not is_known and wish.reach not in {"", "local"}
        told = _TRAVEL["readable" if self._places.is_readable(wish) else self._places.reach(wish)]
        if is_known:
            told += "\n  It is there already; its model and key are changed."
        self.query_one("#travel", InertText).update(told)


def _line(words: str, field: Widget, place: str = "") -> ComposeResult:
    with Horizontal(classes=f"form-line {place}"):
        yield InertText(words, classes="form-words")
        yield field
