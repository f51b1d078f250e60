"""Nationalities and religions in the public corpora, which mark them otherwise or not at all.

A word of the lists that stands by itself is a GROUP, unless a corpus reads it as part of a
name; where it may be a language ("in Finnish") it is left open. For training alone: the
development sets keep their own marks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from synth.wordlists import words

from tagger.example import UNSURE, Example, Span

__all__ = ["with_peoples"]

_LISTS = ("nationality", "nationality_plural", "religion", "religion_plural")
_LANGUAGE_BEFORE = re.compile(
    r"(?i)\b(?:in|into|speaks?|speaking|spoken|fluent|learn|learning|translated?) \Z"
)
_LANGUAGE_AFTER = re.compile(
    r"(?i)[- ](?:language|speak|version|translation|text|word|alphabet|letters?|teacher|lessons?)"
)
_AROUND = 16


@cache
def _peoples() -> re.Pattern[str]:
    entries = {entry for name in _LISTS for entry in words(name) if entry[0].isupper()}
    entries -= {"Orthodox", "Pagan", "New Zealand", "Hong Kong", "Roma"}
    longest_first = sorted(entries, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w])")


def with_peoples(example: Example) -> Example:
    """Mark the peoples in a sentence of a corpus."""
    spans = list(example.spans)
    for match in _peoples().finditer(example.text):
        start, end = match.span()
        over = [s for s in spans if s.start < end and start < s.end]
        if not over:
            spans.append(Span(start, end, _label(example.text, start, end)))
        elif len(over) == 1 and (over[0].start, over[0].end) == (start, end):
            label = over[0].label
            if label == UNSURE:
                label = _label(example.text, start, end)
            elif label == "PLACE":
                label = "PLACE|GROUP"
            spans[spans.index(over[0])] = Span(start, end, label)
    if len(spans) == len(example.spans) and tuple(spans) == example.spans:
        return example
    return replace(example, spans=tuple(sorted(spans, key=lambda s: s.start)))


def _label(text: str, start: int, end: int) -> str:
    may_be_language = _LANGUAGE_BEFORE.search(text, max(0, start - _AROUND), start)
    return UNSURE if may_be_language or _LANGUAGE_AFTER.match(text, end) else "GROUP"
