"""The chat: the list of chats, the thread, and where the next prompt is written."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on, work
from textual.widgets import OptionList, TextArea

from maskwell.errors import MaskwellError
from maskwell.tui.chat_list import ChatList
from maskwell.tui.composer import Composer
from maskwell.tui.editor import is_in_memory, written_in_editor
from maskwell.tui.message_view import MessageBody
from maskwell.tui.samples import SAMPLE
from maskwell.tui.screens.by_hand import ByHandScreen
from maskwell.tui.screens.chat_choices import ChatChoices
from maskwell.tui.screens.choice import ChoiceScreen, ConfirmScreen, code_choice
from maskwell.tui.screens.search import SearchScreen
from maskwell.tui.thread import Thread

if TYPE_CHECKING:
    from maskwell.tui.message_view import MessageView

__all__ = ["ChatScreen"]


class ChatScreen(ChatChoices):
    """The screen people live in."""

    async def on_mount(self) -> None:
        """Show the chat there is and be ready to write."""
        self.composer.load_text(self._draft)
        self.composer.focus()
        self._fit()
        self.show_chat()

    def on_resize(self) -> None:
        """Give the list its place when there is room."""
        self._fit()
        self._show_status()

    # -- the flow of a prompt -------------------------------------------------------------

    @on(TextArea.Changed)
    def _writing(self) -> None:
        """Start what will search the prompt: it is ready by the time the prompt is."""
        if self.composer.text:
            self.desk.expect_prompt()

    @on(Composer.Sent)
    def _composer_sent(self, event: Composer.Sent) -> None:
        if self.flow.is_streaming:
            self.notify("A reply is still coming; Esc stops it.", markup=False)
        elif self.flow.is_looking or not (event.text.strip() or self.attached):
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

    def action_toggle_list(self) -> None:
        """Show the list of chats and go to it, or hide it."""
        chats = self.query_one(ChatList)
        self._wants_list = not chats.display
        self._fit()
        if self._wants_list:
            chats.query_one(OptionList).focus()
        else:
            self.composer.focus()

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

    def action_copy_code(self) -> None:
        """Copy a code block of the newest message that has one."""
        if view := self.thread.last_with_code():
            self._copy_code_of(view)
        else:
            self.notify("There is no code to copy yet.", markup=False)

    @on(Thread.CodeWanted)
    def _code_wanted(self, event: Thread.CodeWanted) -> None:
        self._copy_code_of(event.view)

    @on(MessageBody.CodeClicked)
    def _code_clicked(self, event: MessageBody.CodeClicked) -> None:
        self.maskwell.copy(event.code, "the code block")

    @work(group="flow")
    async def _copy_code_of(self, view: MessageView) -> None:
        """Copy the only code block there is, or ask which."""
        codes = [text for _, text in view.codes]
        if not codes:
            self.notify("There is no code in this message.", markup=False)
            return
        chosen: str | None = "0"
        if len(codes) > 1:
            choices = [code_choice(number, *one) for number, one in enumerate(view.codes)]
            chosen = await self.app.push_screen_wait(ChoiceScreen("Copy which code?", choices))
        if chosen is not None:
            self.maskwell.copy(codes[int(chosen)], "the code block")

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
