"""Whose name a single word is, told by the words beside it.

"Elena" beside "Duarte" is ours when both stand for one person. Beside a capitalised word that
is neither a title nor an ordinary word she is somebody else. Nothing is looked at beyond the
next word on either side, and every answer can be given from a bounded stretch of text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.masking.names import HONORIFICS, PARTICLES
from maskwell.masking.surrogates.plain_words import PLAIN_WORDS
from maskwell.masking.surrogates.pools import is_given_name

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MAY_START", "Neighbours", "is_bounded"]

_LONGEST_WORD: Final = 24
_WORD: Final = re.compile(rf"[^\W\d_]{{1,{_LONGEST_WORD}}}")
_LEFT: Final = re.compile(r"(?<![^\W_])([^\W\d_]{1,24})(\. |[ \u00a0.\-_@])\Z")
_RIGHT_SIGNS: Final = " \u00a0-._@"
_SENTENCE_START: Final = re.compile(r"(?:\A|[.!?:;\n>*#\"“(\[|,]\s{0,3})\Z")
_UNSPACED: Final = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_ESCAPE_BEFORE: Final = re.compile(r"(?<!\\)(?:\\\\)*(?:\\[ntrbf]|\\u[0-9a-fA-F]{4})\Z")
_LEGAL_FORMS: Final = frozenset(
    "ltd limited inc incorporated llc llp plc gmbh ag kg se sa sas sarl srl spa bv nv oy ab pty "
    "co corp corporation esq".split()
)
MAY_START: Final = re.compile(
    rf"(?:(?<![^\W_])|(?<=\\[ntrbf])|(?<=\\u[0-9a-f]{{4}}))[^\W_]|[^\w\s]|_|{_UNSPACED.pattern}"
)
"""Every place in comparable text where `is_bounded` may let a stretch begin."""
_ESCAPE_HERE: Final = re.compile(r"\\[ntrbf][A-Z]")
"""The letter of an escape is no part of the name behind it, as in a JSON tab before "Mann"."""
_ALONE: Final = PLAIN_WORDS | HONORIFICS | _LEGAL_FORMS | frozenset({"i", "a"})


def is_bounded(text: str, start: int, end: int) -> bool:
    """Say whether a stretch is not the inside of a longer word.

    An underscore ends a word, as in emphasis; so does an escape such as a JSON newline before
    it. Scripts written without spaces have no such bounds.
    """
    if _ESCAPE_HERE.match(text, max(0, start - 1)):
        return False
    if start and text[start].isalnum() and text[start - 1].isalnum():
        is_escaped = _ESCAPE_BEFORE.search(text, max(0, start - 8), start)
        if not is_escaped and not _UNSPACED.match(text, start):
            return False
    if end == len(text):
        return True
    is_inside = text[end - 1].isalnum() and text[end].isalnum()
    return not is_inside or _UNSPACED.match(text, end - 1) is not None


class Neighbours:
    """Judges single words in the order they stand in; remembers strangers."""

    def __init__(self, owners: Callable[[str], set[str]]) -> None:
        """Judge with `owners`, which says of whose stand-ins a word is a part."""
        self._owners = owners
        self._strangers: set[str] = set()
        self._previous = ("", 0)

    def came(self, form: str, end: int, *, is_ours: bool) -> None:
        """Take in the word or name that was decided last, and where it ended."""
        self._previous = (form, end) if is_ours else ("", 0)

    def rebase(self, dropped: int) -> None:
        """Forget the first `dropped` characters of the text."""
        word, end = self._previous
        self._previous = (word, end - dropped) if end - dropped > 0 else ("", 0)

    def judge(self, text: str, start: int, end: int, *, is_last: bool) -> bool | None:
        """Say whether the word is a stranger's; None where the next word is still coming in.

        Args:
            text: the text so far.
            start: where the word begins.
            end: where it ends.
            is_last: nothing follows the text.
        """
        word = text[start:end]
        right = _right(text, end, is_last=is_last)
        if right is None:
            return None
        sign, after = right
        mine = self._owners(word.lower())
        before, before_sign, before_start = _left(text, start)
        is_beside_own = self._is_own(mine, after) or self._is_previous(text, start, mine)
        if is_beside_own:
            return False
        is_foreign = self._is_foreign(word, after, sign) or (
            self._is_foreign(word, before, before_sign)
            and not _only_begins(text, before, before_start)
        )
        if is_foreign:
            self._strangers.add(word.lower())
        return is_foreign or word.lower() in self._strangers

    def ends_name(self, text: str, end: int, *, is_last: bool) -> bool | None:
        """Say whether a name ends here, as "Elena D." does not before "Ferrante".

        None where the next word is still coming in.
        """
        right = _right(text, end, is_last=is_last)
        if right is None:
            return None
        sign, after = right
        return (
            not after
            or sign not in " \u00a0"
            or not after[0].isupper()
            or (after.lower() in _ALONE)
        )

    def _is_own(self, mine: set[str], other: str) -> bool:
        return bool(other) and bool(mine & self._owners(other.lower()))

    def _is_previous(self, text: str, start: int, mine: set[str]) -> bool:
        """Whether a word of the same value ended just before, an initial between them or not."""
        form, end = self._previous
        if not form or end > start or not 0 < start - end <= 6:
            return False
        between = text[end:start]
        is_near = re.fullmatch(r"[\s\u00a0._\-,*@]{1,3}(?:[^\W\d_]\.?[ \u00a0])?", between)
        return bool(is_near) and bool(mine & self._owners(form.split()[-1]))

    def _is_foreign(self, word: str, other: str, sign: str) -> bool:
        """Whether a word beside ours makes it a part of somebody else's name."""
        if not other or (sign == ". " and len(other) > 1):
            return False
        low = other.lower()
        if low in _ALONE or low in PARTICLES:
            return False
        if len(other) == 1:
            return other.isupper() and sign == ". "
        if other[0].isupper():
            return True
        return word.islower() and sign in "._@-"


def _right(text: str, end: int, *, is_last: bool) -> tuple[str, str] | None:
    """Return the sign and the word that follow, "" for none; None: not all is there."""
    if end == len(text):
        return ("", "") if is_last else None
    if text[end] not in _RIGHT_SIGNS:
        return "", ""
    match = _WORD.match(text, end + 1)
    if match is None:
        return ("", "") if is_last or end + 1 < len(text) else None
    if match.end() == len(text) and not is_last and len(match[0]) < _LONGEST_WORD:
        return None
    return text[end], match[0]


def _left(text: str, start: int) -> tuple[str, str, int]:
    match = _LEFT.search(text, max(0, start - _LONGEST_WORD - 3), start)
    return (match[1], match[2], match.start()) if match else ("", "", 0)


def _only_begins(text: str, before: str, place: int) -> bool:
    """Whether the word before is capitalised because a sentence begins, and is no first name."""
    is_first = _SENTENCE_START.search(text, max(0, place - 4), place) is not None
    return is_first and len(before) > 1 and not is_given_name(before)
