"""The thread: the messages of one chat, newest at the bottom, loaded as they are needed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.message import Message

from maskwell.tui.keys import bindings
from maskwell.tui.message_view import MessageView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from maskwell.conversation import Turn
    from maskwell.tui.turns import ShownTurn

__all__ = ["Thread"]

_PAGE = 30
"""How many messages come when scrolling up."""
_ROWS_EACH = 3
"""So few rows a message takes; as many as then fill the screen are shown at first."""


class Thread(VerticalScroll, can_focus=False):
    """The messages on the screen; older ones come when the top is reached."""

    BINDINGS = bindings("thread")

    @dataclass
    class CopyWanted(Message):
        """The user wants a text on the clipboard."""

        text: str
        what: str

    @dataclass
    class CodeWanted(Message):
        """The user wants a code block of a message on the clipboard."""

        view: MessageView

    def __init__(self, *, id: str) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self.tokens = False
        self._older: list[Turn] = []
        self._shown: Callable[[Turn], ShownTurn] | None = None

    @property
    def messages(self) -> list[MessageView]:
        """The messages on the screen, oldest first."""
        return list(self.query(MessageView))

    async def show(self, turns: Sequence[Turn], shown: Callable[[Turn], ShownTurn]) -> None:
        """Show a chat from its end; `shown` restores one turn, when it comes to the screen."""
        await self.remove_children()
        first = max(self.size.height, self.app.size.height - 8) // _ROWS_EACH + 1
        self._older, self._shown = list(turns[:-first]), shown
        views = await self._views(turns[-first:])
        if views:
            await self.mount_all(views)
        self.anchor()

    async def _views(self, turns: Sequence[Turn]) -> list[MessageView]:
        shown = self._shown
        if shown is None:
            return []
        restored = await asyncio.to_thread(lambda: [shown(turn) for turn in turns])
        return [self._view(turn) for turn in restored]

    async def add(self, turn: ShownTurn) -> MessageView:
        """Show one more message at the end, and go there."""
        view = self._view(turn)
        await self.mount(view)
        self.anchor()
        return view

    def show_tokens(self, tokens: bool) -> None:
        """Show tokens instead of values, or values again."""
        self.tokens = tokens
        for view in self.messages:
            view.body.show_tokens(tokens)

    def last_with_code(self) -> MessageView | None:
        """Return the newest message on the screen that has a code block."""
        return next((one for one in reversed(self.messages) if one.codes), None)

    def last_reply(self) -> MessageView | None:
        """Return the newest reply on the screen."""
        return next((one for one in reversed(self.messages) if one.role == "assistant"), None)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Load older messages when the top is reached."""
        super().watch_scroll_y(old_value, new_value)
        if new_value <= 0 < old_value and self._older:
            self.run_worker(self._load_older(), exclusive=True)

    async def _load_older(self, count: int = _PAGE) -> None:
        """Show `count` more messages above; what was looked at stays where it was."""
        page, self._older = self._older[-count:], self._older[:-count]
        first = next(iter(self.messages), None)
        await self.mount_all(await self._views(page), before=first)
        if first is not None and count == _PAGE:
            self.call_after_refresh(first.scroll_visible, animate=False, top=True)

    def _view(self, turn: ShownTurn) -> MessageView:
        view = MessageView(turn)
        view.body.tokens = self.tokens
        return view

    # -- moving -----------------------------------------------------------------------

    def _focused(self) -> MessageView | None:
        return next((one for one in self.messages if one.has_focus), None)

    async def _go(self, index: int) -> None:
        messages = self.messages
        if messages:
            messages[min(max(index, 0), len(messages) - 1)].focus()

    async def action_next(self) -> None:
        """Focus the next message."""
        here = self._focused()
        await self._go(self.messages.index(here) + 1 if here else len(self.messages) - 1)

    async def action_previous(self) -> None:
        """Focus the previous message, loading older ones at the top."""
        here = self._focused()
        at = self.messages.index(here) if here else len(self.messages)
        if at == 0 and self._older:
            await self._load_older()
            at = self.messages.index(here) if here else 0
        await self._go(at - 1)

    async def action_first(self) -> None:
        """Focus the first message there is."""
        if self._older:
            await self._load_older(len(self._older))
        await self._go(0)

    async def action_last(self) -> None:
        """Focus the last message."""
        await self._go(len(self.messages) - 1)

    # -- with the focused message ---------------------------------------------------

    def action_copy(self) -> None:
        """Copy the focused message as it is shown to its reader."""
        if here := self._focused():
            self.post_message(self.CopyWanted(here.body.marked.text, "the message"))

    def action_copy_tokens(self) -> None:
        """Copy the focused message with tokens in place of values."""
        if here := self._focused():
            text = here.body.marked.with_tokens()
            self.post_message(self.CopyWanted(text, "the message, as tokens"))

    def action_copy_code(self) -> None:
        """Copy a code block of the focused message."""
        if here := self._focused():
            self.post_message(self.CodeWanted(here))

    def action_receipt(self) -> None:
        """Open or close the focused message's receipt."""
        if here := self._focused():
            here.toggle_receipt()
