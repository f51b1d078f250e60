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
        ("le maître dit que l'élève Ilan Ferrant est parti", "Ferrant", "Ilan Ferrant"),
        ("with Uchenna Hale and Dries Ferrant", "Ferrant", "Dries Ferrant"),
        ("one dries and Dries Ferrant", "Ferrant", "Ferrant"),
        ("after talking with Professors Ferrant, Hale", "Ferrant", "Ferrant"),
        ("as strengthening Hurricane Ferrant", "Ferrant", "Ferrant"),
        ("by then Rapporteur Ada Ferrant", "Ada Ferrant", "Ada Ferrant"),
        ("and the Foreign Minister Ferrant said", "Ferrant", "Ferrant"),
        ("it was good, Good Morning Ferrant", "Ferrant", "Ferrant"),
        ("according to Governor Ferrant of", "Ferrant", "Ferrant"),
        ("they were told that Boss Ferrant", "Ferrant", "Ferrant"),
        ("I'M Ferrant", "Ferrant", "Ferrant"),
        ("tell' em Ferrant", "Ferrant", "Ferrant"),
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


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("paid to R S Okonjo today", "Okonjo", "R S Okonjo"),
        ("paid to R. S. Okonjo today", "S. Okonjo", "R. S. Okonjo"),
        ("then Maisie K (Year 5) hit", "Maisie", "Maisie K"),
        ("with Maisie K. and others", "Maisie", "Maisie K."),
        ("yes I Okonjo", "Okonjo", "Okonjo"),
        ("ask Maisie I think", "Maisie", "Maisie"),
        ("gave Maisie A small book", "Maisie", "Maisie"),
        ("Maisie B+ in maths", "Maisie", "Maisie"),
        ("AT&T Okonjo", "Okonjo", "Okonjo"),
        ("Maisie Okonjo B", "Maisie Okonjo", "Maisie Okonjo"),
        ("Maisie K Okonjo", "Maisie", "Maisie K"),
        ("Maisie U S E", "Maisie", "Maisie"),
    ],
)
def test_a_name_takes_in_the_initials_beside_it(text: str, found: str, whole: str) -> None:
    assert grown(text, found, EntityType.PERSON) == whole


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("at twelve oak tree close in", "twelve oak tree", "twelve oak tree close"),
        ("at 9 amber wood drive", "9 amber wood", "9 amber wood drive"),
        ("at 9 amber wood close to town", "9 amber wood", "9 amber wood"),
        ("at 9 amber wood close by", "9 amber wood", "9 amber wood"),
        ("at 9 Amber Wood close", "9 Amber Wood", "9 Amber Wood"),
        ("at 9 amber wood walking", "9 amber wood", "9 amber wood"),
    ],
)
def test_a_dictated_street_takes_in_its_last_word(text: str, found: str, whole: str) -> None:
    assert grown(text, found, EntityType.ADDRESS) == whole
