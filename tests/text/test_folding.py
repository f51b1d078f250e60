"""Folding: what looks the same is spelt the same, and offsets find home."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskwell.text.folding import fold

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=60)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("plain", "plain", id="ascii"),
        pytest.param("ｊａｎｅ＠ｅｘ", "jane@ex", id="full_width"),
        pytest.param("4\u200b1\u00ad1\u2060", "411", id="invisible"),
        pytest.param("cafe\u0301 ﬁle", "café file", id="composed"),
        pytest.param("jаne", "jane", id="one_cyrillic_letter"),
        pytest.param("Привет, соре", "Привет, соре", id="real_russian"),
        pytest.param("соре", "cope", id="only_look_alikes"),
        pytest.param("٤١١١ १२", "4111 12", id="other_digits"),
        pytest.param("a\u0336b\u0336", "ab", id="struck_through"),
        pytest.param("ᴊᴀɴᴇ", "jane", id="small_capitals"),
        pytest.param("𝓙𝓪𝓷𝓮", "Jane", id="mathematical"),
        pytest.param("x\ud800y", "x\ufffdy", id="lone_surrogate"),
        pytest.param("a\x00b\x1bc", "abc", id="controls"),
        pytest.param("10\u00a0000\u202f1", "10 000 1", id="spaces"),
        pytest.param("555\u2011012\u20133", "555-012-3", id="hyphens"),
        pytest.param("नमस्ते", "नमस्ते", id="marks_of_other_scripts_stay"),
    ],
)
def test_what_looks_the_same_is_spelt_the_same(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_a_span_goes_back_to_the_clusters_it_came_from() -> None:
    text = "x j\u200ba\u0301n\u00ade y"

    folded = fold(text)
    start = folded.text.index("j")

    assert text[slice(*folded.original_span(start, start + 4))] == "j\u200ba\u0301n\u00ade"


def test_invisible_characters_around_a_span_stay_outside() -> None:
    text = "\u200bjane\u200b"

    assert fold(text).original_span(0, 4) == (1, 5)


@given(ANY_TEXT)
def test_every_span_of_any_text_lies_inside_it_and_keeps_its_order(text: str) -> None:
    folded = fold(text)
    size = len(folded.text)

    spans = [folded.original_span(i, i + 1) for i in range(size)]

    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(left[0] <= right[0] for left, right in itertools.pairwise(spans))


@given(ANY_TEXT)
def test_folding_twice_changes_no_more_letters(text: str) -> None:
    once = fold(text).text

    assert not any("\ud800" <= c <= "\udfff" for c in once)
    assert len(fold(once).text) <= len(once) * 18


@given(ANY_TEXT.filter(lambda text: text.isascii() and text.isprintable()))
def test_printable_ascii_comes_back_as_it_is(text: str) -> None:
    assert fold(text).text == text


@pytest.mark.parametrize(
    "text", ["a" + "\u0301" * 100_000, "\u0301" * 100_000, "а" * 100_000], ids=ascii
)
def test_hostile_piles_of_marks_are_folded(text: str) -> None:
    folded = fold(text)

    assert folded.original_span(0, len(folded.text))[1] <= len(text)
