"""Text that people do not see and models read: invisible characters and hidden markup.

Invariant: emoji, flags, right-to-left writing, soft hyphens and the joiners that scripts need
do not count as hiding. Every pattern is bounded, so the cost is linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["HiddenText", "find_hidden"]

_TAG_RUN: Final = re.compile("[\U000e0000-\U000e007f]+")
_FLAG: Final = "\U0001f3f4"
_SELECTOR_RUN: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_ZERO_WIDTH: Final = "\u200b-\u200d\u2060-\u2064\ufeff\u180e\u3164\u115f\u1160\uffa0"
_ZERO_WIDTH_RUN: Final = re.compile(f"[{_ZERO_WIDTH}]+")
_OVERRIDE: Final = re.compile("[\u202d\u202e]")
_EMBEDDING: Final = re.compile("[\u202a\u202b\u2066-\u2068]")
_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_COMMENT: Final = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_TAG: Final = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)\b([^<>]{0,4000})>")
_STYLE_HIDES: Final = re.compile(
    r"""display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0\d*)?\s*(?:[;"']|$)
    |font-size\s*:\s*[01](?:\.\d+)?\s*(?:px|pt|em|%)?\s*(?:[;"']|$)
    |(?<![\w-])color\s*:\s*(?:white|transparent|\#fff(?:fff)?\b|rgba?\([^)]{0,40},\s*0\s*\))
    |(?:left|top|text-indent)\s*:\s*-\d{3,}|clip\s*:\s*rect\(0|(?:max-)?height\s*:\s*0\s*(?:px)?\s*[;"']""",
    re.IGNORECASE | re.VERBOSE,
)
_HIDDEN_ATTRIBUTE: Final = re.compile(
    r"""(?:^|\s)hidden(?=[\s=/]|$)(?!\s{0,5}=\s{0,5}["']?false)""", re.IGNORECASE
)
_VOID: Final = frozenset("input img br hr meta link source area base col embed wbr".split())
_PAYLOAD_CHARS: Final = 2_000
"""How much of a hidden element or a spelt-out payload is read."""
_MANY: Final = 8
"""So many invisible characters in one run can spell a letter."""


@dataclass(frozen=True, slots=True)
class HiddenText:
    """One hidden place and what it says."""

    start: int
    end: int
    score: float
    reason: str
    payload: str = ""
    """The words that are hidden, decoded where they were encoded; "" when unknown."""


def find_hidden(untrusted_text: str) -> Iterator[HiddenText]:
    """Yield what is hidden in the text, kind by kind."""
    if not untrusted_text.isascii():
        yield from _tags(untrusted_text)
        yield from _selectors(untrusted_text)
        yield from _zero_width(untrusted_text)
        yield from _directions(untrusted_text)
    if "<" in untrusted_text:
        yield from _comments(untrusted_text)
        yield from _elements(untrusted_text)


def _tags(text: str) -> Iterator[HiddenText]:
    for run in _TAG_RUN.finditer(text):
        said = "".join(chr(ord(c) - 0xE0000) for c in run.group() if c >= "\U000e0020")
        said = said.replace("\x7f", "")
        before = text[run.start() - 1 : run.start()]
        if before == _FLAG and len(said) <= 6 and run.group()[-1] == "\U000e007f":
            continue
        reason = f"{len(run.group())} invisible tag characters that spell words for a model"
        yield HiddenText(run.start(), run.end(), 1.0, reason, said[:_PAYLOAD_CHARS])


def _selectors(text: str) -> Iterator[HiddenText]:
    for run in _SELECTOR_RUN.finditer(text):
        size = run.end() - run.start()
        if size < 2:
            continue
        data = bytes(_selected(c) for c in run.group())
        said = data.decode("utf-8", "ignore")
        score = 1.0 if size >= _MANY else 0.7
        reason = f"{size} variation selectors in a row, which can carry data"
        yield HiddenText(run.start(), run.end(), score, reason, said[:_PAYLOAD_CHARS])


def _selected(character: str) -> int:
    code = ord(character)
    return code - 0xFE00 if code < 0xFE10 else code - 0xE0100 + 16


def _zero_width(text: str) -> Iterator[HiddenText]:
    inside: list[tuple[int, int]] = []
    for run in _ZERO_WIDTH_RUN.finditer(text):
        size = run.end() - run.start()
        if size >= _MANY:
            reason = f"{size} zero-width characters in a row, which can carry data"
            yield HiddenText(run.start(), run.end(), 0.95, reason, _from_bits(run.group()))
        elif _splits_a_word(text, run.start(), run.end()):
            inside.append(run.span())
    if inside:
        score = min(0.9, 0.3 + 0.1 * len(inside))
        reason = f"zero-width characters inside words, in {len(inside)} places"
        yield HiddenText(inside[0][0], inside[-1][1], score, reason)


def _splits_a_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return before.isascii() and before.isalpha() and after.isascii() and after.isalpha()


def _from_bits(run: str) -> str:
    """Read a run of two kinds of zero-width characters as bits; "" when it says nothing."""
    signs = sorted(set(run))
    if len(signs) != 2:
        return ""
    for zero in signs:
        bits = "".join("0" if c == zero else "1" for c in run)
        octets = bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits) - 7, 8))
        said = octets.decode("utf-8", "ignore")
        if said and said.isprintable():
            return said[:_PAYLOAD_CHARS]
    return ""


def _directions(text: str) -> Iterator[HiddenText]:
    for mark in _OVERRIDE.finditer(text):
        name = unicodedata.name(mark.group()).lower()
        reason = f"a {name}: what is shown is in another order than what is read"
        score = 0.4 if _RIGHT_TO_LEFT.search(text) else 0.9
        yield HiddenText(mark.start(), mark.end(), score, reason)
        break
    first = _EMBEDDING.search(text)
    if first and not _RIGHT_TO_LEFT.search(text):
        reason = "direction marks in a text that has no right-to-left writing"
        yield HiddenText(first.start(), first.end(), 0.4, reason)


def _comments(text: str) -> Iterator[HiddenText]:
    for comment in _COMMENT.finditer(text):
        if any(c.isalpha() for c in comment[1]):
            reason = "an HTML comment, which a page does not show"
            said = comment[1][:_PAYLOAD_CHARS]
            yield HiddenText(comment.start(), comment.end(), 0.2, reason, said)


def _elements(text: str) -> Iterator[HiddenText]:
    for tag in _TAG.finditer(text):
        name, attributes = tag[1].lower(), tag[2]
        if not attributes or name in _VOID:
            continue
        hides = "style" in attributes.lower() and _STYLE_HIDES.search(attributes)
        if not (hides or _HIDDEN_ATTRIBUTE.search(attributes)):
            continue
        close = text.find(f"</{tag[1]}", tag.end(), tag.end() + _PAYLOAD_CHARS)
        end = close if close >= 0 else min(len(text), tag.end() + _PAYLOAD_CHARS)
        said = re.sub(r"<[^<>]*>", " ", text[tag.end() : end])
        if any(c.isalpha() for c in said):
            reason = "an HTML element styled so that people do not see it"
            yield HiddenText(tag.start(), end, 0.55 if hides else 0.3, reason, said)
