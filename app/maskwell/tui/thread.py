"""The thread: the messages of one chat, newest at the bottom, loaded as they are needed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.message import Message

from maskwell.tui.keys import bindings
from maskwell.tui.message_view import MessageView
from maskwell.tui.removing import gone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from maskwell.conversation import Turn
    from maskwell.tui.turns import ShownTurn

__all__ = ["Thread"]

_PAGE = 8
"""How many messages come when the end of what is mounted is near: so few that it is not felt."""
_MOST = 60
"""So many are mounted at once; those farthest from the screen go."""
_ROWS_EACH = 3
"""So few rows a message takes; as many as then fill the screen are shown at first."""
_FRAME = 3
"""Cells that a message's text is narrower than the thread."""


class Thread(VerticalScroll, can_focus=False):
    """A window of a chat's messages: those on the screen, and some above and below it."""

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
        self._turns: Sequence[Turn] = ()
        self._first = 0
        """Which turn is the first that is mounted."""
        self._end = 0
        """One past the last that is mounted, of the turns there were when it was shown."""
        self._shown: Callable[[Turn], ShownTurn] | None = None
        self._latest: Callable[[], Sequence[Turn]] = tuple
        self._is_loading = False

    @property
    def messages(self) -> list[MessageView]:
        """The messages that are mounted, oldest first."""
        return [one for one in self.children if isinstance(one, MessageView)]

    async def show(
        self,
        turns: Sequence[Turn],
        shown: Callable[[Turn], ShownTurn],
        latest: Callable[[], Sequence[Turn]] | None = None,
    ) -> None:
        """Show a chat from its end.

        Args:
            turns: those there are.
            shown: restores one turn, when it comes to the screen.
            latest: returns the turns there are later, what was added among them.
        """
        self._turns, self._shown, self._latest = turns, shown, latest or (lambda: turns)
        await self._show_from(len(turns) - self._screenful)
        self.anchor()

    async def add(self, turn: ShownTurn) -> MessageView:
        """Show one more message at the end, and go there."""
        if self._end < len(self._turns):
            await self._show_from(len(self._turns) - self._screenful)
        [view] = await self._made([turn])
        await self.mount(view)
        self.anchor()
        return view

    # -- the window -------------------------------------------------------------------

    @property
    def _screenful(self) -> int:
        return max(self.size.height, self.app.size.height - 8) // _ROWS_EACH + 1

    def _is_counted(self) -> bool:
        """Count what was added among the turns; False while its last is still coming in."""
        added = self.messages[self._end - self._first :]
        if not added:
            return True
        turns = self._latest()
        if not added[-1].is_whole or len(turns) != len(self._turns) + len(added):
            return False
        self._turns, self._end = turns, len(turns)
        return True

    async def _show_from(self, first: int) -> None:
        """Mount a screenful from one turn on in place of what there is."""
        await gone(self.remove_children())
        self._first = max(first, 0)
        self._end = min(self._first + self._screenful, len(self._turns))
        views = await self._views(self._first, self._end)
        if views:
            await self.mount_all(views)

    async def _views(self, first: int, end: int) -> list[MessageView]:
        turns, shown = self._turns[first:end], self._shown
        if shown is None or not turns:
            return []
        return await self._made(await asyncio.to_thread(lambda: [shown(turn) for turn in turns]))

    async def _made(self, turns: Sequence[ShownTurn]) -> list[MessageView]:
        """Return views whose rows are laid out, which need not be done on the screen's time."""
        views = [MessageView(turn) for turn in turns]
        for view in views:
            view.body.tokens = self.tokens
        if (width := self._text_width) > 0:
            await asyncio.to_thread(lambda: [view.body.lines(width) for view in views])
        return views

    @property
    def _text_width(self) -> int:
        width = next((one.body.content_size.width for one in self.messages), 0)
        return width or self.scrollable_content_region.width - _FRAME

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Have the messages ready that come next in the direction of scrolling."""
        super().watch_scroll_y(old_value, new_value)
        if self._is_loading or new_value == old_value:
            return
        near = self.size.height
        if new_value < old_value and new_value <= near and self._first:
            self._is_loading = True
            self.run_worker(self._load_older(), group="window")
        elif (
            new_value > old_value
            and new_value >= self.max_scroll_y - near
            and self._end < len(self._turns)
        ):
            self._is_loading = True
            self.run_worker(self._load_newer(), group="window")

    async def _load_older(self) -> None:
        """Mount some messages above; what is looked at stays where it is."""
        try:
            first = max(self._first - _PAGE, 0)
            top = next(iter(self.messages), None)
            views = await self._views(first, self._first)
            if top is None or not views:
                return
            await self._mount_above(views, top)
            self._first = first
            if self._is_counted() and self._end - first > _MOST:
                await gone(self.remove_children(self.messages[_MOST:]))
                self._end = first + _MOST
        finally:
            self._is_loading = False

    async def _load_newer(self) -> None:
        """Mount some messages below."""
        try:
            end = min(self._end + _PAGE, len(self._turns))
            views = await self._views(self._end, end)
            if views:
                await self.mount_all(views)
            self._end = end
            if (surplus := end - self._first - _MOST) > 0:
                await self._remove_above(surplus)
        finally:
            self._is_loading = False

    async def _mount_above(self, views: list[MessageView], top: MessageView) -> None:
        before = top.virtual_region.y
        moved = sum(view.rows(self._text_width) for view in views)
        # Drawn only when it was moved along, by the rows that come, so that nothing jumps.
        with self.app.batch_update():
            await self.mount_all(views, before=top)
            self._move(moved)

        def settle() -> None:
            missed = top.virtual_region.y - before - moved
            if missed:
                self.scroll_relative(y=missed, animate=False)

        self.call_after_refresh(settle)

    async def _remove_above(self, count: int) -> None:
        above = self.messages[:count]
        height = sum(one.outer_size.height + 1 for one in above)
        with self.app.batch_update():
            await gone(self.remove_children(above))
            self._first += count
            self._move(-height)

    def _move(self, rows: int) -> None:
        """Scroll before the next drawing, past what the rows of now allow."""
        self.set_reactive(Thread.scroll_y, max(self.scroll_y + rows, 0.0))
        self.set_reactive(Thread.scroll_target_y, max(self.scroll_target_y + rows, 0.0))

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
        if at == 0 and self._first and not self._is_loading:
            self._is_loading = True
            await self._load_older()
            at = self.messages.index(here) if here else 0
        await self._go(at - 1)

    async def action_first(self) -> None:
        """Focus the first message there is."""
        if self._first and self._is_counted():
            await self._show_from(0)
            self.release_anchor()
            self.scroll_home(animate=False)
        await self._go(0)

    async def action_last(self) -> None:
        """Focus the last message."""
        if self._end < len(self._turns):
            await self._show_from(len(self._turns) - self._screenful)
            self.anchor()
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
