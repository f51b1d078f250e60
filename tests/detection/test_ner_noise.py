"""Training texts keep their spans on the characters they mark, whatever is done to them."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts" / "train"))

from synth import noise  # found by the path above
from tagger.example import Example, Span, join  # likewise
from tagger.labels import ANY, GOLD, TAGS, outside_bits, span_bits  # likewise

TEXT = "Ada Quill\n12 Priory Close, Leeds\nsaw Bram, twice."
SPANS = (Span(0, 9, "PERSON"), Span(10, 32, "ADDRESS"), Span(37, 41, "PERSON"))
NAMES = ("Ada Quill", "Bram")


def _example() -> Example:
    return Example(TEXT, SPANS, frozenset({"PERSON", "ADDRESS"}))


def _people(example: Example) -> tuple[str, ...]:
    return tuple(example.text[s.start : s.end] for s in example.spans if s.label == "PERSON")


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("change", ["_quoted", "_unspaced", "_broken_addresses", "_unpunctuated"])
def test_what_leaves_names_alone_leaves_their_spans_exact(change: str, seed: int) -> None:
    changed = getattr(noise, change)(_example(), random.Random(seed))

    assert _people(changed) == NAMES


def test_an_edit_at_a_spans_start_stays_before_it() -> None:
    changed = noise.edited(_example(), [(0, 0, "> "), (33, 33, "> ")])

    assert _people(changed) == NAMES


def test_an_edit_at_a_spans_end_stays_behind_it() -> None:
    changed = noise.edited(_example(), [(9, 9, "!"), (41, 41, "?")])

    assert _people(changed) == NAMES


def test_an_edit_inside_a_span_widens_it() -> None:
    changed = noise.edited(_example(), [(1, 2, "dd")])

    assert _people(changed) == ("Adda Quill", "Bram")


@given(st.integers(0, 10_000))
def test_roughened_spans_stay_inside_their_text_and_in_order(seed: int) -> None:
    changed = noise.roughened(_example(), random.Random(seed))

    ends = [0, *(s.end for s in changed.spans)]
    assert all(0 <= s.start < s.end <= len(changed.text) for s in changed.spans)
    assert all(end <= s.start for end, s in zip(ends, changed.spans, strict=False))


def test_joined_texts_keep_both_texts_spans() -> None:
    both = join([_example(), _example()], "\n\n")

    assert _people(both) == NAMES * 2


def test_a_corpus_without_ages_leaves_a_words_age_open() -> None:
    open_tags = {TAGS[i] for i in range(len(TAGS)) if outside_bits(GOLD) >> i & 1}

    assert "O" in open_tags
    assert "S-AGE" in open_tags
    assert "S-PERSON" not in open_tags


def test_a_spans_tags_begin_continue_and_end_it() -> None:
    names = [[TAGS[i] for i in range(len(TAGS)) if bits >> i & 1] for bits in span_bits(["ORG"], 3)]

    assert names == [["B-ORG"], ["I-ORG"], ["E-ORG"]]
    assert ANY.bit_count() == len(TAGS)
