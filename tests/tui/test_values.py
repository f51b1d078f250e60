"""Private values keep their exact characters through parsing, and are marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maskwell.tui.values import MarkedText, Value, plain_content


def marked(text: str, *values: str) -> MarkedText:
    found = []
    at = 0
    for number, value in enumerate(values):
        start = text.index(value, at)
        at = start + len(value)
        found.append(Value(start, at, f"[PERSON_{number}CC]"))
    return MarkedText(text, tuple(found))


def test_a_value_is_marked_on_exactly_its_characters() -> None:
    content = plain_content(marked("Dear Jane Doe, hello", "Jane Doe"))

    assert content.plain == "Dear Jane Doe, hello"
    assert [(span.start, span.end) for span in content.spans] == [(5, 13)]
    assert "underline" in str(content.spans[0].style)


def test_tokens_take_the_place_of_values_when_asked_for() -> None:
    text = marked("Dear Jane, Jane", "Jane", "Jane")

    assert plain_content(text, tokens=True).plain == "Dear [PERSON_0CC], [PERSON_1CC]"
    assert text.with_tokens() == "Dear [PERSON_0CC], [PERSON_1CC]"


def test_a_text_that_holds_a_place_character_cannot_borrow_a_value() -> None:
    content = plain_content(marked("\U00100000 Jane", "Jane"))

    assert content.plain == "\ufffd Jane"


def test_cutting_leaves_a_half_value_out() -> None:
    cut = marked("Dear Jane Doe", "Jane Doe").cut(9)

    assert cut == MarkedText("Dear Jane", ())


@given(st.lists(st.text(st.characters(categories=["L", "N", "P", "Zs"])), min_size=1, max_size=8))
def test_any_text_with_values_is_shown_in_full(pieces: list[str]) -> None:
    values, at = [], 0
    for number, piece in enumerate(pieces):
        if number % 2 and piece:
            values.append(Value(at, at + len(piece), "[TERM_1CC]"))
        at += len(piece)
    text = "".join(pieces)

    assert plain_content(MarkedText(text, tuple(values))).plain == text
