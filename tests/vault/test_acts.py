"""Every act the audit trail knows is written by the act itself, whoever calls it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from maskwell.config import DestinationSettings, Settings
from maskwell.entity_types import EntityType
from maskwell.errors import WrongPassphrase
from maskwell.paths import Home
from maskwell.shield.settling import settle
from maskwell.vault import FLOOR_KDF, Kept, Vault, passphrase_secret
from maskwell.vault.acts import Act
from maskwell.vault.repairing import repair_header
from maskwell.vault.retention import apply_retention

if TYPE_CHECKING:
    from pathlib import Path

    from maskwell.vault import Scope

PERSON = EntityType.PERSON
NAME = "Jane Doe"
DAY_MS = 24 * 3600 * 1000
OUTSIDE = {Act.BLOCK}
"""Written by the shield where a text is refused, and tested there."""


def know(vault: Vault, scope: Scope, name: str, number: int) -> int:
    """Make a person known."""
    made = vault.entities.add(scope, PERSON, name.lower(), name, number=number, check="QX")
    return made.entity_id


def use(vault: Vault, folder: Path, passphrase: str) -> None:
    """Do everything once that is done in an open vault."""
    scope = vault.scopes.ensure("acme")
    jane, other = know(vault, scope, NAME, 1), know(vault, scope, "J. Doe", 2)
    vault.merge(jane, other)
    vault.split(other)
    vault.guard.set_types([PERSON])
    vault.guard.reveal(jane, purpose="call back")
    vault.lexicon.add_term(NAME)
    vault.lexicon.remove_term(NAME)
    vault.lexicon.ignore(NAME)
    vault.lexicon.unignore(NAME)
    vault.credentials.set("destination:cloud", NAME)
    vault.credentials.delete("destination:cloud")
    vault.scopes.set_keep_days("acme", 7)
    talks = [
        vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p").id
        for _ in range(2)
    ]
    vault.history.exported(talks[0], restored=False)
    vault.history.delete(talks[0])
    apply_retention(vault._database, vault.history, vault.audit, None)
    moved = vault.history.conversation(talks[1]).updated_at.timestamp() * 1000 + 10 * DAY_MS
    apply_retention(vault._database, vault.history, vault.audit, None, now=int(moved))
    vault.ledger.begin(
        destination="d", reach="remote", model="m", scope=scope, conversation_id=None,
        policy="p", kept=Kept("x"), byte_count=1, digest="0" * 64,
    )  # fmt: skip
    for kind in ("sanitised", "restored"):
        vault.files.record(kind, scope=scope, name="a.txt", byte_count=1, digest="0" * 64, texts=[])
    vault.export_subject(jane)
    vault.slots.new_recovery_code()
    vault.slots.remove(vault.slots.all()[-1].id)
    vault.backup(folder / "a.backup")
    vault.import_vault(folder / "a.backup", passphrase)
    vault.erase([jane])
    vault.rotate(passphrase)


def test_every_act_is_written_by_what_it_names_and_none_holds_a_value(
    home: Home, tmp_path: Path, passphrase: str
) -> None:
    with pytest.raises(WrongPassphrase):
        Vault.open(home, "not it")
    with Vault.open(home, passphrase) as vault:
        use(vault, tmp_path, passphrase)
        cloud = DestinationSettings(name="cloud", kind="openai", base_url="https://example.com/v1")
        home.policies.mkdir()
        (home.policies / "own.toml").write_text("title = 'x'")
        for found in ({"cloud": cloud}, {"cloud": replace(cloud, given_class="trusted")}, {}):
            settle(vault, home, Settings(destinations=found))
        written = vault.audit.entries(10_000)
        whole = vault.audit.verify().is_whole
    restored = Home(tmp_path / "restored")
    Vault.restore_backup(tmp_path / "a.backup", restored, passphrase)
    restored.header.write_bytes(restored.header.read_bytes()[:-1])
    repair_header(restored, passphrase_secret(passphrase))
    with Vault.open(restored, passphrase) as vault:
        written += vault.audit.entries(10_000)
        whole = whole and vault.audit.verify().is_whole

    assert whole
    assert set(Act) - {one.event for one in written} <= OUTSIDE
    assert not [one for one in written if NAME.casefold() in str(one).casefold()]


def test_a_wrong_passphrase_is_on_record_once_the_vault_opens(home: Home, passphrase: str) -> None:
    for _ in range(2):
        with pytest.raises(WrongPassphrase):
            Vault.open(home, "not it")

    with Vault.open(home, passphrase) as vault:
        opened, failed = vault.audit.entries(2)
    with Vault.open(home, passphrase) as vault:
        again = [one.event for one in vault.audit.entries(3)]

    assert (opened.event, opened.subject) == ("open", "passphrase")
    assert (failed.event, failed.detail) == ("open.failed", {"times": 2})
    assert again == ["open", "lock", "open"]


def test_why_the_vault_was_locked_is_on_record(home: Home, passphrase: str) -> None:
    Vault.open(home, passphrase).close("idle")

    with Vault.open(home, passphrase) as vault:
        lock = vault.audit.entries(2)[1]

    assert (lock.event, lock.subject) == ("lock", "idle")


def test_a_reader_leaves_the_trail_as_it_is(home: Home, passphrase: str) -> None:
    with Vault.open(home, passphrase, read_only=True) as vault:
        before = vault.audit.head()
    with Vault.open(home, passphrase, read_only=True) as vault:
        assert vault.audit.head() == before


def test_a_new_vaults_trail_begins_with_its_making(tmp_path: Path) -> None:
    made = Home(tmp_path / "new")
    with Vault.create(made, "x y z", kdf=FLOOR_KDF) as vault:
        (entry,) = vault.audit.entries()

    assert (entry.event, entry.subject) == ("create", "passphrase")
    shutil.rmtree(made.root)
