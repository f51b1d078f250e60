"""A vault that was opened before it was wanted is handed out only as it is now, or not at all."""

import os

import pytest

from maskwell.errors import VaultLocked
from maskwell.vault import Kept, Vault, opening, session
from maskwell.vault.ahead import OpenedAhead
from maskwell.vault.keys import DataKey
from maskwell.vault.pages import decrypted_pages
from support.vaults import PASSPHRASE, open_vault


@pytest.fixture
def ahead(home, key_bytes):
    opened = OpenedAhead(home, DataKey(bytearray(key_bytes)))
    yield opened
    opened.close()


def test_a_vault_nobody_touched_is_handed_out_once(ahead):
    taken = ahead.take()

    assert taken is not None
    with taken as vault:
        assert vault.scopes.ensure("acme").name == "acme"
        assert ahead.take() is None


def test_it_is_in_nobodys_way_and_shows_what_others_wrote(ahead, home, key_bytes):
    other = Vault.open_unlocked(home, DataKey(bytearray(key_bytes)))
    with other:
        other.scopes.ensure("written meanwhile")

        taken = ahead.take()

    assert taken is not None
    with taken as vault:
        assert [scope.name for scope in vault.scopes.all()] == ["written meanwhile"]


@pytest.mark.sec
@pytest.mark.parametrize("reason", ["", "idle"])
def test_core_what_others_deleted_stands_nowhere_once_they_have_closed(
    ahead, home, key_bytes, reason
):
    secret = b"sk-example-0123456789"
    key = DataKey(bytearray(key_bytes))
    with open_vault(home, key_bytes) as other:
        other.credentials.set("cloud", secret.decode())
    assert any(secret in page for page in decrypted_pages(home.vault, key))

    other = open_vault(home, key_bytes)
    other.credentials.delete("cloud")
    other.close(reason)

    assert home.vault.with_name("vault.db-wal").stat().st_size == 0
    assert not any(secret in page for page in decrypted_pages(home.vault, key))
    assert ahead.take() is None


def test_closing_leaves_the_file_alone_while_another_opens_it(ahead, home, key_bytes):
    key = DataKey(bytearray(key_bytes))
    log = home.vault.with_name("vault.db-wal")
    other = Vault.open_unlocked(home, key, is_told=False)
    other.scopes.ensure("acme")
    before = home.vault.read_bytes()

    with opening.held(home):
        other.close()

    assert log.stat().st_size
    assert home.vault.read_bytes() == before


def test_closing_while_another_writes_loses_nothing_and_ends(home, key_bytes):
    first, second = (
        Vault.open_unlocked(home, DataKey(bytearray(key_bytes)), is_told=False) for _ in range(2)
    )
    second.scopes.ensure("acme")
    with first.rehearsal():
        second.close()

    assert [scope.name for scope in first.scopes.all()] == ["acme"]
    first.close()


def test_closing_unused_merges_nothing_and_tells_nothing(ahead, home, key_bytes, monkeypatch):
    monkeypatch.setattr(session, "merge_index", pytest.fail)

    ahead.close()

    monkeypatch.undo()
    with open_vault(home, key_bytes) as vault:
        assert [entry.subject for entry in vault.audit.entries()].count("not used") == 0


@pytest.mark.sec
def test_rekey_a_vault_that_got_another_key_is_not_handed_out(ahead, home, key_bytes):
    with open_vault(home, key_bytes) as other:
        other.rotate(PASSPHRASE)

    assert ahead.take() is None


@pytest.mark.parametrize("name", ["vault.db", "vault.header"])
def test_a_file_that_is_gone_is_not_handed_out(ahead, home, name):
    (home.root / name).unlink()

    assert ahead.take() is None


def test_a_file_somebody_wrote_to_is_not_handed_out(ahead, home):
    with home.vault.open("r+b") as file:
        file.write(file.read(1) or b"")
    os.utime(home.vault, ns=(0, 1))

    assert ahead.take() is None


@pytest.mark.sec
def test_core_closing_wipes_the_key(ahead):
    vault = ahead._vault

    ahead.close()

    assert vault._key.raw == bytearray(32)
    with pytest.raises(VaultLocked):
        vault.scopes.all()


@pytest.mark.sec
def test_flip_a_large_vault_is_checked_while_it_is_used_and_not_before(
    vault, scope, home, key_bytes, monkeypatch
):
    talk = vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
    with vault.transaction():
        for number in range(200):
            vault.history.append(talk.id, "user", Kept(f"{number} " + "word " * 200))
    vault.close()
    monkeypatch.setattr(session, "WHOLE_BYTES", 4096)
    opened = OpenedAhead(home, DataKey(bytearray(key_bytes)))
    assert not opened._vault._check._thread.is_alive()
    before = opened._vault._check

    taken = opened.take()

    assert taken is not None
    with taken:
        assert taken._check is not before
        assert taken._check._thread.ident is not None
