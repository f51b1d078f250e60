"""Selections over wrapped rows are copied as the text they came from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from maskwell.tui.layout import laid_out, plain_lines, selected_text
from maskwell.tui.markdown import blocks_of
from maskwell.tui.values import MarkedText

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=30), min_size=1, max_size=30)


@given(WORDS, st.integers(5, 40))
def test_selecting_everything_gives_the_paragraph_back(words: list[str], width: int) -> None:
    text = " ".join(words)
    rows = plain_lines(Content(text), width)

    copied = selected_text(rows, (0, 0), (len(rows[-1].content), len(rows) - 1))

    assert copied == text


def test_a_part_of_a_row_is_copied_alone() -> None:
    rows = plain_lines(Content("alpha beta gamma"), 10)

    assert selected_text(rows, (6, 0), (5, 1)) == "beta gamma"


def test_bullets_and_code_margins_are_not_copied() -> None:
    rows = laid_out(blocks_of(MarkedText("- one\n- two\n\n```\nx = 1\n```")), 30)

    copied = selected_text(rows, (0, 0), (30, len(rows) - 1))

    assert copied.rstrip() == "one\ntwo\n\nx = 1"


def test_line_breaks_of_the_text_stay() -> None:
    rows = plain_lines(Content("one\n\ntwo"), 10)

    assert selected_text(rows, (0, 0), (3, 2)) == "one\n\ntwo"
