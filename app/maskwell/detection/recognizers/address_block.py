"""Addresses without a house number, read upwards from their postcode: town, lane, house.

"The Old Rectory / Church Lane / Little Snoring NR21 0HZ". Invariant: a line belongs to the block
only when it, or one above it, speaks of a building or a street; the name on top does not.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["block_start"]

_WORD: Final = r"[A-ZÀ-ÖØ-Þ][\w'’]*\.?"
_JOINING: Final = r"(?:of|on|le|la|the|upon|by|in|under|next|cum|en|and|de|du|y)"
_WORDS: Final = rf"{_WORD}(?:[ \-](?:{_WORD}|{_JOINING})){{0,4}}"
_TOWN = re.compile(rf"(?:^|\n|[,;] ?|\b(?:in|at|of|near|from|to) )(?P<town>{_WORDS}),? \Z")
_LINE = re.compile(rf"(?:\d{{1,4}}[A-Za-z]?,? )?{_WORDS}(?:, {_WORDS}){{0,3}},?")
_NO_TOWN: Final = frozenset({"postcode", "postal", "code", "zip", "post", "the", "my", "our"})
_BUILDINGS = re.compile(
    r"(?i)\b(?:house|cottage|farm|farmhouse|hall|rectory|vicarage|manor|lodge|villas?|barn|mill"
    r"|court|mews|lane|road|street|avenue|close|drive|way|terrace|crescent|gardens?|grove|square"
    r"|green|row|hill|park|place|walk|wharf|yard|estate|flat|apartments?|building|tower|chambers"
    r"|works|croft|grange|priory|abbey|bungalow|stables|quay|parade)\b|\d"
)
_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Lady|Rev)\b")
_LIKE_A_PERSON = re.compile(
    r"\w+ (?i:hill|park|green|hall|grove|court|mill|croft|grange|abbey|lodge|barn|house|place|way)"
)
"""John Hill lives at the address below his name; Mill House may too, and is read by the model."""
_LONGEST_TOWN: Final = 60
_LONGEST_LINE: Final = 60
_MOST_LINES: Final = 4


def block_start(text: str, postcode: int) -> int:
    """Return where the address begins that ends with the postcode at `postcode`, in characters.

    `postcode` itself where nothing before it belongs to it.
    """
    town = _TOWN.search(text, max(0, postcode - _LONGEST_TOWN), postcode)
    if town is None:
        opens_line = postcode and text[postcode - 1] == "\n"
        return _first_line(text, postcode, postcode) if opens_line else postcode
    begin = town.start("town")
    if re.split(r"[ \-]", town["town"])[0].lower() in _NO_TOWN:
        return postcode
    return begin if begin and text[begin - 1] != "\n" else _first_line(text, begin, begin)


def _first_line(text: str, at: int, begin: int) -> int:
    """Return the start of the topmost line above `at` that names a building or a street."""
    for _ in range(_MOST_LINES):
        end = at - 1
        at = text.rfind("\n", 0, max(0, end)) + 1
        line = text[at:end].rstrip("\r ")
        if end <= 0 or len(line) > _LONGEST_LINE or not _LINE.fullmatch(line):
            break
        if _TITLE.match(line):
            break
        if _BUILDINGS.search(line) and not _LIKE_A_PERSON.fullmatch(line):
            begin = at
    return begin
