"""One prompt on its way: find, review, hand over or send, show the reply.

Nothing leaves before the review said so (or the policy said that none is wanted), and what
was typed stays in the composer until it has left.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from maskwell.errors import MaskwellError
from maskwell.policy import Action
from maskwell.tui.attachments import with_attachments
from maskwell.tui.chat_words import left_out_words, looking_line
from maskwell.tui.copying import copied
from maskwell.tui.keys import key_of
from maskwell.tui.removing import gone
from maskwell.tui.screens.by_hand import ByHandScreen
from maskwell.tui.screens.review import ReviewScreen
from maskwell.tui.streaming import ReplyPump
from maskwell.tui.turns import ShownTurn, marked_reply, marked_text
from maskwell.tui.values import MarkedText

if TYPE_CHECKING:
    from maskwell.shield import Data, Plan, Reply
    from maskwell.tui.screens.chat_frame import ChatFrame

__all__ = ["PromptFlow"]

_WORTH_TELLING = 20_000
"""Characters."""


class PromptFlow:
    """What happens between Enter in the composer and the reply in the thread."""

    def __init__(self, screen: ChatFrame) -> None:
        self._screen = screen
        self._desk = screen.desk
        self._pump: ReplyPump | None = None
        self._turn = 0
        self.is_streaming = False
        """A prompt is being sent, or its reply is coming in."""
        self.is_looking = False
        """A prompt is being searched for private values."""
        self.handed_over = ""
        """The protected prompt whose reply is awaited by hand; "" when none is."""

    async def begin(self, text: str) -> None:
        """Take a prompt through the review and send it."""
        whole, data = with_attachments(text, self._screen.composer.pasted, self._screen.attached)
        plan = await self._plan(whole, data)
        if plan is None:
            return
        is_blocked = any(item.action is Action.BLOCK for item in plan.items)
        if plan.wants_review or is_blocked or plan.is_blocked_by_guard:
            reviewed = await self._screen.app.push_screen_wait(ReviewScreen(self._desk, plan))
            if reviewed is None:
                return
            plan = reviewed
        if self._desk.is_by_hand:
            await self._hand_over(plan)
        else:
            await self._send(plan)

    async def resend(self) -> None:
        """Send the last prompt again when it got no reply."""
        self.is_streaming = True
        try:
            await self._show_reply(await asyncio.to_thread(self._desk.resend))
        except MaskwellError as error:
            self._screen.complain(error)
        finally:
            self.is_streaming = False

    async def receive(self, reply_text: str) -> None:
        """Show the reply the user brought back, with the values put back."""
        try:
            restored = await asyncio.to_thread(self._desk.chat.receive, reply_text)
        except MaskwellError as error:
            self._screen.complain(error)
            return
        self.handed_over = ""
        self._screen.composer.clear()
        turn = ShownTurn(
            "assistant", self._desk.heading("assistant"), marked_text(restored), restored.receipt
        )
        await self._screen.show_turn(turn)
        self._screen.show_state()

    def stop(self) -> bool:
        """Stop what is going on; False when nothing was."""
        if self._pump is not None:
            self._pump.stop()
            self._screen.progress("Stopping; what came is kept…")
            return True
        if self.is_looking:
            self._turn += 1
            self.is_looking = False
            self._desk.cancel_looking()
            self._screen.progress("")
            return True
        if self.handed_over:
            self.handed_over = ""
            self._screen.show_state()
            return True
        return False

    # -- steps ------------------------------------------------------------------------

    async def _plan(self, text: str, data: tuple[Data, ...]) -> Plan | None:
        self._turn += 1
        turn = self._turn
        self.is_looking = True
        is_long = len(text) >= _WORTH_TELLING
        length = f" in {len(text):,} characters" if is_long else ""
        self._screen.progress(f"Looking for what is private{length}…  Esc cancels")
        loop, began = asyncio.get_running_loop(), monotonic()

        def show(read: int, of: int) -> None:
            if is_long and turn == self._turn and self.is_looking:
                self._screen.progress(looking_line(read, of, monotonic() - began))

        def tell(read: int, of: int) -> None:
            loop.call_soon_threadsafe(show, read, of)

        try:
            plan = await asyncio.to_thread(self._desk.plan, text, data, tell)
        except MaskwellError as error:
            if turn == self._turn:
                self._screen.complain(error)
            return None
        finally:
            if turn == self._turn:
                self.is_looking = False
                self._screen.progress("")
        return plan if turn == self._turn else None

    async def _hand_over(self, plan: Plan) -> None:
        try:
            protected, entry = await asyncio.to_thread(self._desk.chat.hand_over, plan)
        except MaskwellError as error:
            self._screen.complain(error)
            return
        self._screen.prompt_left()
        await self._screen.show_turn(await asyncio.to_thread(self._last_turn))
        clipboard = self._screen.maskwell.board
        sentence, is_done = await asyncio.to_thread(
            copied, clipboard, protected.text, "the protected prompt"
        )
        how = "copied" if is_done else "shown for copying by hand"
        await asyncio.to_thread(self._desk.chat.handed_over, entry, how=how)
        self.handed_over = protected.text
        self._screen.show_state(sentence)
        if not is_done:
            await self._screen.app.push_screen_wait(ByHandScreen(protected.text, sentence))

    async def _send(self, plan: Plan) -> None:
        self.is_streaming = True
        try:
            reply = await asyncio.to_thread(self._desk.chat.send, plan)
            self._screen.prompt_left()
            await self._screen.show_turn(await asyncio.to_thread(self._last_turn))
            self._screen.refresh_list()
            await self._show_reply(reply)
        except MaskwellError as error:
            self._screen.complain(error)
        finally:
            self.is_streaming = False

    async def _show_reply(self, reply: Reply) -> None:
        heading = self._desk.heading("assistant")
        view = await self._screen.show_turn(ShownTurn("assistant", heading, MarkedText("")))

        async def grow() -> None:
            view.body.grow(marked_reply(reply))

        self._pump = ReplyPump(reply, grow)
        self._screen.progress("Waiting for the reply…  Esc stops and keeps what came")
        try:
            error = await self._pump.run()
            if reply.protected:
                last = await asyncio.to_thread(self._last_turn)
                await view.finish(replace(last, receipt=reply.receipt))
            else:
                await gone(view.remove())
        finally:
            self._pump = None
            self._screen.progress("")
        if error is not None:
            self._screen.complain(error)
        key = key_of("chat.resend", self._desk.settings.keys)
        nothing = f"No reply came. {key} sends the prompt again."
        left_out = left_out_words(self._desk.chat.left_out)
        self._screen.show_state(left_out if reply.protected else nothing)

    def _last_turn(self) -> ShownTurn:
        return self._desk.shown(self._desk.chat.turns[-1])
