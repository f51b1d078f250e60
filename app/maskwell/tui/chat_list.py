"""The list of stored chats, newest first, by their restored titles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from maskwell.tui.inert_text import InertText, inert_content
from maskwell.tui.keys import bindings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from maskwell.tui.desk import ChatEntry

__all__ = ["ChatList", "KeyedList"]


class KeyedList(OptionList):
    """An option list that also knows j, k, g and G."""

    BINDINGS = bindings("list")


class ChatList(Vertical):
    """The stored chats; choosing one opens it."""

    @dataclass
    class Chosen(Message):
        """A chat is to be opened."""

        chat_id: int

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._entries: Sequence[ChatEntry] = ()

    def compose(self) -> ComposeResult:
        """A heading over the list."""
        yield InertText("Chats", id="chats-title")
        yield KeyedList(markup=False, compact=True)

    def show(self, entries: Sequence[ChatEntry], current: int | None) -> None:
        """Show the chats there are, the open one chosen."""
        self._entries = entries
        chats = self.query_one(KeyedList)
        chats.clear_options()
        chats.add_options([_option(entry, is_open=entry.id == current) for entry in entries])
        ids = [entry.id for entry in entries]
        chats.highlighted = ids.index(current) if current in ids else None

    def title_of(self, chat_id: int | None) -> str:
        """Return a chat's restored title, "" when it is not in the list."""
        return next((one.title for one in self._entries if one.id == chat_id), "")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the chosen chat."""
        event.stop()
        self.post_message(self.Chosen(self._entries[event.option_index].id))


def _option(entry: ChatEntry, *, is_open: bool) -> Option:
    sign = inert_content("▸ " if is_open else "  ", "$accent")
    title = inert_content(" ".join(entry.title.split()), "bold" if is_open else "")
    return Option(sign + title + inert_content(f"\n  {entry.when}", "$faint"))
