"""No edit of one character makes a token stand for something else; tokens cannot be guessed."""

from __future__ import annotations

import random
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from maskwell.entity_types import EntityType
from maskwell.masking import Restorer
from maskwell.masking.labels import LABEL_WORDS, choose_label
from maskwell.masking.linking import tokens_for
from maskwell.masking.scanning import scan
from maskwell.masking.token_book import TokenBook
from maskwell.masking.tokens import (
    CHECK_ALPHABET,
    check_letters,
    has_smaller_edit,
    one_edit_apart,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.masking import Token
    from maskwell.vault import Scope, Vault

# What a slip or an escape may put in: everything that means something to the grammar.
CHARACTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-:[](){}<>\\%&;*`'\" \n.,/s\u200b［】１Ｑ²⑫㎞\u2013\ud800"
)


def edits_of(text: str) -> Iterator[str]:
    for place in range(len(text) + 1):
        for character in CHARACTERS + text[place : place + 1].swapcase():
            yield text[:place] + character + text[place:]
            if place < len(text):
                yield text[:place] + character + text[place + 1 :]
        yield text[:place] + text[place + 1 :]


def issue(vault: Vault, scope: Scope, count: int) -> dict[str, str]:
    """Issue tokens of all kinds, some of them labelled; return their surfaces by code."""
    rng = random.Random(5)
    types = [one for one in EntityType if one is not EntityType.LITERAL]
    wanted = []
    for n in range(count // 2):
        name = f"Nora{n} Field{n}"
        wanted += [(EntityType.PERSON, name), (rng.choice(types), f"value {n}")]
        if n % 4 == 0:
            wanted += [(EntityType.PERSON, f"Field{n}"), (EntityType.PERSON, name.upper())]
        if n % 40 == 0:
            wanted += [(EntityType.TERM, f"t{n}"), (EntityType.TERM, f"T{n}")]
            wanted += [(EntityType.ORG, f"o{' ' * more}{n}") for more in range(1, 6)]
    with vault.transaction():
        tokens = tokens_for(vault, scope, wanted[:count])
    return {token.code: surface for (_, surface), token in tokens.items()}


def restored_values(surfaces: dict[str, str], text: str) -> list[str]:
    """Return what restoring puts into a text, by the matcher that restoring uses."""
    return [
        surfaces[one.code]
        for one in scan(text)
        if one.is_sound and not one.refused_until and one.opening is None and one.code in surfaces
    ]


def wrong_restorations(surfaces: dict[str, str], codes: list[str]) -> list[tuple[str, str]]:
    return [
        (code, edited)
        for code in codes
        for edited in edits_of(f"[{code}]")
        if any(value != surfaces[code] for value in restored_values(surfaces, edited))
    ]


@pytest.mark.sec
def test_guess_by_an_edit_never_restores_another_value(vault: Vault, scope: Scope) -> None:
    surfaces = issue(vault, scope, 400)
    sample = random.Random(6).sample(sorted(surfaces), 60)

    assert wrong_restorations(surfaces, sample) == []


@pytest.mark.sec
@pytest.mark.full
def test_guess_by_all_edits_of_ten_thousand_tokens_restores_nothing_wrong(
    vault: Vault, scope: Scope
) -> None:
    surfaces = issue(vault, scope, 10_000)

    assert len(surfaces) == 10_000
    assert wrong_restorations(surfaces, sorted(surfaces)) == []


@pytest.mark.sec
def test_guess_by_an_edit_is_answered_by_the_restorer_as_by_its_matcher(
    vault: Vault, scope: Scope
) -> None:
    surfaces = issue(vault, scope, 40)
    code = next(code for code in surfaces if code.endswith(":last"))
    restorer = Restorer(vault, scope)
    for edited in edits_of(f"[{code}]"):
        restored = restorer.restore(edited)

        values = restored_values(surfaces, edited)
        assert restored.receipt.restored == len(values)
        assert restored.text == edited or surfaces[code] in restored.text


@pytest.mark.sec
def test_guess_of_check_letters_differs_from_scope_to_scope(vault: Vault) -> None:
    letters = {
        check_letters(vault.scopes.ensure(f"guess {n}").token_key, EntityType.PERSON, 7)
        for n in range(40)
    }

    assert len(letters) > 20


@pytest.mark.sec
def test_guess_of_another_scope_stays_literal_and_is_named_foreign(vault: Vault) -> None:
    mine, other = vault.scopes.ensure("guess mine"), vault.scopes.ensure("guess other")
    with vault.transaction():
        token = tokens_for(vault, other, [(EntityType.PERSON, "Jane Doe")])[
            EntityType.PERSON, "Jane Doe"
        ]
    restored = Restorer(vault, mine).restore(f"Dear {token.text},")

    assert restored.text == f"Dear {token.text},"
    assert restored.receipt.foreign == (token.text,)


@pytest.mark.sec
def test_guess_of_a_token_never_issued_stays_literal_and_is_named_unknown(
    vault: Vault, scope: Scope
) -> None:
    restored = Restorer(vault, scope).restore("Dear [PERSON_9QX] and [PERSON_3],")

    assert restored.text == "Dear [PERSON_9QX] and [PERSON_3],"
    assert restored.receipt.unknown == ("[PERSON_9QX]", "[PERSON_3]")


def test_a_token_is_never_issued_in_two_scopes(vault: Vault) -> None:
    codes: list[str] = []
    for n in range(30):
        scope = vault.scopes.ensure(f"unique {n}")
        wanted = [(EntityType.PERSON, f"Nora{k} Field{k}") for k in range(20)]
        with vault.transaction():
            codes += [token.code for token in tokens_for(vault, scope, wanted).values()]

    assert len(set(codes)) == len(codes)


def test_tokens_of_a_scope_with_the_same_letters_are_two_edits_apart(
    vault: Vault, scope: Scope
) -> None:
    stems: dict[str, list[str]] = {}
    types = (EntityType.ID, EntityType.IP)
    with vault.transaction():
        tokens = tokens_for(vault, scope, [(types[n % 2], f"value {n}") for n in range(600)])
    for token in tokens.values():
        stems.setdefault(token.check, []).append(f"{token.entity_type}_{token.number}")
    for group in stems.values():
        for left, right in combinations(group, 2):
            assert not one_edit_apart(left, right)


@pytest.mark.sec
@pytest.mark.parametrize("number", [1, 9, 10, 37, 100, 205, 999, 1000, 1203, 4999])
def test_guess_no_smaller_number_one_edit_away_is_overlooked(number: int) -> None:
    near = {n for n in range(1, number) if one_edit_apart(str(n), str(number))}

    assert all(has_smaller_edit(number, {one}) for one in near)
    assert not any(has_smaller_edit(number, {n}) for n in range(1, number) if far(n, number))


def far(one: int, other: int) -> bool:
    """Whether two numbers are further apart than one edit, leading zeros aside."""
    size = max(len(str(one)), len(str(other)))
    return not one_edit_apart(str(one), str(other)) and not one_edit_apart(
        str(one).zfill(size), str(other).zfill(size)
    )


def test_labels_are_two_edits_apart_and_none_begins_another() -> None:
    made = list(LABEL_WORDS)
    for _ in range(40):
        made.append(choose_label((), ["", *made]))
    for left, right in combinations(made, 2):
        assert not one_edit_apart(left, right)
        assert not left.startswith(right)
        assert not right.startswith(left)


def test_check_letters_hold_no_vowel_and_nothing_like_a_digit() -> None:
    assert not set(CHECK_ALPHABET) & set("AEIOUYBGLSZ0123456789")


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("ID_7", "IP_7", True),
        ("ID_7", "ID_7", True),
        ("ID_7", "ID_17", True),
        ("ID_12", "ID_1", True),
        ("ID_12", "ID_21", False),
        ("ID_7", "IP_8", False),
        ("ID_7", "ID_789", False),
        ("", "a", True),
    ],
)
def test_one_edit_apart_is_seen(left: str, right: str, expected: bool) -> None:  # a table's column
    assert one_edit_apart(left, right) is expected
    assert one_edit_apart(right, left) is expected


def test_a_book_loads_the_whole_scope_when_many_tokens_are_asked_for(
    vault: Vault, scope: Scope
) -> None:
    surfaces = issue(vault, scope, 200)
    book = TokenBook(vault, scope)

    assert {code: book.surface(code) for code in surfaces} == surfaces


def test_tokens_read_as_they_are_written(vault: Vault, scope: Scope) -> None:
    tokens: list[Token]
    with vault.transaction():
        tokens = list(tokens_for(vault, scope, [(one, f"x{one}") for one in EntityType]).values())
    for token in tokens:
        (found,) = scan(token.text)
        assert (found.code, found.altered) == (token.code, False)
