"""One message of the thread: who, what, and the receipt under it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.containers import Vertical
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from maskwell.tui.growing import GrowingText
from maskwell.tui.inert_text import InertText, inert_content
from maskwell.tui.layout import Line, laid_out, plain_lines, selected_text
from maskwell.tui.markdown import blocks_of
from maskwell.tui.receipts import has_more, in_full, in_one_line
from maskwell.tui.values import MarkedText, plain_content

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.geometry import Size
    from textual.selection import Selection

    from maskwell.tui.turns import ShownTurn

__all__ = ["MessageBody", "MessageView"]


class MessageBody(Widget):
    """A message's text, laid out for whatever width there is."""

    @dataclass
    class CodeClicked(Message):
        """The head of a code block was clicked, which copies the block."""

        code: str

    def __init__(self, marked: MarkedText, *, is_markdown: bool) -> None:
        super().__init__()
        self.marked = marked
        self.tokens = False
        self._is_markdown = is_markdown
        self._lines: list[Line] = []
        self._laid_out_for: tuple[int, bool] | None = None
        self._is_growing = False
        self._done = GrowingText()

    def _markdown(self, width: int) -> list[Line]:
        if self._is_growing:
            return self._done.lines(self.marked, width, tokens=self.tokens)
        return laid_out(blocks_of(self.marked, tokens=self.tokens), width)

    async def become(self, marked: MarkedText) -> None:
        """Show the whole text, laid out as one; that is not done on the screen's time."""
        width, tokens = self.content_size.width, self.tokens
        whole = MessageBody(marked, is_markdown=self._is_markdown)
        whole.tokens = tokens
        rows = await asyncio.to_thread(whole.lines, width) if width else []
        self._is_growing = False
        self.marked = marked
        if (width, tokens) != (self.content_size.width, self.tokens):
            self._changed()
            return
        is_other_height = len(rows) != len(self._lines)
        self._lines, self._laid_out_for = rows, (width, tokens)
        self.clear_cached_dimensions()
        self.refresh(layout=is_other_height)

    def grow(self, marked: MarkedText) -> None:
        """Show more of the same text; paragraphs that are done are not laid out again."""
        self._is_growing = True
        self.marked = marked
        self._changed()

    def show_tokens(self, tokens: bool) -> None:
        """Show tokens instead of values, or values again."""
        if tokens != self.tokens:
            self.tokens = tokens
            self._changed()

    def _changed(self) -> None:
        """Lay the text out anew, and everything below it only when that moves."""
        width, rows = self.content_size.width, len(self._lines)
        self._laid_out_for = None
        self.clear_cached_dimensions()
        self.refresh(layout=not width or len(self.lines(width)) != rows)

    def lines(self, width: int) -> list[Line]:
        """Return the rows at a width in cells."""
        if self._laid_out_for != (width, self.tokens):
            if self._is_markdown:
                self._lines = self._markdown(width)
            else:
                self._lines = plain_lines(plain_content(self.marked, tokens=self.tokens), width)
            self._laid_out_for = (width, self.tokens)
        return self._lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # the signature is Textual's
        """Return how many rows the text takes."""
        return len(self.lines(width)) if width else 0

    def render_line(self, y: int) -> Strip:
        """Return one row of the screen: only those that are looked at are made."""
        width = self.content_size.width
        lines, style = self.lines(width), self.visual_style
        if y >= len(lines):
            return Strip.blank(width, style.rich_style)
        content = self._with_selection(lines[y].content, y)
        pieces: list[Segment] = []
        x = 0
        for text, look in content.render(style, end="", parse_style=self._get_style):
            if text:
                pieces.append(Segment(text, (style + look).rich_style_with_offset(x, y)))
            x += len(text)
        return Strip(pieces, content.cell_length)

    def _with_selection(self, content: Content, y: int) -> Content:
        selection = self.text_selection
        span = selection.get_span(y) if selection is not None else None
        if span is None:
            return content
        look = Style.from_styles(self.screen.get_component_styles("screen--selection"))
        start, end = span
        return content.stylize(look, start, len(content) if end == -1 else end)

    def on_click(self, event: events.Click) -> None:
        """Copy a code block when its head is clicked."""
        lines = self.lines(self.content_size.width)
        if event.y < len(lines) and (code := lines[event.y].code):
            self.post_message(self.CodeClicked(code))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected text with wrapped rows joined again."""
        lines = self.lines(self.content_size.width)
        if not lines:
            return None
        start = selection.start or (0, 0)
        end = selection.end or (len(lines[-1].content), len(lines) - 1)
        return selected_text(lines, (start[0], start[1]), (end[0], end[1])), "\n"


class MessageView(Vertical, can_focus=True):
    """A message with its heading and, for a reply, its receipt."""

    LOOKS: ClassVar = {"user": "message--user", "assistant": "message--reply"}

    def __init__(self, turn: ShownTurn) -> None:
        super().__init__(classes=f"message {self.LOOKS.get(turn.role, 'message--note')}")
        self.role = turn.role
        self.turn = turn
        self._heading = InertText(turn.heading, classes="message-heading")
        self.body = MessageBody(turn.marked, is_markdown=turn.role == "assistant")
        self._foot = InertText("", classes="message-receipt")
        self._is_open = False

    def compose(self) -> ComposeResult:
        """Put heading, text and receipt below one another."""
        yield self._heading
        yield self.body
        yield self._foot

    @property
    def is_whole(self) -> bool:
        """Whether it has all come: a reply has a receipt then."""
        return self.role != "assistant" or self.turn.receipt is not None

    def rows(self, width: int) -> int:
        """Return how many rows it takes with its margin, its text being `width` cells wide."""
        return len(self.body.lines(width)) + (4 if self.turn.receipt is not None else 2)

    @property
    def codes(self) -> list[tuple[str, str]]:
        """Its code blocks as (language, text), as they are shown."""
        blocks = blocks_of(self.body.marked, tokens=self.body.tokens)
        return [(one.language, one.content.plain) for one in blocks if one.kind == "code"]

    def on_mount(self) -> None:
        """Show the receipt there is."""
        self._show_receipt()

    async def finish(self, turn: ShownTurn) -> None:
        """Show the whole message and what restoring it did."""
        await self.body.become(turn.marked)
        self.turn = turn
        self._show_receipt()

    def toggle_receipt(self) -> None:
        """Open or close the receipt."""
        self._is_open = not self._is_open
        self._show_receipt()

    def on_click(self, event: events.Click) -> None:
        """Take the focus; a click on the receipt opens or closes it."""
        self.focus()
        if event.widget is self._foot:
            self.toggle_receipt()

    def _show_receipt(self) -> None:
        receipt = self.turn.receipt
        self._foot.display = receipt is not None
        if receipt is None:
            return
        parts = in_one_line(receipt)
        if not self.turn.is_complete:
            parts = [("◌ stopped early", "$warning"), *parts]
        more = " ▾" if self._is_open else " ▸" if has_more(receipt) else ""
        line = inert_content(" · ", "$faint").join(inert_content(*part) for part in parts)
        line += inert_content(more, "$faint")
        if self._is_open:
            for what, tokens in in_full(receipt):
                line += inert_content(f"\n  {what}: {tokens}", "$faint")
        self._foot.update(line)
