"""R24: disguised values are found as well as plain ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from detection.corpus import FOUND
from maskwell.detection import Detector

if TYPE_CHECKING:
    from collections.abc import Callable

_CYRILLIC = str.maketrans("aeopcxyABEKMHOPCTX", "аеорсхуАВЕКМНОРСТХ")
_GREEK = str.maketrans("ovABEHIKMNOPTXYZ", "ονΑΒΕΗΙΚΜΝΟΡΤΧΥΖ")
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_BOLD = {
    **{ord("A") + i: 0x1D400 + i for i in range(26)},
    **{ord("a") + i: 0x1D41A + i for i in range(26)},
    **{ord("0") + i: 0x1D7CE + i for i in range(10)},
}


def _between(filler: str) -> Callable[[str], str]:
    return filler.join


def _after_each_letter(mark: str) -> Callable[[str], str]:
    return lambda text: "".join(c + mark if c.isascii() and c.isalnum() else c for c in text)


TRICKS: dict[str, Callable[[str], str]] = {
    "zero_width_space": _between("\u200b"),
    "zero_width_joiner": _between("\u200d"),
    "soft_hyphen": _between("\u00ad"),
    "word_joiner": _between("\u2060"),
    "byte_order_mark": _between("\ufeff"),
    "tag_characters": _between("\U000e0041"),
    "variation_selectors": _between("\ufe0f"),
    "direction_marks": _between("\u202e"),
    "combining_strokes": _after_each_letter("\u0336"),
    "combining_overline": _after_each_letter("\u0305"),
    "full_width": lambda text: text.translate(_WIDE),
    "mathematical_bold": lambda text: text.translate(_BOLD),
    "arabic_digits": lambda text: text.translate(_ARABIC),
    "devanagari_digits": lambda text: text.translate(_DEVANAGARI),
    "cyrillic_look_alikes": lambda text: text.translate(_CYRILLIC),
    "greek_look_alikes": lambda text: text.translate(_GREEK),
    "no_break_spaces": lambda text: text.replace(" ", "\u00a0"),
    "typographic_hyphens": lambda text: text.replace("-", "\u2011"),
    "nul_between": _between("\x00"),
}
ROWS = [row for row in FOUND if row[1].isascii()]
"""Disguising "ü" itself is no trick anyone plays."""


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(names=False)


def kinds(detector: Detector, text: str) -> list[str]:
    return [f.entity_type.value for f in detector.detect(text)]


@pytest.mark.sec
@pytest.mark.parametrize("trick", TRICKS)
def test_r24_unicode_trick_costs_at_most_one_point_of_recall(
    detector: Detector, trick: str
) -> None:
    expected = sum(len(row[2]) for row in ROWS)

    missed = [
        (row[0], kind)
        for row in ROWS
        for kind, _ in row[2]
        if kind not in kinds(detector, TRICKS[trick](row[1]))
    ]

    assert len(missed) <= 0.01 * expected, missed


@pytest.mark.sec
@pytest.mark.parametrize("trick", TRICKS)
def test_r24_unicode_spans_cover_the_disguised_value(detector: Detector, trick: str) -> None:
    text = TRICKS[trick]("mail jane.roe@example.com now")

    spans = [(f.start, f.end) for f in detector.detect(text) if f.entity_type == "EMAIL"]

    assert len(spans) == 1
    start, end = spans[0]
    assert text[end - 1] in TRICKS[trick]("comm")
    assert text[start] in TRICKS[trick]("jj")
