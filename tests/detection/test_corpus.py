"""The named rows of the corpus, each a sentence of its own."""

from __future__ import annotations

import pytest

from detection.corpus import FOUND, LEFT
from maskwell.detection import Detector


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(names=False)


@pytest.mark.parametrize(("text", "expected"), [r[1:] for r in FOUND], ids=[r[0] for r in FOUND])
def test_all_that_is_private_is_found_and_nothing_else(
    detector: Detector, text: str, expected: list[tuple[str, str]]
) -> None:
    found = [(f.entity_type.value, text[f.start : f.end]) for f in detector.detect(text)]

    assert found == expected


@pytest.mark.parametrize("text", [r[1] for r in LEFT], ids=[r[0] for r in LEFT])
def test_ordinary_text_is_left_alone(detector: Detector, text: str) -> None:
    found = [(f.entity_type.value, text[f.start : f.end]) for f in detector.detect(text)]

    assert found == []


@pytest.mark.parametrize(("text", "expected"), [r[1:] for r in FOUND], ids=[r[0] for r in FOUND])
def test_a_reason_never_holds_the_value(
    detector: Detector, text: str, expected: list[tuple[str, str]]
) -> None:
    reasons = [(f.reason, text[f.start : f.end]) for f in detector.detect(text)]

    assert all(reason and value not in reason for reason, value in reasons)
