"""The one matcher: finds what reads as a token in a text that may still be coming in.

Restoring, streamed or whole, and the escaping of token-like input all use this scanner.
It decides nothing about what the vault knows. Invariant: the proposals do not depend on how
the text was cut, because nothing is decided before everything that could change it is there;
for that, at most 64 characters are held back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from maskwell.masking.contexts import LOOKBEHIND, LinkWalk, Opening
from maskwell.masking.grammar import (
    AFTER_CLOSED,
    AFTER_CLOSED_PARTIAL,
    AFTER_OPEN,
    BARE_ALIVE,
    BARE_NUMBER_GROUP,
    EXACT_OR_MANGLED,
    LONGEST,
    MAY_OPEN,
    OPENER,
    OPENER_PREFIX,
    TYPE_BEFORE,
    WRAPPED_REST,
    looks_meant,
    may_become_token,
    read_inside,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

__all__ = ["Proposal", "Scanner", "scan"]


_HYPHENS = "-\u2011\u2013"


class Proposal(NamedTuple):
    """A span of a text that reads as a token; the vault decides whether it is one."""

    start: int
    end: int
    """Characters of the decided text it came with, end exclusive."""
    code: str
    """The token without brackets, as Maskwell would write it."""
    altered: bool = False
    """It is not written the way Maskwell writes it."""
    ending: str = ""
    """A plural or possessive ending inside the span."""
    refused_until: int = 0
    """Not 0: it may be a broken labelled token, whose remains end here; it stays literal."""
    opening: Opening | None = None
    """What opened the link or URL it stands in."""
    is_sound: bool = True
    """False: meant as a token but not well-formed, so never restored."""


class Scanner:
    """Cuts an incoming text into decided pieces with the proposals in each."""

    def __init__(self) -> None:
        self._buffer = ""
        self._position = 0
        self._walk = LinkWalk()

    def feed(self, chunk: str) -> tuple[str, list[Proposal]]:
        """Take the next piece of the text; return what is decided now and its proposals."""
        self._buffer += chunk
        found = list(_proposals(self._buffer, self._position))
        hold = _hold_from(self._buffer, self._position, found)
        begin = self._position
        while found and found[-1].start + begin >= hold:
            found.pop()
        return self._decide(found, hold)

    def close(self, last: str = "") -> tuple[str, list[Proposal]]:
        """Take the last piece and return all that was held back; nothing follows any more."""
        self._buffer += last
        found = list(_proposals(self._buffer, self._position))
        return self._decide(found, len(self._buffer))

    @property
    def held_back(self) -> int:
        """How many characters are not decided yet."""
        return len(self._buffer) - self._position

    @property
    def is_idle(self) -> bool:
        """Whether nothing is held back and no link is open."""
        return not self.held_back and self._walk.is_outside

    def skip(self, passed: str) -> None:
        """Go on behind a text that was decided elsewhere and left no link open."""
        self._buffer = passed[-LOOKBEHIND:]
        self._position = len(self._buffer)
        self._walk.restart(self._position)

    def _decide(self, found: list[Proposal], limit: int) -> tuple[str, list[Proposal]]:
        begin, buffer, walk = self._position, self._buffer, self._walk
        for n, proposal in enumerate(found):
            opening = walk.opening_at(buffer, proposal.start + begin, limit)
            if opening is not None:
                here = Opening(opening.start - begin, opening.end - begin)
                found[n] = proposal._replace(opening=here)
        walk.advance(buffer, limit)
        dropped = max(0, limit - LOOKBEHIND)
        self._buffer = buffer[dropped:]
        self._position = limit - dropped
        walk.rebase(dropped)
        return buffer[begin:limit], found


def scan(text: str) -> list[Proposal]:
    """Return everything in a whole text that reads as a token, left to right."""
    return Scanner().close(text)[1]


def _hold_from(buffer: str, begin: int, found: list[Proposal]) -> int:
    """Return the first place from which on nothing is certain yet."""
    hold = _alive_from(buffer, begin)
    nearest = len(buffer) - LONGEST
    for proposal in found:
        start, end = proposal.start + begin, proposal.end + begin
        if start >= hold:
            break
        if end < nearest:
            continue
        if ":" not in proposal.code and AFTER_CLOSED_PARTIAL.match(buffer, end):
            return start
        if hold < end:
            hold = _alive_from(buffer, end)
    return hold


def _alive_from(buffer: str, begin: int) -> int:
    """Return the first place not before `begin` where a token may just be coming in."""
    begin = max(begin, len(buffer) - LONGEST)
    hold = len(buffer)
    if MAY_OPEN.search(buffer, max(begin - 1, 0)) is None:
        # Without brackets and escapes only the last word can be a token.
        begin = max(begin, buffer.rfind(" ", begin), buffer.rfind("\n", begin))
        match = BARE_ALIVE.search(buffer, begin)
        return match.start() if match else hold
    for opener in OPENER.finditer(buffer, begin):
        rest = WRAPPED_REST.match(buffer, opener.end())
        if rest and may_become_token(rest[1]):
            hold = opener.start()
            break
    for pattern in (BARE_ALIVE, OPENER_PREFIX):
        if match := pattern.search(buffer, begin):
            hold = min(hold, match.start())
    return hold


def _proposals(buffer: str, begin: int) -> Iterator[Proposal]:
    """Yield, left to right and without overlaps, what reads as a token from `begin` on.

    Their places are counted from `begin`.
    """
    floor = begin
    matches = EXACT_OR_MANGLED.finditer(buffer, begin)
    while (match := next(matches, None)) is not None:
        code = match[1]
        if code is not None:
            floor = match.end()
            yield Proposal(match.start() - begin, floor - begin, code)
            continue
        proposal = _read_mangled(buffer, match, floor)
        if proposal is None:
            matches = EXACT_OR_MANGLED.finditer(buffer, match.start() + 1)
            continue
        floor = proposal.end
        yield _counted_from(begin, proposal)


def _counted_from(begin: int, found: Proposal) -> Proposal:
    if not begin:
        return found
    until = found.refused_until and found.refused_until - begin
    return found._replace(start=found.start - begin, end=found.end - begin, refused_until=until)


def _read_mangled(buffer: str, match: re.Match[str], floor: int) -> Proposal | None:
    group = match.lastindex or 0
    if group < BARE_NUMBER_GROUP:
        return _read_wrapped(buffer, match, match[group])
    return _read_bare(buffer, match, floor)


def _read_wrapped(buffer: str, match: re.Match[str], inside: str) -> Proposal | None:
    start, end = match.span()
    found = read_inside(inside)
    if found is None:
        if buffer[start] == "[" and looks_meant(inside):
            code = " ".join(inside.split())
            return Proposal(start, end, code, altered=True, is_sound=False)
        return None
    code, ending = found
    refused = None if ":" in code else AFTER_CLOSED.match(buffer, end)
    return Proposal(
        start,
        end,
        code,
        altered=buffer[start:end] != f"[{code}]",
        ending=ending,
        refused_until=refused.end() if refused else 0,
    )


def _read_bare(buffer: str, match: re.Match[str], floor: int) -> Proposal | None:
    separator = match.start()
    before = TYPE_BEFORE.search(buffer, max(floor, separator - LOOKBEHIND), separator)
    if before is None:
        return None
    number, check, label = (match[BARE_NUMBER_GROUP + n] for n in range(3))
    start, end = before.start(), match.end()
    is_shouted = before[1].isupper() and check.isupper()
    if buffer[separator] in _HYPHENS and not is_shouted:
        return None  # "card-2nd" is somebody's own words
    code = f"{before[1].upper()}_{number}{check.upper()}"
    if label:
        return Proposal(start, end, f"{code}:{label.lower()}", altered=True)
    is_opened = start > 0 and buffer[start - 1] == "["
    refused = AFTER_OPEN.match(buffer, end) if is_opened else None
    return Proposal(start, end, code, altered=True, refused_until=refused.end() if refused else 0)
