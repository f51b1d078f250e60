"""The user's own words, patterns, ignored values and thresholds."""

from __future__ import annotations

import pytest

from maskwell.detection import Detector, Lexicon, Term
from maskwell.entity_types import EntityType
from maskwell.errors import ConfigError


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(names=False)


def found(detector: Detector, text: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    return [(f.entity_type.value, text[f.start : f.end]) for f in detector.detect(text, lexicon)]


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        pytest.param("Heron", "the HERON flew", ["HERON"], id="other_case"),
        pytest.param("Heron", "herons fly, heronry too", [], id="not_inside_words"),
        pytest.param("Project Heron", "(project heron)", ["project heron"], id="phrase"),
        pytest.param("C++ plan", "our C++ plan.", ["C++ plan"], id="signs"),
        pytest.param("Straße 9", "zur straße 9 hin", ["straße 9"], id="other_letters"),
        pytest.param("heron", "h\u200beron", ["h\u200beron"], id="disguised"),
        pytest.param("", "nothing", [], id="empty"),
    ],
)
def test_own_words(detector: Detector, word: str, text: str, expected: list[str]) -> None:
    lexicon = Lexicon(terms=(Term(word),))

    assert [value for _, value in found(detector, text, lexicon)] == expected


def test_an_own_pattern_finds_its_type(detector: Detector) -> None:
    lexicon = Lexicon(terms=(Term(r"HX-\d{4}", EntityType.ID, is_pattern=True),))

    assert found(detector, "case HX-2041 is open", lexicon) == [("ID", "HX-2041")]


def test_a_broken_pattern_is_refused_in_words(detector: Detector) -> None:
    lexicon = Lexicon(terms=(Term("HX-(", is_pattern=True),))

    with pytest.raises(ConfigError, match="not a regular expression"):
        detector.detect("anything", lexicon)


@pytest.mark.parametrize("bomb", [r"(a+)+$", r"(a|aa)+$", r"(\w+\s?)*!", r"(x+x+)+y"])
def test_a_runaway_pattern_is_stopped_and_the_rest_is_found(detector: Detector, bomb: str) -> None:
    text = "jane@example.com " + "a" * 5000 + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx "
    lexicon = Lexicon(terms=(Term(bomb, is_pattern=True),))

    assert ("EMAIL", "jane@example.com") in found(detector, text, lexicon)


def test_ignored_values_are_compared_folded(detector: Detector) -> None:
    lexicon = Lexicon(ignored=frozenset({"JANE@example.com"}))

    assert found(detector, "ja\u200bne@example.com", lexicon) == []


def test_a_threshold_silences_a_type_and_no_other(detector: Detector) -> None:
    lexicon = Lexicon(thresholds={EntityType.DATE: 0.99})

    assert found(detector, "jane@example.com, 2021-03-04", lexicon) == [
        ("EMAIL", "jane@example.com")
    ]


def test_a_stopped_pattern_is_told_by_its_number_and_never_by_its_text(
    detector: Detector, caplog: pytest.LogCaptureFixture
) -> None:
    terms = (Term(r"HX-\d{4}", is_pattern=True), Term(r"(x|xx)+$", is_pattern=True))

    detector.detect("x" * 5000 + "!", Lexicon(terms=terms))

    assert "pattern number 2" in caplog.text
    assert "xx" not in caplog.text


def test_an_own_word_inside_an_ignored_value_is_still_found(detector: Detector) -> None:
    lexicon = Lexicon(terms=(Term("jane"),), ignored=frozenset({"jane@example.com"}))

    assert found(detector, "write to jane@example.com", lexicon) == [("TERM", "jane")]
