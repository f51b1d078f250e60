"""The chat's frame: its parts, what stands in them, and what they say."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import work
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from maskwell.tui.chat_list import ChatList
from maskwell.tui.chat_words import hand_over_lines, status_line, welcome_page
from maskwell.tui.composer import Composer
from maskwell.tui.idle import clock_words
from maskwell.tui.inert_text import InertText, inert_content
from maskwell.tui.keys import bindings, key_of
from maskwell.tui.prompt_flow import PromptFlow
from maskwell.tui.thread import Thread
from maskwell.tui.vault_words import size_words

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from maskwell.errors import MaskwellError
    from maskwell.tui.app import MaskwellApp
    from maskwell.tui.attachments import Attachment
    from maskwell.tui.desk import Desk
    from maskwell.tui.message_view import MessageView
    from maskwell.tui.turns import ShownTurn

__all__ = ["ChatFrame"]

_ROOM_FOR_LIST = 110
_SOON_S = 60
_PLACEHOLDER = "Write a prompt; {} shows what is private in it"
_REPLY_PLACEHOLDER = "Paste the reply here; {} restores it"


class ChatFrame(Screen[None]):
    """What is on the chat's screen; what can be done with it is the inheritors'."""

    BINDINGS: ClassVar = bindings("chat")
    PLACES: ClassVar = frozenset({"app", "chat", "composer"})
    CSS_PATH: ClassVar = ["../chat.tcss", "../dialog.tcss"]

    def __init__(self, desk: Desk, draft: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.flow = PromptFlow(self)
        self._draft = draft
        self._folder = Path.home()
        self._wants_list: bool | None = None
        self._counts_down = False
        self.attached: list[Attachment] = []
        """Files that go along with the next prompt."""

    @property
    def maskwell(self) -> MaskwellApp:
        """The app this screen belongs to."""
        return cast("MaskwellApp", self.app)

    @property
    def composer(self) -> Composer:
        """Where the next prompt is written."""
        return self.query_one(Composer)

    @property
    def thread(self) -> Thread:
        """The messages."""
        return self.query_one(Thread)

    def compose(self) -> ComposeResult:
        """List, thread, composer and status line."""
        with Horizontal(id="desk"):
            yield ChatList(id="chats")
            with Vertical(id="main"):
                yield InertText("", id="chat-title")
                yield InertText("", id="welcome")
                yield Thread(id="thread")
                yield InertText("", id="progress")
                yield InertText("", id="next-step")
                yield InertText("", id="attached")
                yield Composer(id="composer")
        yield InertText("", id="status")

    def on_screen_resume(self) -> None:
        """Show the chat anew when another screen changed what is in it."""
        if self.maskwell.has_changed:
            self.maskwell.has_changed = False
            # An erased value is not shown for one more moment.
            self.thread.visible = False
            self.query_one(ChatList).show((), None)
            self._show_title()
            self.show_chat()

    def show_clock(self) -> None:
        """Count down in the status line, once the vault is soon to be locked."""
        if not self._is_drawn:
            return
        left = self.maskwell.idle.seconds_left
        is_soon = left is not None and left <= _SOON_S
        if is_soon or self._counts_down:
            self._counts_down = is_soon
            self._show_status()

    def _fit(self) -> None:
        wanted = self.size.width >= _ROOM_FOR_LIST if self._wants_list is None else self._wants_list
        self.query_one(ChatList).display = wanted
        self.set_class(self.size.width < 72, "-narrow")

    def _is_free(self) -> bool:
        if self.flow.is_streaming:
            self.notify("A reply is still coming; Esc stops it.", markup=False)
            return False
        self.flow.handed_over = ""
        return True

    # -- showing ------------------------------------------------------------------------

    @work(exclusive=True, group="show")
    async def show_chat(self) -> None:
        """Show the chat the desk has open, from its end."""
        desk = self.desk
        await self.thread.show(desk.chat.turns, desk.shown, lambda: desk.chat.turns)
        self.thread.visible = True
        self.show_state()
        self.refresh_list()

    async def show_turn(self, turn: ShownTurn) -> MessageView:
        """Show one more message."""
        view = await self.thread.add(turn)
        self.show_state()
        return view

    @work(exclusive=True, group="list")
    async def refresh_list(self) -> None:
        """Show the stored chats, and this chat's title."""
        entries = await asyncio.to_thread(self.desk.entries)
        self.query_one(ChatList).show(entries, self.desk.chat.id)
        self._show_title()

    def show_state(self, sentence: str = "") -> None:
        """Show what there is to do next."""
        if not self._is_drawn:
            return
        has_messages = bool(self.thread.messages)
        self.query_one("#welcome").display = not has_messages
        self.thread.display = has_messages
        if not has_messages:
            self.query_one("#welcome", InertText).update(welcome_page(self.desk))
        awaits = bool(self.flow.handed_over)
        key = key_of("composer.send", self.desk.settings.keys)
        placeholder = _REPLY_PLACEHOLDER if awaits else _PLACEHOLDER
        self.composer.placeholder = placeholder.format(key)
        step = self.query_one("#next-step", InertText)
        step.display = awaits or bool(sentence)
        step.update(hand_over_lines(sentence, self.desk.settings.keys) if awaits else sentence)
        self._show_title()
        self._show_status()

    def progress(self, sentence: str) -> None:
        """Show what is being worked on; "" when nothing is."""
        if not self.query("#progress"):  # the app ended meanwhile
            return
        line = self.query_one("#progress", InertText)
        line.display = bool(sentence)
        line.update(sentence)

    def complain(self, error: MaskwellError) -> None:
        """Show an error's sentence."""
        self.notify(str(error), severity="error", markup=False, timeout=8)

    def _title(self) -> str:
        return self.query_one(ChatList).title_of(self.desk.chat.id)

    def _show_title(self) -> None:
        title = self._title() or ("Temporary chat" if self.desk.is_temporary else "New chat")
        line = inert_content(title, "bold")
        if self.desk.matter:
            line += inert_content(f"  matter {self.desk.matter}", "$accent")
        if self.desk.is_temporary:
            line += inert_content("  leaves no history", "$faint")
        self.query_one("#chat-title", InertText).update(line)

    @property
    def _is_drawn(self) -> bool:
        """Whether there is something to show it on: not before the first drawing or in a lock."""
        parts = ("ChatList", "Composer", "#status")
        return all(self.query(part) for part in parts) and self.desk.open_shield is not None

    def _show_status(self) -> None:
        if not self._is_drawn:
            return
        line = status_line(
            self.desk,
            self.size.width - 2,
            tokens=self.thread.tokens,
            is_warm=self.maskwell.is_warm,
            clock=clock_words(self.maskwell.idle.seconds_left) if self._counts_down else "",
        )
        self.query_one("#status", InertText).update(line)

    # -- files that go along --------------------------------------------------------------

    def action_detach(self) -> None:
        """Let go of the attached files."""
        self.attached.clear()
        self._show_attached()

    def prompt_left(self) -> None:
        """Empty the composer: what stood there, and the files, are on their way."""
        self.composer.clear()
        self.action_detach()

    def _show_attached(self) -> None:
        line = self.query_one("#attached", InertText)
        line.display = bool(self.attached)
        if self.attached:
            self.desk.expect_prompt()
        files = (f"▣ {one.name} {size_words(one.byte_count)}" for one in self.attached)
        key = key_of("chat.detach", self.desk.settings.keys)
        line.update("  ".join(files) + f"  {key} lets go")
