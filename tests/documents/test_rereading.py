from __future__ import annotations

import pytest

from maskwell.documents import Edit, sanitise
from maskwell.documents.rereading import is_torn, may_hold_names
from maskwell.documents.segments import Segment

TORN = [
    ("family name left", "Dear {Jane} Doe,"),
    ("family name left after a comma", "{DOE}, Jane"),
    ("first name left", "for Jane {Doe} it was"),
    ("glued behind", "Mc{Adam} said"),
    ("glued before", "{Jane}Doe said"),
    ("house number left", "lives at 12 {Hill Street} now"),
    ("town left on the next line", "{1 Hill Street}\nLower Ashby"),
    ("word without case", "{Jane} 田中 came"),
    ("after an initial", "{Ada M}. Birch came"),
    ("a name before", "by Ada {Birch} alone"),
    ("given name that is a word elsewhere", "Caro {Emerald} sang"),
    ("circled letters", "\u24b7\u24e1\u24d0\u24dc {Jane Doe}"),
    ("the second of two", "from {Jane Doe} and {Ada} Birch"),
]
WHOLE = [
    ("alone", "{Jane Doe}"),
    ("in prose", "sent to {Jane Doe} on time"),
    ("at the end of a sentence", "sent to {Jane Doe}. The rest stayed."),
    ("greeting", "Dear {Jane Doe},"),
    ("possessive", "at {Jane Doe}'s place"),
    ("beside another", "to {Jane Doe}, {1 Hill Street}, {Ashby}"),
    ("after a sentence", "the store was full. {Jane Doe} came"),
    ("far from a capital", "to {Jane Doe} and then to Monday"),
]


def read(marked: str) -> tuple[str, list[Edit]]:
    """Return a text and the edits that stand in braces in it."""
    text, edits = "", []
    for number, piece in enumerate(marked.replace("{", "}").split("}")):
        if number % 2:
            edits.append(Edit(len(text), len(text) + len(piece), "[PERSON_1QX]"))
        text += piece
    return text, edits


@pytest.mark.parametrize("marked", [row[1] for row in TORN], ids=[row[0] for row in TORN])
def test_what_may_be_left_of_a_value_is_seen(marked):
    assert is_torn(*read(marked))


@pytest.mark.parametrize("marked", [row[1] for row in WHOLE], ids=[row[0] for row in WHOLE])
def test_words_that_belong_to_no_value_are_passed_over(marked):
    assert not is_torn(*read(marked))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("12.5", "Height"),
        ("1980-02-03", "Born"),
        ("1,204.50", "Total"),
        ("771", "Row"),
        ("4417", ""),
    ],
)
def test_amounts_dates_and_bare_numbers_are_left_to_the_rules(text, label):
    assert not may_hold_names([Segment("1", text, label)])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("flat 3", ""),
        ("\u24c9\u24d7\u24d0\u24d3 \u24b7\u24e1\u24d0\u24dc", ""),
        ("771-22-19", "Member"),
        ("00417", "Employee"),
    ],
)
def test_letters_however_written_and_labelled_numbers_are_read_for_names(text, label):
    assert may_hold_names([Segment("1", "12.5", "Height"), Segment("2", text, label)])


def test_names_are_sought_where_there_may_be_some_and_rules_look_at_all_of_it():
    asked: list[str] = []
    nameless: set[str] = set()

    def protect(texts: list[str]) -> list[list[Edit]]:
        asked.extend(texts)
        return [[Edit(0, 4, "[PERSON_1QX]")] if t.startswith("Jane") else [] for t in texts]

    data = b'[["Jane came by"], ["Jane Doe came"], ["555-0142"], ["no one came"]]'
    made = sanitise(data, "1.json", protect=protect, on_nameless=nameless.update, known_values=list)

    blank = "\ufffc" * 12
    assert [text for text in asked if text not in nameless] == [
        "Jane came by", "Jane Doe came", "no one came", f"{blank} Doe came"
    ]  # fmt: skip
    assert [text for text in asked if text in nameless] == [
        "555-0142", "file: 1", f"{blank} came by"
    ]  # fmt: skip
    assert b"Jane" not in made.data
