"""The detector as its callers see it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from maskwell.detection import Detector, Lexicon, Term
from maskwell.entity_types import EntityType


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(names=False)


def test_a_sentence_with_several_kinds_gives_sorted_findings(detector: Detector) -> None:
    text = "Dear Jane Doe, pay 4111 1111 1111 1111 or write to jane.doe@example.com."

    found = [(f.entity_type.value, text[f.start : f.end]) for f in detector.detect(text)]

    assert found == [
        ("PERSON", "Jane Doe"),
        ("CARD", "4111 1111 1111 1111"),
        ("EMAIL", "jane.doe@example.com"),
    ]


def test_own_words_are_found_whatever_their_case(detector: Detector) -> None:
    lexicon = Lexicon(terms=(Term("Project Heron"),))

    found = detector.detect("all about PROJECT heron today", lexicon)

    assert [(f.entity_type, f.start, f.end) for f in found] == [(EntityType.TERM, 10, 23)]


def test_an_ignored_value_is_left_alone_whatever_its_case(detector: Detector) -> None:
    lexicon = Lexicon(ignored=frozenset({"Info@Example.com"}))

    assert detector.detect("mail info@example.com now", lexicon) == []


def test_importing_the_package_loads_no_heavy_library() -> None:
    heavy = "{'presidio_analyzer', 'spacy', 'onnxruntime', 'stdnum', 'numpy'}"
    code = f"import sys, maskwell.detection; print(sorted({heavy} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
