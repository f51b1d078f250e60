"""The leak search: does any forbidden value still stand in anything an output decodes to?

Two nets. Text that a second library extracted is searched for every value as whole words,
as it stands and folded, so that zero-width characters and wider gaps hide nothing. Every
decoded stream and part is searched for the bytes of each distinctive value (a single word as a
word): UTF-8, UTF-16, escaped for JSON, XML, URLs and quoted-printable, in base64 at each of its
three alignments, and in hexadecimal.
"""

from __future__ import annotations

import html
import json
import quopri
import re
from base64 import b64encode
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import ahocorasick_rs

from maskwell.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from maskwell.documents.formats import View

__all__ = ["Leak", "Words", "search"]

_SHORTEST_RAW_CHARS = 6
_SHORTEST_RAW_DIGITS = 7
_MOST_REMEMBERED = 4096
"""Values whose forms are kept at hand: they are real ones, and a watcher runs for days."""
_PLAIN_FORMS = frozenset({"utf-8", "json", "xml", "url", "quoted-printable"})
"""Forms that keep a word's letters together, so that a word within a word can be told."""


_SPACE = r"[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_GAP = re.compile(f"{_SPACE}+")
_GAP_OR_BREAK = re.compile(rf"{_SPACE}*\r?\n{_SPACE}*(?!\r?\n)|{_SPACE}+")


@dataclass(frozen=True, slots=True)
class Leak:
    """A forbidden value that is still there."""

    part: str
    """Where: a part's name or "text"."""
    number: int
    """Which: its place among the forbidden values; the value itself is never repeated."""
    form: str
    """How it was written: "text", "utf-16", "base64" …"""


class Words:
    """Many values sought at once in texts, as whole words, however wide the gaps in them are.

    Args:
        values: what is sought.
        for_sweep: whether everything is wanted that either net would hold against a copy: the
            end of a line may stand for a gap, and what is more than a word for the bytes' net
            may stand inside one.
    """

    def __init__(self, values: Sequence[str], *, for_sweep: bool = False) -> None:
        self._gap = _GAP_OR_BREAK if for_sweep else _GAP
        self._breaks = "\n" if for_sweep else "  "
        plain = [self._gap.sub(" ", _plain(value)) for value in values]
        self._numbers = [i for i, value in enumerate(plain) if value.strip()]
        wanted = [plain[number] for number in self._numbers]
        self._finder = ahocorasick_rs.AhoCorasick(wanted) if wanted else None
        self._anywhere = [
            for_sweep and not value.isalnum() and _is_distinctive(value) for value in wanted
        ]

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield (start, end, place among the values), overlaps included, in characters."""
        if self._finder is None:
            return
        plain, place = self._narrowed(_plain(text))
        for which, start, end in self._finder.find_matches_as_indexes(plain, overlapping=True):
            if self._anywhere[which] or _is_whole(plain, start, end):
                yield place(start), place(end), self._numbers[which]

    def _narrowed(self, text: str) -> tuple[str, Callable[[int], int]]:
        """Return the text with each gap one space, and what tells a place in it from there."""
        if text.isascii() and "  " not in text and self._breaks not in text:
            return text, int
        ends, shifts, shift = [], [0], 0
        for gap in self._gap.finditer(text):
            if len(gap.group()) > 1:
                shift += len(gap.group()) - 1
                ends.append(gap.end() - shift)
                shifts.append(shift)
        narrow = self._gap.sub(" ", text)
        return narrow, lambda at: at + shifts[bisect_right(ends, at)]


class _Needles:
    """The byte forms of many values, sought at once."""

    def __init__(self, values: Sequence[str]) -> None:
        self._meanings = [
            (number, form, needle)
            for number, value in enumerate(values)
            if _is_distinctive(value)
            for form, needle in _needles(value)
        ]
        self._words = {number for number, value in enumerate(values) if value.isalnum()}
        patterns = [needle for _, _, needle in self._meanings]
        self._finder = ahocorasick_rs.BytesAhoCorasick(patterns) if patterns else None

    def find(self, content: bytes) -> Iterator[tuple[int, str]]:
        """Yield (place among the values, form) of each that stands in `content`."""
        if self._finder is None:
            return
        for which, start, end in self._finder.find_matches_as_indexes(content, overlapping=True):
            number, form, _ = self._meanings[which]
            inside_a_word = content[start - 1 : start].isalnum() or content[end : end + 1].isalnum()
            if not (inside_a_word and number in self._words and form in _PLAIN_FORMS):
                yield number, form


def search(views: Iterable[View], forbidden: Sequence[str]) -> list[Leak]:
    """Return every leak once per part, value and form. All views are read to their end."""
    words = Words(forbidden)
    plainly = [fold(_plain(value)).text for value in forbidden]
    folded, differs = Words(plainly), plainly != list(forbidden)
    needles = _Needles(forbidden)
    leaks: dict[Leak, None] = {}
    for view in views:
        if isinstance(view.content, bytes):
            found = needles.find(view.content)
        else:
            is_odd = differs or not view.content.isascii()
            found = _in_text(view.content, words, folded if is_odd else None)
        leaks |= dict.fromkeys(Leak(view.part, number, form) for number, form in found)
    return list(leaks)


def _in_text(text: str, words: Words, folded: Words | None) -> Iterator[tuple[int, str]]:
    for _, _, number in words.find(text):
        yield number, "text"
    if folded is not None:
        for _, _, number in folded.find(fold(_plain(text)).text):
            yield number, "text"


def _is_whole(text: str, start: int, end: int) -> bool:
    before, first = text[start - 1 : start], text[start]
    last, after = text[end - 1], text[end : end + 1]
    return not ((first.isalnum() and before.isalnum()) or (last.isalnum() and after.isalnum()))


def _plain(text: str) -> str:
    """Return the text with lone surrogates replaced, one character for one."""
    if text.isascii():
        return text
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


def _is_distinctive(value: str) -> bool:
    """Whether meeting these bytes anywhere, word or not, means the value leaked."""
    kept = [c for c in value if c.isalnum()]
    if all(c.isdigit() for c in kept):
        return len(kept) >= _SHORTEST_RAW_DIGITS
    return len(kept) >= _SHORTEST_RAW_CHARS


@lru_cache(maxsize=_MOST_REMEMBERED)
def _needles(value: str) -> tuple[tuple[str, bytes], ...]:
    utf8 = value.encode("utf-8", "surrogatepass")
    wide = value.encode("utf-16-le", "surrogatepass")
    forms = [
        ("utf-8", utf8),
        ("utf-16", wide),
        ("utf-16", value.encode("utf-16-be", "surrogatepass")),
        ("json", json.dumps(value)[1:-1].encode()),
        ("xml", html.escape(value).encode("utf-8", "surrogatepass")),
        ("xml", value.encode("ascii", "xmlcharrefreplace") if value.isprintable() else utf8),
        ("url", quote(utf8, safe="").encode()),
        ("url", quote(utf8).encode()),
        ("url", quote_plus(utf8).encode()),
        ("quoted-printable", quopri.encodestring(utf8).rstrip(b"\n")),
        ("quoted-printable", quopri.encodestring(utf8, header=True).rstrip(b"\n")),
        ("quoted-printable", quopri.encodestring(utf8).rstrip(b"\n").replace(b" ", b"=20")),
        ("hex", utf8.hex().encode()),
        ("hex", utf8.hex().upper().encode()),
        ("hex", wide.hex().encode()),
        *(("base64", needle) for needle in (*_base64(utf8), *_base64(wide))),
    ]
    return tuple(dict.fromkeys((form, needle) for form, needle in forms if needle))


def _base64(data: bytes) -> Iterator[bytes]:
    """Yield the base64 of `data` at each alignment, less the characters its neighbours share."""
    for shift in range(3):
        whole = b64encode(b"\0" * shift + data)
        first = (0, 2, 3)[shift]
        last = (len(data) + shift) * 8 // 6
        if last - first >= 8:
            yield whole[first:last]
