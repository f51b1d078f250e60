"""Shared sessions: several have the vault open, one writes at a time, none writes past another."""

from __future__ import annotations

from contextlib import suppress
from threading import Event, Thread

import pytest

from maskwell.entity_types import EntityType
from maskwell.errors import MaskwellError, VaultBusy
from maskwell.vault import Vault
from maskwell.vault.keys import DataKey
from maskwell.vault.turns import Turns

from .conftest import PASSPHRASE

_LONG_S = 20.0
_SHORT_S = 0.5


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


def test_closing_and_a_transaction_of_another_thread_do_not_wait_for_each_other(
    opened, home, key_bytes
):
    session, other = Vault.open_unlocked(home, DataKey(bytearray(key_bytes))), opened()
    other.lexicon.ignore("alpha")  # there is a log, and this closing is not the last
    turns = _use(session, _Awaited(session._turns))
    closing = Thread(target=session.close, args=("idle",), daemon=True)
    writing = Thread(target=_write, args=(session, turns.is_locked), daemon=True)

    closing.start()
    assert turns.taken.wait(_LONG_S)
    writing.start()
    for one in (closing, writing):
        one.join(_LONG_S)

    assert not closing.is_alive()
    assert not writing.is_alive()


@pytest.mark.parametrize("reason", ["", "idle"])
def test_closing_in_another_threads_transaction_still_tells_and_empties_the_log(
    opened, home, key_bytes, reason
):
    session, other = Vault.open_unlocked(home, DataKey(bytearray(key_bytes))), opened()
    closing = Thread(target=session.close, args=(reason,), daemon=True)
    with session.transaction():
        session.lexicon.ignore("alpha")
        closing.start()
        closing.join(_SHORT_S)
    closing.join(_LONG_S)

    assert not closing.is_alive()
    assert home.vault.with_name("vault.db-wal").stat().st_size == 0
    assert other.lexicon.ignored() == ["alpha"]
    latest = other.audit.entries()[0]
    assert (latest.event, latest.subject) == ("lock", reason)


def test_locking_waits_for_nobody_who_writes(opened, home, key_bytes):
    session, other = Vault.open_unlocked(home, DataKey(bytearray(key_bytes))), opened()
    waited = []
    acquire = session._turns._lock.acquire
    session._turns._lock.acquire = lambda *, wait_s: (waited.append(wait_s), acquire(wait_s=wait_s))

    with other.transaction():
        other.lexicon.ignore("alpha")
        session.close("idle")

    assert waited
    assert set(waited) == {0.0}


def test_locking_ends_the_waiting_of_another_thread_here(opened, home, key_bytes):
    session, other = Vault.open_unlocked(home, DataKey(bytearray(key_bytes))), opened()
    session._lock._patience_s = lambda: 3 * _LONG_S
    is_locked = Event()
    writing = Thread(target=_write, args=(session, is_locked), daemon=True)
    closing = Thread(target=session.close, args=("idle",), daemon=True)

    with other.transaction():
        other.lexicon.ignore("alpha")
        writing.start()
        assert is_locked.wait(_LONG_S)
        closing.start()
        for one in (closing, writing):
            one.join(_LONG_S)
        still_there = closing.is_alive(), writing.is_alive()

    assert still_there == (False, False)
    assert other.lexicon.ignored() == ["alpha"]


def test_whoever_takes_a_turn_to_write_has_the_databases_lock(opened, tmp_path):
    session, _other = opened(), opened()
    scope = session.scopes.ensure("acme")
    person = session.entities.add(
        scope, EntityType.PERSON, "zelda quimby", "Zelda Quimby", number=1, check="AB"
    )
    turns = _use(session, _Ordered(session._turns, session._database))

    session.slots.new_recovery_code()
    session.slots.remove(session.slots.all()[-1].id)
    session.backup(tmp_path / "copy")
    session.verify()
    session.erase([person.entity_id])
    session.rotate(PASSPHRASE)
    session.tidy(0)
    session.close()

    assert turns.had_lock
    assert all(turns.had_lock)


class _Awaited(Turns):
    """Turns; one that is not waited for lets somebody else come and take what lock is free."""

    def __init__(self, turns):
        super().__init__(turns._lock, turns._look)
        self.taken, self.is_locked = Event(), Event()

    def __enter__(self):
        super().__enter__()
        if self.wait_s is not None:
            self.taken.set()
            self.is_locked.wait(_SHORT_S)


class _Ordered(Turns):
    """Turns; each remembers whether the thread that took it had the database's lock."""

    def __init__(self, turns, database):
        super().__init__(turns._lock, turns._look)
        self._database = database
        self.had_lock = []

    def __enter__(self):
        self.had_lock.append(self._database.lock._is_owned())
        super().__enter__()


def _use(session, turns):
    session._turns = session._file.lock = turns
    session._database.turn = lambda: turns
    return turns


def _write(session, is_locked):
    with session._database.lock, suppress(MaskwellError):
        is_locked.set()
        session.lexicon.ignore("beta")
