"""A scrolling view of one marked text, drawn a visible row at a time.

Only the rows on the screen are built, so a long prompt moves as fluidly as a short one. A
stretch can be selected with the mouse, or word by word from the keyboard.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from maskwell.tui.proof import Mark, Proof
from maskwell.tui.proof_rows import rows_of

if TYPE_CHECKING:
    from textual import events

__all__ = ["ProofView"]

_WORD = re.compile(r"\w+(?:['’.@+-]\w+)*")


class ProofView(ScrollView, can_focus=False):
    """Shows a `Proof`; one mark is the current one, one stretch may be selected."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {  # noqa: RUF012  # Textual's own way of naming them
        "proof--private",
        "proof--kept",
        "proof--blocked",
        "proof--dropped",
        "proof--current",
        "proof--selected",
    }

    @dataclass
    class Selected(Message):
        """The mouse selected a stretch, in characters of the source text."""

        view: ProofView
        start: int
        end: int

    @dataclass
    class MarkClicked(Message):
        """The mouse clicked a mark."""

        view: ProofView
        index: int

    def __init__(self, *, id: str, selects: bool = False) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self.proof = Proof("")
        self._marks: dict[int, Mark] = {}
        self.current = -1
        self.selection: tuple[int, int] | None = None
        """Shown characters that are selected."""
        self._selects = selects
        self._anchor: int | None = None
        self._rows: list[tuple[int, int]] = []
        self._rows_width = 0

    def show(self, proof: Proof, current: int) -> None:
        """Show a proof and bring the current mark into view."""
        is_same_text = proof.text == self.proof.text and bool(self._rows)
        if proof is not self.proof:
            self._marks = {mark.index: mark for mark in reversed(proof.marks)}
        self.proof = proof
        self.current = current
        if not is_same_text:
            self._lay_out()
        self.refresh()
        self.call_after_refresh(self.reveal_current)

    def select(self, selection: tuple[int, int] | None) -> None:
        """Show a stretch (in shown characters) as selected, and bring it into view."""
        self.selection = selection
        if selection is not None:
            self._reveal(*selection)
        self.refresh()

    def words(self) -> list[tuple[int, int]]:
        """Return the stretches of all words, in shown characters."""
        return [match.span() for match in _WORD.finditer(self.proof.text)]

    def reveal_current(self) -> None:
        """Scroll so that the current mark can be seen."""
        if (mark := self.mark_of(self.current)) is not None:
            self._reveal(mark.start, mark.end)

    def mark_of(self, index: int) -> Mark | None:
        """Return the first mark of a finding."""
        return self._marks.get(index)

    def offset_at(self, x: int, y: int) -> int:
        """Return the shown character at a place of this widget, in cells."""
        if not self._rows:
            return 0
        row = min(max(y + self.scroll_offset.y, 0), len(self._rows) - 1)
        start, end = self._rows[row]
        cells = 0
        for at in range(start, end):
            cells += cell_len(self.proof.text[at])
            if cells > x:
                return at
        return end

    def place_in_row(self, shown: int, by: int) -> int:
        """Return the shown character above (-1) or below (1) another, as near as can be."""
        row = self._row_of(shown)
        column = shown - self._rows[row][0]
        start, end = self._rows[min(max(row + by, 0), len(self._rows) - 1)]
        return min(start + column, end)

    # -- drawing ----------------------------------------------------------------------

    def on_resize(self) -> None:
        """Lay the rows out again when the width changed."""
        if self.scrollable_content_region.width != self._rows_width:
            self._lay_out()

    def render_line(self, y: int) -> Strip:
        """Return one row of the screen."""
        width = self.scrollable_content_region.width
        base = self.rich_style
        row = y + self.scroll_offset.y
        if row >= len(self._rows):
            return Strip.blank(width, base)
        start, end = self._rows[row]
        strip = Strip([Segment(text, base + style) for text, style in self._pieces(start, end)])
        return strip.adjust_cell_length(width, base)

    def _pieces(self, start: int, end: int) -> list[tuple[str, Style]]:
        text, pieces, at = self.proof.text, [], start
        for mark in self._marks_between(start, end):
            left, right = max(mark.start, at), min(mark.end, end)
            pieces += [(at, left, Style()), (left, right, self._look(mark))]
            at = right
        pieces.append((at, end, Style()))
        shown = []
        for left, right, style in pieces:
            shown += self._with_selection(left, right, style)
        return [(text[left:right], style) for left, right, style in shown if left < right]

    def _with_selection(self, left: int, right: int, style: Style) -> list[tuple[int, int, Style]]:
        if self.selection is None:
            return [(left, right, style)]
        first, last = (min(max(edge, left), right) for edge in self.selection)
        chosen = self.get_component_rich_style("proof--selected")
        return [(left, first, style), (first, last, chosen), (last, right, style)]

    def _marks_between(self, start: int, end: int) -> list[Mark]:
        marks = self.proof.marks
        first = bisect_right(marks, start, key=lambda mark: mark.end)
        after = bisect_left(marks, end, first, key=lambda mark: mark.start)
        return list(marks[first:after])

    def _look(self, mark: Mark) -> Style:
        style = self.get_component_rich_style(f"proof--{mark.look}")
        if mark.index == self.current and mark.index >= 0:
            style += self.get_component_rich_style("proof--current")
        return style

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        self._rows_width = width
        self._rows = rows_of(self.proof.text, width) if width else []
        self.virtual_size = Size(width, len(self._rows))

    def _reveal(self, start: int, end: int) -> None:
        if not self._rows:
            return
        first = self._row_of(start)
        last = self._row_of(max(end - 1, start))
        self.scroll_to_region(
            Region(0, max(first - 1, 0), 1, last - first + 3), animate=False, force=True
        )

    def _row_of(self, shown: int) -> int:
        return max(bisect_right(self._rows, shown, key=lambda row: row[0]) - 1, 0)

    # -- the mouse --------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a selection."""
        if self._selects:
            self._anchor = self._offset_of(event)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Grow the selection."""
        if self._anchor is not None:
            here = self._offset_of(event)
            self.selection = (min(self._anchor, here), max(self._anchor, here) + 1)
            self.refresh()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the selection, or take it as a click."""
        here = self._offset_of(event)
        dragged = self.selection if self._anchor is not None else None
        self._anchor = None
        self.release_mouse()
        if dragged and dragged[1] - dragged[0] > 1:
            source = self.proof.to_source
            self.post_message(self.Selected(self, source(dragged[0]), source(dragged[1])))
            return
        self.selection = None
        self.refresh()
        self._click(here)

    def _click(self, here: int) -> None:
        for mark in self._marks_between(here, here + 1):
            self.post_message(self.MarkClicked(self, mark.index))
            return
        if self._selects:
            for start, end in self.words():
                if start <= here < end:
                    self.selection = (start, end)
                    source = self.proof.to_source
                    self.post_message(self.Selected(self, source(start), source(end)))
                    return

    def _offset_of(self, event: events.MouseEvent) -> int:
        offset = event.get_content_offset_capture(self)
        return self.offset_at(offset.x, offset.y)
