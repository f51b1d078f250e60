"""restore(protect(x)) == x for every x, and no token is forged on the way."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maskwell.detection import Finding
from maskwell.entity_types import EntityType
from maskwell.masking import Restorer, StreamRestorer, protect, render
from maskwell.policy import Action

if TYPE_CHECKING:
    from maskwell.vault import Scope, Vault

# Pieces of tokens and of what surrounds them: put together at random they are nearly tokens.
PIECES = st.sampled_from(
    [
        *("[", "]", "[[", "\\[", "\\]", "{", "}", "{{", "}}", "<", ">", "&lt;", "&gt;", "&#91;"),
        *("&#93;", "%5B", "%5D", "\\u005b", "\\u005d", "［", "］", "(", ")", "](", "]("),
        *("PERSON", "person", "ID", "IP", "EMAIL", "LITERAL", "P", "PER", "SON", "I", "D"),
        *(
            "_",
            "-",
            "\\_",
            "%5F",
            "&#95;",
            ":",
            " ",
            "\n",
            "\t",
            "**",
            "`",
            '"',
            "'",
            "\\",
            "\u200b",
        ),
        *("1", "2", "7", "12", "1XM", "7QX", "CC", "c", "X", "Q", "s", "'s", "0", "９"),
        *("last", ":last]", "last]", "first", "v2k", "l", "u", ":", "upper]", " last]"),
        *("https://", "://", "//", "www.", "x.com/", "mailto:", "href=", 'src="', "url(", "?"),
        *("Jane Doe", "Doe", "jane@example.com", "é", "先生", "\x00", "\ud800", "\U0001f600", "İ"),
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=14).map("".join),
    st.lists(st.one_of(PIECES, st.text(st.characters(), max_size=3)), max_size=10).map("".join),
    st.text(st.characters(), max_size=60),
)
TYPES = st.sampled_from([EntityType.PERSON, EntityType.ID, EntityType.IP, EntityType.URL])


@st.composite
def decided_texts(
    draw: st.DrawFn, actions: tuple[Action, ...] = (Action.KEEP, Action.TOKEN)
) -> tuple[str, list[tuple[Finding, Action]]]:
    """Draw a text and decided findings anywhere in it."""
    text = draw(TEXTS)
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


@pytest.mark.sec
@SETTINGS
@given(text=TEXTS, data=st.data())
def test_roundtrip_of_a_stream_does_not_depend_on_its_cuts(
    vault: Vault, scope: Scope, text: str, data: st.DataObject
) -> None:
    with vault.rehearsal():
        tokens = protect(
            vault,
            scope,
            "Jane Doe Doe 192.0.2.1",
            [
                (
                    Finding(entity_type=t, start=a, end=b, score=1.0, recognizer="drawn"),
                    Action.TOKEN,
                )
                for t, a, b in (
                    (EntityType.PERSON, 0, 8),
                    (EntityType.PERSON, 9, 12),
                    (EntityType.IP, 13, 22),
                )
            ],
        ).text.split()
        pieces = data.draw(
            st.lists(st.sampled_from([text, *tokens, *(t[1:-1] for t in tokens)]), max_size=5)
        )
        mixed = "".join(pieces)
        whole = Restorer(vault, scope).restore(mixed)
        cuts = sorted(data.draw(st.sets(st.integers(0, len(mixed)), max_size=8)))
        stream = StreamRestorer(vault, scope)
        bounds = [0, *cuts, len(mixed)]
        out = ""
        for a, b in pairwise(bounds):
            out += stream.feed(mixed[a:b])
        out += stream.close()

        assert out == whole.text
        assert stream.receipt == whole.receipt
        assert stream.spans == whole.spans
