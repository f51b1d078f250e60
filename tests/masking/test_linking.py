"""Which surfaces share a token, and which must not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell.entity_types import EntityType as T
from maskwell.masking import Restorer
from maskwell.masking.keys import canonical_key
from maskwell.masking.linking import tokens_for
from maskwell.masking.names import read_name
from maskwell.vault.database import Database

if TYPE_CHECKING:
    from maskwell.masking import Token
    from maskwell.vault import Scope, Vault


def issue(vault: Vault, scope: Scope, *wanted: tuple[T, str]) -> list[Token]:
    with vault.transaction():
        tokens = tokens_for(vault, scope, wanted)
    return [tokens[surface] for surface in wanted]


def people(vault: Vault, scope: Scope, *names: str) -> list[Token]:
    return issue(vault, scope, *((T.PERSON, name) for name in names))


@pytest.mark.parametrize(
    ("surface", "label"),
    [
        ("Doe", "last"),
        ("Jane", "first"),
        ("Ms Doe", "formal"),
        ("Ms. Doe", "formal"),
        ("Dr. Jane Doe", "formal"),
        ("DOE", "capslast"),
        ("jane", "smallfirst"),
        ("JANE DOE", "upper"),
        ("jane doe", "lower"),
        ("DOE, JANE", "reversed"),
        ("Doe, Jane", "reversed"),
        ("Jane Doe's", "whose"),
        ("Jane’s", "whose"),
        ("J. Doe", "initial"),
        ("Jane Q. Doe", "middle"),
        ("Jane  Doe", "full"),
    ],
)
def test_a_form_of_a_known_name_shares_its_number(
    vault: Vault, scope: Scope, surface: str, label: str
) -> None:
    (full,) = people(vault, scope, "Jane Doe")
    (part,) = people(vault, scope, surface)

    assert (part.number, part.check) == (full.number, full.check)
    assert part.label == label
    assert Restorer(vault, scope).restore(part.text).text == surface


def test_the_order_within_a_text_does_not_matter(vault: Vault, scope: Scope) -> None:
    last, first, formal, full = people(vault, scope, "Doe", "Jane", "Ms Doe", "Jane Doe")

    assert {last.number, first.number, formal.number} == {full.number}
    assert (full.label, last.label, first.label) == ("", "last", "first")


def test_a_full_name_joins_the_part_seen_before_it(vault: Vault, scope: Scope) -> None:
    (last,) = people(vault, scope, "Doe")
    (full,) = people(vault, scope, "Jane Doe")

    assert (full.number, full.label) == (last.number, "full")


def test_an_ambiguous_part_is_an_entity_of_its_own(vault: Vault, scope: Scope) -> None:
    jane, john, doe, first = people(vault, scope, "Jane Doe", "John Doe", "Doe", "Jane")

    assert len({jane.number, john.number, doe.number}) == 3
    assert first.number == jane.number


def test_a_second_full_name_does_not_join_a_part_that_is_taken(vault: Vault, scope: Scope) -> None:
    (last,) = people(vault, scope, "Doe")
    (jane,) = people(vault, scope, "Jane Doe")
    (john,) = people(vault, scope, "John Doe")

    assert jane.number == last.number
    assert john.number != last.number


@pytest.mark.parametrize(
    ("known", "other"),
    [
        ("Jane Doe", "John Doe"),
        ("Jane Doe", "Jane Roe"),
        ("Ms Doe", "Mr Doe"),
        ("Jane A. Doe", "Jane B. Doe"),
        ("Jane Doe", "Roe"),
        ("Jane Doe", "Janet"),
        ("Mr John Doe", "Mrs Doe"),
    ],
)
def test_different_people_have_different_numbers(
    vault: Vault, scope: Scope, known: str, other: str
) -> None:
    (one,) = people(vault, scope, known)
    (two,) = people(vault, scope, other)

    assert one.number != two.number


@pytest.mark.parametrize(
    ("entity_type", "one", "other"),
    [
        (T.EMAIL, "jane@example.com", "JANE@Example.com"),
        (T.PHONE, "+1 202-555-0143", "+1 (202) 555 0143"),
        (T.PHONE, "0044 20 7946 0958", "+44 (0)20 7946 0958"),
        (T.CARD, "4111 1111 1111 1111", "4111111111111111"),
        (T.IBAN, "GB82 WEST 1234 5698 7654 32", "gb82west12345698765432"),
        (T.MAC, "00:00:5E:00:53:01", "00-00-5e-00-53-01"),
        (T.ID, "078-05-1120", "078051120"),
        (T.ORG, "Example Ltd", "EXAMPLE  LTD"),
        (T.PLACE, "Springfield", "Ｓpringfield"),
    ],
)
def test_spellings_of_one_value_share_its_number(
    vault: Vault, scope: Scope, entity_type: T, one: str, other: str
) -> None:
    first, second = issue(vault, scope, (entity_type, one), (entity_type, other))

    assert first.number == second.number
    assert second.label
    assert Restorer(vault, scope).restore(first.text + second.text).text == one + other


@pytest.mark.parametrize(
    ("entity_type", "one", "other"),
    [
        (T.SECRET, "hunter2A", "hunter2a"),
        (T.EMAIL, "jane@example.com", "jane@example.org"),
        (T.PHONE, "+1 202 555 0143", "+1 202 555 0144"),
        (T.PHONE, "555-0143 x12", "555-0143 x13"),
        (T.URL, "https://example.com/A", "https://example.com/a"),
        (T.LITERAL, "[person_1cc]", "[PERSON_1CC]"),
    ],
)
def test_different_values_have_different_numbers(
    vault: Vault, scope: Scope, entity_type: T, one: str, other: str
) -> None:
    first, second = issue(vault, scope, (entity_type, one), (entity_type, other))

    assert first.number != second.number


def test_a_surface_keeps_its_token_for_ever(vault: Vault, scope: Scope) -> None:
    (before,) = people(vault, scope, "Doe")
    people(vault, scope, "Jane Doe", "John Doe", "Ms Doe", "DOE")
    (after,) = people(vault, scope, "Doe")

    assert after == before


def test_one_value_of_two_types_has_two_tokens(vault: Vault, scope: Scope) -> None:
    person, place = issue(vault, scope, (T.PERSON, "Jordan"), (T.PLACE, "Jordan"))

    assert person.code != place.code


def test_many_spellings_get_labels_of_their_own(vault: Vault, scope: Scope) -> None:
    wanted = [(T.ORG, f"Example{' ' * spaces}Ltd") for spaces in range(1, 12)]
    tokens = issue(vault, scope, *wanted)

    assert len({token.number for token in tokens}) == 1
    assert len({token.label for token in tokens}) == len(tokens)


@pytest.mark.parametrize("surface", ["", " ", "'s", ",", "Mr", "...", "Jr.", "\ud800", "’s", "van"])
def test_names_without_a_shape_are_read_all_the_same(surface: str) -> None:
    name = read_name(surface)

    assert not name.is_full


def test_a_name_keeps_its_particles() -> None:
    name = read_name("Prof. Anna Maria van der Berg, PhD")

    assert (name.first, name.middle, name.last) == ("anna", ("maria",), "van der berg")


@pytest.mark.parametrize("entity_type", list(T))
@pytest.mark.parametrize("surface", ["", "-", "\ud800", "+", "x"])
def test_a_key_is_empty_only_for_nothing(entity_type: T, surface: str) -> None:
    assert bool(canonical_key(entity_type, surface)) == bool(surface)


def test_a_thousand_new_values_cost_about_as_many_statements_as_ten(
    vault: Vault, scope: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Speed is measured elsewhere; what makes it, few statements, is kept here."""
    seen: list[str] = []
    for name in ("rows", "write", "write_many"):
        real = getattr(Database, name)
        monkeypatch.setattr(
            Database, name, lambda *given, _real=real: (seen.append(given[1]), _real(*given))[1]
        )
    people(vault, scope, *(f"Nora{n} Field{n}" for n in range(10)))
    few = len(seen)
    people(vault, scope, *(f"Jane{n} Roe{n}" for n in range(1000)))

    assert len(seen) - few < 3 * few


def test_names_settled_together_are_linked_as_if_one_by_one(vault: Vault, scope: Scope) -> None:
    other = vault.scopes.ensure("one by one")
    names = ["Jane Doe", "Jane Roe", "Ms Doe", "Roe", "J. Doe", "JANE ROE", "Mr Roe", "Jane"]
    together = people(vault, scope, *names)
    alone = [people(vault, other, name)[0] for name in names]

    def shares(tokens: list[Token]) -> list[int]:
        return [[one.number for one in tokens].index(token.number) for token in tokens]

    assert shares(together) == shares(alone)
    assert [one.label for one in together] == [one.label for one in alone]
