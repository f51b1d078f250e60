"""Files of the chat: those that go along with a prompt, and the chat saved as one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on, work

from maskwell.errors import MaskwellError
from maskwell.tui.attachments import read_attachment
from maskwell.tui.composer import Composer
from maskwell.tui.saving import save_new, where_to
from maskwell.tui.screens.chat_frame import ChatFrame
from maskwell.tui.screens.choice import Choice, ChoiceScreen, TextScreen
from maskwell.tui.screens.picker import PickerScreen

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ChatFiles"]


class ChatFiles(ChatFrame):
    """The chat, with files."""

    @work(group="flow")
    async def action_attach(self) -> None:
        """Ask for a file and let it go along with the next prompt."""
        path = await self.app.push_screen_wait(PickerScreen(self._folder))
        if path is not None:
            self._folder = path.parent
            self._take_along([path])

    @on(Composer.FilesDropped)
    def _files_dropped(self, event: Composer.FilesDropped) -> None:
        self._take_along(event.paths)

    @on(Composer.LongPasted)
    def _long_pasted(self, event: Composer.LongPasted) -> None:
        self.attached.append(event.attachment)
        self._show_attached()

    @work(group="attach")
    async def _take_along(self, paths: list[Path]) -> None:
        for path in paths:
            self.progress(f"Reading {path.name}…")
            try:
                self.attached.append(await asyncio.to_thread(read_attachment, path))
            except MaskwellError as error:
                self.complain(error)
        self.progress("")
        self._show_attached()

    @work(group="flow")
    async def action_export(self) -> None:
        """Save this chat as Markdown, protected or with the real values."""
        if self.desk.chat.id is None:
            self.notify("There is nothing to save yet; write a prompt first.", markup=False)
            return
        choices = [
            Choice("protected", "As it was sent", "no real values"),
            Choice("restored", "With the real values", "readable by whoever has the file"),
        ]
        form = await self.app.push_screen_wait(ChoiceScreen("Save this chat", choices))
        if form is None:
            return
        typed = await self.app.push_screen_wait(TextScreen("Save it as", f"~/chat-{form}.md"))
        if typed is None:
            return
        target = where_to(typed)
        try:
            page = await asyncio.to_thread(self.desk.export, restored=form == "restored")
            await asyncio.to_thread(save_new, target, page.encode("utf-8", "replace"))
        except MaskwellError as error:
            self.complain(error)
            return
        what = "with the real values" if form == "restored" else "protected"
        self.notify(f"The chat is in {target}, {what}.", markup=False)
