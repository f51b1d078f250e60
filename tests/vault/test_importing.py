"""Two vaults become one: every token of both goes on restoring, and nothing erased returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell.entity_types import EntityType
from maskwell.errors import IntegrityError, UsageError, VaultMissing, WrongPassphrase
from maskwell.paths import Home
from maskwell.vault import FLOOR_KDF, Kept, Scope, Vault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PERSON = EntityType.PERSON
OTHER = "a second passphrase"
DIGEST = "0" * 64


def know(vault: Vault, scope: Scope, name: str, number: int, check: str = "QX") -> int:
    """Make a person known and return the entity's number."""
    parts = tuple(name.casefold().split())
    made = vault.entities.add(
        scope, PERSON, name.casefold(), name, number=number, check=check, parts=parts
    )
    return made.entity_id


def talk_about(vault: Vault, scope: Scope, token: str) -> int:
    """Keep a chat and a ledger entry that mention a token; return the chat's number."""
    talk = vault.history.start(scope=scope, title=Kept(f"on {token}"), destination="d", policy="p")
    vault.history.append(talk.id, "user", Kept(f"call {token} today"))
    vault.ledger.begin(
        destination="d", reach="remote", model="m", scope=scope, conversation_id=talk.id,
        policy="p", kept=Kept(f"call {token} today"), byte_count=9, digest=DIGEST,
    )  # fmt: skip
    return talk.id


def surface(vault: Vault, scope: str, number: int, check: str = "QX") -> str:
    """Return what a token of a scope restores to."""
    found = vault.entities.by_code(vault.scopes.get(scope), PERSON, number, check)
    return found[0].surface


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Vault]:
    with Vault.create(Home(tmp_path / "other"), OTHER, kdf=FLOOR_KDF) as made:
        yield made


def test_tokens_of_both_vaults_restore_even_when_both_issued_the_same(
    vault: Vault, scope: Scope, other: Vault, tmp_path: Path
) -> None:
    know(vault, scope, "Jane Doe", 1)
    theirs = other.scopes.ensure("acme")
    know(other, theirs, "John Roe", 1)
    talk_about(other, theirs, "[PERSON_1QX]")
    other.backup(tmp_path / "b.backup")

    joined = vault.import_vault(tmp_path / "b.backup", OTHER)

    assert joined.scopes == {"acme": "acme (2)"}
    assert surface(vault, "acme", 1) == "Jane Doe"
    assert surface(vault, "acme (2)", 1) == "John Roe"
    assert len(vault.search("John Roe")) == 1
    assert vault.entities.status_of(vault.scopes.get("acme"), PERSON, 1, "QX") == "here"


def test_one_person_in_both_is_one_entity(
    vault: Vault, scope: Scope, other: Vault, tmp_path: Path
) -> None:
    jane = know(vault, scope, "Jane Doe", 1)
    theirs = other.scopes.ensure("their matter")
    know(other, theirs, "Jane Doe", 5, "RT")
    talk_about(other, theirs, "[PERSON_5RT]")
    other.backup(tmp_path / "b.backup")

    joined = vault.import_vault(tmp_path / "b.backup", OTHER)

    (one,) = vault.entities.matching("Jane Doe")
    assert one.entity_id == jane
    assert one.scopes == ("acme", "their matter")
    assert (joined.entities, joined.tokens, joined.conversations, joined.messages) == (0, 1, 1, 1)
    assert [told.destination for told in vault.ledger.about(jane)] == ["d"]
    assert [m.kept.text for m in vault.search("jane doe")] == ["call [PERSON_5RT] today"]


def test_the_users_own_words_and_credentials_come_too(
    vault: Vault, other: Vault, tmp_path: Path
) -> None:
    vault.credentials.set("destination:cloud", "ours")
    other.credentials.set("destination:cloud", "theirs")
    other.credentials.set("destination:else", "theirs")
    other.lexicon.add_term("Project Heron")
    other.lexicon.ignore("Heron Ltd")
    other.backup(tmp_path / "b.backup")

    joined = vault.import_vault(tmp_path / "b.backup", OTHER)

    assert joined.terms == 2
    assert vault.lexicon.ignored() == ["Heron Ltd"]
    assert vault.credentials.get("destination:cloud") == "ours"
    assert vault.credentials.get("destination:else") == "theirs"


def test_importing_is_in_the_audit_trail_with_the_other_trails_end(
    vault: Vault, other: Vault, tmp_path: Path
) -> None:
    other.backup(tmp_path / "b.backup")

    vault.import_vault(tmp_path / "b.backup", OTHER)

    entry = vault.audit.entries(1)[0]
    assert (entry.event, len(entry.subject)) == ("import", 32)
    assert entry.detail["their_entries"] >= 1
    assert vault.audit.verify().is_whole


def test_a_copy_from_an_earlier_day_brings_back_only_what_is_missing(
    vault: Vault, scope: Scope, tmp_path: Path, passphrase: str
) -> None:
    know(vault, scope, "Jane Doe", 1)
    know(vault, scope, "John Roe", 2)
    kept = talk_about(vault, scope, "[PERSON_1QX]")
    lost = talk_about(vault, scope, "[PERSON_2QX]")
    vault.backup(tmp_path / "b.backup")
    vault.history.delete(lost)

    joined = vault.import_vault(tmp_path / "b.backup", passphrase)

    assert joined.scopes == {"acme": "acme"}
    assert (joined.entities, joined.tokens, joined.ledger_entries) == (0, 0, 0)
    assert (joined.conversations, joined.messages) == (1, 1)
    assert kept in {one.id for one in vault.history.conversations()}
    assert len(vault.history.conversations()) == 2


def test_what_was_erased_here_does_not_come_back(
    vault: Vault, scope: Scope, tmp_path: Path, passphrase: str
) -> None:
    jane = know(vault, scope, "Jane Doe", 1)
    vault.backup(tmp_path / "b.backup")
    vault.erase([jane])

    joined = vault.import_vault(tmp_path / "b.backup", passphrase)

    assert joined.erased == 1
    assert vault.entities.matching("Jane Doe") == []
    assert vault.entities.status_of(scope, PERSON, 1, "QX") == "erased"


def test_copies_that_parted_keep_both_meanings_of_a_token(
    vault: Vault, scope: Scope, tmp_path: Path, passphrase: str
) -> None:
    know(vault, scope, "Jane Doe", 1)
    vault.backup(tmp_path / "b.backup")
    copy = Home(tmp_path / "copy")
    Vault.restore_backup(tmp_path / "b.backup", copy, passphrase)
    know(vault, scope, "John Roe", 2)
    with Vault.open(copy, passphrase) as parted:
        know(parted, parted.scopes.get("acme"), "Mary Major", 2)

    joined = vault.import_vault(copy.root, passphrase)

    assert joined.scopes == {"acme": "acme (2)"}
    assert surface(vault, "acme", 2) == "John Roe"
    assert surface(vault, "acme (2)", 2) == "Mary Major"
    assert surface(vault, "acme (2)", 1) == "Jane Doe"


def test_merged_people_stay_merged(vault: Vault, other: Vault, tmp_path: Path) -> None:
    theirs = other.scopes.ensure("x")
    jane = know(other, theirs, "Jane Doe", 1)
    mrs = know(other, theirs, "Mrs Doe", 2)
    other.merge(jane, mrs)
    other.backup(tmp_path / "b.backup")

    vault.import_vault(tmp_path / "b.backup", OTHER)

    (one,) = vault.entities.matching("Mrs Doe")
    assert one.surface == "Jane Doe"
    vault.split(vault._database.rows("SELECT id FROM entities WHERE merged_into > 0")[0][0])
    assert len(vault.entities.matching("Mrs Doe")) == 1
    assert vault.entities.matching("Mrs Doe")[0].surface == "Mrs Doe"


@pytest.mark.sec
def test_backup_import_that_is_refused_takes_nothing_in(
    vault: Vault, other: Vault, home: Home, tmp_path: Path
) -> None:
    other.backup(tmp_path / "b.backup")
    damaged = bytearray((tmp_path / "b.backup").read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (tmp_path / "damaged.backup").write_bytes(damaged)
    before = vault.audit.head()

    with pytest.raises(WrongPassphrase):
        vault.import_vault(tmp_path / "b.backup", "not it")
    with pytest.raises(IntegrityError):
        vault.import_vault(tmp_path / "damaged.backup", OTHER)
    with pytest.raises(VaultMissing):
        vault.import_vault(tmp_path, OTHER)
    with pytest.raises(UsageError):
        vault.import_vault(home.root, OTHER)

    assert vault.audit.head() == before
    assert not list(home.root.glob(".maskwell-*"))


@pytest.mark.sec
def test_what_was_erased_here_does_not_come_back_by_another_scope_or_as_a_word(
    vault: Vault, scope: Scope, tmp_path: Path, passphrase: str
) -> None:
    jane = know(vault, scope, "Jane Doe", 1)
    vault.backup(tmp_path / "b.backup")
    copy = Home(tmp_path / "copy")
    Vault.restore_backup(tmp_path / "b.backup", copy, passphrase)
    vault.erase([jane])
    know(vault, scope, "John Roe", 2)
    with Vault.open(copy, passphrase) as parted:
        know(parted, parted.scopes.get("acme"), "Mary Major", 2)
        know(parted, parted.scopes.ensure("later"), "Jane Doe", 7, "RT")
        parted.lexicon.add_term("Jane Doe", PERSON)

    joined = vault.import_vault(copy.root, passphrase)

    assert joined.scopes == {"acme": "acme (2)", "later": "later"}
    assert vault.entities.matching("Jane Doe") == []
    assert vault.lexicon.terms() == []
    assert surface(vault, "acme (2)", 2) == "Mary Major"
    assert vault.entities.status_of(vault.scopes.get("acme (2)"), PERSON, 1, "QX") == "erased"
    assert vault.entities.status_of(vault.scopes.get("later"), PERSON, 7, "RT") == "erased"
    assert joined.erased == 2


def test_who_is_known_again_since_the_erasure_is_joined(
    vault: Vault, scope: Scope, tmp_path: Path, passphrase: str
) -> None:
    jane = know(vault, scope, "Jane Doe", 1)
    vault.backup(tmp_path / "b.backup")
    copy = Home(tmp_path / "copy")
    Vault.restore_backup(tmp_path / "b.backup", copy, passphrase)
    vault.erase([jane])
    know(vault, scope, "Jane Doe", 3)
    with Vault.open(copy, passphrase) as parted:
        know(parted, parted.scopes.ensure("later"), "Jane Doe", 7, "RT")

    vault.import_vault(copy.root, passphrase)

    assert surface(vault, "later", 7, "RT") == "Jane Doe"
    assert vault.entities.status_of(scope, PERSON, 1, "QX") == "erased"
