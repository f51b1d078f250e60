from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from maskwell.shield.sheaves import protect_all, sheaves

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maskwell.detection import Finding
    from maskwell.masking import Protected
    from maskwell.shield import Shield
    from maskwell.shield.plan import Plan

TEXTS = ["Dear Jane Doe,", "write to jane@example.com", "nothing here", "for Jane Doe again"]


class Counting:
    """Protects through a shield and keeps what was applied."""

    def __init__(self, shield: Shield, scope: str) -> None:
        self._shield = shield
        self._scope = scope
        self.applied: list[Protected] = []

    def __call__(self, texts: list[str]) -> list[str]:
        def plan(text: str, found: Sequence[Finding]) -> Plan:
            return self._shield.plan(text, scope=self._scope, found=found)

        found = self._shield.found_in(texts, lambda _some, _of: None)
        changes = protect_all(texts, found, plan, self._shield.apply, self.applied.append)
        return [_changed(text, some) for text, some in zip(texts, changes, strict=True)]


def _changed(text: str, changes: list[tuple[int, int, str]]) -> str:
    for start, end, new_text in sorted(changes, reverse=True):
        text = text[:start] + new_text + text[end:]
    return text


@given(st.lists(st.text(min_size=1, max_size=9_000), max_size=6))
def test_a_sheaf_holds_its_texts_where_it_says(texts: list[str]) -> None:
    whole = list(sheaves(texts))

    assert [text for sheaf in whole for text in sheaf.texts] == texts
    for sheaf in whole:
        for text, start in zip(sheaf.texts, sheaf.starts, strict=True):
            assert sheaf.whole[start : start + len(text)] == text


def test_texts_together_become_what_each_becomes_alone(shield: Shield) -> None:
    together, alone = Counting(shield, "acme"), Counting(shield, "acme")

    assert together(TEXTS) == [one for text in TEXTS for one in alone([text])]
    assert (len(together.applied), len(alone.applied)) == (1, 4)


def test_a_text_that_holds_a_token_is_looked_at_alone(shield: Shield) -> None:
    texts = [*TEXTS, "she wrote [PERSON_7QX] herself"]
    protect = Counting(shield, "acme")

    made = protect(texts)

    assert "[PERSON_7QX]" not in made[4]
    assert len(protect.applied) == 5
    assert shield.restore(made[4], scope="acme").text == texts[4]


def test_a_known_value_is_not_read_across_two_texts(shield: Shield) -> None:
    shield.protect("Ask Jane Q. Doeberry about it.", scope="acme")

    made = Counting(shield, "acme")(["we met Jane Q.", "Doeberry is a hill"])

    assert [text.count("\0") for text in made] == [0, 0]
    assert shield.restore(made[1], scope="acme").text == "Doeberry is a hill"


def test_a_link_left_open_spoils_no_token_of_another_text(shield: Shield) -> None:
    made = Counting(shield, "acme")(["see [this](https://example.com/", "Dear Jane Doe,"])

    assert shield.restore(made[1], scope="acme").text == "Dear Jane Doe,"
