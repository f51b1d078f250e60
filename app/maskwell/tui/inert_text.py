"""The one way text reaches the screen: never parsed as markup, never raw to the terminal.

Two layers keep that true. `InertText` and `inert_content` are what every widget shows
untrusted text with: brackets stay brackets and dangerous characters become visible marks.
`InertFilter` then looks at every segment of every widget on its way to the terminal and
takes out what a widget of Textual's own (an input, a text area) would have let through.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.filter import LineFilter
from textual.widgets import Static

from maskwell.text.folding import DEFAULT_IGNORABLE
from maskwell.text.inert import inert

if TYPE_CHECKING:
    from textual.color import Color
    from textual.visual import VisualType

__all__ = ["InertFilter", "InertText", "inert_content", "shown_cells"]

_MARK = "·"
_PLAIN = re.compile(r"[\n\x20-\x7e]*")
_HARMFUL = re.compile(
    f"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb\ud800-\udfff{DEFAULT_IGNORABLE}]"
)
"""Controls, bidirectional controls, invisible characters and lone surrogates."""


def inert_content(untrusted_text: str, style: str = "") -> Content:
    """Return text for display with no markup in it and nothing a terminal would obey."""
    return Content(inert(untrusted_text), strip_control_codes=False).stylize(style)


def shown_cells(untrusted_text: str) -> str:
    """Return the text with each dangerous character as one visible mark, offsets unchanged.

    Line breaks stay; a tab becomes one space. The result has exactly as many code points.
    """
    if _PLAIN.fullmatch(untrusted_text):
        return untrusted_text
    return "".join(map(_shown, untrusted_text))


@lru_cache(maxsize=4096)
def _shown(character: str) -> str:
    if character == "\n":
        return character
    if character == "\t":
        return " "
    if "\x00" <= character < "\x20":
        return chr(0x2400 + ord(character))
    if _HARMFUL.match(character):
        return _MARK
    return character


class InertText(Static):
    """A Static that takes plain strings as they are, and `Content` built by this package."""

    def __init__(self, content: VisualType = "", **options: object) -> None:
        made = inert_content(content) if isinstance(content, str) else content
        super().__init__(made, markup=False, **options)  # type: ignore[arg-type]  # Static's own

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show other text; a string is never parsed."""
        made = inert_content(content) if isinstance(content, str) else content
        super().update(made, layout=layout)


class InertFilter(LineFilter):
    """The last gate before the terminal: harmful characters become blanks of their width."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002  # the signature is Textual's
        """Return the segments with nothing in them that a terminal would act on."""
        return [
            segment
            if segment.control or (segment.text.isascii() and segment.text.isprintable())
            else Segment(_HARMFUL.sub(_blank, segment.text), segment.style)
            for segment in segments
        ]


def _blank(match: re.Match[str]) -> str:
    return " " * cell_len(match.group())
