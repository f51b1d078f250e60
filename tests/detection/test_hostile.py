"""No text crashes detection, and its work grows no faster than the text."""

from __future__ import annotations

import itertools
import random
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskwell.detection import Detector
from maskwell.detection.recognizers import east_asian

if TYPE_CHECKING:
    import re

_RANDOM = random.Random(5)
UNITS = {
    "digits": "7",
    "spaced_digits": "1 ",
    "letters": "a",
    "hyphens": "a-",
    "dots": "a.",
    "at_signs": "a@",
    "half_addresses": "a@a.",
    "colons": ":",
    "double_colons": "::1",
    "schemes": "://",
    "brackets": "(",
    "nested": '{"a":[',
    "plus_signs": "+1 ",
    "greetings": "Dear ",
    "labels": "passport number ",
    "months": "1 May ",
    "streets": "12 Main Street ",
    "capitals": "Abc ",
    "iban_starts": "DE12 ",
    "hosts": "a.com.",
    "signatures": "Regards,\n",
    "combining": "\u0301",
    "surrogates": "\ud800",
    "invisible": "a\u200b",
    "look_alikes": "а",
    "degrees": "40°26'46\"",
    "keys": "-----BEGIN RSA PRIVATE KEY-----\n",
    "newlines": "\n",
    "nul": "\x00",
    "chinese_numbers": "市号",
    "chinese_parts": "省市区镇路号",
    "chinese_streets": " 路1号",
    "japanese_parts": "県ああ1",
    "korean_parts": "시 가로1",
    "spelt_signs": "chiocciola ",
    "headings": "first_name,surname,",
    "heading_rows": "street\tdob\n",
    "lists": '"surname":["',
    "keys_of_nothing": "surname=",
    "cells": "<tr><td>surname",
    "inserts": "(surname) values (",
    "copies": "(first name) from stdin\n",
    "forms": "surname|Marsh|town|Wells\n",
    "segments": "MSH|\nPID|1||a^b",
    "trade_segments": "NM1*IL*1*A~",
    "travel_codes": "A<A<<A<",
    "tuples": "(a) values ('a'),(",
}


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(names=False)


def steps(detector: Detector, text: str) -> int:
    """Count the lines of Python run, which no other work on the machine changes."""
    count = 0

    def trace(_frame: object, event: str, _argument: object) -> object:
        nonlocal count
        count += event == "line"
        return trace

    sys.settrace(trace)  # type: ignore[arg-type]  # typeshed wants a frame type
    try:
        detector.detect(text)
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_twice_the_text_takes_at_most_twice_the_steps(detector: Detector, unit: str) -> None:
    once = unit * (4_000 // len(unit))
    detector.detect(once)

    assert steps(detector, once * 2) <= 2.2 * steps(detector, once) + 500


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_thirty_thousand_characters_are_survived(detector: Detector, unit: str) -> None:
    text = unit * (30_000 // len(unit))

    findings = detector.detect(text)

    assert all(0 <= f.start < f.end <= len(text) for f in findings)


class _Counting:
    """A pattern that counts the characters it is given to search."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self.given = 0

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        self.given += min(end, len(text)) - start
        return self.pattern.search(text, start, end)


@pytest.mark.parametrize("unit", ["市号", "省市号", "省市区镇路号", "府", "県号", "로", "시 길 "])
def test_syllables_of_addresses_alone_start_no_long_search(
    detector: Detector, monkeypatch: pytest.MonkeyPatch, unit: str
) -> None:
    names = ("_CHINESE_ADDRESS", "_JAPANESE_ADDRESS", "_KOREAN_ADDRESS")
    spies = [_Counting(getattr(east_asian, name)) for name in names]
    for name, spy in zip(names, spies, strict=True):
        monkeypatch.setattr(east_asian, name, spy)

    detector.detect(unit * 500)

    assert sum(spy.given for spy in spies) == 0


@pytest.mark.full
def test_ten_megabytes_on_one_line_are_survived(detector: Detector) -> None:
    line = "".join(_RANDOM.choice("abc 012.-@:/") for _ in range(10_000_000))

    findings = detector.detect(line)

    assert all(a.end <= b.start for a, b in itertools.pairwise(findings))


@pytest.mark.full
def test_a_million_digits_are_survived(detector: Detector) -> None:
    assert detector.detect("4" * 1_000_000) == []


def test_an_empty_text_has_nothing(detector: Detector) -> None:
    assert detector.detect("") == []


@given(text=st.text(st.characters(exclude_categories=[]), max_size=80))
def test_any_text_gives_sorted_spans_apart(detector: Detector, text: str) -> None:
    findings = detector.detect(text)

    ends = [0, *(f.end for f in findings)]
    assert all(e <= f.start < f.end for e, f in zip(ends, findings, strict=False))
