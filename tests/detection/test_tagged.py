"""The name model among the recognisers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell.detection import Detector, Lexicon
from maskwell.detection.ner import NameTagger
from maskwell.detection.recognizers.tagged import TaggedRecognizer
from maskwell.entity_types import EntityType
from maskwell.errors import IntegrityError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


def found(detector: Detector, text: str, lexicon: Lexicon | None = None) -> list[tuple[str, str]]:
    findings = detector.detect(text, lexicon or Lexicon())
    return [(f.entity_type.value, text[f.start : f.end]) for f in findings]


def test_a_person_without_any_cue_is_found(detector: Detector) -> None:
    text = "Yesterday Gesa Lindqvist told me about the roof."

    assert ("PERSON", "Gesa Lindqvist") in found(detector, text)


def test_an_address_in_a_name_s_reach_stays_an_e_mail(detector: Detector) -> None:
    text = "Write to Gesa Lindqvist gesa.lindqvist@example.com today."

    assert ("EMAIL", "gesa.lindqvist@example.com") in found(detector, text)
    assert ("PERSON", "Gesa Lindqvist") in found(detector, text)


def test_a_disguised_name_is_found_with_its_own_characters(detector: Detector) -> None:
    text = "Yesterday G\u200besa Lindqvist told me about the roof."

    assert ("PERSON", "G\u200besa Lindqvist") in found(detector, text)


def test_a_year_beside_a_name_is_found_and_one_alone_is_not(detector: Detector) -> None:
    beside = "Gesa Lindqvist moved to the coast in 2011."
    alone = "The standard was last revised in 2011."

    assert ("DATE", "2011") in found(detector, beside)
    assert found(detector, alone) == []


def test_an_ignored_part_of_a_name_is_left_alone_where_it_is_repeated(detector: Detector) -> None:
    text = "Yesterday Gesa Lindqvist told me about the roof. Lindqvist was right."
    lexicon = Lexicon(ignored=frozenset({"lindqvist"}))

    assert found(detector, text, lexicon) == [("PERSON", "Gesa Lindqvist")]


def test_a_threshold_silences_the_model_for_one_type(detector: Detector) -> None:
    lexicon = Lexicon(thresholds={EntityType.PERSON: 1.1})

    assert "PERSON" not in dict(found(detector, "Yesterday Gesa Lindqvist called.", lexicon))


def test_a_missing_model_is_an_error_and_never_silence(tmp_path: Path) -> None:
    with pytest.raises(IntegrityError):
        TaggedRecognizer(NameTagger(tmp_path))


def test_nothing_is_found_inside_an_ignored_value(detector: Detector) -> None:
    text = "Yesterday Gesa Lindqvist wrote from gesa.lindqvist@example.com about the roof."
    lexicon = Lexicon(ignored=frozenset({"gesa.lindqvist@example.com"}))

    assert found(detector, text, lexicon) == [("PERSON", "Gesa Lindqvist")]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        pytest.param("Dr. Quill will be in Lisbon on Friday night.", True, id="whereabouts"),
        pytest.param("We meet Friday at 12 Main Street, upstairs.", True, id="address"),
        pytest.param("Gesa Lindqvist calls on Friday.", False, id="nowhere"),
        pytest.param("Gesa Lindqvist left. Lisbon is nice on Friday.", False, id="other_sentence"),
        pytest.param("Lisbon is nice on Friday.", False, id="nobody"),
    ],
)
def test_a_weekday_is_private_where_it_tells_someones_whereabouts(
    detector: Detector, text: str, *, is_found: bool
) -> None:
    assert (("DATE", "Friday") in found(detector, text)) is is_found


def test_a_year_before_what_someone_is_is_a_date_and_no_age(detector: Detector) -> None:
    text = "Gesa Lindqvist is a 1986 Swedish singer."

    assert ("DATE", "1986") in found(detector, text)


@pytest.mark.parametrize(
    "text",
    ["My sister speaks Polish.", "Please answer in plain English.", "He is fluent in Swedish."],
)
def test_a_language_is_nobodys_nationality(detector: Detector, text: str) -> None:
    assert [kind for kind, _ in found(detector, text) if kind == "GROUP"] == []


def test_peoples_are_groups_in_the_plural_too(detector: Detector) -> None:
    text = "Many Jews, Muslims and Poles met in Polish restaurants."

    assert [value for kind, value in found(detector, text) if kind == "GROUP"] == [
        "Jews", "Muslims", "Poles", "Polish"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Shorter, please.",
        "Jupyter and Pandas are slow today; Jira too.",
        "Translate this to French, then to Swahili.",
    ],
)
def test_programs_tongues_and_wishes_are_nobody(detector: Detector, text: str) -> None:
    assert found(detector, text) == []


def test_a_person_called_like_a_program_stays_a_person(detector: Detector) -> None:
    text = "Yesterday Django Lindqvist told me about the roof."

    assert ("PERSON", "Django Lindqvist") in found(detector, text)
