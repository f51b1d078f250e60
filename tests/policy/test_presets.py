"""What the shipped policies promise, type by type."""

from __future__ import annotations

import pytest

from maskwell.entity_types import EntityType as T
from maskwell.policy import Action, Reach, describe, load_policy, parse_policy


def action(policy: str, entity_type: T, reach: Reach = Reach.REMOTE) -> tuple[Action, str]:
    decision = load_policy(policy).decide(entity_type, destination="acme", reach=reach)
    return decision.action, decision.to


@pytest.mark.parametrize("entity_type", [one for one in T if one not in (T.HEALTH, T.GROUP)])
@pytest.mark.parametrize("reach", list(Reach))
def test_safe_harbor_sends_no_identifier_that_leads_back(entity_type: T, reach: Reach) -> None:
    assert action("hipaa", entity_type, reach)[0] in {Action.MASK, Action.GENERALISE}


def test_safe_harbor_generalises_as_the_rule_says() -> None:
    depths = {one: action("hipaa", one)[1] for one in (T.DATE, T.AGE, T.ADDRESS)}

    assert depths == {T.DATE: "year", T.AGE: "under_90", T.ADDRESS: "zip3"}


@pytest.mark.parametrize(
    ("policy", "entity_type", "done"),
    [
        ("gdpr", T.PERSON, Action.TOKEN),
        ("gdpr", T.HEALTH, Action.MASK),
        ("gdpr", T.SECRET, Action.BLOCK),
        ("ccpa", T.ID, Action.MASK),
        ("ccpa", T.IP, Action.HASH),
        ("pci-dss", T.CARD, Action.GENERALISE),
        ("pci-dss", T.SECRET, Action.BLOCK),
        ("fine-tuning", T.PERSON, Action.SURROGATE),
        ("fine-tuning", T.SECRET, Action.DROP),
        ("paranoid", T.PERSON, Action.MASK),
        ("paranoid", T.CARD, Action.BLOCK),
        ("secrets-only", T.PERSON, Action.KEEP),
    ],
)
def test_a_shipped_policy_does_what_it_says(policy: str, entity_type: T, done: Action) -> None:
    assert action(policy, entity_type)[0] is done


def test_a_policy_in_words_names_the_places_it_allows() -> None:
    policy = parse_policy('hosts = ["LLM.example.eu"]\nregions = ["eu"]', name="m", source="m")

    assert describe(policy).splitlines()[-1] == "Goes nowhere but to: eu, llm.example.eu."
