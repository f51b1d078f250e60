"""A search finds what the reader sees, though only tokens are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell.entity_types import EntityType
from maskwell.masking.linking import tokens_for
from maskwell.vault import Kept, searching

if TYPE_CHECKING:
    from maskwell.vault import Scope, Vault


@pytest.fixture
def chats(vault: Vault, scope: Scope) -> dict[str, int]:
    """Three messages in two scopes, by a name each."""
    other = vault.scopes.ensure("other")
    add = vault.entities.add
    add(scope, EntityType.PERSON, "jane doe", "Jane Doe", number=1, check="QX",
        parts=("jane", "doe"))  # fmt: skip
    add(other, EntityType.PERSON, "jane doe", "Jane Doe", number=2, check="RT",
        parts=("jane", "doe"))  # fmt: skip
    add(scope, EntityType.ADDRESS, "12 harbour road", "12 Harbour Road", number=3, check="QX")
    first = vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
    second = vault.history.start(scope=other, title=Kept("t"), destination="d", policy="p")
    append = vault.history.append
    return {
        "roof": append(first.id, "user", Kept("[PERSON_1QX] wants the roof done")).id,
        "home": append(first.id, "user", Kept("the roof of [ADDRESS_3QX]")).id,
        "else": append(second.id, "user", Kept("call [PERSON_2RT:last] about the cellar")).id,
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("roof", ["home", "roof"]),
        ("Jane Doe", ["else", "roof"]),
        ("jane doe", ["else", "roof"]),
        ("doe roof", ["roof"]),
        ("Doe", ["else", "roof"]),
        ("jan", ["else", "roof"]),
        ("12 Harbour Road", ["home"]),
        ("12 harbour", ["home"]),
        ("harbour", ["home"]),
        ("12 harbour road roof", ["home"]),
        ("[PERSON_1QX]", ["roof"]),
        ("Jane cellar", ["else"]),
        ("Jane attic", []),
        ("", []),
        ("%", []),
        ('"', []),
    ],
)
def test_a_query_finds_words_and_real_values(
    vault: Vault, chats: dict[str, int], query: str, names: list[str]
) -> None:
    found = [message.id for message in vault.search(query)]

    assert found == sorted((chats[name] for name in names), reverse=True)


def test_a_name_is_found_by_its_words_in_a_large_vault(
    vault: Vault, scope: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where surfaces are too many to read, what masking filed the name under finds it."""
    monkeypatch.setattr(searching, "_SCANNED", -1)
    tokens = tokens_for(vault, scope, [(EntityType.PERSON, "Dr Nora Quimby")])
    talk = vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
    (token,) = tokens.values()
    message = vault.history.append(talk.id, "user", Kept(f"the roof of {token.text}"))

    for query in ("quimby", "Nora", "roof nora", "Nora Quimby"):
        assert [one.id for one in vault.search(query)] == [message.id], query
    assert vault.search("Quim Noah") == []


def test_a_beginning_of_too_many_values_gives_way_to_a_longer_one(
    vault: Vault, scope: Scope
) -> None:
    wanted = [(EntityType.ORG, f"Acme Works {n}") for n in range(70)]
    tokens = tokens_for(vault, scope, wanted)
    talk = vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
    ids = [
        vault.history.append(talk.id, "user", Kept(f"ask {token.text}")).id
        for token in tokens.values()
    ]

    assert [one.id for one in vault.search("acme works 33")] == [ids[33]]
    assert [one.id for one in vault.search("ask acme works 33")] == [ids[33]]
    assert len(vault.search("acme works")) == 60


def test_a_search_stops_at_its_limit(vault: Vault, chats: dict[str, int]) -> None:
    assert [one.id for one in vault.search("roof", limit=1)] == [chats["home"]]
