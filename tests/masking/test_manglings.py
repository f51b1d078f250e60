"""What models do to tokens, and what must come back all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from masking.corpus import KEPT_AROUND, MANGLINGS
from maskwell.entity_types import EntityType
from maskwell.masking import Restorer
from maskwell.masking.linking import tokens_for

if TYPE_CHECKING:
    from maskwell.vault import Scope, Vault


@pytest.mark.parametrize(
    ("template", "around"),
    [pytest.param(text, "{}", id=name) for name, text in MANGLINGS]
    + [pytest.param(text, around, id=name) for name, text, around in KEPT_AROUND],
)
def test_a_mangled_token_comes_back(
    vault: Vault, cast_scope: Scope, codes: dict[str, str], template: str, around: str
) -> None:
    mangled = template.format(**codes)
    sentence = "I told {}, who agreed."
    restored = Restorer(vault, cast_scope).restore(sentence.format(mangled))

    assert restored.text == sentence.format(around.format("Jane Doe"))
    assert restored.receipt.restored == around.count("{")
    assert restored.receipt.unknown == ()


@pytest.mark.parametrize(("name", "template"), MANGLINGS[1:])
def test_a_mangled_token_is_told_as_altered(
    vault: Vault, cast_scope: Scope, codes: dict[str, str], name: str, template: str
) -> None:
    receipt = Restorer(vault, cast_scope).restore(template.format(**codes)).receipt

    assert (receipt.restored, receipt.altered) == (1, 1)


def test_a_label_survives_capitals_and_spaces(
    vault: Vault, cast_scope: Scope, codes: dict[str, str]
) -> None:
    core = codes["P"]
    text = f"[{core}:last] [{core}: LAST ] {core}:Last \\[{core}:last\\]"
    restored = Restorer(vault, cast_scope).restore(text)

    assert restored.text == "Doe Doe Doe Doe"


@pytest.mark.parametrize(
    "prose",
    [
        "The date 12th of May, ID 4, card-2nd, person-1xm, date-12th.",
        "Use covid-19 data; term-2024 is over; the org-chart of B-52.",
        "x[0] = {id: 12, ip: 10} # <address 12>",
        "[Date: 12 May] [ID 4] [card no. 7] {url_1} <person> [PERSON] (PHONE_12)",
    ],
)
def test_ordinary_text_is_left_alone(vault: Vault, cast_scope: Scope, prose: str) -> None:
    restored = Restorer(vault, cast_scope).restore(prose)

    assert restored.text == prose
    assert restored.receipt.restored == 0


def test_restoring_never_recurses(vault: Vault) -> None:
    scope = vault.scopes.ensure("recursion")
    with vault.transaction():
        inner = tokens_for(vault, scope, [(EntityType.PERSON, "Jane Doe")])
        token = next(iter(inner.values())).text
        outer = tokens_for(vault, scope, [(EntityType.TERM, token), (EntityType.TERM, "[PER")])
    whole, half = (one.text for one in outer.values())

    restored = Restorer(vault, scope).restore(f"{whole} {half}{token[4:]}")
    assert restored.text == f"{token} [PER{token[4:]}"
