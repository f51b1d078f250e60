"""What embedded fonts draw, held against what they claim, by looking at lines they set.

A font may draw "Jane" and tell every reader "....". Each code of an embedded font is therefore
seen at least once where it stands: some lines are drawn, read as pictures and compared with the
text that the codes claim. A code no look has confirmed is not to be believed.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maskwell.documents.limits import Budget
    from maskwell.documents.pdf.pages import PageText
    from maskwell.documents.pdf.placing import Line
    from maskwell.documents.pdf.rendering import Renderer, Sheet
    from maskwell.documents.pdf.shown import Glyph
    from maskwell.documents.pictures.seeing import Eyes, Point

__all__ = ["Claim", "corners", "unconfirmed"]

Claim = tuple[int, bytes]
"""A font (its identity) and one of its codes."""

_ROUNDS = (1, 2, 3)
_MOST_PAGES = 25
_MOST_LINES_A_PAGE = 12
_DOTS_PER_INCH = 150
_LONGEST_ITEMS = 110
_LOOKALIKES = str.maketrans({
    "1": "i", "l": "i", "|": "i", "!": "i", "j": "i", "0": "o", "q": "g", "9": "g", "5": "s",
    "8": "b", "2": "z", "u": "v", "f": "t", "ı": "i", "ß": "b", "ø": "o", "ł": "i", "c": "e",
})  # fmt: skip


def unconfirmed(
    pages: Iterable[PageText], renderer: Renderer, eyes: Eyes, budget: Budget
) -> set[Claim]:
    """Return the codes of embedded fonts that no look has confirmed."""
    listed = list(pages)
    open_claims = {claim for page in listed for claim in _claims(page)}
    looked: Counter[tuple[int, int]] = Counter()
    pages_drawn = 0
    for _ in _ROUNDS:
        for page in listed:
            if not open_claims or pages_drawn >= _MOST_PAGES:
                return open_claims
            if lines := _telling(page, open_claims, looked):
                budget.look()
                pages_drawn += 1
                sheet = renderer.sheet(page.number, _DOTS_PER_INCH)
                open_claims -= set(_confirmed(sheet, lines, eyes))
    return open_claims


def corners(sheet: Sheet, line: Line) -> tuple[Point, Point, Point, Point]:
    """Return where a line stands in the picture of its page."""
    first, last = line.first, line.last
    up, down = 0.95, -0.3
    return (
        sheet.pixel(first.x + first.up_x * up, first.y + first.up_y * up),
        sheet.pixel(last.end_x + first.up_x * up, last.end_y + first.up_y * up),
        sheet.pixel(last.end_x + first.up_x * down, last.end_y + first.up_y * down),
        sheet.pixel(first.x + first.up_x * down, first.y + first.up_y * down),
    )


def _claims(page: PageText) -> Iterator[Claim]:
    for line in page.lines:
        for item in line.items:
            if item and item.glyph.font.needs_eyes:
                yield _claim(item.glyph)


def _claim(glyph: Glyph) -> Claim:
    return id(glyph.font), glyph.raw


def _telling(page: PageText, wanted: set[Claim], looked: Counter[tuple[int, int]]) -> list[Line]:
    """Return a few lines of a page that show claims still open, the richest first."""
    missing = set(wanted)
    chosen: list[Line] = []
    rich = sorted(page.lines, key=lambda line: -len(_shown(line) & wanted))
    for line in rich:
        news = _shown(line) & missing
        if not news or len(chosen) >= _MOST_LINES_A_PAGE:
            break
        if looked[page.number, id(line)]:
            continue
        looked[page.number, id(line)] += 1
        missing -= news
        chosen.append(line)
    return chosen


def _shown(line: Line) -> set[Claim]:
    return {_claim(item.glyph) for item in line.items[:_LONGEST_ITEMS] if item}


def _confirmed(sheet: Sheet, lines: list[Line], eyes: Eyes) -> Iterator[Claim]:
    quads = [corners(sheet, line) for line in lines]
    readings = eyes.read_each(sheet.picture, quads)
    for line, seen in zip(lines, readings, strict=True):
        signs = [
            (sign, item.glyph) for item in line.items if item for sign in item.glyph.text or ""
        ]
        yield from _agreeing(signs, seen)


def _agreeing(signs: list[tuple[str, Glyph]], seen: str) -> Iterator[Claim]:
    """Yield the claims that a reading of their line bears out."""
    claimed = [_folded(sign) for sign, _ in signs]
    drawn = [_folded(sign) for sign in seen]
    steps = SequenceMatcher(None, claimed, drawn, autojunk=False).get_opcodes()
    for kind, start, end, low, high in steps:
        if kind == "equal":
            yield from (_claim(glyph) for _, glyph in signs[start:end])
        elif kind != "insert":
            yield from _unlettered(signs[start:end], drawn[low:high])


def _unlettered(signs: list[tuple[str, Glyph]], drawn: list[str]) -> Iterator[Claim]:
    """Yield the claims to be no letter, where no more letters are drawn than are claimed."""
    letters = sum(sign.isalnum() for sign in drawn)
    if letters <= sum(sign.isalnum() for sign, _ in signs):
        yield from (_claim(glyph) for sign, glyph in signs if not sign.isalnum())


def _folded(sign: str) -> str:
    """Return a sign as looking tells it: no accents, no case, look-alikes as one."""
    base = unicodedata.normalize("NFKD", sign)[:1].lower()
    return base.translate(_LOOKALIKES)
