"""A value found once is found everywhere, without making ordinary words private."""

from __future__ import annotations

import pytest

from maskwell.detection import Detector


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(names=False)


def persons(detector: Detector, text: str) -> list[str]:
    return [text[f.start : f.end] for f in detector.detect(text) if f.entity_type == "PERSON"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "My name is Ada Quill. Later Quill left.", ["Ada Quill", "Quill"], id="last_name"
        ),
        pytest.param("My name is Ada Quill. Ada left.", ["Ada Quill", "Ada"], id="first_name"),
        pytest.param(
            "My name is Ada Quill. A. Quill left.", ["Ada Quill", "A. Quill"], id="initial"
        ),
        pytest.param(
            "My name is Ada Quill. QUILL, ADA left.", ["Ada Quill", "QUILL, ADA"], id="turned"
        ),
        pytest.param(
            "Quill came. My name is Ada Quill.", ["Quill", "Ada Quill"], id="before_its_full_form"
        ),
        pytest.param("My name is Ada Quill. Quill's car.", ["Ada Quill", "Quill"], id="possessive"),
        pytest.param("My name is Ada Quill. A quill pen.", ["Ada Quill"], id="small_letters"),
        pytest.param("My name is Ada Quill. Quillon too.", ["Ada Quill"], id="inside_a_word"),
        pytest.param(
            "Dear Will Grant,\nWill you Grant me May?", ["Will Grant"], id="ordinary_words"
        ),
        pytest.param(
            "Dear Will Grant,\nyes, Will Grant.", ["Will Grant", "Will Grant"], id="whole_again"
        ),
        pytest.param(
            "My name is Ada Cardinal. Cardinal is 34.",
            ["Ada Cardinal", "Cardinal"],
            id="surname_of_an_office",
        ),
        pytest.param(
            "My name is Ada Judge. The Judge heard a judge.", ["Ada Judge"], id="the_office"
        ),
        pytest.param("my name is art hidden.", ["art hidden"], id="surname_that_is_a_word"),
        pytest.param("my name is hidden. my name is art written here", ["art"], id="said_of_it"),
        pytest.param("hi, my name is adele quill. adele", ["adele quill", "adele"], id="all_small"),
    ],
)
def test_the_parts_of_a_name(detector: Detector, text: str, expected: list[str]) -> None:
    assert persons(detector, text) == expected


def test_a_secret_said_once_is_found_again_without_its_cue(detector: Detector) -> None:
    text = "password: Tr0ub4dor&3xyz\n\nthen I typed Tr0ub4dor&3xyz twice"

    found = [text[f.start : f.end] for f in detector.detect(text) if f.entity_type == "SECRET"]

    assert found == ["Tr0ub4dor&3xyz"] * 2


def test_a_number_found_by_its_label_is_found_without_it(detector: Detector) -> None:
    text = "Member ID XQ-88120; please quote XQ-88120 when writing"

    found = [(f.recognizer, text[f.start : f.end]) for f in detector.detect(text)]

    assert found == [("labelled", "XQ-88120"), ("repeat", "XQ-88120")]
