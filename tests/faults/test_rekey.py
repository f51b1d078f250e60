"""R5: a rotation killed at any moment leaves a vault that exactly one key opens."""

from __future__ import annotations

import random
import shutil
import time

import pytest

from maskwell.entity_types import EntityType
from maskwell.errors import IntegrityError
from maskwell.paths import Home
from maskwell.vault.database import Database
from maskwell.vault.header import read_header
from maskwell.vault.keys import DataKey
from maskwell.vault.opening import next_database
from maskwell.vault.unlocking import passphrase_secret, unlock
from maskwell.vault.vault import Vault

from .conftest import PASSPHRASE, open_vault

ENTITIES = 150


@pytest.fixture
def filled(home, key_bytes):
    with open_vault(home, key_bytes) as vault:
        scope = vault.scopes.ensure("acme")
        with vault.transaction():
            for number in range(1, ENTITIES + 1):
                vault.entities.add(
                    scope, EntityType.ORG, f"f{number}", f"F{number}", number=number, check="QX"
                )
    return home


def opens(home: Home, key: bytes) -> bool:
    try:
        database = Database.connect(home.vault, DataKey(bytearray(key)))
    except IntegrityError:
        return False
    database.close()
    return True


def rotate_and_kill(worker, home: Home, after_s: float) -> str:
    """Start a rotation and kill it; return what it had said."""
    pid = worker.start("rotate", home, PASSPHRASE)
    assert worker.line() == "rotating"
    time.sleep(after_s)
    return " ".join(worker.kill(pid))


def check_one_key(home: Home, old_key: bytes) -> bool:
    """Open the vault with the passphrase; return whether the key is a new one."""
    with Vault.open(home, PASSPHRASE) as vault:
        assert vault.verify().is_healthy
        assert len(vault.entities.surfaces(vault.scopes.get("acme"))) == ENTITIES
        assert vault.audit.verify().is_whole
        new_key = bytes(vault._key.raw)
    is_new = new_key != old_key
    assert opens(home, new_key)
    assert opens(home, old_key) is not is_new
    assert not next_database(home).exists()
    assert not read_header(home.header).is_pending
    return is_new


def survive(worker, filled, key, tmp_path, kills: int) -> None:
    source = random.Random(5)
    started = time.monotonic()
    copy = Home(tmp_path / "timed")
    shutil.copytree(filled.root, copy.root)
    with open_vault(copy, key) as vault:
        vault.rotate(PASSPHRASE)
    lasts_s = time.monotonic() - started
    for number in range(kills):
        copy = Home(tmp_path / f"copy{number}")
        shutil.copytree(filled.root, copy.root)
        rotate_and_kill(worker, copy, source.random() * lasts_s * 1.3)
        check_one_key(copy, key)
        shutil.rmtree(copy.root)


@pytest.mark.sec
def test_rekey_killed_leaves_exactly_one_key(worker, filled, key_bytes, tmp_path):
    survive(worker, filled, key_bytes, tmp_path, kills=2)


@pytest.mark.sec
@pytest.mark.full
def test_rekey_killed_two_hundred_times_leaves_exactly_one_key(worker, filled, key_bytes, tmp_path):
    survive(worker, filled, key_bytes, tmp_path, kills=200)


@pytest.mark.sec
def test_rekey_done_gives_a_new_key_and_keeps_everything(worker, filled, key_bytes):
    worker.start("rotate", filled, PASSPHRASE)
    assert worker.rest() == ["rotating", "rotated"]

    assert check_one_key(filled, key_bytes)


@pytest.mark.sec
def test_rekey_killed_between_header_and_rename_is_finished_on_opening(
    filled, key_bytes, monkeypatch
):
    """The one moment that a random kill hits least often."""
    vault = open_vault(filled, key_bytes)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("maskwell.vault.rotation.settle", die)
    with pytest.raises(KeyboardInterrupt):
        vault.rotate(PASSPHRASE)
    monkeypatch.undo()

    assert read_header(filled.header).is_pending
    assert next_database(filled).exists()
    assert check_one_key(filled, key_bytes)


@pytest.mark.sec
def test_rekey_refused_by_the_disk_keeps_the_old_key(filled, key_bytes, monkeypatch):
    vault = open_vault(filled, key_bytes)
    before = filled.header.read_bytes()
    monkeypatch.setattr("maskwell.vault.rotation.copy_database", _full_disk)

    with pytest.raises(OSError, match="full"):
        vault.rotate(PASSPHRASE)

    assert filled.header.read_bytes() == before
    assert len(vault.entities.surfaces(vault.scopes.get("acme"))) == ENTITIES
    vault.close()
    assert not check_one_key(filled, key_bytes)


def _full_disk(*_: object) -> None:
    raise OSError("disk full")


@pytest.mark.sec
def test_rekey_drops_the_old_recovery_code_and_gives_a_new_one(filled, key_bytes):
    with open_vault(filled, key_bytes) as vault:
        vault.slots.new_recovery_code()
        rotated = vault.rotate(PASSPHRASE)

        assert rotated.recovery_code
        assert rotated.dropped == ()
        assert vault.entities.matching("F7")
    unlock(read_header(filled.header), passphrase_secret(PASSPHRASE)).wipe()
