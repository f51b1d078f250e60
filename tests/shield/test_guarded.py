"""On a screen guarded values stay behind their tokens until they are revealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell.entity_types import EntityType
from maskwell.errors import UsageError

if TYPE_CHECKING:
    from maskwell.shield import Shield

CARD = "4111 1111 1111 1111"
TEXT = f"Write to jane.doe@example.com about {CARD} today.\nAgain: {CARD}."


@pytest.fixture
def protected(shield: Shield) -> str:
    return shield.protect(TEXT, scope="acme").text


def test_files_and_pipes_get_the_value(shield: Shield, protected: str) -> None:
    assert shield.restore(protected, scope="acme").text == TEXT


def test_a_screen_gets_the_token_and_a_mask(shield: Shield, protected: str) -> None:
    shown = shield.restore(protected, scope="acme", on_screen=True)

    token = shown.receipt.guarded[0]
    assert CARD not in shown.text
    assert "jane.doe@example.com" in shown.text
    assert shown.text.count(f"{token[:-1]} ••••]") == 2
    assert shown.receipt.restored == 1


def test_a_masked_value_has_a_span_that_says_where_it_is_shown(
    shield: Shield, protected: str
) -> None:
    shown = shield.restore(protected, scope="acme", on_screen=True)

    spans = [(a, b) for a, b, token in shown.spans if token in shown.receipt.guarded]
    assert [shown.text[a:b] for a, b in spans] == [f"{shown.receipt.guarded[0][:-1]} ••••]"] * 2


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_a_stream_masks_what_the_whole_masks(shield: Shield, protected: str, size: int) -> None:
    whole = shield.restore(protected, scope="acme", on_screen=True)
    stream = shield.restorer(scope="acme", on_screen=True)

    pieces = [stream.feed(protected[n : n + size]) for n in range(0, len(protected), size)]
    pieces.append(stream.close())

    assert "".join(pieces) == whole.text
    assert stream.receipt == whole.receipt


def test_revealing_gives_the_value_and_is_on_record(shield: Shield, protected: str) -> None:
    token = shield.restore(protected, scope="acme", on_screen=True).receipt.guarded[0]

    value = shield.reveal(token, scope="acme", purpose="refund")

    entry = shield.vault.audit.entries(1)[0]
    assert value == CARD
    assert entry.event == "reveal"
    assert entry.detail == {"purpose": "refund", "tokens": [token]}


def test_revealing_without_a_purpose_is_refused(shield: Shield, protected: str) -> None:
    token = shield.restore(protected, scope="acme", on_screen=True).receipt.guarded[0]

    with pytest.raises(UsageError):
        shield.reveal(token, scope="acme", purpose="")


def test_a_type_that_is_no_longer_guarded_is_shown(shield: Shield, protected: str) -> None:
    shield.vault.guard.set_types([EntityType.EMAIL])

    shown = shield.restore(protected, scope="acme", on_screen=True)

    assert CARD in shown.text
    assert "jane.doe@example.com" not in shown.text


def test_a_stored_text_shows_where_somebody_was_erased(shield: Shield, protected: str) -> None:
    (card,) = shield.vault.entities.matching(CARD)
    shield.vault.erase([card.entity_id])

    stored = shield.restore(protected, scope="acme", is_stored=True)
    other = shield.restore(protected, scope="acme")

    assert stored.text == TEXT.replace(CARD, "[erased]")
    assert len(stored.receipt.erased) == 1
    assert other.text.count("[CARD_") == 2
