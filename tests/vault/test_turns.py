"""Shared sessions: several have the vault open, one writes at a time, none writes past another."""

from __future__ import annotations

import pytest

from maskwell.entity_types import EntityType
from maskwell.errors import VaultBusy
from maskwell.vault import Vault
from maskwell.vault.keys import DataKey

from .conftest import PASSPHRASE


@pytest.fixture
def opened(home, key_bytes):
    """Open shared sessions of one vault; they are closed afterwards."""
    sessions = []

    def open_one(*, is_shared=True):
        key = DataKey(bytearray(key_bytes))
        sessions.append(Vault.open_with(home, lambda _: key, is_shared=is_shared, wait_s=0))
        return sessions[-1]

    yield open_one
    for session in sessions:
        session.close()


def test_two_shared_sessions_see_what_the_other_wrote(opened):
    first, second = opened(), opened()

    first.lexicon.ignore("alpha")
    second.lexicon.ignore("beta")
    with first.transaction():
        scope = first.scopes.ensure("acme")

    assert sorted(first.lexicon.ignored()) == ["alpha", "beta"]
    assert second.scopes.ensure("acme") == scope


def test_a_shared_session_waits_for_the_others_transaction(opened):
    first, second = opened(), opened()
    second._file.lock._lock.acquire = _impatient(second._file.lock._lock.acquire)

    with first.transaction():
        first.lexicon.ignore("alpha")
        with pytest.raises(VaultBusy):
            second.lexicon.ignore("beta")
    second.lexicon.ignore("beta")

    assert sorted(second.lexicon.ignored()) == ["alpha", "beta"]


def test_a_session_of_its_own_keeps_the_shared_ones_from_writing(opened):
    shared, alone = opened(), opened(is_shared=False)
    shared._file.lock._lock.acquire = _impatient(shared._file.lock._lock.acquire)

    with pytest.raises(VaultBusy):
        shared.lexicon.ignore("alpha")
    alone.close()
    shared.lexicon.ignore("alpha")

    assert shared.lexicon.ignored() == ["alpha"]


def test_the_audit_chain_and_the_slots_stay_whole_between_shared_sessions(opened):
    first, second = opened(), opened()

    first.slots.new_recovery_code()
    second.slots.new_recovery_code()
    first.audit.record("reveal")

    assert first.audit.verify().is_whole
    assert second.audit.verify().is_whole
    assert [slot.kind for slot in first.slots.all()] == ["passphrase", "recovery"]


def test_a_new_key_ends_what_other_sessions_may_write(opened):
    first, second = opened(), opened()
    first.lexicon.add_term("Zelda Quimby", EntityType.PERSON)

    first.rotate(PASSPHRASE)

    with pytest.raises(VaultBusy, match="new key or was replaced"):
        second.lexicon.ignore("alpha")
    first.lexicon.ignore("beta")
    second.close()
    assert first.verify().is_healthy


def test_a_vault_put_back_in_its_place_is_another_one(opened, home, tmp_path):
    first = opened()
    first.backup(tmp_path / "copy")
    first.close()
    Vault.restore_backup(tmp_path / "copy", home, PASSPHRASE, is_replacing=True)
    second = opened()

    Vault.restore_backup(tmp_path / "copy", home, PASSPHRASE, is_replacing=True)

    with pytest.raises(VaultBusy, match="was replaced"):
        second.lexicon.ignore("alpha")


def test_the_key_is_copied_not_shared(opened, key_bytes):
    session = opened()

    copy = session.copy_key()
    session.close()

    assert bytes(copy.raw) == key_bytes


def _impatient(acquire):
    return lambda **_: acquire(wait_s=0)
