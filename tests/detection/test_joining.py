"""What stands right beside a name or a street and belongs to it."""

from __future__ import annotations

import pytest

from maskwell.detection.joining import joined
from maskwell.detection.recognizers.base import Match
from maskwell.entity_types import EntityType


def grown(text: str, value: str, kind: EntityType) -> str:
    start = text.index(value)
    (match,) = joined([Match(start, start + len(value), kind, 0.9, "ner", "")], text)
    return text[match.start : match.end]


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("dile a doña Casilda que", "Casilda", "doña Casilda"),
        ("the Engr. Olumide came", "Olumide", "Engr. Olumide"),
        ("An Herrn Prof. Dr. Quellmalz", "Quellmalz", "Herrn Prof. Dr. Quellmalz"),
        ("Tran Thi Ngoc Anh asks", "Ngoc Anh", "Tran Thi Ngoc Anh"),
        ("записать Смирнову Веру Павловну", "Веру Павловну", "Смирнову Веру Павловну"),
        ("que l'élève Ilan Ferrant de", "Ferrant", "Ilan Ferrant"),
        ("On Monday Ferrant came", "Ferrant", "Ferrant"),
        ("we saw Next Ferrant", "Ferrant", "Ferrant"),
        ("it went well. Then Ferrant", "Ferrant", "Ferrant"),
    ],
)
def test_a_name_takes_in_its_title_and_its_first_word(text: str, found: str, whole: str) -> None:
    assert grown(text, found, EntityType.PERSON) == whole


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("um: Zur Alten Linde 15, 37073 Ort", "Linde 15", "Zur Alten Linde 15"),
        ("Anschrift: Hinter dem Wall 8", "Wall 8", "Hinter dem Wall 8"),
        ("I live at 8 Wall Street", "8 Wall Street", "8 Wall Street"),
    ],
)
def test_a_street_takes_in_how_its_name_begins(text: str, found: str, whole: str) -> None:
    assert grown(text, found, EntityType.ADDRESS) == whole
