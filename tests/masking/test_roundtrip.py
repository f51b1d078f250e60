"""restore(protect(x)) == x for every x, and no token is forged on the way."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masking.pieces import TOKENISED_TEXTS
from maskwell.detection import Finding
from maskwell.entity_types import EntityType
from maskwell.masking import Restorer, protect, render
from maskwell.policy import Action

if TYPE_CHECKING:
    from maskwell.vault import Scope, Vault

TYPES = st.sampled_from([EntityType.PERSON, EntityType.ID, EntityType.IP, EntityType.URL])


@st.composite
def decided_texts(
    draw: st.DrawFn, actions: tuple[Action, ...] = (Action.KEEP, Action.TOKEN)
) -> tuple[str, list[tuple[Finding, Action]]]:
    """Draw a text and decided findings anywhere in it."""
    text = draw(TOKENISED_TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    decided = [
        (
            Finding(entity_type=draw(TYPES), start=a, end=b, score=1.0, recognizer="drawn"),
            draw(st.sampled_from(actions)),
        )
        for a, b in pairwise(cuts)
        if draw(st.booleans())
    ]
    return text, decided


def check_roundtrip(
    vault: Vault, scope: Scope, text: str, decided: list[tuple[Finding, Action]]
) -> None:
    with vault.rehearsal():
        protected = protect(vault, scope, text, decided)
        restorer = Restorer(vault, scope)

        assert restorer.restore(protected.text).text == text
        assert restorer.restore(protected.kept.text).text == text
        assert render(vault, scope, protected.kept) == protected.text


SETTINGS = settings(
    deadline=None,
    max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.sec
@SETTINGS
@given(drawn=decided_texts())
def test_roundtrip_gives_back_every_text(
    vault: Vault, scope: Scope, drawn: tuple[str, list[tuple[Finding, Action]]]
) -> None:
    check_roundtrip(vault, scope, *drawn)


@pytest.mark.sec
@pytest.mark.full
@settings(SETTINGS, max_examples=100_000)
@given(drawn=decided_texts())
def test_roundtrip_gives_back_a_hundred_thousand_texts(
    vault: Vault, scope: Scope, drawn: tuple[str, list[tuple[Finding, Action]]]
) -> None:
    check_roundtrip(vault, scope, *drawn)


@pytest.mark.sec
@SETTINGS
@given(drawn=decided_texts(actions=(Action.KEEP, Action.TOKEN, Action.MASK, Action.DROP)))
def test_roundtrip_of_what_is_stored_holds_under_every_action(
    vault: Vault, scope: Scope, drawn: tuple[str, list[tuple[Finding, Action]]]
) -> None:
    text, decided = drawn
    with vault.rehearsal():
        protected = protect(vault, scope, text, decided)

        assert Restorer(vault, scope).restore(protected.kept.text).text == text
        assert render(vault, scope, protected.kept) == protected.text
