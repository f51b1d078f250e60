"""Guarded values come out only when asked for, and the asking is on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell.entity_types import EntityType
from maskwell.errors import UnknownName, UsageError, VaultBusy
from maskwell.vault import DEFAULT_GUARDED, Vault
from maskwell.vault.keys import DataKey

if TYPE_CHECKING:
    from maskwell.paths import Home
    from maskwell.vault import Scope, Variant

CARD = "4111 1111 1111 1111"


@pytest.fixture
def card(vault: Vault, scope: Scope) -> Variant:
    return vault.entities.add(
        scope, EntityType.CARD, CARD.replace(" ", ""), CARD, number=1, check="QX"
    )


def test_secrets_cards_and_ids_are_guarded_by_default(vault: Vault) -> None:
    assert vault.guard.types() == DEFAULT_GUARDED
    assert {EntityType.SECRET, EntityType.CARD, EntityType.ID} == DEFAULT_GUARDED


def test_the_guarded_types_can_be_changed_and_that_is_on_record(vault: Vault) -> None:
    vault.guard.set_types({EntityType.HEALTH})

    assert vault.guard.types() == {EntityType.HEALTH}
    assert vault.audit.entries(1)[0].event == "guard.change"
    assert vault.audit.entries(1)[0].detail == {"types": ["HEALTH"]}


def test_revealing_a_token_gives_the_value_and_records_the_purpose(
    vault: Vault, scope: Scope, card: Variant
) -> None:
    value = vault.guard.reveal_token(scope, "[CARD_1QX]", purpose="refund of order 7")

    entry = vault.audit.entries(1)[0]
    assert value == CARD
    assert (entry.event, entry.subject) == ("reveal", "acme")
    assert entry.detail == {"purpose": "refund of order 7", "tokens": ["[CARD_1QX]"]}


def test_revealing_an_entity_gives_every_surface(vault: Vault, scope: Scope, card: Variant) -> None:
    vault.entities.add_variant(card, "v2", "4111111111111111")

    surfaces = vault.guard.reveal(card.entity_id, purpose="refund")

    assert surfaces == (CARD, "4111111111111111")
    assert vault.audit.entries(1)[0].detail == {"purpose": "refund", "type": "CARD"}


@pytest.mark.parametrize("purpose", ["", "  \n ", "x" * 201, f"is it {CARD}?"])
def test_a_purpose_that_says_nothing_or_too_much_is_refused(
    vault: Vault, scope: Scope, card: Variant, purpose: str
) -> None:
    before = vault.audit.head()

    with pytest.raises(UsageError) as caught:
        vault.guard.reveal_token(scope, "[CARD_1QX]", purpose=purpose)

    assert CARD not in str(caught.value)
    assert vault.audit.head() == before


@pytest.mark.parametrize("token", ["[CARD_9ZZ]", "CARD_1QX", "nonsense", "[CARD_1QX:last]"])
def test_what_is_no_token_of_the_scope_reveals_nothing(
    vault: Vault, scope: Scope, card: Variant, token: str
) -> None:
    with pytest.raises(UnknownName):
        vault.guard.reveal_token(scope, token, purpose="refund")


def test_an_entity_that_is_not_there_reveals_nothing(vault: Vault) -> None:
    with pytest.raises(UnknownName):
        vault.guard.reveal(99, purpose="refund")


def test_a_reader_reveals_nothing_because_it_cannot_record_it(
    vault: Vault, scope: Scope, card: Variant, home: Home, key_bytes: bytes
) -> None:
    with (
        Vault.open_with(home, lambda _h: DataKey(bytearray(key_bytes)), read_only=True) as reader,
        pytest.raises(VaultBusy),
    ):
        reader.guard.reveal_token(scope, "[CARD_1QX]", purpose="refund")
