"""With stand-ins too, restore(protect(x)) == x for every x, and a stream equals the whole."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masking.pieces import PIECES
from maskwell.detection import Finding
from maskwell.entity_types import EntityType as T
from maskwell.masking import Restorer, StreamRestorer, protect, render
from maskwell.policy import Action

if TYPE_CHECKING:
    from maskwell.vault import Scope, Vault

REAL = ("Jane Doe", "Ms Doe", "jane.doe@acme.com", "Acme Ltd", "5 May 2023", "+1 202-555-0147")
TYPES = {
    "Jane Doe": T.PERSON,
    "Ms Doe": T.PERSON,
    "jane.doe@acme.com": T.EMAIL,
    "Acme Ltd": T.ORG,
    "5 May 2023": T.DATE,
    "+1 202-555-0147": T.PHONE,
}
JOINTS = st.sampled_from(
    [
        *(" ", "", "\n", ", ", ".", "-", "'s ", "’s", "_", " and ", " Ferrante ", "Mr ", "]("),
        *("\\n", "https://", "@", '"', "**", "Dear ", "É", "先", "\u0130"),
    ]
)


@pytest.fixture(scope="module")
def sent(vault: Vault) -> tuple[Scope, list[str]]:
    """A scope with stand-ins, and the stand-ins and their parts in every case."""
    scope = vault.scopes.ensure("surrogate roundtrip")
    text = ". ".join(REAL)
    decided = []
    for value in REAL:
        start = text.index(value)
        finding = Finding(
            entity_type=TYPES[value], start=start, end=start + len(value), score=1, recognizer="t"
        )
        decided.append((finding, Action.SURROGATE))
    forms = [one.sent for one in protect(vault, scope, text, decided).findings]
    parts = [word for form in forms for word in form.replace("@", " ").split()]
    spelled = [*forms, *parts]
    return scope, [*spelled, *map(str.upper, spelled), *map(str.lower, spelled)]


@st.composite
def decided_texts(draw: st.DrawFn, forms: list[str]) -> tuple[str, list[tuple[Finding, Action]]]:
    """Draw a text of real values, stand-ins and pieces, and decided findings anywhere in it."""
    pieces = st.one_of(st.sampled_from(REAL), st.sampled_from(forms), JOINTS, PIECES)
    text = "".join(draw(st.lists(pieces, max_size=10)))
    cuts = set(draw(st.sets(st.integers(0, len(text)), max_size=4)))
    for value in REAL:
        if (at := text.find(value)) >= 0:
            cuts |= {at, at + len(value)}
    decided = []
    for a, b in pairwise(sorted(cuts)):
        if draw(st.booleans()):
            kind = TYPES.get(text[a:b], T.PERSON)
            finding = Finding(entity_type=kind, start=a, end=b, score=1.0, recognizer="drawn")
            actions = st.sampled_from([Action.SURROGATE, Action.SURROGATE, Action.TOKEN])
            decided.append((finding, draw(st.one_of(actions, st.just(Action.KEEP)))))
    return text, decided


SETTINGS = settings(
    deadline=None,
    max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def check(vault: Vault, sent: tuple[Scope, list[str]], data: st.DataObject) -> None:
    scope, forms = sent
    text, decided = data.draw(decided_texts(forms))
    with vault.rehearsal():
        protected = protect(vault, scope, text, decided)
        restorer = Restorer(vault, scope)

        assert restorer.restore(protected.text).text == text
        assert restorer.restore(protected.kept.text).text == text
        assert Restorer(vault, scope, is_stored=True).restore(protected.kept.text).text == text
        assert render(vault, scope, protected.kept) == protected.text


@pytest.mark.sec
@SETTINGS
@given(data=st.data())
def test_surrogate_roundtrip_gives_back_every_text(
    vault: Vault, sent: tuple[Scope, list[str]], data: st.DataObject
) -> None:
    check(vault, sent, data)


@pytest.mark.sec
@pytest.mark.full
@settings(SETTINGS, max_examples=100_000)
@given(data=st.data())
def test_surrogate_roundtrip_gives_back_a_hundred_thousand_texts(
    vault: Vault, sent: tuple[Scope, list[str]], data: st.DataObject
) -> None:
    check(vault, sent, data)


@SETTINGS
@given(data=st.data())
def test_a_stream_with_stand_ins_gives_what_the_whole_gives(
    vault: Vault, sent: tuple[Scope, list[str]], data: st.DataObject
) -> None:
    scope, forms = sent
    pieces = st.one_of(st.sampled_from(forms), st.sampled_from(forms), JOINTS, PIECES)
    text = "".join(data.draw(st.lists(pieces, max_size=12)))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=12)))
    stream = StreamRestorer(vault, scope)
    got = [stream.feed(text[a:b]) for a, b in pairwise([0, *cuts, len(text)])]
    got.append(stream.close())
    whole = Restorer(vault, scope).restore(text)

    assert "".join(got) == whole.text
    assert stream.receipt == whole.receipt
    assert stream.spans == whole.spans
