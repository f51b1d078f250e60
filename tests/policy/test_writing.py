"""Policies changed from a screen: comments stay, mistakes change nothing, shipped ones stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell.entity_types import EntityType
from maskwell.errors import ConfigError
from maskwell.policy import Action, Reach, load_policy
from maskwell.policy.writing import (
    forget_own_policy,
    has_own_policy,
    set_action,
    set_policy_key,
)

if TYPE_CHECKING:
    from maskwell.paths import Home

OWN = """\
# what our clinic does
title = "Clinic"
description = "Ours."
default = "token"

# cards are never ours to send
[[rules]]
types = ["CARD"]
action = "block"  # asked for by the auditor

[[rules]]
types = ["EMAIL"]
destinations = ["local"]
action = "keep"
"""


def write(home: Home, text: str = OWN) -> None:
    home.policies.mkdir(parents=True)
    (home.policies / "clinic.toml").write_text(text)


def decided(home: Home, entity_type: EntityType, reach: Reach) -> Action:
    policy = load_policy("clinic", home=home)
    return policy.decide(entity_type, destination="x", reach=reach).action


def test_a_rule_that_is_there_is_changed_in_place_and_comments_stay(home: Home) -> None:
    write(home)

    set_action(home, "clinic", EntityType.CARD, Action.MASK)

    text = (home.policies / "clinic.toml").read_text()
    assert decided(home, EntityType.CARD, Reach.REMOTE) is Action.MASK
    assert "# cards are never ours to send" in text
    assert "# asked for by the auditor" in text
    assert text.count("[[rules]]") == 2


def test_a_rule_for_one_class_of_destinations_leaves_the_others_alone(home: Home) -> None:
    write(home)

    set_action(home, "clinic", EntityType.EMAIL, Action.DROP, reach=Reach.REMOTE)

    assert decided(home, EntityType.EMAIL, Reach.REMOTE) is Action.DROP
    assert decided(home, EntityType.EMAIL, Reach.LOCAL) is Action.KEEP
    assert decided(home, EntityType.EMAIL, Reach.TRUSTED) is Action.TOKEN


def test_a_rule_behind_one_that_decides_is_put_first(home: Home) -> None:
    write(home)

    set_action(home, "clinic", EntityType.EMAIL, Action.MASK)

    assert {decided(home, EntityType.EMAIL, reach) for reach in Reach} == {Action.MASK}


def test_a_shipped_policy_gets_an_own_file_and_can_be_had_back(home: Home) -> None:
    set_action(home, "everyday", EntityType.PERSON, Action.DROP)
    assert has_own_policy(home, "everyday")
    assert "point at nobody" in (home.policies / "everyday.toml").read_text()
    changed = load_policy("everyday", home=home)
    decision = changed.decide(EntityType.PERSON, destination="x", reach=Reach.REMOTE)
    assert decision.action is Action.DROP

    forget_own_policy(home, "everyday")

    shipped = load_policy("everyday", home=home)
    decision = shipped.decide(EntityType.PERSON, destination="x", reach=Reach.REMOTE)
    assert decision.action is Action.TOKEN


def test_a_mistake_changes_nothing(home: Home) -> None:
    write(home)

    with pytest.raises(ConfigError):
        set_policy_key(home, "clinic", "review", "sometimes")

    assert (home.policies / "clinic.toml").read_text() == OWN
