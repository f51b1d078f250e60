"""Every character of a text is in the core of exactly one window."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskwell.detection.ner_windows import CORE_CHARS, halves, may_hold_names, windows


@given(st.text(alphabet="ab \n.é\U0001f98a", max_size=3000))
def test_cores_cover_the_text_without_gap_or_overlap(text: str) -> None:
    cut = list(windows(text))

    assert "".join(text[w.core_start : w.core_end] for w in cut) == text
    assert all(0 < w.core_end - w.core_start <= CORE_CHARS for w in cut)
    assert all(w.start <= w.core_start and w.core_end <= w.end <= len(text) for w in cut)


@given(st.text(alphabet="ab \n.", min_size=2, max_size=1500))
def test_halves_cover_what_the_window_covered(text: str) -> None:
    for window in windows(text):
        if window.core_end - window.core_start < 2:
            continue
        first, second = halves(text, window)

        assert (first.core_start, second.core_end) == (window.core_start, window.core_end)
        assert first.core_start < first.core_end == second.core_start < second.core_end


def test_a_short_text_is_one_window() -> None:
    assert [w.core_end for w in windows("x" * CORE_CHARS)] == [CORE_CHARS]


def test_a_cut_prefers_the_end_of_a_line() -> None:
    text = "word " * 80 + "\n" + "word " * 80

    first = next(iter(windows(text)))

    assert text[first.core_end - 1] == "\n"


@pytest.mark.parametrize(
    ("stretch", "expected"),
    [
        ("7" * 300, False),
        ("\u0301" * 9, False),
        ("a" * 300, False),
        ("Ada", True),
        ("名前" * 90, True),
    ],
)
def test_only_stretches_with_words_are_read(stretch: str, expected: bool) -> None:
    assert may_hold_names(stretch) is expected
