"""Where names begin and end."""

from __future__ import annotations

import pytest

from maskwell.detection.edges import trimmed


@pytest.mark.parametrize(
    ("span", "kept"),
    [
        pytest.param("Gesa Lindqvist", "Gesa Lindqvist", id="whole"),
        pytest.param('"Gesa Lindqvist"', "Gesa Lindqvist", id="quoted"),
        pytest.param("“Gesa", "Gesa", id="half_quoted"),
        pytest.param('"Bo" Lindqvist', '"Bo" Lindqvist', id="nickname_first"),
        pytest.param('Gesa "Bo" Lindqvist', 'Gesa "Bo" Lindqvist', id="nickname_inside"),
        pytest.param("(Lindqvist", "Lindqvist", id="open_bracket"),
        pytest.param("Heron (Holdings)", "Heron (Holdings)", id="bracket_inside"),
        pytest.param("Heron Ltd.", "Heron Ltd.", id="abbreviation"),
        pytest.param("James'", "James", id="genitive_mark"),
        pytest.param("> Gesa |", "Gesa", id="layout"),
        pytest.param("Gesa Lindqvist \u05d2\u20ac\u201c", "Gesa Lindqvist", id="misread_dash"),
        pytest.param("\u05d2\u20ac\u201c", "", id="misread_dash_alone"),
        pytest.param("\u05df\u00bf\u00bd", "", id="misread_replacement"),
        pytest.param("\u00e2\u20ac\u2122 Gesa", "Gesa", id="misread_mark_before"),
        pytest.param("O'Neill", "O'Neill", id="apostrophe"),
        pytest.param("***", "", id="marks_alone"),
        pytest.param("", "", id="empty"),
    ],
)
def test_a_name_keeps_its_letters_and_loses_its_frame(span: str, kept: str) -> None:
    text = f"ab {span} cd"

    start, end = trimmed(text, 3, 3 + len(span))

    assert text[start:end] == kept
