import pytest

from maskwell.entity_types import EntityType
from maskwell.errors import UnknownName, UsageError


def test_terms_come_back_in_the_order_they_were_added(vault):
    vault.lexicon.add_term("Project Falcon")
    vault.lexicon.add_term(r"CASE-\d+", EntityType.ID, is_pattern=True)

    assert vault.lexicon.terms() == [
        ("Project Falcon", EntityType.TERM, False),
        (r"CASE-\d+", EntityType.ID, True),
    ]


def test_adding_a_term_again_gives_it_the_new_type(vault):
    vault.lexicon.add_term("Falcon")
    vault.lexicon.add_term("Falcon", EntityType.ORG)

    assert vault.lexicon.terms() == [("Falcon", EntityType.ORG, False)]


def test_a_removed_term_is_gone(vault):
    vault.lexicon.add_term("Falcon")
    vault.lexicon.remove_term("Falcon")

    assert vault.lexicon.terms() == []


def test_an_ignored_value_is_kept_once_until_it_is_taken_back(vault):
    vault.lexicon.ignore("May")
    vault.lexicon.ignore("May")
    assert vault.lexicon.ignored() == ["May"]

    vault.lexicon.unignore("May")

    assert vault.lexicon.ignored() == []


def test_removing_what_is_not_there_says_so_without_the_value(vault):
    for remove in (vault.lexicon.remove_term, vault.lexicon.unignore):
        with pytest.raises(UnknownName) as caught:
            remove("Falcon")
        assert "Falcon" not in str(caught.value)


def test_an_empty_term_is_refused(vault):
    with pytest.raises(UsageError):
        vault.lexicon.add_term("  ")
    with pytest.raises(UsageError):
        vault.lexicon.ignore("")


def test_a_credential_is_replaced_read_and_deleted(vault):
    vault.credentials.set("cloud", "first")
    vault.credentials.set("cloud", "second")
    assert vault.credentials.get("cloud") == "second"
    assert vault.credentials.names() == ["cloud"]

    vault.credentials.delete("cloud")
    vault.credentials.delete("cloud")

    assert vault.credentials.get("cloud") is None
