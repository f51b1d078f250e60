"""Which turns of a long chat are sent: the newest that fit, whole exchanges, steadily."""

from __future__ import annotations

import pytest

from maskwell.conversation import Turn, first_fitting
from maskwell.vault import Kept


def chat(turns: int, size: int = 10) -> list[Turn]:
    """A chat that ends with a prompt."""
    roles = ("user", "assistant")
    return [Turn(roles[n % 2], Kept("x" * size)) for n in range(turns)]


def test_a_chat_that_fits_is_sent_whole() -> None:
    assert first_fitting(chat(9), 90) == 0


@pytest.mark.parametrize("turns", range(1, 80, 2))
def test_what_is_sent_fits_and_begins_with_a_prompt(turns: int) -> None:
    made = chat(turns)
    first = first_fitting(made, 100)

    assert sum(len(turn.kept.text) for turn in made[first:]) <= 100
    assert made[first].role == "user"


def test_the_beginning_stays_the_same_for_several_turns() -> None:
    firsts = [first_fitting(chat(turns), 200) for turns in range(1, 200, 2)]

    assert firsts == sorted(firsts)
    assert len(set(firsts)) <= len(firsts) // 2


def test_the_last_prompt_is_sent_however_long_it_is() -> None:
    made = [*chat(4), Turn("user", Kept("y" * 500))]

    assert first_fitting(made, 100) == 4
