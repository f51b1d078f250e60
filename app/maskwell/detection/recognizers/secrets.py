"""Secrets in code, settings, logs and sentences, each with the reason it was believed.

One case-blind pass finds every place worth a look: anchors of known formats, words a
telling name holds, `://` with credentials. Only those places are read further, so the cost
follows the number of candidates and not the number of formats.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from maskwell.detection.recognizers.secrets_assignments import assigned_secrets, sql_secret
from maskwell.detection.recognizers.secrets_calls import (
    CALLS,
    CHARACTERS,
    called_secret,
    characters_secret,
)
from maskwell.detection.recognizers.secrets_commands import COMMANDS, commanded_secret
from maskwell.detection.recognizers.secrets_formats import BEFORE_ANCHOR, FORMATS
from maskwell.detection.recognizers.secrets_names import ANCHOR_WORDS
from maskwell.detection.recognizers.secrets_spoken import SPOKEN_ANCHORS, spoken_secrets
from maskwell.detection.recognizers.secrets_tables import (
    FILE_ANCHORS,
    columns_below,
    inserted_secrets,
    password_file_secret,
)
from maskwell.detection.recognizers.secrets_urls import URL_ANCHORS, url_secrets
from maskwell.detection.recognizers.secrets_values import is_placeholder, is_random

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.detection.recognizers.secrets_formats import SecretFormat

__all__ = ["SecretMatch", "find_secrets"]

_BEARER = re.compile(r"[ \t:=\"']{1,3}(?P<token>[A-Za-z0-9._~+/-]{12,}={0,2})")
_SPOKEN_REACH_CHARS = 160
_UPPER = {code: code + 32 for code in range(65, 91)}


@dataclass(frozen=True, slots=True)
class SecretMatch:
    """A secret in a text: characters start to end, what kind, how sure, and why."""

    start: int
    end: int
    kind: str
    score: float
    reason: str


def find_secrets(text: str) -> list[SecretMatch]:
    """Return the secrets in a folded text, sorted and without overlaps.

    A span covers the secret alone (not `password=`), and all of a private key's block.
    Cost is linear in the length of the text.
    """
    index = _index()
    hits = index.hits(text)
    found = [
        *_by_format(text, hits.formats),
        *_in_urls(text, hits.at("url")),
        *_by_name(text, hits.names),
        *_bearers(text, hits.at("bearer")),
        *_in_sql(text, hits),
        *_in_columns(text, hits.names),
        *_by_program(text, hits.words),
        *_spoken(text, hits.names),
    ]
    return _without_overlaps(found)


@dataclass(frozen=True, slots=True)
class _Hits:
    formats: list[tuple[int, SecretFormat]]
    names: list[int]
    words: list[tuple[str, str, int, int]]
    """Every other anchor: its kind, the word, start, end."""

    def at(self, kind: str) -> list[tuple[int, int]]:
        """Return where the anchors of one kind stand (start, end)."""
        return [(start, end) for one, _, start, end in self.words if one == kind]


_KINDS = {
    **dict.fromkeys(URL_ANCHORS, "url"),
    **dict.fromkeys(CALLS, "call"),
    **dict.fromkeys(COMMANDS, "command"),
    **dict.fromkeys(FILE_ANCHORS, "file"),
    CHARACTERS: "characters",
    "bearer": "bearer",
    "identified": "grant",
    "insert into": "insert",
}


class _Index:
    """Every anchor in one automaton, and what each stands for."""

    def __init__(self) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind  # noqa: PLC0415  # first use, not import

        self._formats: dict[str, list[SecretFormat]] = {}
        for one in FORMATS:
            self._formats.setdefault(one.anchor, []).append(one)
        self._exact = AhoCorasick(list(self._formats))
        self._exact_words = list(self._formats)
        names = (*ANCHOR_WORDS, *SPOKEN_ANCHORS)
        words = list(dict.fromkeys((*names, *_KINDS)))
        self._words = [
            (_KINDS.get(word, ""), word, any(name in word for name in names)) for word in words
        ]
        self._lower = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)

    def hits(self, text: str) -> _Hits:
        formats = [
            (start, one)
            for which, start, _ in self._exact.find_matches_as_indexes(text, overlapping=True)
            for one in self._formats[self._exact_words[which]]
        ]
        names: list[int] = []
        words: list[tuple[str, str, int, int]] = []
        for which, start, end in self._lower.find_matches_as_indexes(_lowered(text)):
            kind, word, is_name = self._words[which]
            if is_name:
                names.append(start)
            if kind:
                words.append((kind, word, start, end))
        return _Hits(formats, names, words)


@cache
def _index() -> _Index:
    return _Index()


def _lowered(text: str) -> str:
    """Lower case of the same length, so that offsets hold."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text.translate(_UPPER)


def _by_format(text: str, hits: list[tuple[int, SecretFormat]]) -> Iterator[SecretMatch]:
    for at, one in hits:
        if one.is_bounded and at and _continues(text[at - 1]):
            continue
        match = one.pattern.match(text, at)
        if match is None:
            continue
        start, end = match.span(match.re.groups and 1)
        if (before := BEFORE_ANCHOR.get(one.kind)) is not None:
            head = before.search(text, max(0, at - 80), at)
            if head is None:
                continue
            start = head.start()
        value = text[start:end]
        if (one.check is not None and not one.check(value)) or "EXAMPLE" in value:
            continue
        yield SecretMatch(start, end, one.kind, one.score, f"has the form of a {_words(one.kind)}")


def _continues(character: str) -> bool:
    return character.isalnum() or character == "_"


def _in_urls(text: str, hits: list[tuple[int, int]]) -> Iterator[SecretMatch]:
    for at, _ in hits:
        for start, end, score in url_secrets(text, at):
            yield SecretMatch(start, end, "url_password", score, "a password in an address")


def _by_name(text: str, anchors: list[int]) -> Iterator[SecretMatch]:
    for one in assigned_secrets(text, anchors):
        yield SecretMatch(
            one.start, one.end, "credential", one.score, "a value given to a name that tells of one"
        )


def _bearers(text: str, hits: list[tuple[int, int]]) -> Iterator[SecretMatch]:
    for _, end in hits:
        match = _BEARER.match(text, end)
        if match and is_random(match["token"]) and not is_placeholder(match["token"]):
            start, stop = match.span("token")
            yield SecretMatch(start, stop, "bearer_token", 0.9, "follows the word Bearer")


def _in_sql(text: str, hits: _Hits) -> Iterator[SecretMatch]:
    for at, _ in hits.at("grant"):
        if (one := sql_secret(text, at)) is not None:
            yield SecretMatch(one.start, one.end, "credential", one.score, "a password in SQL")
    for at, _ in hits.at("insert"):
        for start, end, score in inserted_secrets(text, at):
            yield SecretMatch(start, end, "credential", score, "a password in SQL")


def _in_columns(text: str, anchors: list[int]) -> Iterator[SecretMatch]:
    for start, end, score in columns_below(text, anchors):
        yield SecretMatch(start, end, "credential", score, "below a heading that tells of one")


def _by_program(text: str, words: list[tuple[str, str, int, int]]) -> Iterator[SecretMatch]:
    """Calls, command lines and lines of password files: a secret's place tells there."""
    read: dict[str, int] = {}
    for kind, word, start, end in words:
        if start < read.get(word, 0):
            continue
        found = None
        if kind == "call":
            found = called_secret(text, end, word)
        elif kind == "command":
            found, read[word] = commanded_secret(text, start, word)
        elif kind == "characters":
            found = characters_secret(text, start)
        elif kind == "file":
            found = password_file_secret(text, start)
        if found is not None:
            yield SecretMatch(*found[:2], "credential", found[2], "in the place of a password")


def _spoken(text: str, anchors: list[int]) -> Iterator[SecretMatch]:
    done = 0
    for anchor in anchors:
        if anchor < done:
            continue
        stop = min(len(text), anchor + _SPOKEN_REACH_CHARS)
        line_end = text.find("\n", anchor, stop)
        done = stop if line_end < 0 else line_end
        for start, end, score in spoken_secrets(text, max(0, anchor - 16), done):
            yield SecretMatch(start, end, "password", score, "said in a sentence")


def _words(kind: str) -> str:
    return kind.replace("_", " ")


def _without_overlaps(found: list[SecretMatch]) -> list[SecretMatch]:
    """Keep the longest where two overlap; what is known by its form wins a tie."""
    kept: list[SecretMatch] = []
    for one in sorted(found, key=lambda m: (m.start, -m.end, -m.score)):
        if kept and one.start < kept[-1].end:
            if one.end > kept[-1].end and one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return kept
