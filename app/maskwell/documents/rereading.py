"""Which texts the name model has to read, and which of them once more.

It is nearly all that a file costs, so it reads what may hold a name: any letters the first
time; the second time, with each token blanked out, only where beside a token stands what the
first reading may have left of the value. Rules read everything both times.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maskwell.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from maskwell.documents.segments import Edit, Segment

__all__ = ["is_torn", "may_hold_names"]

_LETTER = re.compile(r"[^\W\d_]")
_FEWEST_DIGITS = 4
_AMOUNT = re.compile(r"[-+(]?\W?\d{1,3}(?:[ ,.'\u2019]?\d{3})*[.,]\d{1,2}\)?\W{0,2}")
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?(?:[T ][\d:.Z+-]+)?|\d\d?([./-])\d\d?\1(?:19|20)\d\d")
_REACH_CHARS = 40
_BEFORE = re.compile(r"(\w++)(\W{0,4}+)\Z")
_AFTER = re.compile(r"(\W{0,4}+)(\w)")
_SENTENCE_END = re.compile(r"""[.!?]["')\u2019\u201d]?\s+\Z""")
_ORDINARY = frozenset(
    "dear hi hello hey good morning evening thanks thank regards yours sincerely cheers best kind "
    "the a in on at to from by for with and or of as is was this that these those our your "
    "his her their we i you he she it they contact call ask tell write name cc bcc attn subject "
    "re fwd date sent mr mrs ms miss dr prof sir "
    "liebe lieber sehr geehrte geehrter hallo guten tag gruss gru\u00df herr frau f\u00fcr "
    "mit und der die das ch\u00e8re cher bonjour madame monsieur le querida querido estimado "
    "estimada hola gentile salve".split()
)
"""Words that may begin a line before a name and belong to none; particles ("von") may."""
_WHOLE_WORD = re.compile(r"\w{3,}\Z")
"""After fewer letters a full stop may belong to an initial: "Ada M. Birch"."""


def may_hold_names(segments: Iterable[Segment]) -> bool:
    """Whether the name model may find what no rule does: where letters stand, however written.

    Under a label that says what it is, a number of some digits may be somebody's as well; an
    amount or a date is not.
    """
    return any(_has_letters(one.text) or _is_numbered(one) for one in segments)


def _has_letters(text: str) -> bool:
    return bool(_LETTER.search(text if text.isascii() else fold(text).text))


def _is_numbered(segment: Segment) -> bool:
    text = segment.text.strip()
    if sum(map(str.isdigit, text)) < _FEWEST_DIGITS or not _has_letters(segment.label):
        return False
    return not (_AMOUNT.fullmatch(text) or _DATE.fullmatch(text))


def is_torn(text: str, edits: Sequence[Edit]) -> bool:
    """Whether beside an edit stands what may be a piece of the value it replaces.

    That is a word that touches it, or one beside it that does not begin with a small letter,
    unless it is an ordinary word or a new sentence begins there.

    Args:
        text: of one segment, as it was read.
        edits: what is replaced in it, in order and without overlaps.
    """
    if edits and _is_disguised(text):
        return True
    done = 0
    for number, edit in enumerate(edits):
        left = edits[number + 1].start if number + 1 < len(edits) else len(text)
        before = text[max(done, edit.start - _REACH_CHARS) : edit.start]
        after = text[edit.end : min(left, edit.end + _REACH_CHARS)]
        value = text[edit.start : edit.end]
        if _is_left_before(before) or _is_left_after(after, value):
            return True
        done = edit.end
    return False


def _is_disguised(text: str) -> bool:
    """Whether letters are written as symbols, such as circled ones, which no word here sees."""
    odd = {c for c in text if c > "\x7f" and not c.isalnum()} if not text.isascii() else ""
    return any(fold(c).text[:1].isalpha() for c in odd)


def _is_left_before(before: str) -> bool:
    found = _BEFORE.search(before)
    if found is None:
        return False
    return not found[2] or not (found[1][0].islower() or found[1].lower() in _ORDINARY)


def _is_left_after(after: str, value: str) -> bool:
    found = _AFTER.match(after)
    if found is None or (found[1] and found[2].islower()):
        return False
    return not (_SENTENCE_END.search(found[1]) and _WHOLE_WORD.search(value))
