"""The one matcher sees the same in a text however it comes in."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masking.pieces import TOKENISED_TEXTS
from maskwell.masking.scanning import Proposal, Scanner, scan


def scanned(chunks: list[str]) -> tuple[str, list[Proposal]]:
    """Return the decided text and its proposals, their places counted from the beginning."""
    scanner = Scanner()
    text = ""
    proposals: list[Proposal] = []
    for step in [*chunks, None]:
        decided, found = scanner.close() if step is None else scanner.feed(step)
        base = len(text)
        for one in found:
            opening = one.opening and tuple(base + place for place in one.opening)
            until = one.refused_until and base + one.refused_until
            proposals.append(
                one._replace(
                    start=base + one.start,
                    end=base + one.end,
                    refused_until=until,
                    opening=opening,  # type: ignore[arg-type]  # compared as a plain tuple
                )
            )
        text += decided
        assert step is None or scanner.held_back <= 64
    return text, proposals


def check_cuts(text: str, chunks: list[str]) -> None:
    whole = scan(text)

    assert scanned(chunks) == (text, whole)


@pytest.mark.sec
@settings(deadline=None, max_examples=400)
@given(text=TOKENISED_TEXTS)
def test_token_proposals_are_the_same_character_by_character(text: str) -> None:
    check_cuts(text, list(text))


@pytest.mark.sec
@settings(deadline=None, max_examples=400)
@given(text=TOKENISED_TEXTS, data=st.data())
def test_token_proposals_do_not_depend_on_the_cuts(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=5)))
    check_cuts(text, [text[a:b] for a, b in pairwise([0, *cuts, len(text)])])


@pytest.mark.sec
@pytest.mark.full
@settings(deadline=None, max_examples=100_000)
@given(text=TOKENISED_TEXTS)
def test_token_proposals_of_a_hundred_thousand_texts_do_not_depend_on_cuts(text: str) -> None:
    check_cuts(text, list(text))
    check_cuts(text, [text[: len(text) // 2], text[len(text) // 2 :]])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("[PERSON_7QX]", ["PERSON_7QX"]),
        ("[PERSON_7QX][ID_1CC:last]", ["PERSON_7QX", "ID_1CC:last"]),
        ("PERSON_7QX, ID_1CC", ["PERSON_7QX", "ID_1CC"]),
        ("[PERSON_07QX] [PERSON_7AB] [PERSON_7Q] [PERSON_7QXX]", []),
        ("[NOBODY_7QX] xPERSON_7QX PERSON_7QXx 7PERSON_7QX", []),
        ("[PERSON_1234567890QX]", []),
    ],
)
def test_only_well_formed_tokens_are_proposed(text: str, codes: list[str]) -> None:
    assert [one.code for one in scan(text) if one.is_sound] == codes


def test_what_was_meant_as_a_token_is_told() -> None:
    (found,) = scan("Dear [PERSON_3],")

    assert (found.code, found.is_sound) == ("PERSON_3", False)
