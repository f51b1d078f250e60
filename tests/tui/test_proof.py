"""What is shown in the review and what it stands for agree character by character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maskwell.tui.proof import Mark, proof_of


def test_a_sign_stands_before_each_mark() -> None:
    proof = proof_of("Dear Jane, hi", [Mark(5, 9, "private", 0, "◆")])

    assert proof.text == "Dear ◆Jane, hi"
    [mark] = proof.marks
    assert proof.text[mark.start : mark.end] == "◆Jane"


def test_dangerous_characters_are_visible_and_move_nothing() -> None:
    proof = proof_of("a\x1b[31m Jane", [Mark(7, 11, "private", 0, "◆")])

    assert proof.text == "a␛[31m ◆Jane"
    assert proof.to_source(proof.text.index("J")) == 7


@given(st.text(max_size=60), st.lists(st.integers(0, 60), max_size=8, unique=True))
def test_every_source_character_is_found_again(text: str, cuts: list[int]) -> None:
    edges = sorted(cut for cut in cuts if cut <= len(text))
    spans = zip(edges[::2], edges[1::2], strict=False)
    marks = [Mark(start, end, "private", n, "◆") for n, (start, end) in enumerate(spans)]
    proof = proof_of(text, marks)

    assert [proof.to_source(proof.to_shown(at)) for at in range(len(text))] == list(
        range(len(text))
    )
    assert len(proof.text) == len(text) + len(marks)


@given(st.text(max_size=60), st.integers(0, 60), st.integers(1, 10))
def test_a_shown_stretch_never_reaches_outside_the_source(
    text: str, start: int, length: int
) -> None:
    mark = Mark(min(start, len(text)), min(start + length, len(text)), "private", 0, "◆")
    proof = proof_of(text, [mark])

    places = [proof.to_source(shown) for shown in range(len(proof.text) + 1)]

    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)
