"""Where a value must never be put back: inside link targets, image sources and URLs.

A one-way walk over the text keeps a single state. Every change of state is decided by one
character and those before it, never by what follows, so the walk gives the same answer
however a stream is cut. In doubt it says "inside": a token that stays a token harms nobody.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

__all__ = ["LINK_TRIGGER", "LOOKBEHIND", "LinkWalk", "Opening"]

LOOKBEHIND = 16
"""How many earlier characters the walk may look at."""


class Opening(NamedTuple):
    """What opened the link a token stands in: a span of the text walked over."""

    start: int
    end: int


class _State(Enum):
    OUTSIDE = auto()
    URL = auto()
    """Until whitespace, a quotation mark or an angle bracket."""
    TARGET_START = auto()
    """After `](` or `url(`, before the first visible character."""
    TARGET = auto()
    """Until the matching bracket closes, or the line ends."""
    ANGLE_TARGET = auto()
    """A Markdown target between angle brackets."""
    VALUE_START = auto()
    """After `href=` and the like."""
    QUOTED_VALUE = auto()
    BARE_VALUE = auto()


_ATTRIBUTES = ("href", "src", "srcset", "poster", "formaction")
_SCHEMES = ("mailto", "javascript", "vbscript", "tel", "sms")
_ATTRIBUTE = "|".join(
    rf"(?<={word}{space}=)" for word in _ATTRIBUTES for space in ("", r"\s", r"\s\s")
)
_SCHEME = "|".join(rf"(?<={word}:)" for word in _SCHEMES)
_HOST = "|".join(rf"(?<=\.[a-z]{{{size}}}[/?])" for size in range(2, 13))
_PORT = "|".join(rf"(?<=:[0-9]{{{size}}}/)" for size in range(2, 6))
_ENCODED = "|".join(f"(?<={slash};)" for slash in ("&#47", "&sol", "&#x2f"))
# One class first, so that searching is one fast loop; then by character, so that a full stop
# or a colon that opens nothing is passed in a few steps.
LINK_TRIGGER = re.compile(
    r"[/?\\.:;2(=](?i:"
    r"(?<=\.)(?<=www\.)"
    rf"|(?<=[/?])(?:(?<=//)|(?<=/\\/)|{_HOST}|{_PORT})"
    r"|(?<=\()(?P<target>(?<=\]\()|(?<=url\())"
    rf"|(?<=:)(?:{_SCHEME})"
    rf"|(?<==)(?P<value>{_ATTRIBUTE})"
    rf"|(?<=[\\;2])(?:(?<=:\\\\)|(?<=%2f%2)|(?<=\\u002)|{_ENCODED}))"
)
"""The one character that completes what opens a link, a target or a link's attribute."""

_URL_CHANGE = re.compile(r"[\s<>\"]|\((?<=\]\()")
_VISIBLE = re.compile(r"\S")
_TARGET_CHANGE = re.compile(r"(?<!\\)[()]|\n")
_ANGLE_END = re.compile(r"[>\n]")
_VALUE_FIRST = re.compile(r"[^\s\\]")
_BARE_VALUE_END = re.compile(r"[\s>]")
_QUOTED_END = {
    '"': re.compile(r'"|(?<=\n)\n'),
    "'": re.compile(r"'|(?<=\n)\n"),
}
_OPENER_BEFORE = re.compile(
    r"(?:[a-z]{0,11}:?(?:\\?/){1,2}|[a-z]{2,10}\s{0,2}[:=(.]|\]\(|:\\\\|[/?]|;|2)\Z", re.IGNORECASE
)


class LinkWalk:
    """The state of the walk. Positions are characters of the text given to `advance`."""

    def __init__(self) -> None:
        self._enter(_State.OUTSIDE)
        self._depth = 0
        self._opening = Opening(0, 0)
        self._at = 0
        self._next = 0

    @property
    def is_outside(self) -> bool:
        """Whether the text walked over ends outside every link."""
        return self._state is _State.OUTSIDE

    def restart(self, place: int) -> None:
        """Go on at `place` of a new text, outside every link."""
        self._enter(_State.OUTSIDE)
        self._at = self._next = place

    def rebase(self, dropped: int) -> None:
        """Forget the first `dropped` characters of the text, all of them walked over."""
        self._at -= dropped
        self._next -= dropped
        self._opening = Opening(self._opening.start - dropped, self._opening.end - dropped)

    def opening_at(self, text: str, place: int, limit: int) -> Opening | None:
        """Walk up to `place` and return what opened the link it stands in, or None.

        Args:
            text: the text walked over so far and what has come since.
            place: not before the place last asked about.
            limit: the text up to here may be looked at for the next change of state.
        """
        if place > self._next:
            self.advance(text, place)
            match = self._search(text, limit)
            self._next = match.start() if match else limit
        return None if self._state is _State.OUTSIDE else self._opening

    def advance(self, text: str, place: int) -> None:
        """Walk over `text` up to `place`."""
        while (match := self._search(text, place)) is not None:
            self._at = match.end()
            self._change(text, match)
        self._at = self._next = max(self._at, place)

    def _search(self, text: str, limit: int) -> re.Match[str] | None:
        return self._change_at.search(text, self._at, limit)

    def _enter(self, state: _State) -> None:
        self._state = state
        self._change_at = _PATTERNS[state]

    def _change(self, text: str, match: re.Match[str]) -> None:
        _CHANGES[self._state](self, text, match)

    def _open(self, text: str, match: re.Match[str], state: _State) -> None:
        before = text[max(0, match.end() - LOOKBEHIND) : match.end()]
        opener = _OPENER_BEFORE.search(before)
        size = len(opener[0]) if opener else 1
        self._enter(state)
        self._opening = Opening(match.end() - size, match.end())

    def _from_outside(self, text: str, match: re.Match[str]) -> None:
        states = {"target": _State.TARGET_START, "value": _State.VALUE_START}
        self._open(text, match, states.get(match.lastgroup or "", _State.URL))

    def _from_url(self, text: str, match: re.Match[str]) -> None:
        if match[0] == "(":
            self._open(text, match, _State.TARGET_START)
        else:
            self._enter(_State.OUTSIDE)

    def _from_target_start(self, _text: str, match: re.Match[str]) -> None:
        if match[0] == "<":
            self._enter(_State.ANGLE_TARGET)
        else:
            self._enter(_State.TARGET)
            self._depth, self._at = 1, match.start()

    def _from_target(self, _text: str, match: re.Match[str]) -> None:
        self._depth += {"(": 1, ")": -1}.get(match[0], -self._depth)
        if self._depth <= 0:
            self._enter(_State.OUTSIDE)

    def _from_angle_target(self, _text: str, match: re.Match[str]) -> None:
        if match[0] == ">":
            self._enter(_State.TARGET)
            self._depth = 1
        else:
            self._enter(_State.OUTSIDE)

    def _from_value_start(self, _text: str, match: re.Match[str]) -> None:
        if match[0] in _QUOTED_END:
            self._enter(_State.QUOTED_VALUE)
            self._change_at = _QUOTED_END[match[0]]
        else:
            self._enter(_State.BARE_VALUE)
            self._at = match.start()

    def _to_outside(self, _text: str, _match: re.Match[str]) -> None:
        self._enter(_State.OUTSIDE)


_PATTERNS = {
    _State.OUTSIDE: LINK_TRIGGER,
    _State.URL: _URL_CHANGE,
    _State.TARGET_START: _VISIBLE,
    _State.TARGET: _TARGET_CHANGE,
    _State.ANGLE_TARGET: _ANGLE_END,
    _State.VALUE_START: _VALUE_FIRST,
    _State.QUOTED_VALUE: _QUOTED_END['"'],
    _State.BARE_VALUE: _BARE_VALUE_END,
}
_CHANGES = {
    _State.OUTSIDE: LinkWalk._from_outside,  # noqa: SLF001  # this module's own table
    _State.URL: LinkWalk._from_url,  # noqa: SLF001
    _State.TARGET_START: LinkWalk._from_target_start,  # noqa: SLF001
    _State.TARGET: LinkWalk._from_target,  # noqa: SLF001
    _State.ANGLE_TARGET: LinkWalk._from_angle_target,  # noqa: SLF001
    _State.VALUE_START: LinkWalk._from_value_start,  # noqa: SLF001
    _State.QUOTED_VALUE: LinkWalk._to_outside,  # noqa: SLF001
    _State.BARE_VALUE: LinkWalk._to_outside,  # noqa: SLF001
}
