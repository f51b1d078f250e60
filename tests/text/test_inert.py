"""Nothing that could act in a terminal survives `inert`."""

from __future__ import annotations

import random
import unicodedata

import pytest

from maskwell.text.inert import inert

FORBIDDEN = frozenset(
    chr(c)
    for c in (
        *range(0x09),
        *range(0x0B, 0x20),
        *range(0x7F, 0xA0),
        0x00AD, 0x061C, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029,
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
        *range(0xD800, 0xE000),
        *range(0xE0000, 0xE0080),
    )
)  # fmt: skip
"""Controls, direction controls and invisible characters, spelt out apart from the code."""

PIECES = (
    "\x1b[2J", "\x1b]52;c;aGk=\x07", "\x9b31m", "\x90q\x9c", "\x1b", "\x07", "\x08", "\x7f", "\x85",
    "\u202e", "\u2066", "\u200b", "\u2028", "\ufeff", "\U000e0041", "\ud800", "\udfff", "\r",
    "\r\n",    "[@click=app.bell]", "[/x]", "é", "漢", "\U0001f600", "plain ", "\n", "\t",
)  # fmt: skip


def fuzzed(count: int) -> list[str]:
    random_source = random.Random(17)
    return [
        "".join(
            random_source.choice(PIECES)
            if random_source.random() < 0.7
            else chr(random_source.randrange(0x3000))
            for _ in range(random_source.randrange(1, 40))
        )
        for _ in range(count)
    ]


@pytest.mark.sec
def test_r17_esc_ten_thousand_fuzzed_strings_keep_no_raw_control() -> None:
    texts = fuzzed(10_000)

    left = {c for text in texts for c in inert(text) if c in FORBIDDEN}

    assert left == set()


@pytest.mark.sec
def test_r17_esc_one_line_places_get_one_line() -> None:
    texts = fuzzed(2_000)

    left = {c for text in texts for c in inert(text, keep_newlines=False) if c in "\n\t\r"}

    assert left == set()


def test_newlines_of_every_kind_become_plain_ones() -> None:
    assert inert("a\r\nb\rc\u2028d\x85e") == "a\nb\nc\nd\ne"


def test_escape_becomes_its_visible_picture() -> None:
    assert inert("\x1b[31mred") == "␛[31mred"


def test_visible_text_of_any_script_is_untouched() -> None:
    text = "Grüße, 漢字, नमस्ते, [PERSON_7QX] — fine"

    assert inert(text) == text


def test_no_character_of_category_control_or_surrogate_is_left_from_all_of_unicode() -> None:
    everything = "".join(map(chr, range(0x110000)))

    left = {c for c in inert(everything) if unicodedata.category(c) in ("Cc", "Cs")}

    assert left == {"\n", "\t"}
