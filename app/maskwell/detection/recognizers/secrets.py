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
from maskwell.detection.recognizers.secrets_formats import BEFORE_ANCHOR, FORMATS
from maskwell.detection.recognizers.secrets_names import ANCHOR_WORDS
from maskwell.detection.recognizers.secrets_spoken import SPOKEN_ANCHORS, spoken_secrets
from maskwell.detection.recognizers.secrets_values import is_placeholder, is_random

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.detection.recognizers.secrets_formats import SecretFormat

__all__ = ["SecretMatch", "find_secrets"]

_URL_CREDENTIALS = re.compile(
    r"://(?P<user>[^\s:/?#@\"'<>`]{0,100}):(?P<password>[^\s/?#\"'<>`@]{1,200}(?:@[^\s/?#\"'<>`@.]{1,40})*)"
    r"@(?=[\w\[.$({-])"
)
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
        *_in_urls(text, hits.urls),
        *_by_name(text, hits.names),
        *_bearers(text, hits.bearers),
        *_in_sql(text, hits.grants),
        *_spoken(text, hits.names),
    ]
    return _without_overlaps(found)


@dataclass(frozen=True, slots=True)
class _Hits:
    formats: list[tuple[int, SecretFormat]]
    names: list[int]
    urls: list[int]
    bearers: list[int]
    grants: list[int]


class _Index:
    """Every anchor in one automaton, and what each stands for."""

    def __init__(self) -> None:
        from ahocorasick_rs import AhoCorasick  # noqa: PLC0415  # first use, not import

        self._formats: dict[str, list[SecretFormat]] = {}
        for one in FORMATS:
            self._formats.setdefault(one.anchor, []).append(one)
        self._exact = AhoCorasick(list(self._formats))
        self._exact_words = list(self._formats)
        self._words = [*ANCHOR_WORDS, "://", *SPOKEN_ANCHORS, "bearer", "identified"]
        self._lower = AhoCorasick(self._words)

    def hits(self, text: str) -> _Hits:
        formats = [
            (start, one)
            for which, start, _ in self._exact.find_matches_as_indexes(text, overlapping=True)
            for one in self._formats[self._exact_words[which]]
        ]
        names: list[int] = []
        urls: list[int] = []
        bearers: list[int] = []
        grants: list[int] = []
        for which, start, end in self._lower.find_matches_as_indexes(_lowered(text)):
            word = self._words[which]
            if word == "://":
                urls.append(start)
            elif word == "bearer":
                bearers.append(end)
            elif word == "identified":
                grants.append(start)
            else:
                names.append(start)
        return _Hits(formats, names, urls, bearers, grants)


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
        if one.check is not None and not one.check(value):
            continue
        yield SecretMatch(start, end, one.kind, one.score, f"has the form of a {_words(one.kind)}")


def _continues(character: str) -> bool:
    return character.isalnum() or character == "_"


def _in_urls(text: str, hits: list[int]) -> Iterator[SecretMatch]:
    for at in hits:
        match = _URL_CREDENTIALS.match(text, at)
        if match is None:
            continue
        password = match["password"]
        if not is_placeholder(password) and len(password) > 2:
            start, end = match.span("password")
            yield SecretMatch(start, end, "url_password", 0.95, "a password in an address")


def _by_name(text: str, anchors: list[int]) -> Iterator[SecretMatch]:
    for one in assigned_secrets(text, anchors):
        yield SecretMatch(
            one.start, one.end, "credential", one.score, "a value given to a name that tells of one"
        )


def _bearers(text: str, ends: list[int]) -> Iterator[SecretMatch]:
    for end in ends:
        match = _BEARER.match(text, end)
        if match and is_random(match["token"]) and not is_placeholder(match["token"]):
            start, stop = match.span("token")
            yield SecretMatch(start, stop, "bearer_token", 0.9, "follows the word Bearer")


def _in_sql(text: str, hits: list[int]) -> Iterator[SecretMatch]:
    for at in hits:
        if (one := sql_secret(text, at)) is not None:
            yield SecretMatch(one.start, one.end, "credential", one.score, "a password in SQL")


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
