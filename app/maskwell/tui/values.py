"""Private values inside text on the screen: carried through Markdown, then marked.

A value is swapped for one private-use character before its text is parsed and put back,
whole and styled, into what came out. So a value is never read as Markdown, whatever is in
it, and its mark is on exactly its characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from textual.content import Content

from maskwell.text.inert import inert

__all__ = ["LOOKS", "MarkedText", "Value", "filled", "plain_content", "with_places"]

TOKEN_STYLE = "$private bold"  # noqa: S105  # a style
LOOKS = {
    "restored": "$private underline",
    "stand_in": "$private underline italic",
    "guarded": "$warning bold",
    "kept": "$kept bold italic",
    "changed": "$warning italic",
    "dropped": "$faint strike",
}
"""How a value is marked by what became of it: a colour, and a form that tells it without."""
_FIRST_PLACE = 0x100000
_LAST_PLACE = 0x10FFFD
_PLACES = re.compile("[\U00100000-\U0010fffd]")


@dataclass(frozen=True, slots=True)
class Value:
    """A private value in a text: where it stands and the token that stood for it."""

    start: int
    """First character of the value in the text."""
    end: int
    token: str
    """What the model saw in its place."""
    look: str = "restored"
    """What became of it: a name in `LOOKS`."""


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Text to show, and the private values in it, in text order."""

    text: str
    values: tuple[Value, ...] = ()

    def cut(self, end: int) -> MarkedText:
        """Return the first `end` characters; a value that would be cut is left out."""
        return MarkedText(self.text[:end], tuple(one for one in self.values if one.end <= end))

    def with_tokens(self) -> str:
        """Return the text with every value's token in its place."""
        pieces, at = [], 0
        for value in self.values:
            pieces += [self.text[at : value.start], value.token]
            at = value.end
        return "".join([*pieces, self.text[at:]])


def with_places(marked: MarkedText) -> str:
    """Return the text with value number n as the n-th private-use character."""
    pieces = []
    at = 0
    for number, value in enumerate(marked.values):
        pieces += [_cleared(marked.text[at : value.start]), chr(_place(number))]
        at = value.end
    return "".join([*pieces, _cleared(marked.text[at:])])


def filled(content: Content, marked: MarkedText, *, tokens: bool = False) -> Content:
    """Return the content with each place taken by its value (or its token), marked."""
    pieces: list[Content] = []
    at = 0
    for match in _PLACES.finditer(content.plain):
        number = ord(match.group()) - _FIRST_PLACE
        if number >= len(marked.values):
            continue
        pieces += [content[at : match.start()], _shown(marked, number, tokens=tokens)]
        at = match.end()
    if not pieces:
        return content
    return Content("").join([*pieces, content[at:]])


def plain_content(marked: MarkedText, *, tokens: bool = False) -> Content:
    """Return text that is not Markdown, with its values marked."""
    place_text = Content(inert(with_places(marked)), strip_control_codes=False)
    return filled(place_text, marked, tokens=tokens)


def _shown(marked: MarkedText, number: int, *, tokens: bool) -> Content:
    value = marked.values[number]
    text = value.token if tokens else marked.text[value.start : value.end]
    style = TOKEN_STYLE if tokens else LOOKS[value.look]
    return Content(inert(text), strip_control_codes=False).stylize(style)


def _cleared(text: str) -> str:
    return text if text.isascii() else _PLACES.sub("\ufffd", text)


def _place(number: int) -> int:
    return min(_FIRST_PLACE + number, _LAST_PLACE)
