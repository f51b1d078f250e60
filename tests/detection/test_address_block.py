"""Addresses that are read upwards from their postcode."""

from __future__ import annotations

import pytest

from maskwell.detection import Detector
from maskwell.entity_types import EntityType


@pytest.fixture(scope="module")
def rules() -> Detector:
    return Detector(names=False)


def addresses(rules: Detector, text: str) -> list[str]:
    return [
        text[one.start : one.end]
        for one in rules.detect(text)
        if one.entity_type is EntityType.ADDRESS
    ]


def test_a_house_a_lane_and_a_town_belong_to_the_postcode_below_them(rules: Detector) -> None:
    block = "The Old Rectory\nChurch Lane\nLittle Snoring NR21 0HZ"

    assert addresses(rules, f"INVOICE TO\nMrs B. Thistlethwaite\n{block}\nRef: blinds") == [block]


def test_a_postcode_on_its_own_line_ends_the_block(rules: Detector) -> None:
    block = "Rose Cottage\nHigh Street\nUpper Slaughter\nGL54 2JF"

    assert addresses(rules, f"Gesa Marsden\n{block}\n") == [block]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She lives in Little Snoring NR21 0HZ now.", "Little Snoring NR21 0HZ"),
        ("Regards,\nJohn Hill\nLeeds LS1 4AP", "Leeds LS1 4AP"),
        ("The NR21 0HZ area is flat.", "NR21 0HZ"),
        ("Postcode NR21 0HZ", "NR21 0HZ"),
        ("NR21 0HZ", "NR21 0HZ"),
        ("we moved\nwhen it rained\nNR21 0HZ", "NR21 0HZ"),
    ],
)
def test_what_names_no_building_stays_outside(rules: Detector, text: str, found: str) -> None:
    assert addresses(rules, text) == [found]
