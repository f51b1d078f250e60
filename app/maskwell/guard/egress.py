"""The last look at a request: no known value may be in it, in any field and in any disguise.

Every string of the JSON body is searched (keys, numbers, JSON inside strings), every header
and the address, each as it stands and in all its `readings`. Folded and without case, so
that another spelling is the same value. Invariant: a leak names the place and the value's
number, never the value.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ahocorasick_rs import AhoCorasick, Implementation

from maskwell.guard.readings import readings
from maskwell.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["KnownValueScanner", "Leak", "scan_request"]

_TOO_SHORT_CHARS: Final = 3
"""A value shorter than this says nothing by itself ("Al", "7")."""
_NESTED_JSON: Final = 4
_SPACES: Final = re.compile(r"\s+")
_ODD_SPACE: Final = re.compile(r"\s{2,}|[^\S ]")


@dataclass(frozen=True, slots=True)
class Leak:
    """A known value that stands in a request."""

    place: str
    """Where: "body $.messages[0].content", "header x-user", "url"."""
    form: str
    """How it is written there: "plain", "base64", "hex", "url", "json-escaped" …"""
    known_index: int
    """Which of the known values it is, counted in the order they were given."""
    start: int
    """First character in that reading of the place, folded and with single spaces."""
    end: int


class _Pairs(list[tuple[str, Any]]):
    """A JSON object as it was written, with keys that stand twice kept twice."""


class KnownValueScanner:
    """Searches requests for a fixed set of values; make it once and use it for every request."""

    def __init__(self, known: Iterable[str]) -> None:
        """Take the real values. The scanner holds them in memory as long as it lives."""
        self._of_pattern: list[int] = []
        patterns: list[str] = []
        for index, value in enumerate(_all_comparable(known)):
            if len(value) >= _TOO_SHORT_CHARS:
                patterns.append(value)
                self._of_pattern.append(index)
        self._automaton = _automaton(patterns) if patterns else None

    def scan_request(
        self, body: bytes, headers: Mapping[str, str] | None = None, *, url: str = ""
    ) -> list[Leak]:
        """Return every known value in the request; an empty list lets it go."""
        places = [("url", url)] if url else []
        for name, value in (headers or {}).items():
            places += [("header name", name), (f"header {name.lower()}", value)]
        places += _strings(body.decode("utf-8", "replace"))
        return self._leaks(places)

    def scan_text(self, text: str, *, place: str = "text") -> list[Leak]:
        """Return every known value in one string, in all its readings."""
        return self._leaks([(place, text)])

    def _leaks(self, places: list[tuple[str, str]]) -> list[Leak]:
        if self._automaton is None:
            return []
        found: dict[Leak, None] = {}
        for place, text in places:
            found.update(dict.fromkeys(self._find(place, "plain", text)))
            for form, said in readings(text):
                found.update(dict.fromkeys(self._find(place, form, said)))
        return list(found)

    def _find(self, place: str, form: str, text: str) -> Iterator[Leak]:
        if self._automaton is None:
            return
        comparable = _comparable(text)
        for which, start, end in self._automaton.find_matches_as_indexes(
            comparable, overlapping=True
        ):
            if _stands_alone(comparable, start, end):
                yield Leak(place, form, self._of_pattern[which], start, end)


def scan_request(
    body: bytes, headers: Mapping[str, str], known: Iterable[str], *, url: str = ""
) -> list[Leak]:
    """Return every known value that stands in the request, in any place and any disguise.

    Args:
        body: the exact bytes about to leave; JSON is read field by field, anything else as text.
        headers: names and values.
        known: the real values that must not leave. Those under three characters are skipped.
        url: the address with its query.
    """
    return KnownValueScanner(known).scan_request(body, headers, url=url)


def _automaton(patterns: list[str]) -> AhoCorasick:
    """Return the automaton that is quickest to build, which is little slower to search."""
    return AhoCorasick(
        patterns, implementation=Implementation.NoncontiguousNFA, store_patterns=False
    )


def _comparable(text: str) -> str:
    folded = fold(text).text.casefold()
    return _SPACES.sub(" ", folded) if _ODD_SPACE.search(folded) else folded


def _all_comparable(known: Iterable[str]) -> list[str]:
    """Return every value as it is compared; all at once where that is possible, for speed."""
    values = list(known)
    joined = "\n".join(values)
    if joined.isascii() and joined.count("\n") == len(values) - 1 and "\r" not in joined:
        lines = fold(joined).text.casefold().split("\n")
        if len(lines) == len(values):
            return [_SPACES.sub(" ", one).strip() if _needs_care(one) else one for one in lines]
    return [_comparable(value).strip() for value in values]


def _needs_care(line: str) -> bool:
    return "  " in line or "\t" in line or line != line.strip()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the hit is not a part of a longer word or number."""
    if start and _is_wordy(text[start]) and _is_wordy(text[start - 1]):
        return False
    return not (end < len(text) and _is_wordy(text[end - 1]) and _is_wordy(text[end]))


def _is_wordy(character: str) -> bool:
    """Whether it joins its neighbours to a word; scripts that write no spaces do not tell."""
    return character.isalnum() and not (character >= "\u2e80" or "\u0e00" <= character <= "\u0fff")


def _strings(body: str) -> list[tuple[str, str]]:
    """Return every string of a JSON text with its path; the text itself when it is not JSON."""
    value = _parsed(body)
    if value is _NOT_JSON:
        return [("body", body)]
    found: list[tuple[str, str]] = []
    waiting: list[tuple[str, Any, int]] = [("body $", value, _NESTED_JSON)]
    while waiting:
        path, one, layers = waiting.pop()
        if isinstance(one, _Pairs):
            found += [(f"{path} key", key) for key, _ in one]
            waiting += [(f"{path}.{n}", inner, layers) for n, (_, inner) in enumerate(one)]
            _name_keys(waiting, one, path)
        elif isinstance(one, list):
            waiting += [(f"{path}[{n}]", inner, layers) for n, inner in enumerate(one)]
        elif isinstance(one, str):
            found.append((path, one))
            if layers and one.lstrip()[:1] in {"{", "[", '"'}:
                inner = _parsed(one)
                if inner is not _NOT_JSON:
                    waiting.append((f"{path} (json)", inner, layers - 1))
        elif one is not None and not isinstance(one, bool):
            found.append((path, str(one)))
    return found[::-1]


def _name_keys(waiting: list[tuple[str, Any, int]], pairs: _Pairs, path: str) -> None:
    """Give the fields just queued their own names; a key that is long is only numbered."""
    first = len(waiting) - len(pairs)
    for n, (key, _) in enumerate(pairs):
        if re.fullmatch(r"[A-Za-z_]\w{0,30}", key):
            _, inner, layers = waiting[first + n]
            waiting[first + n] = (f"{path}.{key}", inner, layers)


_NOT_JSON: Final = object()


def _parsed(text: str) -> Any:  # JSON may be anything
    try:
        return json.loads(text, object_pairs_hook=_Pairs, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        return _NOT_JSON
