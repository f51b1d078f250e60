"""What somebody is names nobody, save where it is also a name."""

from __future__ import annotations

import pytest

from maskwell.detection.ner import TaggedSpan
from maskwell.detection.recognizers import tagged
from maskwell.detection.recognizers.role_words import (
    before_roles,
    is_role,
    surname_of_an_office,
    without_roles,
)


@pytest.mark.parametrize(
    "word", ["Claimant", "solicitor", "MINISTER", "SENCO", "Mum", "TP", "sheikh"]
)
def test_a_role_is_nobody(word: str) -> None:
    assert is_role(word)


@pytest.mark.parametrize(
    "word",
    [
        "Baker",
        "Nan",
        "Bishop",
        "Tp",
        "Mo",
        "Porter",
        "Claimant Hale",
        "Marshall",
        "DON",
        "FLO",
        "Cardinal",
        "Warden",
        "Constable",
        "Chancellor",
        "Mate",
    ],
)
def test_a_word_that_is_also_a_name_may_be_somebody(word: str) -> None:
    assert not is_role(word)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Councillor Hale", "Hale"),
        ("Uncle Principal Adeyemi Cole", "Adeyemi Cole"),
        ("Hale", "Hale"),
        ("Applicant", ""),
        ("Parents", ""),
        ("Chair-Lindqvist", "Chair-Lindqvist"),
        ("Nana Owusu", "Nana Owusu"),
        ("Fan Bingwei", "Fan Bingwei"),
        ("Son Tran", "Son Tran"),
        ("Uncle Nana Owusu", "Nana Owusu"),
        ("Judge Hale", "Hale"),
        ("Constable", "Constable"),
        ("Prime Minister Hale", "Hale"),
        ("Prime Customer", ""),
        ("Prime", "Prime"),
    ],
)
def test_a_name_begins_after_the_roles_before_it(text: str, name: str) -> None:
    assert text[without_roles(text, 0, len(text)) :] == name


@pytest.mark.parametrize(
    ("label", "value", "is_told"),
    [
        ("DATE", "3 May", True),
        ("DATE", "05.11", True),
        ("DATE", "Sat 10.45", False),
        ("DATE", "9:30 pm", False),
        ("DATE", "31/118", False),
        ("DOB", "4 May 1980", True),
        ("DOB", "03:12", False),
        ("ID", "alpha four four", True),
        ("ID", "PPSN", False),
        ("ID", "QXLMZA", True),
        ("PERSON", "Hale", True),
        ("PERSON", "Claimant", False),
    ],
)
def test_a_span_of_the_model_stands_where_its_label_can_be_true(
    label: str, value: str, *, is_told: bool
) -> None:
    span = TaggedSpan(label, 0, len(value), 0.9)

    assert tagged._is_told(span, value) == is_told


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ines Hale Senior Specialist", "Ines Hale"),
        ("Ines Hale Director", "Ines Hale"),
        ("Ines Hale Junior", "Ines Hale Junior"),
        ("Ines Director", "Ines Director"),
        ("Ines Hale Regional Sales Manager", "Ines Hale"),
        ("Ines Hale", "Ines Hale"),
        ("Mary Ann Judge", "Mary Ann Judge"),
        ("Mary Ann Driver", "Mary Ann Driver"),
        ("Nguyen Van Son", "Nguyen Van Son"),
    ],
)
def test_a_full_name_ends_before_the_roles_after_it(text: str, name: str) -> None:
    assert text[: before_roles(text, 0, len(text))] == name


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Anna Cardinal", "cardinal"),
        ("Tom Winner", "winner"),
        ("Ann Dean", "dean"),
        ("Mary Ann Driver", "driver"),
        ("Anna Lindqvist", ""),
        ("Prime Minister", ""),
        ("Deputy Director", ""),
        ("Ines Hale Director", ""),
        ("Cardinal", ""),
        ("anna judge", ""),
    ],
)
def test_a_full_name_may_end_in_what_somebody_is(name: str, surname: str) -> None:
    assert surname_of_an_office(name.split()) == surname
