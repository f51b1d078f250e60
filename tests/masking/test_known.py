"""Finding known values in what is about to leave, and storing what models made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maskwell.entity_types import EntityType as T
from maskwell.masking import KnownValues, Restorer, render, retokenise
from maskwell.masking.linking import tokens_for

if TYPE_CHECKING:
    from maskwell.vault import Scope, Vault

VALUES = [
    (T.PERSON, "Ann"),
    (T.PERSON, "Ann Lee"),
    (T.EMAIL, "ann@example.com"),
    (T.SECRET, "p@ss|word!"),
    (T.PLACE, "İzmir"),
    (T.TERM, "\ud800odd"),
]


@pytest.fixture(scope="module")
def known_scope(vault: Vault) -> Scope:
    scope = vault.scopes.ensure("known values")
    with vault.transaction():
        tokens_for(vault, scope, VALUES)
    return scope


@pytest.fixture(scope="module")
def known(vault: Vault, known_scope: Scope) -> KnownValues:
    return KnownValues(vault.entities.surfaces(known_scope))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee wrote", ["Ann Lee"]),
        ("Ann Leeds wrote", ["Ann"]),
        ("ANN LEE and ann", ["ANN LEE", "ann"]),
        ("Annex, planned, Ann_Lee, 7Ann", []),
        ("<ann@example.com>", ["ann@example.com"]),
        ("key=p@ss|word!x", ["p@ss|word!"]),
        ("in İzmir, ann", ["İzmir", "ann"]),
        ("x \ud800odd y", ["\ud800odd"]),
        ("\U0001f600Ann\U0001f600", ["Ann"]),
        ("", []),
    ],
)
def test_known_values_are_found_as_whole_words(
    known: KnownValues, text: str, expected: list[str]
) -> None:
    assert [text[start:end] for start, end, _ in known.find(text)] == expected


def test_nothing_is_found_when_nothing_is_known() -> None:
    assert KnownValues([]).find("Ann") == []


def test_a_reply_with_real_values_is_stored_with_tokens_and_rebuilt_exactly(
    vault: Vault, known_scope: Scope
) -> None:
    reply = "Dear ANN LEE, I wrote to https://x.example/?m=ann@example.com for Ann."
    kept = retokenise(vault, known_scope, reply)

    assert "ann" not in kept.text.casefold()
    assert render(vault, known_scope, kept) == reply
    assert Restorer(vault, known_scope).restore(kept.text).text == reply


def test_tokens_in_a_reply_stay_tokens_and_invented_ones_become_literals(
    vault: Vault, known_scope: Scope
) -> None:
    tokens = tokens_for(vault, known_scope, VALUES)
    ann = tokens[T.PERSON, "Ann Lee"]
    reply = f"{ann.text} and {ann.code.lower()} know [PERSON_99XX]; [x](/y?{ann.text})"
    kept = retokenise(vault, known_scope, reply)

    assert kept.text.startswith(f"{ann.text} and {ann.code.lower()} know [LITERAL_")
    assert render(vault, known_scope, kept) == reply
    assert (
        Restorer(vault, known_scope).restore(kept.text).text
        == Restorer(vault, known_scope).restore(reply).text
    )


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_reply_is_rebuilt_exactly_and_shows_the_same(
    vault: Vault, known_scope: Scope, data: st.DataObject
) -> None:
    with vault.rehearsal():
        codes = [token.code for token in tokens_for(vault, known_scope, VALUES).values()]
        pieces = st.sampled_from(
            [
                *(surface for _, surface in VALUES),
                *(f"[{code}]" for code in codes),
                *codes,
                *("[PERSON_9XX]", "](", "https://x/", " ", "s", ":last]", "[", "]", "ann", "é"),
            ]
        )
        reply = "".join(data.draw(st.lists(pieces, max_size=9)))
        kept = retokenise(vault, known_scope, reply)
        restorer = Restorer(vault, known_scope)

        assert render(vault, known_scope, kept) == reply
        assert restorer.restore(kept.text).text == restorer.restore(reply).text
