"""Which stand-in a value gets: of its form, its language and gender, and nobody's own."""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

import pytest

from maskwell.detection import Finding
from maskwell.entity_types import EntityType as T
from maskwell.masking import Restorer, protect
from maskwell.masking.calendar import read_date
from maskwell.masking.surrogates.figures import luhn_digit
from maskwell.masking.surrogates.pools import names_of
from maskwell.policy import Action

if TYPE_CHECKING:
    from datetime import date

    from maskwell.vault import Scope, Vault


def stood_in(vault: Vault, scope: Scope, *values: tuple[T, str], text: str = "") -> list[str]:
    """Protect the values, one a line behind `text`, and return what left for each."""
    whole, decided = text + "\n", []
    for kind, value in values:
        finding = Finding(
            entity_type=kind,
            start=len(whole),
            end=len(whole) + len(value),
            score=1.0,
            recognizer="test",
        )
        decided.append((finding, Action.SURROGATE))
        whole += value + "\n"
    protected = protect(vault, scope, whole, decided)
    assert Restorer(vault, scope).restore(protected.text).text == whole
    return [one.sent for one in protected.findings]


def test_the_parts_of_a_name_stay_consistent(vault: Vault, scope: Scope) -> None:
    full, formal, mail, user, firm, turned, loud = stood_in(
        vault,
        scope,
        (T.PERSON, "Jane Doe"),
        (T.PERSON, "Ms Doe"),
        (T.EMAIL, "jane.doe@acme.com"),
        (T.USERNAME, "jdoe"),
        (T.ORG, "Doe Ltd"),
        (T.PERSON, "Doe, Jane"),
        (T.PERSON, "JANE DOE"),
    )
    first, last = full.split()

    assert formal == f"Ms {last}"
    assert mail.startswith(f"{first}.{last}@".lower())
    assert mail.endswith(".example")
    assert user == f"{first[0]}{last}".lower()
    assert firm == f"{last} Ltd"
    assert turned == f"{last}, {first}"
    assert loud == full.upper()


def test_a_stand_in_is_stable_in_its_scope_and_differs_elsewhere(
    vault: Vault, scope: Scope
) -> None:
    value = (T.PERSON, "Jane Doe")
    other = vault.scopes.ensure(f"{scope.name}, elsewhere")

    assert stood_in(vault, scope, value) == stood_in(vault, scope, value)
    assert stood_in(vault, scope, value) != stood_in(vault, other, value)


@pytest.mark.parametrize(
    ("name", "locale", "gender"),
    [
        ("Jane Doe", "en_US", "f"),
        ("Mr Robin Doe", "en_US", "m"),
        ("Frau Claudia Weiß", "de_DE", "f"),
        ("Дмитрий Петров", "ru_RU", "m"),
        ("Señora Inés Muñoz", "es_ES", "f"),
    ],
)
def test_a_name_is_replaced_in_its_language_and_gender(
    vault: Vault, scope: Scope, name: str, locale: str, gender: str
) -> None:
    (sent,) = stood_in(vault, scope, (T.PERSON, name))
    names = names_of(locale)
    pool = names.female if gender == "f" else names.male

    assert sent.split()[-2] in pool
    assert sent.split()[-1] in names.last("f" if gender == "f" else "m")


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@pytest.mark.parametrize(
    ("number", "pattern"),
    [
        ("+1 (212) 867-5309", r"\+1 \(\d{3}\) 555-01\d\d"),
        ("212.867.5309", r"\d{3}\.555\.01\d\d"),
        ("867-5309", r"555-01\d\d"),
        ("+44 20 7123 4567", r"\+44 \d\d \d{4} \d{4}"),
        ("020 7123 4567", r"0\d\d \d{4} \d{4}"),
        ("+33 6 12 34 56 78", r"\+33 \d \d\d \d\d \d\d \d\d"),
        ("+81 3-1234-5678", r"\+81 0-00\d\d-\d{4}"),
    ],
)
def test_a_telephone_number_keeps_its_form_and_is_nobodys(
    vault: Vault, scope: Scope, number: str, pattern: str
) -> None:
    (sent,) = stood_in(vault, scope, (T.PHONE, number))

    assert re.fullmatch(pattern, sent), sent


@pytest.mark.parametrize("card", ["4539 1488 0343 6467", "5500005555555559", "3714-496353-98431"])
def test_a_card_is_a_test_number_that_passes_the_check(
    vault: Vault, scope: Scope, card: str
) -> None:
    (sent,) = stood_in(vault, scope, (T.CARD, card))
    number = digits(sent)

    assert re.sub(r"\d", "9", sent) == re.sub(r"\d", "9", card)
    assert luhn_digit(number[:-1]) == number[-1]
    assert number[:6] in {"411111", "424242", "400000", "555555", "510510", "545454"} | {
        "378282",
        "371449",
    }


def test_an_iban_keeps_country_and_form_and_passes_the_check(vault: Vault, scope: Scope) -> None:
    (sent,) = stood_in(vault, scope, (T.IBAN, "DE89 3704 0044 0532 0130 00"))
    compact = sent.replace(" ", "")
    number = "".join(str(int(one, 36)) for one in compact[4:] + compact[:4])

    assert re.fullmatch(r"DE\d\d 0000 0000 \d{4} \d{4} \d\d", sent)
    assert int(number) % 97 == 1


@pytest.mark.parametrize(
    ("address", "ranges"),
    [
        ("10.20.30.40", ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")),
        ("fe80::1", ("2001:db8::/32",)),
    ],
)
def test_an_ip_address_is_from_a_range_for_documentation(
    vault: Vault, scope: Scope, address: str, ranges: tuple[str, ...]
) -> None:
    (sent,) = stood_in(vault, scope, (T.IP, address))

    assert any(ip_address(sent) in ip_network(one) for one in ranges)


def test_dates_move_by_one_offset_and_keep_their_weekday(vault: Vault, scope: Scope) -> None:
    values = ("2024-03-05", "March 19, 2024", "Tuesday, 2 April 2024")
    sent = stood_in(vault, scope, *((T.DATE, value) for value in values))
    real, made = ([day_of(one) for one in ones] for ones in (values, sent))
    offsets = {a - b for a, b in zip(real, made, strict=True)}

    assert len(offsets) == 1
    assert next(iter(offsets)).days % 7 == 0
    assert sent[2].startswith("Tuesday, ")


def day_of(text: str) -> date:
    found = read_date(text)
    assert found is not None
    return found.day_of_calendar


@pytest.mark.parametrize(
    "value", [(T.AGE, "39"), (T.GROUP, "Catholic"), (T.HEALTH, "asthma"), (T.DATE, "next spring")]
)
def test_what_has_no_telling_stand_in_leaves_as_its_token(
    vault: Vault, scope: Scope, value: tuple[T, str]
) -> None:
    (sent,) = stood_in(vault, scope, value)

    assert re.fullmatch(r"\[[A-Z]+_\d+[A-Z]{2}\]", sent)


def test_no_stand_in_is_a_real_value_of_the_scope(vault: Vault, scope: Scope) -> None:
    names = names_of("en_US")
    people = [
        (T.PERSON, f"{first} {last}")
        for first, last in zip(names.female[:200], names.last_female[:200], strict=True)
    ]
    sent = stood_in(vault, scope, *people)
    real = {word for _, name in people for word in name.split()}

    assert not real & {word for one in sent for word in one.split()}
    assert len(set(sent)) == len(people)


def test_a_stand_in_that_turns_out_to_be_real_is_not_used_again(vault: Vault, scope: Scope) -> None:
    (made,) = stood_in(vault, scope, (T.PERSON, "Jane Doe"))
    jane, namesake = stood_in(vault, scope, (T.PERSON, "Jane Doe"), (T.PERSON, made))

    assert jane.startswith("[PERSON_")
    assert made not in namesake


@pytest.mark.parametrize("template", ["{} called.", "{}'s letter", "ask {} and {}", "x{}x {}"])
def test_a_text_that_holds_a_stand_in_comes_back(vault: Vault, scope: Scope, template: str) -> None:
    (made,) = stood_in(vault, scope, (T.PERSON, "Jane Doe"))
    for word in (made, made.upper(), made.split()[0], made.split()[1].lower()):
        text = template.replace("{}", word)

        assert Restorer(vault, scope).restore(protect(vault, scope, text, []).text).text == text


def test_erasing_somebody_forgets_what_stood_for_them(vault: Vault, scope: Scope) -> None:
    (made,) = stood_in(vault, scope, (T.PERSON, "Zelda Quimby"))
    (entity,) = vault.entities.matching("Zelda Quimby")
    vault.erase([entity.entity_id])

    assert vault.stand_ins.all(scope) == []
    assert Restorer(vault, scope).restore(f"{made} called.").text == f"{made} called."
