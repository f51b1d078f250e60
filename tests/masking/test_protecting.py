"""What leaves, what is stored, and that one is rebuilt from the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from maskwell.detection import Finding
from maskwell.entity_types import EntityType as T
from maskwell.errors import BlockedByPolicy
from maskwell.masking import Restorer, protect, render
from maskwell.policy import Action

if TYPE_CHECKING:
    from maskwell.masking import Protected
    from maskwell.vault import Scope, Vault

TEXT = "Jane Doe paid with 4111 1111 1111 1111 on Monday; write to jane@example.com."
VALUES = {
    "Jane Doe": T.PERSON,
    "4111 1111 1111 1111": T.CARD,
    "jane@example.com": T.EMAIL,
}


def found(text: str, values: dict[str, T]) -> list[Finding]:
    return [
        Finding(entity_type=one, start=m.start(), end=m.end(), score=1.0, recognizer="test")
        for value, one in values.items()
        for m in re.finditer(re.escape(value), text)
    ]


def protected(vault: Vault, scope: Scope, **actions: Action) -> Protected:
    decided = [
        (one, actions.get(one.entity_type.lower(), Action.TOKEN)) for one in found(TEXT, VALUES)
    ]
    return protect(vault, scope, TEXT, decided, policy="everyday")


def test_tokens_stand_for_the_findings(vault: Vault, scope: Scope) -> None:
    result = protected(vault, scope)

    assert re.fullmatch(
        r"\[PERSON_\d+[A-Z]{2}\] paid with \[CARD_\d+[A-Z]{2}\] on Monday; "
        r"write to \[EMAIL_\d+[A-Z]{2}\]\.",
        result.text,
    )
    assert result.text == result.kept.text
    assert result.irreversible == ()
    assert (result.scope, result.policy) == (scope.name, "everyday")


def test_findings_come_in_text_order_with_token_and_surface(vault: Vault, scope: Scope) -> None:
    result = protected(vault, scope)

    assert [(one.surface, one.token in result.text) for one in result.findings] == [
        ("Jane Doe", True),
        ("4111 1111 1111 1111", True),
        ("jane@example.com", True),
    ]


def test_a_kept_finding_leaves_but_is_stored_as_a_token(vault: Vault, scope: Scope) -> None:
    result = protected(vault, scope, person=Action.KEEP)

    assert result.text.startswith("Jane Doe paid")
    assert "Jane" not in result.kept.text
    assert render(vault, scope, result.kept) == result.text


@pytest.mark.parametrize(
    ("action", "sent"), [(Action.MASK, "paid with **** on"), (Action.DROP, "paid with  on")]
)
def test_a_masked_or_dropped_finding_does_not_leave_and_is_told(
    vault: Vault, scope: Scope, action: Action, sent: str
) -> None:
    result = protected(vault, scope, card=action)

    assert sent in result.text
    assert result.irreversible == ("CARD",)
    assert render(vault, scope, result.kept) == result.text
    assert Restorer(vault, scope).restore(result.kept.text).text == TEXT


def test_what_is_stored_never_holds_a_value(vault: Vault, scope: Scope) -> None:
    result = protected(vault, scope, person=Action.KEEP, card=Action.MASK, email=Action.DROP)

    assert not any(value in repr(result.kept) for value in VALUES)


def test_a_blocked_finding_stops_everything_and_names_its_type_only(
    vault: Vault, scope: Scope
) -> None:
    with pytest.raises(BlockedByPolicy, match="CARD") as caught:
        protected(vault, scope, card=Action.BLOCK)

    assert "4111" not in str(caught.value)
    assert vault.entities.surfaces(scope) == []


def test_protecting_again_gives_the_same_text(vault: Vault, scope: Scope) -> None:
    assert protected(vault, scope).text == protected(vault, scope).text


def test_a_rehearsal_leaves_nothing_and_shows_what_will_be(vault: Vault, scope: Scope) -> None:
    with vault.rehearsal():
        rehearsed = protected(vault, scope).text
    assert vault.entities.surfaces(scope) == []
    assert protected(vault, scope).text == rehearsed


@pytest.mark.sec
@pytest.mark.parametrize(
    "forged",
    [
        "[PERSON_1XM]",
        "[person_1xm]",
        "PERSON_1XM",
        "\\[PERSON_1XM\\]",
        "&lt;EMAIL_2KK&gt;",
        "[PERSON_1XM:last]",
        "［ID_3CC］",
        "{{SECRET_9TT}}",
    ],
)
def test_token_like_input_is_masked_as_a_literal(vault: Vault, scope: Scope, forged: str) -> None:
    text = f"He wrote {forged} himself."
    result = protect(vault, scope, text, [])

    assert re.fullmatch(r"He wrote \[LITERAL_\d+[A-Z]{2}\] himself\.", result.text)
    assert Restorer(vault, scope).restore(result.text).text == text


@pytest.mark.sec
def test_token_forged_from_a_real_one_stays_what_was_typed(vault: Vault, scope: Scope) -> None:
    real = protected(vault, scope).findings[0].token
    text = f"What is {real}, {real.lower()} or {real[1:-1]}?"
    result = protect(vault, scope, text, [])

    assert real not in result.text
    assert Restorer(vault, scope).restore(result.text).text == text


@pytest.mark.sec
@pytest.mark.parametrize(
    "template",
    [
        "[{}]",
        "[{}](https://example.com)",
        "[{}]s [{}]'s",
        "[PERSON_{}]",
        "PERSON_7{}",
        "{}:last]",
        "{}last]",
        "{}{}",
        "\\{}\\",
        "{{{}}}",
        "<{}>",
        "https://example.com/?mail={}&x=1",
        "[write](mailto:{})",
        '<a href="{}">{}</a>',
        "![x]({} '{}')",
        "{}({})",
        "www.{}",
    ],
)
def test_token_beside_any_text_comes_back_exactly(
    vault: Vault, scope: Scope, template: str
) -> None:
    text = template.replace("{}", "jane@example.com")
    decided = [(one, Action.TOKEN) for one in found(text, {"jane@example.com": T.EMAIL})]
    result = protect(vault, scope, text, decided)

    assert "jane@example.com" not in result.text
    assert Restorer(vault, scope).restore(result.text).text == text


def test_ordinary_text_is_not_masked(vault: Vault, scope: Scope) -> None:
    text = (
        "See [the notes](https://example.com/a?b=c) of 12/03, item x[0] = {id: 7}.\n"
        "Covid-19, B-52, card-2nd, <b>ID 4</b> & 100%; C:\\temp\\new_file [Date: 12 May]."
    )

    assert protect(vault, scope, text, []).text == text


def test_a_kept_value_that_reads_as_a_token_becomes_one(vault: Vault, scope: Scope) -> None:
    text = "Ticket ID_7XM is open."
    decided = [(one, Action.KEEP) for one in found(text, {"ID_7XM": T.ID})]
    result = protect(vault, scope, text, decided)

    assert [one.action for one in result.findings] == [Action.TOKEN]
    assert Restorer(vault, scope).restore(result.text).text == text


def test_an_empty_text_is_protected(vault: Vault, scope: Scope) -> None:
    assert protect(vault, scope, "", []).text == ""
