"""Looking for values in what a copy decodes to, however either is written."""

from __future__ import annotations

import pytest

from maskwell.documents.formats import View
from maskwell.documents.searching import search

CIRCLED = "\u24bf\u24d0\u24dd\u24d4 \u24b9\u24de\u24d4"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("it is Jane Doe here", "Jane Doe"),
        ("it is Jane Doe here", CIRCLED),
        (f"it is {CIRCLED} here", "Jane Doe"),
        ("it is \uff2aane Doe h\u00e9re", CIRCLED),
    ],
)
def test_a_value_is_found_however_its_letters_are_written(text: str, value: str) -> None:
    leaks = search([View("body", text)], ["other", value])

    assert [(leak.part, leak.number) for leak in leaks] == [("body", 1)]


def test_a_value_inside_another_word_is_no_leak() -> None:
    assert search([View("body", "the marigold")], ["gold"]) == []
