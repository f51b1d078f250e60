"""What is said of a value that does not come back, and that it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell.detection import Finding
from maskwell.entity_types import EntityType as T
from maskwell.masking import Restorer, protect, render
from maskwell.masking.calendar import read_date
from maskwell.masking.generalising import SPARSE_ZIP3, generalise
from maskwell.policy import Action
from maskwell.vault.records import moment, now_ms

if TYPE_CHECKING:
    from maskwell.vault import Scope, Vault


@pytest.mark.parametrize(
    ("entity_type", "value", "subtype", "to", "said"),
    [
        (T.AGE, "39", "", "", "30s"),
        (T.AGE, "7", "", "", "under 10"),
        (T.AGE, "93", "", "decade", "90+"),
        (T.AGE, "89", "", "under_90", "89"),
        (T.AGE, "90", "", "under_90", "90+"),
        (T.DATE, "March 5, 2024", "", "", "March 2024"),
        (T.DATE, "5 mars 2024", "", "month", "mars 2024"),
        (T.DATE, "2024-03-05", "", "month", "2024-03"),
        (T.DATE, "31.12.1999", "", "month", "December 1999"),
        (T.DATE, "2024-03-05", "", "year", "2024"),
        (T.DATE, "Mar 5", "", "month", "Mar"),
        (T.DATE, "Mar 5", "", "year", None),
        (T.DATE, "next spring", "", "month", None),
        (T.ADDRESS, "12 Main Street, Springfield, IL 62704", "", "city", "Springfield, IL"),
        (T.ADDRESS, "10 Downing Street, London SW1A 2AA", "", "city", "London"),
        (T.ADDRESS, "Hauptstraße 5, 10115 Berlin", "", "city", "Berlin"),
        (T.ADDRESS, "12 Main Street", "", "city", None),
        (T.ADDRESS, "SW1A 1AA", "postcode", "", "SW1A"),
        (T.ADDRESS, "12 Main Street, Springfield, IL 62704", "", "zip3", "IL 627"),
        (T.ADDRESS, "WY 82101", "postcode", "zip3", "WY 000"),
        (T.ADDRESS, "03601", "postcode", "zip3", "000"),
        (T.ADDRESS, "12 Main Street", "", "zip3", None),
        (T.PLACE, "Paris", "", "", "France"),
        (T.PLACE, "Nowhereville", "", "", None),
        (T.IP, "192.0.2.77", "", "", "192.0.2.0/24"),
        (T.IP, "2001:db8:1:2::3", "", "", "2001:db8:1::/48"),
        (T.CARD, "4111-1111-1111-1111", "", "", "****-****-****-1111"),
        (T.URL, "https://example.com/people/jane?id=7", "", "", "https://example.com"),
        (T.PERSON, "Jane Doe", "", "", None),
    ],
)
def test_a_value_is_generalised(
    *, entity_type: T, value: str, subtype: str, to: str, said: str | None
) -> None:
    assert generalise(entity_type, value, subtype, to) == said


def test_a_birth_year_that_tells_an_age_over_89_is_not_said() -> None:
    this_year = moment(now_ms()).year

    assert generalise(T.DATE, "12 May 1921", "birth", "year") == f"{this_year - 90} or earlier"


def test_the_sparse_zip_areas_are_those_of_the_census() -> None:
    assert len(SPARSE_ZIP3) == 17


@pytest.mark.parametrize(
    ("written", "moved"),
    [
        ("2024-03-05", "2024-03-12"),
        ("05.03.2024", "12.03.2024"),
        ("3/25/2024", "4/1/2024"),
        ("Monday, 5 March 2024", "Monday, 12 March 2024"),
        ("March 30th, 2024", "April 6th, 2024"),
        ("MAR 30, 2024", "APR 6, 2024"),
        ("28. Februar 2024", "6. März 2024"),
        ("5-Mar-2024", "12-Mar-2024"),
        ("30 March '24", "6 April '24"),
        ("2024-03-05T10:20:00Z", "2024-03-12T10:20:00Z"),
    ],
)
def test_a_moved_date_keeps_its_form(written: str, moved: str) -> None:
    from datetime import timedelta

    date = read_date(written)

    assert date is not None
    assert date.moved_to(date.day_of_calendar + timedelta(weeks=1)) == moved


TEXT = "Jane Doe, 39, born 5 March 1985, paid 4111 1111 1111 1111 to Ms Doe."


def decided(**actions: Action) -> list[tuple[Finding, Action]]:
    values = {
        "Jane Doe": T.PERSON,
        "39": T.AGE,
        "5 March 1985": T.DATE,
        "4111 1111 1111 1111": T.CARD,
        "Ms Doe": T.PERSON,
    }
    return [
        (
            Finding(
                entity_type=kind,
                start=TEXT.index(value),
                end=TEXT.index(value) + len(value),
                score=1.0,
                recognizer="test",
            ),
            actions.get(kind.lower(), Action.TOKEN),
        )
        for value, kind in values.items()
    ]


def test_what_does_not_come_back_is_told_apart(vault: Vault, scope: Scope) -> None:
    actions = {
        "person": Action.HASH,
        "age": Action.GENERALISE,
        "date": Action.DROP,
        "card": Action.MASK,
    }
    result = protect(vault, scope, TEXT, decided(**actions))

    assert [one.sent for one in result.generalised] == ["30s"]
    assert [one.surface for one in result.hashed] == ["Jane Doe", "Ms Doe"]
    assert [one.surface for one in result.masked] == ["4111 1111 1111 1111"]
    assert [one.surface for one in result.dropped] == ["5 March 1985"]
    assert result.restorable == ()
    assert render(vault, scope, result.kept) == result.text
    assert Restorer(vault, scope).restore(result.kept.text).text == TEXT


def test_a_receipt_names_what_its_exchange_cannot_bring_back(vault: Vault, scope: Scope) -> None:
    actions = {"age": Action.GENERALISE, "card": Action.MASK}
    result = protect(vault, scope, TEXT, decided(**actions))
    receipt = Restorer(vault, scope).restore(result.text).receipt.of_exchange([result.kept])

    assert receipt.restored == 3
    assert receipt.generalised == (result.generalised[0].token,)
    assert receipt.masked == (result.masked[0].token,)
    assert receipt.as_dict()["dropped"] == []


def test_a_hash_is_the_same_for_all_spellings_in_a_scope_and_in_no_other(
    vault: Vault, scope: Scope
) -> None:
    first = protect(vault, scope, TEXT, decided(person=Action.HASH))
    other = vault.scopes.ensure(f"{scope.name}, another")
    second = protect(vault, other, TEXT, decided(person=Action.HASH))

    one, same = (marked.sent for marked in first.hashed)
    assert one == same
    assert one.startswith("person#")
    assert second.hashed[0].sent != one


def test_what_cannot_be_generalised_is_masked_and_says_so(vault: Vault, scope: Scope) -> None:
    result = protect(vault, scope, TEXT, decided(person=Action.GENERALISE))

    assert [one.sent for one in result.masked] == ["****", "****"]


def test_an_age_that_may_be_told_is_kept_and_says_so(vault: Vault, scope: Scope) -> None:
    three = [(f, a, "under_90") for f, a in decided(age=Action.GENERALISE)]
    result = protect(vault, scope, TEXT, three)

    assert [one.surface for one in result.treated(Action.KEEP)] == ["39"]
