"""What reaches the screen obeys nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from maskwell.tui.inert_text import InertFilter, inert_content, shown_cells

BACKGROUND = Color(0, 0, 0)
HOSTILE = [
    "\x1b]52;c;aGk=\x07",
    "\x1b[2J",
    "\x9b31m",
    "a\u202eb",
    "a\u200bb",
    "a\u00adb",
    "\U000e0041",
    "\x85\u2028",
    "\ud800",
]


def is_harmless(text: str) -> bool:
    return not any(
        (character < " " and character != "\n") or "\x7f" <= character <= "\x9f"
        for character in text
    ) and not any(character in text for character in "\u202e\u200b\u00ad\U000e0041\u2028\ud800")


@pytest.mark.sec
@pytest.mark.parametrize("markup", ["[PERSON_7QX]", "[/x]", "[@click=app.quit]go[/]", "[b]", "\\["])
def test_markup_is_shown_verbatim_r18(markup: str) -> None:
    assert inert_content(markup).plain == markup


@pytest.mark.sec
@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_the_last_filter_lets_nothing_hostile_through_esc(hostile: str) -> None:
    segments = InertFilter().apply([Segment(f"x{hostile}y")], BACKGROUND)

    shown = "".join(segment.text for segment in segments)

    assert is_harmless(shown)
    assert shown.startswith("x")
    assert shown.endswith("y")


@pytest.mark.sec
@given(st.text())
def test_the_last_filter_keeps_every_line_as_wide_as_it_was_esc(text: str) -> None:
    [segment] = InertFilter().apply([Segment(text)], BACKGROUND)

    assert is_harmless(segment.text)
    assert sum(map(cell_len, segment.text)) == sum(map(cell_len, text))


def test_the_last_filter_leaves_the_terminals_own_controls_alone() -> None:
    from rich.control import Control  # only this test needs it

    control = Control.home().segment

    assert InertFilter().apply([control], BACKGROUND) == [control]


@given(st.text())
def test_shown_cells_keep_every_offset(text: str) -> None:
    shown = shown_cells(text)

    assert len(shown) == len(text)
    assert is_harmless(shown)
    assert [i for i, c in enumerate(shown) if c == "\n"] == [
        i for i, c in enumerate(text) if c == "\n"
    ]


def test_an_escape_becomes_a_visible_mark() -> None:
    assert shown_cells("a\x1b[31m") == "a␛[31m"
