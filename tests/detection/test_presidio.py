"""The same recognisers in Presidio's sockets."""

from __future__ import annotations

import socket

import pytest
from presidio_analyzer import Pattern, PatternRecognizer

from maskwell.detection import Detector
from maskwell.detection.presidio import MaskwellAnalyzer

TEXT = "Dear Ada Quill,\npay 4111 1111 1111 1111, write to ada@example.com. SSN 219-09-9999"


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(names=False)


@pytest.fixture
def analyzer(detector: Detector) -> MaskwellAnalyzer:
    return detector.analyzer


def test_the_analyzer_and_the_detector_find_the_same(
    detector: Detector, analyzer: MaskwellAnalyzer
) -> None:
    expected = [(f.entity_type.value, f.start, f.end) for f in detector.detect(TEXT)]

    results = analyzer.analyze(TEXT, language="en")

    assert [(r.entity_type, r.start, r.end) for r in results] == expected


def test_only_the_entities_asked_for_are_returned(analyzer: MaskwellAnalyzer) -> None:
    results = analyzer.analyze(TEXT, entities=["CARD"])

    assert {r.entity_type for r in results} == {"CARD"}


def test_a_presidio_recognizer_works_beside_ours_and_its_context_counts(
    detector: Detector,
) -> None:
    analyzer = MaskwellAnalyzer(detector.recognizers, detector._scanner)
    analyzer.registry.add_recognizer(
        PatternRecognizer("PROJECT", patterns=[Pattern("p", r"HX\d{3}", 0.3)], context=["project"])
    )

    text = "project HX204 is older, and by far, than the other one, HX205"
    results = analyzer.analyze(text, score_threshold=0.5)

    assert [(r.entity_type, r.start) for r in results] == [("PROJECT", 8)]


def test_an_allow_list_is_obeyed(analyzer: MaskwellAnalyzer) -> None:
    results = analyzer.analyze(TEXT, allow_list=["ada@example.com"])

    assert "EMAIL" not in {r.entity_type for r in results}


def test_analysing_opens_no_connection(
    analyzer: MaskwellAnalyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)

    assert analyzer.analyze(TEXT)
