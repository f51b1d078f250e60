from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from maskwell.entity_types import EntityType
from maskwell.errors import BlockedByPolicy, UnknownName, VaultLocked, VaultMissing
from maskwell.policy import Action
from maskwell.shield import Shield

if TYPE_CHECKING:
    from maskwell.paths import Home

TEXT = "Write to jane.doe@example.com or call +1 202 555 0142 about 4242 4242 4242 4242."
VALUES = ("jane.doe@example.com", "202 555 0142", "4242 4242 4242 4242")


def test_protecting_takes_every_value_out(shield: Shield) -> None:
    protected = shield.protect(TEXT, scope="acme")

    assert not [value for value in VALUES if value in protected.text]


def test_restoring_gives_the_text_back(shield: Shield) -> None:
    protected = shield.protect(TEXT, scope="acme")

    restored = shield.restore(protected.text, scope="acme")

    assert restored.text == TEXT


def test_the_same_value_keeps_its_token(shield: Shield) -> None:
    first = shield.protect(TEXT, scope="acme")
    second = shield.protect(TEXT, scope="acme")

    assert first.text == second.text


def test_a_preview_is_what_applying_gives(shield: Shield) -> None:
    plan = shield.plan(TEXT, scope="acme")

    preview = shield.preview(plan)

    assert preview.text == shield.apply(plan).text


def test_a_preview_leaves_nothing_in_the_vault(shield: Shield) -> None:
    shield.preview(shield.plan(TEXT, scope="acme"))

    assert shield.vault.scopes.all() == []


def test_planning_leaves_nothing_in_the_vault(shield: Shield) -> None:
    shield.plan(TEXT, scope="acme")

    assert shield.vault.scopes.all() == []


def test_tokens_of_one_scope_do_not_restore_in_another(shield: Shield) -> None:
    protected = shield.protect(TEXT, scope="acme")
    shield.protect("Call +1 202 555 0199.", scope="other")

    restored = shield.restore(protected.text, scope="other")

    assert restored.text == protected.text
    assert restored.receipt.foreign


def test_a_reviewed_mark_is_found_again_in_the_next_text(shield: Shield) -> None:
    text = "The project is called Bluefinch."
    start = text.index("Bluefinch")
    plan = shield.plan(text, scope="acme")
    shield.apply(plan.with_marked(start, start + 9, EntityType.TERM))

    protected = shield.protect("How is Bluefinch going?", scope="acme")

    assert "Bluefinch" not in protected.text


def test_a_value_the_user_keeps_stands_as_it_is(shield: Shield) -> None:
    plan = shield.plan(TEXT, scope="acme")
    index = next(i for i in range(len(plan.items)) if plan.surface(i) == VALUES[0])

    protected = shield.apply(plan.without(index))

    assert VALUES[0] in protected.text
    assert VALUES[0] not in protected.kept.text


def test_handing_over_refuses_a_known_value_that_still_stands(shield: Shield) -> None:
    shield.protect("Write to jane.doe@example.com.", scope="acme")
    plan = shield.plan("Is jane.doe@example.com right?", scope="acme")
    bare = shield.apply(type(plan)(plan.text, plan.scope, plan.policy, "clipboard", plan.reach))

    with pytest.raises(BlockedByPolicy) as caught:
        shield.hand_over(bare, destination="clipboard")

    assert "jane" not in str(caught.value)


def test_handing_over_lets_a_value_through_that_the_user_kept(shield: Shield) -> None:
    plan = shield.plan("Is jane.doe@example.com right?", scope="acme")
    protected = shield.apply(plan.with_action(0, Action.KEEP))

    entry = shield.hand_over(protected, destination="clipboard")

    assert entry > 0


def test_handing_over_is_in_the_ledger_without_the_value(shield: Shield) -> None:
    protected = shield.protect(TEXT, scope="acme")

    shield.hand_over(protected, destination="clipboard")

    (entry,) = shield.vault.ledger.entries()
    assert entry.kept.text == protected.text
    assert entry.byte_count == len(protected.text.encode())


def test_an_unknown_scope_is_named(shield: Shield) -> None:
    with pytest.raises(UnknownName, match="nowhere"):
        shield.restore("[PERSON_7QX]", scope="nowhere")


def test_an_unknown_destination_is_named(shield: Shield) -> None:
    with pytest.raises(UnknownName, match="moonbase"):
        shield.plan(TEXT, destination="moonbase")


def test_opening_without_a_vault_says_so(home: Home) -> None:
    with pytest.raises(VaultMissing):
        Shield.open(home.root, "whatever it was")


def test_opening_without_a_passphrase_says_it_is_locked(shield: Shield, home: Home) -> None:
    with pytest.raises(VaultLocked):
        Shield.open(home.root)


def test_the_database_is_not_readable_as_plain_sqlite(shield: Shield, home: Home) -> None:
    shield.protect(TEXT, scope="acme")

    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(home.vault).execute("SELECT count(*) FROM sqlite_master").fetchone()
