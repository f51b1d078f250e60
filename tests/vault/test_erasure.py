import json

import pytest

from maskwell.entity_types import EntityType
from maskwell.errors import IntegrityError, UnknownName, VaultBusy
from maskwell.vault import Kept, Vault
from maskwell.vault.keys import DataKey
from maskwell.vault.pages import decrypted_pages
from maskwell.vault.residue import refuse_residue

from .conftest import open_vault

PERSON = EntityType.PERSON
LONG = "Zelda " + "Quimby-Featherstonehaugh " * 200


@pytest.fixture
def zelda(vault, scope):
    made = vault.entities.add(
        scope,
        PERSON,
        "zelda quimby",
        "Zelda Quimby",
        number=7,
        check="QX",
        parts=("zelda", "quimby"),
    )
    vault.entities.add_variant(made, "last", "Quimby")
    vault.entities.add_variant(made, "long", LONG)
    return made


def in_pages(vault, home, text: str) -> bool:
    return any(text.encode() in page for page in decrypted_pages(home.vault, vault._key))


def test_the_pages_read_without_sqlite_hold_what_was_written(vault, home, zelda):
    assert in_pages(vault, home, "Zelda Quimby")
    assert in_pages(vault, home, "CREATE TABLE entities")


@pytest.mark.sec
def test_erase_takes_an_entity_from_every_page_and_the_log(vault, scope, home, zelda):
    vault.erase([zelda.entity_id])

    assert not in_pages(vault, home, "Zelda")
    assert not in_pages(vault, home, "Quimby")
    assert not in_pages(vault, home, "zelda quimby")
    assert not in_pages(vault, home, "Featherstonehaugh")
    assert vault.entities.find(scope, PERSON, "Zelda Quimby") is None
    assert vault.entities.surfaces(scope) == []


def test_an_erased_token_is_known_as_erased_and_never_issued_again(vault, scope, zelda):
    vault.erase([zelda.entity_id])

    assert vault.entities.status_of(scope, PERSON, 7, "QX") == "erased"
    assert vault.entities.by_code(scope, PERSON, 7, "QX") == []
    assert vault.entities.issued_among([(PERSON, 7, "QX")]) == {(PERSON, 7, "QX")}
    assert vault.entities.highest_numbers(scope, [PERSON]) == {PERSON: 7}
    assert vault.entities.with_checks(scope, ["QX"]) == [(PERSON, 7, "QX")]


def test_the_certificate_names_what_mentioned_the_tokens_and_not_the_value(vault, scope, zelda):
    conversation = vault.history.start(
        scope=scope, title=Kept("About [PERSON_7QX]"), destination="d", policy="p"
    )
    message = vault.history.append(conversation.id, "user", Kept("Hi [PERSON_7QX:last]"))
    entry_id = vault.ledger.begin(
        destination="cloud", reach="remote", model="m", scope=scope,
        conversation_id=conversation.id, policy="p", kept=Kept("Hi [PERSON_7QX:last]"),
        byte_count=9, digest="0" * 64,
    )  # fmt: skip

    certificate = vault.erase([zelda.entity_id])

    assert certificate.tokens == ("[PERSON_7QX]",)
    assert certificate.surfaces == 3
    assert certificate.name_words == 2
    assert certificate.conversations == (conversation.id,)
    assert certificate.messages == (message.id,)
    assert certificate.ledger_entries == (entry_id,)
    assert certificate.scanned_bytes > 100_000
    for text in (certificate.as_json(), certificate.as_text()):
        assert "elda" not in text
        assert "uimby" not in text
    stored = vault._database.rows("SELECT certificate FROM erasures")
    assert json.loads(stored[0][0])["tokens"] == ["[PERSON_7QX]"]
    assert vault.audit.entries()[0].event == "entity.erase"


def test_words_that_detection_had_missed_are_named(vault, scope, zelda):
    conversation = vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
    vault.history.append(conversation.id, "user", Kept("missed: Zelda Quimby"))

    certificate = vault.erase([zelda.entity_id])

    assert certificate.plain_conversations == (conversation.id,)


def test_terms_of_the_user_with_the_value_go_too(vault, zelda):
    vault.lexicon.add_term("Zelda Quimby")
    vault.lexicon.ignore("Quimby")
    vault.lexicon.add_term("Falcon")

    certificate = vault.erase([zelda.entity_id])

    assert certificate.terms == 2
    assert [term[0] for term in vault.lexicon.terms()] == ["Falcon"]


def test_a_name_that_another_person_shares_stays_theirs(vault, scope, zelda):
    other = vault.entities.add(
        scope, PERSON, "otto quimby", "Otto Quimby", number=9, check="QX", parts=("otto", "quimby")
    )

    vault.erase([zelda.entity_id])

    assert vault.entities.find_parts(scope, PERSON, ["quimby"]) == {"quimby": [[other]]}


def test_what_was_merged_into_an_entity_is_erased_with_it(vault, scope, home, zelda):
    other = vault.entities.add(scope, PERSON, "z. quimby", "Z. Quimby", number=8, check="QX")
    vault.merge(zelda.entity_id, other.entity_id)

    certificate = vault.erase([zelda.entity_id])

    assert certificate.tokens == ("[PERSON_7QX]", "[PERSON_8QX]")
    assert not in_pages(vault, home, "Z. Quimby")


def test_an_unknown_entity_erases_nothing(vault, scope, zelda):
    with pytest.raises(UnknownName):
        vault.erase([zelda.entity_id, 404])

    assert vault.entities.find(scope, PERSON, "Zelda Quimby") == zelda


def test_a_value_left_in_the_file_is_an_integrity_failure(vault, home, zelda):
    with pytest.raises(IntegrityError, match="still stands in the vault's file"):
        refuse_residue(home.vault, vault._key, ["Zelda Quimby"])
    with pytest.raises(IntegrityError):
        refuse_residue(home.vault, vault._key, [LONG])


@pytest.mark.sec
def test_erase_leaves_no_free_page_and_overwrites_what_it_deletes(vault, scope, zelda):
    with vault.transaction():
        for number in range(100, 400):
            vault.entities.add(scope, PERSON, f"n{number}", "N " * 90, number=number, check="RT")
    vault._database.write("DELETE FROM variants WHERE surface LIKE 'N %'")
    assert vault._database.row("PRAGMA freelist_count") != (0,)

    vault.erase([zelda.entity_id])

    assert vault._database.row("PRAGMA freelist_count") == (0,)
    assert vault._database.row("PRAGMA secure_delete") == (1,)


@pytest.mark.sec
def test_erase_beside_a_reader_of_old_pages_erases_nothing(vault, scope, home, zelda, key_bytes):
    """What stands in the log stays there as long as somebody reads it."""
    with Vault.open_with(home, lambda _: DataKey(bytearray(key_bytes)), read_only=True) as reader:
        reader._database.rows("BEGIN")
        assert reader.entities.surfaces(scope)
        vault.scopes.ensure("goes to the log")

        with pytest.raises(VaultBusy, match="nothing was erased"):
            vault.erase([zelda.entity_id])

    assert vault.entities.find(scope, PERSON, "Zelda Quimby") == zelda
    assert vault.erase([zelda.entity_id]).surfaces == 3


@pytest.mark.sec
def test_erase_leaves_nothing_in_the_log_of_another_process_that_was_killed(
    home, key_bytes, zelda, vault, scope
):
    """Pages that a killed process left in the log are brought in, and erased with the rest."""
    vault.scopes.ensure("more in the log")
    log = home.vault.with_name("vault.db-wal")
    left = log.read_bytes()
    assert left
    vault.close()
    log.write_bytes(left)

    with open_vault(home, key_bytes) as again:
        again.erase([zelda.entity_id])

        assert not in_pages(again, home, "Zelda")
        assert not in_pages(again, home, "zelda quimby")


@pytest.mark.sec
def test_erase_names_the_earlier_vaults_that_are_kept(vault, home, zelda):
    (home.root / "replaced-20260101T000000000000").mkdir()

    certificate = vault.erase([zelda.entity_id])

    assert certificate.kept_aside == ("replaced-20260101T000000000000",)
    assert "replaced-20260101T000000000000" in certificate.as_text()


def test_erasing_needs_the_writer(vault, zelda, home, key_bytes):
    vault.close()
    with (
        Vault.open_with(home, lambda _: DataKey(bytearray(key_bytes)), read_only=True) as reader,
        pytest.raises(VaultBusy),
    ):
        reader.erase([zelda.entity_id])


def test_a_value_is_found_for_erasing_by_surface_or_key_in_any_case(vault, zelda):
    for value in ("Zelda Quimby", "zelda quimby", "QUIMBY"):
        (found,) = vault.entities.matching(value)
        assert found.entity_id == zelda.entity_id
    assert vault.entities.matching("Zelda") == []
