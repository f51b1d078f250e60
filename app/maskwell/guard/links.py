"""Every address a text would make somebody, or their viewer, go to: Markdown, HTML, bare.

Invariant: nothing is fetched and nothing is decided here; `hosts` judges. Patterns are
bounded, so the cost is linear in the text.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from maskwell.guard.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Link", "find_links"]

_LABEL_CHARS: Final = 500
_CLOSERS: Final = 8
"""How many unbalanced closing brackets at the end of a bare address are left to the sentence."""
_BRACKET: Final = re.compile(r"[\[\]]")

_INLINE: Final = re.compile(
    r"\]\(\s{0,9}(?:<([^<>\n]{0,8000})>|((?!<)(?:[^\s()]|\([^\s()]{0,2000}\)){0,8000}))"
    r"(?:\s{1,9}(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?\s{0,9}\)"
)
_DEFINED: Final = re.compile(
    r"^ {0,3}\[([^\[\]\n]{1,200})\]:[ \t]{0,9}<?([^\s<>]{1,8000})>?", re.MULTILINE
)
_USED: Final = re.compile(r"(!?)\[([^\[\]\n]{1,200})\]\[([^\[\]\n]{0,200})\]")
_ANGLED: Final = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,20}:[^\s<>]{1,8000})>")
_BARE: Final = re.compile(
    r"(?:\b(?:https?|ftp|file)://|\bwww\.(?=[\w-]))[^\s<>\"'`|\\^\u201c\u201d\u2026]{1,8000}",
    re.IGNORECASE,
)
_ELEMENT: Final = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,20})\b([^<>]{0,8000})>")
_ATTRIBUTE: Final = re.compile(
    r"""\b(href|src|srcset|action|formaction|background|poster|data|ping|xlink:href)\s{0,5}=\s{0,5}
    (?:"([^"]{0,8000})"|'([^']{0,8000})'|([^\s"'<>]{1,8000}))""",
    re.IGNORECASE | re.VERBOSE,
)
_STYLE_URL: Final = re.compile(r"url\(\s{0,5}['\"]?([^'\")\s]{1,8000})", re.IGNORECASE)
_FETCHING: Final = frozenset(
    "img image source video audio track embed object iframe frame script link input body".split()
)


@dataclass(frozen=True, slots=True)
class Link:
    """One address in a text: what is shown for it and where it really goes."""

    start: int
    end: int
    label: str
    """What a reader sees; the target itself when nothing else is shown."""
    target: str
    """The address as written, entities resolved."""
    is_image: bool = False
    """A viewer would fetch it without being asked."""
    is_html: bool = False


def find_links(untrusted_text: str) -> list[Link]:
    """Return every address in the text, in order; bare ones inside others are left out."""
    found = [*_markdown(untrusted_text), *_references(untrusted_text), *_elements(untrusted_text)]
    found += [
        Link(m.start(), m.end(), m[1], m[1])
        for m in _ANGLED.finditer(untrusted_text)
        if not m[1].lower().startswith("mailto:")
    ]
    found.sort(key=lambda one: (one.start, -one.end))
    taken = Spans((one.start, one.end) for one in found)
    for bare in _BARE.finditer(untrusted_text):
        if not taken.touch(bare.start(), bare.start() + 1):
            target = _trimmed(bare.group())
            found.append(Link(bare.start(), bare.start() + len(target), target, target))
    return sorted(found, key=lambda one: (one.start, -one.end))


def _markdown(text: str) -> Iterator[Link]:
    if "](" not in text:
        return
    opened_at = _brackets(text)
    for match in _INLINE.finditer(text):
        opening = opened_at.get(match.start(), -1)
        if opening < 0 or match.start() - opening > _LABEL_CHARS:
            continue
        is_image = text[opening - 1 : opening] == "!"
        target = match[1] if match[1] is not None else match[2]
        label = text[opening + 1 : match.start()]
        yield Link(opening - is_image, match.end(), label, html.unescape(target), is_image)


def _brackets(text: str) -> dict[int, int]:
    """Return for each closing square bracket where it was opened."""
    waiting: list[int] = []
    opened_at: dict[int, int] = {}
    for bracket in _BRACKET.finditer(text):
        if bracket.group() == "[":
            waiting.append(bracket.start())
        elif waiting:
            opened_at[bracket.start()] = waiting.pop()
    return opened_at


def _references(text: str) -> Iterator[Link]:
    defined = {m[1].strip().casefold(): m for m in _DEFINED.finditer(text)}
    if not defined:
        return
    for definition in defined.values():
        yield Link(definition.start(), definition.end(), definition[2], definition[2])
    for use in _USED.finditer(text):
        definition_of = defined.get((use[3] or use[2]).strip().casefold())
        if definition_of:
            yield Link(use.start(), use.end(), use[2], definition_of[2], use[1] == "!")


def _elements(text: str) -> Iterator[Link]:
    for element in _ELEMENT.finditer(text):
        name = element[1].lower()
        if not element[2].strip(" /"):
            continue
        targets = [
            (m[1].lower(), html.unescape(m[2] or m[3] or m[4] or ""))
            for m in _ATTRIBUTE.finditer(element[2])
        ]
        targets += [("style", html.unescape(m[1])) for m in _STYLE_URL.finditer(element[2])]
        for attribute, target in targets:
            is_image = name in _FETCHING or attribute in {"style", "background", "poster", "ping"}
            label = _shown(text, element) if name == "a" else target
            yield Link(element.start(), element.end(), label, target, is_image, is_html=True)


def _shown(text: str, element: re.Match[str]) -> str:
    close = text.find("</", element.end(), element.end() + _LABEL_CHARS)
    return text[element.end() : close].strip() if close >= 0 else ""


def _trimmed(address: str) -> str:
    """Drop the punctuation of the sentence an address stands in."""
    trimmed = address.rstrip(".,;:!?*_~")
    for _ in range(_CLOSERS):
        if not trimmed.endswith((")", "]", "}")):
            break
        opening = {")": "(", "]": "[", "}": "{"}[trimmed[-1]]
        if trimmed.count(opening) >= trimmed.count(trimmed[-1]):
            break
        trimmed = trimmed[:-1].rstrip(".,;:!?*_~")
    return trimmed or address
