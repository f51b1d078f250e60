"""A reply that grows: what is done of it is laid out once, only its end again and again.

While a reply comes in, a paragraph counts as done once an empty line follows it outside of a
code block. When the reply is complete its reader lays all of it out as one text, so a list
that went over empty lines is numbered as it should be.
"""

from __future__ import annotations

import re
from dataclasses import replace

from textual.content import Content

from maskwell.tui.layout import Line, laid_out
from maskwell.tui.markdown import blocks_of
from maskwell.tui.values import MarkedText

__all__ = ["GrowingText"]

_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_GAP = "\n\n"
_EMPTY = Line(Content(""))


class GrowingText:
    """The rows of one growing text at one width."""

    def __init__(self) -> None:
        self._done_end = 0
        self._done_lines: list[Line] = []
        self._done_for: tuple[int, bool] = (0, False)

    def lines(self, marked: MarkedText, width: int, *, tokens: bool) -> list[Line]:
        """Return all rows; the text is the one of the last call, or longer."""
        if self._done_for != (width, tokens) or len(marked.text) < self._done_end:
            self._done_end, self._done_lines, self._done_for = 0, [], (width, tokens)
        end = self._new_end(marked.text)
        if end > self._done_end:
            piece = _piece(marked, self._done_end, end)
            self._done_lines += _rows(self._done_lines, piece, width, tokens=tokens)
            self._done_end = end
        rest = _piece(marked, self._done_end, len(marked.text))
        return [*self._done_lines, *_rows(self._done_lines, rest, width, tokens=tokens)]

    def _new_end(self, text: str) -> int:
        """Return how much of the text is done: up to its last empty line outside of code."""
        end = text.rfind(_GAP, self._done_end)
        while end > self._done_end:
            if len(_FENCE.findall(text, self._done_end, end)) % 2 == 0:
                return end + len(_GAP)
            end = text.rfind(_GAP, self._done_end, end)
        return self._done_end


def _rows(before: list[Line], piece: MarkedText, width: int, *, tokens: bool) -> list[Line]:
    """Return a piece's rows, with the empty one that the layout puts between two blocks."""
    blocks = blocks_of(piece, tokens=tokens)
    gap = [_EMPTY] if before and blocks and not blocks[0].tight else []
    return [*gap, *laid_out(blocks, width)]


def _piece(marked: MarkedText, start: int, end: int) -> MarkedText:
    values = (
        replace(one, start=one.start - start, end=one.end - start)
        for one in marked.values
        if start <= one.start and one.end <= end
    )
    return MarkedText(marked.text[start:end], tuple(values))
