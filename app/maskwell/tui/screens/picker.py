"""Picking a file: a folder's files and folders, narrowed by what is typed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import work
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from maskwell.tui.inert_text import InertText, inert_content
from maskwell.tui.saving import where_to
from maskwell.tui.vault_words import size_words

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.content import Content

__all__ = ["PickerScreen"]

_MOST = 500


@dataclass(frozen=True, slots=True)
class _Entry:
    path: Path
    is_folder: bool
    byte_count: int


class PickerScreen(ModalScreen["Path | None"]):
    """Ends with a file, or None. A whole path can be typed too."""

    CSS_PATH = "../dialog.tcss"
    BINDINGS = [  # noqa: RUF012  # Textual's way
        Binding("escape", "dismiss(None)", "Back", show=False),
        Binding("down", "to_list", "List", show=False),
    ]

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self._entries: list[_Entry] = []

    def compose(self) -> ComposeResult:
        """Show a line to type on over the folder's list."""
        with Vertical(classes="dialog dialog-wide"):
            yield InertText("Attach a file", classes="dialog-title")
            yield InertText("", id="picker-folder")
            yield Input(placeholder="Part of a name, or a path", compact=True)
            yield OptionList(markup=False, compact=True)
            yield InertText("Enter choose · ↓ list · Esc back", classes="dialog-hint")

    def on_mount(self) -> None:
        """Begin in the line."""
        self.query_one(Input).focus()
        self._look()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        event.stop()
        self._look()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the path that was typed, or the first of the list."""
        event.stop()
        typed = where_to(event.value)
        if event.value.strip() and typed.is_file():
            self.dismiss(typed)
        elif event.value.strip() and typed.is_absolute() and typed.is_dir():
            self._enter(typed)
        elif self._entries:
            self._take(self._entries[self.query_one(OptionList).highlighted or 0])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter a folder, or end with a file."""
        event.stop()
        self._take(self._entries[event.option_index])

    def action_to_list(self) -> None:
        """Go from the line to the list."""
        self.query_one(OptionList).focus()

    def _take(self, entry: _Entry) -> None:
        if entry.is_folder:
            self._enter(entry.path)
        else:
            self.dismiss(entry.path)

    def _enter(self, folder: Path) -> None:
        self.folder = folder
        field = self.query_one(Input)
        field.value = ""
        field.focus()
        self._look()

    @work(exclusive=True)
    async def _look(self) -> None:
        words = self.query_one(Input).value
        self._entries = await asyncio.to_thread(_entries, self.folder, words)
        self.query_one("#picker-folder", InertText).update(str(self.folder))
        entries = self.query_one(OptionList)
        entries.clear_options()
        entries.add_options([Option(_line(one)) for one in self._entries])
        entries.highlighted = 0 if self._entries else None


def _entries(folder: Path, words: str) -> list[_Entry]:
    wanted = words.strip().casefold()
    found = []
    try:
        paths = sorted(folder.iterdir(), key=lambda path: path.name.casefold())
    except OSError:
        paths = []
    for path in paths:
        if path.name.startswith(".") or wanted not in path.name.casefold():
            continue
        if (entry := _entry(path)) is not None:
            found.append(entry)
    above = _Entry(folder.parent, is_folder=True, byte_count=0)
    begin = [] if wanted or folder.parent == folder else [above]
    return [*begin, *sorted(found, key=lambda one: not one.is_folder)[:_MOST]]


def _entry(path: Path) -> _Entry | None:
    try:
        if path.is_dir():
            return _Entry(path, is_folder=True, byte_count=0)
        is_file = path.is_file()
        size = path.stat().st_size
        return _Entry(path, is_folder=False, byte_count=size) if is_file else None
    except OSError:
        return None


def _line(entry: _Entry) -> Content:
    if entry.is_folder:
        return inert_content(f"{entry.path.name or entry.path}/", "$accent")
    size = inert_content(f"  {size_words(entry.byte_count)}", "$faint")
    return inert_content(entry.path.name) + size
