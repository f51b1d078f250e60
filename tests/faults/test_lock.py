"""R9: one process has the vault open; a second says who, and ends cleanly."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from maskwell.errors import VaultBusy
from maskwell.vault import Vault
from maskwell.vault.lock import WriterLock

from .conftest import Worker, open_vault

if TYPE_CHECKING:
    from maskwell.vault.keys import DataKey


@pytest.mark.sec
def test_lock_a_second_process_is_told_who_has_the_vault(worker, home, key_bytes):
    holder = worker.start("open", home, 0.1)
    assert worker.line() == "open"

    with Worker(key_bytes) as second:
        second.start("open", home, 0.1)
        (answer,) = second.rest()

    assert answer.startswith("VaultBusy 3 ")
    assert f"process {holder}" in answer
    worker.kill(holder)


@pytest.mark.sec
def test_lock_goes_with_a_killed_holder(worker, home, key_bytes):
    holder = worker.start("open", home, 0.1)
    assert worker.line() == "open"
    worker.kill(holder)

    with open_vault(home, key_bytes) as vault:
        assert vault.verify().is_healthy


@pytest.mark.sec
def test_lock_is_given_back_on_close_and_after_a_failed_opening(home, key_bytes):
    open_vault(home, key_bytes).close()
    with pytest.raises(RuntimeError, match="no key"):
        Vault.open_with(home, _no_key)

    open_vault(home, key_bytes).close()


def _no_key(_header: object) -> DataKey:
    raise RuntimeError("no key")


@pytest.mark.sec
def test_lock_waits_for_a_holder_that_is_about_to_go(tmp_path):
    first, second = WriterLock(tmp_path / "lock"), WriterLock(tmp_path / "lock")
    first.acquire()
    with pytest.raises(VaultBusy):
        second.acquire(wait_s=0.06)
    first.release()

    second.acquire(wait_s=0)

    second.release()


@pytest.mark.sec
def test_lock_waits_longer_for_a_holder_that_has_only_just_begun(tmp_path):
    first, second = WriterLock(tmp_path / "lock"), WriterLock(tmp_path / "lock")
    first.acquire()
    young = second._patience_s()
    os.utime(tmp_path / "lock", (0, 0))

    assert second._patience_s() < young

    first.release()


@pytest.mark.sec
def test_lock_processes_that_learn_the_same_people_at_once_give_each_one_token(home, key_bytes):
    with Worker(key_bytes) as one, Worker(key_bytes) as two, Worker(key_bytes) as three:
        workers = (one, two, three)
        for seed, worker in enumerate(workers):
            worker.start("learn", home, seed)
        told = [worker.rest() for worker in workers]

    assert told == [["learnt"]] * 3
    with open_vault(home, key_bytes) as vault:
        known = vault.entities.surfaces(vault.scopes.get("acme"))
        assert len({one.surface for one in known}) == len(known) == 60
        assert len({one.token for one in known}) == 60
        assert vault.verify().is_healthy
        assert vault.audit.verify().is_whole
