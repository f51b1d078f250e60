"""A search finds what the reader sees, though only tokens are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell.entity_types import EntityType
from maskwell.vault import Kept

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


def test_a_search_stops_at_its_limit(vault: Vault, chats: dict[str, int]) -> None:
    assert [one.id for one in vault.search("roof", limit=1)] == [chats["home"]]
