"""R7: a backup is encrypted, was opened before it counted, and gives equal rows back."""

from __future__ import annotations

import io
import shutil
import tarfile

import pytest

from maskwell.entity_types import EntityType
from maskwell.errors import (
    InputUnreadable,
    IntegrityError,
    VaultExists,
    VaultWriteFailed,
    WrongPassphrase,
)
from maskwell.paths import Home
from maskwell.vault import Kept, Vault
from maskwell.vault.copies import table_counts

from .conftest import PASSPHRASE


def all_rows(vault) -> dict[str, list[tuple]]:
    return {
        name: sorted(vault._database.rows(f'SELECT * FROM "{name}"'), key=repr)  # own table names
        for name in table_counts(vault._database)
        if name not in {"audit", "facts"}
    }


@pytest.fixture
def filled(vault, scope):
    for number in range(1, 30):
        vault.entities.add(
            scope,
            EntityType.PERSON,
            f"zelda {number}",
            f"Zelda {number}",
            number=number,
            check="QX",
        )
    conversation = vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
    vault.history.append(conversation.id, "user", Kept("Ask [PERSON_7QX] today"))
    return vault


@pytest.mark.sec
def test_backup_a_restore_drill_gives_equal_rows(filled, tmp_path):
    target = tmp_path / "b.maskwell"
    report = filled.backup(target)
    before = all_rows(filled)

    new_home = Home(tmp_path / "elsewhere")
    Vault.restore_backup(target, new_home, PASSPHRASE)

    assert report.rows["entities"] == 29
    assert report.size_bytes == target.stat().st_size
    with Vault.open(new_home, PASSPHRASE) as restored:
        assert all_rows(restored) == before
        assert restored.history.search(["today"])
        assert restored.audit.verify().is_whole


@pytest.mark.sec
def test_backup_is_encrypted_and_private(filled, tmp_path):
    filled.backup(tmp_path / "b")

    content = (tmp_path / "b").read_bytes()
    assert b"Zelda" not in content
    assert b"SQLite format 3" not in content
    assert b"CREATE TABLE" not in content
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "home"]


@pytest.mark.sec
def test_backup_of_a_rotated_vault_opens(filled, tmp_path):
    filled.rotate(PASSPHRASE)
    filled.backup(tmp_path / "b")

    Vault.restore_backup(tmp_path / "b", Home(tmp_path / "elsewhere"), PASSPHRASE)

    with Vault.open(Home(tmp_path / "elsewhere"), PASSPHRASE) as restored:
        assert len(restored.entities.list()) == 29


@pytest.mark.sec
def test_backup_put_back_keeps_the_vault_that_was_there(filled, home, tmp_path):
    filled.backup(tmp_path / "b")
    filled.scopes.ensure("made later")
    filled.close()

    with pytest.raises(VaultExists):
        Vault.restore_backup(tmp_path / "b", home, PASSPHRASE)
    aside = Vault.restore_backup(tmp_path / "b", home, PASSPHRASE, is_replacing=True)

    with Vault.open(home, PASSPHRASE) as restored:
        assert [one.name for one in restored.scopes.all()] == ["acme"]
    with Vault.open(Home(aside), PASSPHRASE) as old:
        assert [one.name for one in old.scopes.all()] == ["acme", "made later"]


@pytest.mark.sec
def test_backup_mends_a_vault_whose_header_is_damaged(filled, home, tmp_path):
    filled.backup(tmp_path / "b")
    filled.close()
    home.header.write_bytes(b"garbage")

    Vault.restore_backup(tmp_path / "b", home, PASSPHRASE, is_replacing=True)

    with Vault.open(home, PASSPHRASE) as restored:
        assert len(restored.entities.list()) == 29


@pytest.mark.sec
def test_backup_with_any_damage_is_refused_and_changes_nothing(filled, home, tmp_path):
    filled.backup(tmp_path / "b")
    filled.close()
    whole = (tmp_path / "b").read_bytes()
    before = {path.name: path.read_bytes() for path in home.root.iterdir() if path.is_file()}
    for at in (600, 9000, 60_000):
        damaged = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        (tmp_path / "b").write_bytes(damaged)

        with pytest.raises((IntegrityError, InputUnreadable)):
            Vault.restore_backup(tmp_path / "b", home, PASSPHRASE, is_replacing=True)

    after = {path.name: path.read_bytes() for path in home.root.iterdir() if path.is_file()}
    assert after == before


def test_a_wrong_passphrase_does_not_put_a_backup_back(filled, home, tmp_path):
    filled.backup(tmp_path / "b")
    filled.close()

    with pytest.raises(WrongPassphrase):
        Vault.restore_backup(tmp_path / "b", home, "wrong", is_replacing=True)


def test_a_target_that_cannot_be_written_leaves_no_backup(filled, tmp_path):
    with pytest.raises(VaultWriteFailed):
        filled.backup(tmp_path / "no such folder" / "b")


def test_a_backup_replaces_an_older_one_whole(filled, tmp_path):
    (tmp_path / "b").write_bytes(b"older")

    filled.backup(tmp_path / "b")

    assert tarfile.is_tarfile(tmp_path / "b")


@pytest.mark.parametrize("names", [("vault.header",), ("../vault.header", "vault.db"), ("a", "b")])
def test_an_archive_of_something_else_is_no_backup(tmp_path, names):
    with tarfile.open(tmp_path / "b", "w") as archive:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size = 3
            archive.addfile(member, io.BytesIO(b"abc"))

    with pytest.raises(InputUnreadable, match="is not a backup"):
        Vault.restore_backup(tmp_path / "b", Home(tmp_path / "elsewhere"), "x")
    assert not (tmp_path / "vault.header").exists()


def test_links_in_an_archive_are_not_followed(tmp_path):
    with tarfile.open(tmp_path / "b", "w") as archive:
        for name in ("vault.header", "vault.db"):
            member = tarfile.TarInfo(name)
            member.type = tarfile.SYMTYPE
            member.linkname = "/etc/hostname"
            archive.addfile(member)

    with pytest.raises(InputUnreadable):
        Vault.restore_backup(tmp_path / "b", Home(tmp_path / "elsewhere"), "x")


def test_a_folder_that_is_gone_or_empty_input_is_no_backup(tmp_path):
    (tmp_path / "empty").write_bytes(b"")
    for source in (tmp_path / "none", tmp_path / "empty"):
        with pytest.raises(InputUnreadable):
            Vault.restore_backup(source, Home(tmp_path / "elsewhere"), "x")
    shutil.rmtree(tmp_path / "elsewhere", ignore_errors=True)
