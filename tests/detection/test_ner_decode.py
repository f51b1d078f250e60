"""The best well-formed tag sequence, checked against trying all of them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maskwell.detection.ner_decode import best_tags, label_probabilities, spans_of
from maskwell.detection.ner_features import SPECIAL, shape_of

LABELS = 2
TAGS = 1 + 4 * LABELS


def _is_well_formed(tags: tuple[int, ...]) -> bool:
    inside = -1
    for tag in tags:
        edge, label = (tag - 1) % 4, (tag - 1) // 4
        continues = tag > 0 and edge in (1, 2)
        if (inside >= 0) != continues or (continues and label != inside):
            return False
        inside = label if tag > 0 and edge in (0, 1) else -1
    return inside < 0


@settings(max_examples=60)
@given(st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_no_well_formed_sequence_scores_higher(words: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(words, TAGS)).astype(np.float32)

    best = best_tags(scores)

    every = (t for t in itertools.product(range(TAGS), repeat=words) if _is_well_formed(t))
    highest = max(sum(scores[i, t] for i, t in enumerate(tags)) for tags in every)
    assert _is_well_formed(tuple(best.tolist()))
    assert sum(scores[i, t] for i, t in enumerate(best)) == pytest.approx(highest, abs=1e-4)


def test_spans_are_read_off_their_edges() -> None:
    begin, inside, end, single = 1, 2, 3, 8

    spans = spans_of(np.array([0, begin, inside, end, single, 0]))

    assert spans == [(0, 1, 4), (1, 4, 5)]


def test_label_probabilities_leave_room_for_no_label() -> None:
    probabilities = label_probabilities(np.zeros((1, TAGS), np.float32))

    assert probabilities.tolist() == [pytest.approx([4 / 9, 4 / 9])]


def test_shapes_differ_by_case_and_by_the_gap_before() -> None:
    words = ["ada", "Ada", "ADA", "A", "aDa", "42", "a4", "!", "名"]

    shapes = {
        shape_of(f"{gap}{w}", 0, len(gap), len(gap) + len(w))
        for w in words
        for gap in ("", " ", "\n", "\t")
    }

    assert len(shapes) == len(words) * 4
    assert max(shapes) < SPECIAL
