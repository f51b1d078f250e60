"""The chat: the list of chats, the thread, and where the next prompt is written."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import OptionList

from maskwell.errors import MaskwellError
from maskwell.tui.chat_list import ChatList
from maskwell.tui.chat_words import hand_over_lines, status_line, welcome_page
from maskwell.tui.composer import Composer
from maskwell.tui.desk import REACH_WORDS
from maskwell.tui.editor import is_in_memory, written_in_editor
from maskwell.tui.idle import clock_words
from maskwell.tui.inert_text import InertText, inert_content
from maskwell.tui.keys import bindings, key_of
from maskwell.tui.prompt_flow import PromptFlow
from maskwell.tui.samples import SAMPLE
from maskwell.tui.screens.by_hand import ByHandScreen
from maskwell.tui.screens.choice import Choice, ChoiceScreen, ConfirmScreen, TextScreen
from maskwell.tui.screens.search import SearchScreen
from maskwell.tui.thread import Thread

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from maskwell.tui.app import MaskwellApp
    from maskwell.tui.desk import Desk, ShownTurn
    from maskwell.tui.message_view import MessageView

__all__ = ["ChatScreen"]

_ROOM_FOR_LIST = 110
_SOON_S = 60
_PLACEHOLDER = "Write a prompt; {} shows what is private in it"
_REPLY_PLACEHOLDER = "Paste the reply here; {} restores it"


class ChatScreen(Screen[None]):
    """The screen people live in."""

    BINDINGS = bindings("chat")
    PLACES: ClassVar = frozenset({"app", "chat", "composer"})
    CSS_PATH: ClassVar = ["../chat.tcss", "../dialog.tcss"]

    def __init__(self, desk: Desk, draft: str = "") -> None:
        super().__init__()
        self.desk = desk
        self.flow = PromptFlow(self)
        self._draft = draft
        self._wants_list: bool | None = None
        self._counts_down = False

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
                yield Composer(id="composer")
        yield InertText("", id="status")

    async def on_mount(self) -> None:
        """Show the chat there is and be ready to write."""
        self.composer.load_text(self._draft)
        self.composer.focus()
        self._fit()
        self.show_chat()

    def on_screen_resume(self) -> None:
        """Show the chat anew when another screen changed what is in it."""
        if self.maskwell.has_changed:
            self.maskwell.has_changed = False
            self.show_chat()

    def show_clock(self) -> None:
        """Count down in the status line, once the vault is soon to be locked."""
        left = self.maskwell.idle.seconds_left
        is_soon = left is not None and left <= _SOON_S
        if is_soon or self._counts_down:
            self._counts_down = is_soon
            self._show_status()

    def on_resize(self) -> None:
        """Give the list its place when there is room."""
        self._fit()
        self._show_status()

    def _fit(self) -> None:
        wanted = self.size.width >= _ROOM_FOR_LIST if self._wants_list is None else self._wants_list
        self.query_one(ChatList).display = wanted
        self.set_class(self.size.width < 72, "-narrow")

    # -- the flow of a prompt -------------------------------------------------------------

    @on(Composer.Sent)
    def _composer_sent(self, event: Composer.Sent) -> None:
        if self.flow.is_streaming:
            self.notify("A reply is still coming; Esc stops it.", markup=False)
        elif self.flow.is_looking or not event.text.strip():
            return
        elif self.flow.handed_over:
            self._receive(event.text)
        else:
            self._begin(event.text)

    @work(group="flow")
    async def _begin(self, text: str) -> None:
        await self.flow.begin(text)
        self.refresh_list()

    @work(group="flow")
    async def _receive(self, text: str) -> None:
        await self.flow.receive(text)
        self.refresh_list()

    @work(group="flow")
    async def action_resend(self) -> None:
        """Send the last prompt again."""
        if not self.flow.is_streaming:
            await self.flow.resend()

    def action_stop(self) -> None:
        """Stop what is going on, or go back to writing."""
        if not self.flow.stop():
            self.composer.focus()

    # -- chats ----------------------------------------------------------------------------

    def action_new_chat(self) -> None:
        """Begin another chat."""
        self._new_chat(temporary=False)

    def action_temporary_chat(self) -> None:
        """Begin a chat that leaves no history."""
        self._new_chat(temporary=True)

    def _new_chat(self, *, temporary: bool) -> None:
        if self._is_free():
            self.desk.new_chat(temporary=temporary)
            self.show_chat()
            self.composer.focus()

    @on(ChatList.Chosen)
    def _chat_chosen(self, event: ChatList.Chosen) -> None:
        self._open(event.chat_id)

    @work(group="flow")
    async def action_search(self) -> None:
        """Search all chats and open one."""
        chosen = await self.app.push_screen_wait(SearchScreen(self.desk))
        if chosen is not None:
            self._open(chosen)

    @work(exclusive=True, group="open")
    async def _open(self, chat_id: int) -> None:
        if not self._is_free():
            return
        try:
            await asyncio.to_thread(self.desk.resume, chat_id)
        except MaskwellError as error:
            self.complain(error)
            return
        self.show_chat()
        self.composer.focus()

    @work(group="flow")
    async def action_rename_chat(self) -> None:
        """Give this chat another title."""
        if self.desk.chat.id is None:
            self.notify("This chat has no title yet; it gets one with its first prompt.")
            return
        title = await self.app.push_screen_wait(TextScreen("Rename this chat", self._title()))
        if title is not None:
            await asyncio.to_thread(self.desk.rename, title)
            self.refresh_list()

    @work(group="flow")
    async def action_delete_chat(self) -> None:
        """Delete this chat for good."""
        if self.desk.chat.id is None or not self._is_free():
            return
        sure = await self.app.push_screen_wait(
            ConfirmScreen(
                "Delete this chat?",
                "Its messages are deleted for good. The record of what left stays.",
            )
        )
        if sure:
            await asyncio.to_thread(self.desk.delete)
            self.show_chat()

    def _is_free(self) -> bool:
        if self.flow.is_streaming:
            self.notify("A reply is still coming; Esc stops it.", markup=False)
            return False
        self.flow.handed_over = ""
        return True

    def action_toggle_list(self) -> None:
        """Show the list of chats and go to it, or hide it."""
        chats = self.query_one(ChatList)
        self._wants_list = not chats.display
        self._fit()
        if self._wants_list:
            chats.query_one(OptionList).focus()
        else:
            self.composer.focus()

    # -- settings of this chat ----------------------------------------------------------

    @work(group="flow")
    async def action_choose_destination(self) -> None:
        """Ask where the next prompt should go."""
        destinations = self.desk.settings.destinations.values()
        choices = [Choice(one.name, one.name, REACH_WORDS[one.reach]) for one in destinations]
        question = "Where should the next prompt go?"
        screen = ChoiceScreen(question, choices, self.desk.chat.destination)
        chosen = await self.app.push_screen_wait(screen)
        if chosen is not None:
            self.maskwell.use_destination(chosen)

    @work(group="flow")
    async def action_choose_policy(self) -> None:
        """Ask which policy decides about the next prompt."""
        choices = [Choice(name, name, note) for name, note in self.desk.policies()]
        screen = ChoiceScreen("Which policy?", choices, self.desk.chat.policy)
        chosen = await self.app.push_screen_wait(screen)
        if chosen is not None:
            self.maskwell.use_policy(chosen)

    # -- text ---------------------------------------------------------------------------

    def action_sample(self) -> None:
        """Write an invented prompt to try things with."""
        self.composer.load_text(SAMPLE)
        self.composer.focus()

    def action_toggle_tokens(self) -> None:
        """Show tokens instead of values, or values again."""
        self.thread.show_tokens(not self.thread.tokens)
        self._show_status()

    def action_copy_reply(self) -> None:
        """Copy the newest reply as it is shown to its reader."""
        if view := self._last_reply():
            self.maskwell.copy(view.body.marked.text, "the reply")

    def action_copy_reply_protected(self) -> None:
        """Copy the newest reply with tokens in place of values."""
        if view := self._last_reply():
            self.maskwell.copy(view.body.marked.with_tokens(), "the reply, as tokens")

    def _last_reply(self) -> MessageView | None:
        view = self.thread.last_reply()
        if view is None:
            self.notify("There is no reply to copy yet.", markup=False)
        return view

    @on(Thread.CopyWanted)
    def _copy_wanted(self, event: Thread.CopyWanted) -> None:
        self.maskwell.copy(event.text, event.what)

    @work(group="flow")
    async def action_by_hand(self) -> None:
        """Show the protected prompt for copying by hand."""
        if self.flow.handed_over:
            reason = "This is the protected prompt. Paste it into any chatbot."
            await self.app.push_screen_wait(ByHandScreen(self.flow.handed_over, reason))
        else:
            self.notify("There is no protected prompt waiting to be copied.", markup=False)

    @on(Composer.EditorWanted)
    @work(group="flow")
    async def _editor_wanted(self) -> None:
        if not is_in_memory() and not await self.app.push_screen_wait(
            ConfirmScreen(
                "Open the prompt in your editor?",
                "Here that writes it, unprotected, to a temporary file on the disk for as long "
                "as the editor is open.",
            )
        ):
            return
        try:
            with self.app.suspend():
                text = written_in_editor(self.composer.text)
        except MaskwellError as error:
            self.complain(error)
            return
        self.composer.load_text(text)
        self.composer.move_cursor(self.composer.document.end)

    # -- showing ------------------------------------------------------------------------

    @work(exclusive=True, group="show")
    async def show_chat(self) -> None:
        """Show the chat the desk has open, from its end."""
        await self.thread.show(self.desk.chat.turns, self.desk.shown)
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
        if self.desk.is_temporary:
            line += inert_content("  leaves no history", "$faint")
        self.query_one("#chat-title", InertText).update(line)

    def _show_status(self) -> None:
        line = status_line(
            self.desk,
            self.size.width - 2,
            tokens=self.thread.tokens,
            is_warm=self.maskwell.is_warm,
            clock=clock_words(self.maskwell.idle.seconds_left) if self._counts_down else "",
        )
        self.query_one("#status", InertText).update(line)
