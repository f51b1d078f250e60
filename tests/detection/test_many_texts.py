from __future__ import annotations

import pytest

from maskwell.detection import Detector, shared_detector

TEXTS = [
    "Contact: Ingeborg Abendroth\nItem: 17",
    "Contact: Casimir Birkenfeld\nItem: 18",
    "Contact: Rosamund Drummond\nItem: 19",
    "",
    "555",
    "no one is in here",
    "Write to jane.doe@example.com, or ask Ada Birch of Lower Ashby about the delivery. " * 12,
    "Dear Ottokar Falkenrath, hello.",
    "a lone surrogate \ud800 beside Ottokar Falkenrath",
]


@pytest.fixture(scope="module")
def detector() -> Detector:
    return shared_detector()


def places(found):
    return [(one.entity_type, one.start, one.end) for one in found]


def test_many_texts_give_what_each_gives_alone(detector):
    together = detector.detect_all(TEXTS)

    assert [places(found) for found in together] == [places(detector.detect(t)) for t in TEXTS]
    assert together[3] == together[4] == []


def test_texts_alone_or_with_others_are_as_sure_but_for_rounding(detector):
    for found, alone in zip(detector.detect_all(TEXTS), map(detector.detect, TEXTS), strict=True):
        for one, other in zip(found, alone, strict=True):
            assert one.score == pytest.approx(other.score, abs=0.05)


def test_without_names_only_rules_read(detector):
    text = "Ottokar Falkenrath wrote to jane.doe@example.com about it"

    assert places(detector.detect(text, names=False)) == places(
        shared_detector(names=False).detect(text)
    )
    assert len(detector.detect(text)) > len(detector.detect(text, names=False))
