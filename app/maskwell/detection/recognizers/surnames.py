"""Rows of surnames, which read like the name of a firm: "Kowalski, Brandt and Oduya signed".

A firm says that it is one: by a legal form, or by what is said around it. Invariant: the pieces
lie within the span and are words of it, so what was hidden stays hidden.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from maskwell.detection.ner import TaggedSpan

__all__ = ["row_of_people"]

_NAME: Final = r"[^\W\d_a-z][^\W\d_]+(?:['’-][^\W\d_]+)*"
_ROW = re.compile(rf"{_NAME}(?:, {_NAME})+,? (?P<joint>and|&|und|et|y|e|en) {_NAME}")
_WORD = re.compile(_NAME)
_FIRM_AFTER = re.compile(
    r",? (?:LLP|LLC|Inc|Ltd|Limited|PLC|plc|GmbH|P\.?C\.?|PA|Co\b|Corp|Associates|Partners"
    r"|Solicitors"
    r"|Attorneys|Advocates|Lawyers|Architects|Accountants|Chambers|Group|Holdings|Consulting|Bank)"
)
_FIRM_BEFORE = re.compile(
    r"(?i)(?:\b(?:law ?firm|firm|firms|lawyers|solicitors|attorneys|attorney|counsel|chambers"
    r"|company|agency|auditors?|accountants|architects|consultants|brokers|bank|publisher|partner|associate"
    r"|retained|hired|engaged|at|with|for|from|via)[,:]?[ ]"
    r"(?:(?:of|at|from|the|are|is|were|was)[ ])?)\Z"
)
_DOING = re.compile(
    r"(?:,| -)? (?:were|have|are|had|both|all|each|met|left|said|spoke|agreed|will|would"
    r"|did|do|\w+ed)\b"
)
_LONGEST_BEFORE: Final = 32


def row_of_people(text: str, span: TaggedSpan) -> list[tuple[int, int]]:
    """Return where each surname of a row stands, in characters; nothing for a firm."""
    row = _ROW.fullmatch(text, span.start, span.end)
    if row is None or _FIRM_AFTER.match(text, span.end):
        return []
    if _FIRM_BEFORE.search(text, max(0, span.start - _LONGEST_BEFORE), span.start):
        return []
    if row["joint"] == "&" and not _DOING.match(text, span.end):
        return []
    joint = row.span("joint")
    return [
        word.span() for word in _WORD.finditer(text, span.start, span.end) if word.span() != joint
    ]
