"""The first rule that matches decides, and says so."""

from __future__ import annotations

import pytest

from maskwell.entity_types import EntityType as T
from maskwell.policy import Action, Policy, Reach, Rule, describe, load_policy, preset_names

POLICY = Policy(
    name="test",
    title="Test",
    description="For the tests.",
    rules=(
        Rule(Action.BLOCK, types=frozenset({T.CARD}), destinations=frozenset({"remote"})),
        Rule(Action.KEEP, types=frozenset({T.ID}), subtypes=frozenset({"us_ssn"})),
        Rule(Action.MASK, types=frozenset({T.CARD, T.ID})),
        Rule(Action.KEEP, destinations=frozenset({"office", "local"})),
    ),
    default=Action.TOKEN,
)


@pytest.mark.parametrize(
    ("entity_type", "subtype", "destination", "reach", "action", "rule"),
    [
        (T.CARD, "", "openai", Reach.REMOTE, Action.BLOCK, 0),
        (T.CARD, "", "openai", Reach.TRUSTED, Action.MASK, 2),
        (T.ID, "us_ssn", "openai", Reach.REMOTE, Action.KEEP, 1),
        (T.ID, "passport", "openai", Reach.REMOTE, Action.MASK, 2),
        (T.PERSON, "", "office", Reach.REMOTE, Action.KEEP, 3),
        (T.PERSON, "", "ollama", Reach.LOCAL, Action.KEEP, 3),
        (T.PERSON, "", "openai", Reach.REMOTE, Action.TOKEN, None),
    ],
)
def test_the_first_matching_rule_decides(
    *,
    entity_type: T,
    subtype: str,
    destination: str,
    reach: Reach,
    action: Action,
    rule: int | None,
) -> None:
    decision = POLICY.decide(entity_type, subtype, destination=destination, reach=reach)

    assert (decision.action, decision.rule_index) == (action, rule)


def test_the_shipped_policies_are_listed() -> None:
    assert {"everyday", "secrets_only", "strict"} <= set(preset_names())


@pytest.mark.parametrize("name", preset_names())
def test_every_shipped_policy_loads_and_explains_itself(name: str) -> None:
    policy = load_policy(name)
    words = describe(policy)

    assert words.startswith(f"{policy.title}: {policy.description}")
    assert len(words.splitlines()) == len(policy.rules) + 4


@pytest.mark.parametrize("entity_type", [one for one in T if one not in (T.GROUP, T.HEALTH)])
def test_everyday_makes_tokens_of_every_type(entity_type: T) -> None:
    decision = load_policy("everyday").decide(
        entity_type, destination="clipboard", reach=Reach.REMOTE
    )

    assert decision.action is Action.TOKEN


def test_everyday_keeps_groups_and_health() -> None:
    policy = load_policy("everyday")
    for entity_type in (T.GROUP, T.HEALTH):
        decision = policy.decide(entity_type, destination="clipboard", reach=Reach.REMOTE)
        assert decision.action is Action.KEEP


def test_strict_blocks_cards_for_the_internet_only() -> None:
    policy = load_policy("strict")
    actions = [
        policy.decide(T.CARD, destination="somewhere", reach=reach).action for reach in Reach
    ]

    assert actions == [Action.TOKEN, Action.TOKEN, Action.BLOCK]


def test_secrets_only_keeps_people() -> None:
    policy = load_policy("secrets_only")
    decided = [
        policy.decide(one, destination="x", reach=Reach.REMOTE).action
        for one in (T.PERSON, T.SECRET, T.TERM)
    ]

    assert decided == [Action.KEEP, Action.TOKEN, Action.TOKEN]


def test_a_description_names_types_places_and_actions() -> None:
    words = describe(POLICY).splitlines()

    assert words[1:3] == ["1. CARD for remote: block.", "2. ID (us_ssn): keep."]
    assert words[5] == "Everything else: token."
