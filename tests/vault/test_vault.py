import os
import sqlite3
import threading
from dataclasses import replace

import pytest

from maskwell.entity_types import EntityType
from maskwell.errors import (
    IntegrityError,
    UsageError,
    VaultExists,
    VaultLocked,
    VaultMissing,
    VaultTooNew,
    VaultWriteFailed,
)
from maskwell.paths import Home
from maskwell.vault import FLOOR_KDF, Vault
from maskwell.vault.header import read_header, write_header
from maskwell.vault.keys import DataKey
from maskwell.vault.opening import open_database
from maskwell.vault.unlocking import passphrase_secret, unlock

from .conftest import PASSPHRASE

PERSON = EntityType.PERSON


def add(vault, scope, number):
    return vault.entities.add(
        scope, PERSON, f"key {number}", f"Name {number}", number=number, check="QX"
    )


def add_and_fail(vault, scope, number):
    with vault.transaction():
        add(vault, scope, number)
        _ = 1 / 0


def test_a_created_vault_opens_with_its_passphrase_and_keeps_what_was_put_in(tmp_path):
    home = Home(tmp_path / "new" / "home")
    with Vault.create(home, "päss", kdf=FLOOR_KDF) as vault:
        vault.scopes.ensure("acme")

    with Vault.open(home, "päss") as vault:
        assert [scope.name for scope in vault.scopes.all()] == ["acme"]


def test_a_vault_is_not_made_over_another(home):
    before = home.header.read_bytes()

    with pytest.raises(VaultExists):
        Vault.create(home, "other", kdf=FLOOR_KDF)

    assert home.header.read_bytes() == before


def test_an_empty_passphrase_is_refused(tmp_path):
    with pytest.raises(UsageError):
        Vault.create(Home(tmp_path / "home"), "", kdf=FLOOR_KDF)
    assert not Vault.exists(Home(tmp_path / "home"))


def test_opening_where_there_is_no_vault_says_how_to_make_one(tmp_path):
    with pytest.raises(VaultMissing, match="vault init"):
        Vault.open(Home(tmp_path / "nothing"), "x")
    assert not (tmp_path / "nothing").exists()


def test_a_creation_killed_before_its_last_step_is_finished_on_opening(home):
    key = unlock(read_header(home.header), passphrase_secret(PASSPHRASE))
    home.vault.rename(home.vault.with_name("vault.db.next"))
    write_header(home.header, replace(read_header(home.header), is_pending=True), key)

    with Vault.open(home, PASSPHRASE) as vault:
        assert vault.verify().is_healthy
    assert not read_header(home.header).is_pending


def test_a_creation_killed_before_its_header_is_started_over(tmp_path):
    home = Home(tmp_path)
    (tmp_path / "vault.db.next").write_bytes(b"half a database")

    with Vault.create(home, "x", kdf=FLOOR_KDF) as vault:
        assert vault.verify().is_healthy
    assert not (tmp_path / "vault.db.next").exists()


def test_a_database_of_a_newer_schema_is_refused_untouched(home, key_bytes):
    database = open_database(home.vault, DataKey(bytearray(key_bytes)))
    database.rows("PRAGMA user_version = 999")
    database.close()
    before = home.vault.read_bytes()

    with pytest.raises(VaultTooNew):
        open_database(home.vault, DataKey(bytearray(key_bytes)))

    assert home.vault.read_bytes() == before


def test_a_transaction_keeps_all_or_nothing(vault, scope):
    with pytest.raises(ZeroDivisionError):
        add_and_fail(vault, scope, 1)
    assert vault.entities.surfaces(scope) == []

    with vault.transaction():
        add(vault, scope, 1)

    assert len(vault.entities.surfaces(scope)) == 1


def test_a_transaction_inside_another_is_undone_alone(vault, scope):
    with vault.transaction():
        add(vault, scope, 1)
        with pytest.raises(ZeroDivisionError):
            add_and_fail(vault, scope, 2)

    assert [one.number for one in vault.entities.surfaces(scope)] == [1]


def test_a_record_refused_half_way_takes_its_transaction_with_it(vault, scope):
    add(vault, scope, 1)

    def keep_going_after_a_refusal() -> None:
        with vault.transaction():
            add(vault, scope, 2)
            with pytest.raises(IntegrityError):
                add(vault, scope, 1)

    with pytest.raises(VaultWriteFailed):
        keep_going_after_a_refusal()

    assert [one.number for one in vault.entities.surfaces(scope)] == [1]


def test_a_refused_record_inside_an_undone_savepoint_harms_nothing(vault, scope):
    add(vault, scope, 1)

    with vault.transaction():
        add(vault, scope, 2)
        with pytest.raises(IntegrityError), vault.transaction():
            add(vault, scope, 1)

    assert [one.number for one in vault.entities.surfaces(scope)] == [1, 2]


def test_a_rehearsal_shows_its_writes_and_forgets_them(vault, scope):
    with vault.rehearsal():
        rehearsed = add(vault, scope, 1)
        assert vault.entities.find(scope, PERSON, "Name 1") == rehearsed

    assert vault.entities.find(scope, PERSON, "Name 1") is None
    assert vault.entities.highest_numbers(scope, [PERSON]) == {PERSON: 0}


def test_a_rehearsal_inside_a_transaction_forgets_its_own_writes_only(vault, scope):
    with vault.transaction():
        add(vault, scope, 1)
        with vault.rehearsal():
            add(vault, scope, 2)

    assert [one.number for one in vault.entities.surfaces(scope)] == [1]


def test_what_is_done_after_a_rehearsal_equals_what_was_rehearsed(vault, scope):
    with vault.rehearsal():
        rehearsed = add(vault, scope, 1)

    assert add(vault, scope, 1) == rehearsed


def test_a_closed_vault_gives_nothing_and_its_key_is_wiped(vault, scope):
    vault.close()
    vault.close()

    with pytest.raises(VaultLocked):
        vault.entities.surfaces(scope)
    assert vault._key.raw == bytearray(32)


def test_threads_share_one_vault(vault, scope):
    failures: list[Exception] = []

    def work(first: int) -> None:
        try:
            for number in range(first, first + 25):
                with vault.transaction():
                    add(vault, scope, number)
                vault.entities.surfaces(scope)
        except Exception as error:  # noqa: BLE001  # whatever it is, the test shows it
            failures.append(error)

    threads = [threading.Thread(target=work, args=(start,)) for start in (1, 101, 201, 301)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert len(vault.entities.surfaces(scope)) == 100


def test_verify_counts_what_is_there(vault, scope):
    add(vault, scope, 1)

    report = vault.verify()

    assert report.is_healthy
    assert report.slots == ("passphrase",)
    assert report.counts["entities"] == report.counts["tokens"] == 1


@pytest.mark.sec
def test_header_bytes_of_the_database_never_show_sqlite_or_a_value(home, key_bytes):
    with Vault.open_with(home, lambda _header: DataKey(bytearray(key_bytes))) as vault:
        add(vault, vault.scopes.ensure("acme"), 77)
        files = [path.read_bytes() for path in home.root.iterdir()]
    files += [path.read_bytes() for path in home.root.iterdir()]

    assert not any(content.startswith(b"SQLite format 3") for content in files)
    for planted in (
        b"Name 77",
        b"key 77",
        b"acme",
        b"CREATE TABLE",
        key_bytes,
        PASSPHRASE.encode(),
    ):
        assert not any(planted in content for content in files)


@pytest.mark.sec
def test_header_an_unencrypted_database_is_refused(home, key_bytes):
    home.vault.unlink()
    plain = sqlite3.connect(home.vault)
    plain.execute("CREATE TABLE t (a)")
    plain.close()

    with pytest.raises(IntegrityError, match="not encrypted"):
        Vault.open_with(home, lambda _header: DataKey(bytearray(key_bytes)))


@pytest.mark.sec
def test_header_another_vaults_database_is_refused(home, key_bytes, tmp_path):
    other = Home(tmp_path / "other")
    Vault.create(other, "x", kdf=FLOOR_KDF).close()
    other.vault.replace(home.vault)

    with pytest.raises(IntegrityError):
        Vault.open_with(home, lambda _header: DataKey(bytearray(key_bytes)))


@pytest.mark.sec
def test_temp_store_is_memory_and_the_schema_is_not_trusted(vault):
    assert vault._database.rows("PRAGMA temp_store") == [(2,)]
    assert vault._database.rows("PRAGMA trusted_schema") == [(0,)]
    assert vault._database.rows("PRAGMA secure_delete") == [(1,)]
    assert vault._database.rows("PRAGMA cipher_memory_security") == [("1",)]


@pytest.mark.sec
def test_perms_everything_made_is_its_owners_alone_whatever_the_umask(tmp_path):
    home = Home(tmp_path / "home")
    before = os.umask(0)
    try:
        with Vault.create(home, "x", kdf=FLOOR_KDF) as vault:
            vault.scopes.ensure("acme")
            modes = {path.name: path.stat().st_mode & 0o777 for path in home.root.iterdir()}
    finally:
        os.umask(before)

    assert home.root.stat().st_mode & 0o777 == 0o700
    assert {"vault.db", "vault.db-wal", "vault.db-shm", "vault.header", "vault.lock"} == set(modes)
    assert set(modes.values()) == {0o600}
