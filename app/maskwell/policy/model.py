"""What a policy is: an ordered list of rules, the first that matches decides.

Invariant: a policy is a pure value; the same finding and destination always get the same
decision, and the decision says which rule made it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from maskwell.entity_types import EntityType

__all__ = ["DEPTHS", "Action", "Decision", "Policy", "Reach", "Rule", "describe"]

DEPTHS: Final = {
    "decade": "decade of the age",
    "under_90": "age, or 90+",
    "month": "month",
    "year": "year",
    "city": "city",
    "prefix": "beginning of the postcode",
    "zip3": "state and the first three digits of the ZIP code",
}
"""How far a rule may generalise, and what that means."""


class Action(StrEnum):
    """What is done with a finding."""

    KEEP = "keep"
    """It leaves as it is."""
    TOKEN = "token"  # noqa: S105  # an action's name, not a credential
    """A token leaves instead, and comes back as the value."""
    SURROGATE = "surrogate"
    """A made-up value of the same kind leaves instead, and comes back as the value."""
    MASK = "mask"
    """`****` leaves; the value does not come back."""
    GENERALISE = "generalise"
    """Less is said (the decade, the month, the city); the value does not come back."""
    HASH = "hash"
    """A short keyed hash leaves, the same each time; the value does not come back."""
    DROP = "drop"
    """Nothing leaves; the value does not come back."""
    BLOCK = "block"
    """The whole text does not leave."""


class Reach(StrEnum):
    """How far away a destination is."""

    LOCAL = "local"
    """This machine."""
    TRUSTED = "trusted"
    """This network, or a service the user vouches for."""
    REMOTE = "remote"
    """The internet."""


@dataclass(frozen=True, slots=True)
class Rule:
    """An action and what it applies to; what is empty applies to everything."""

    action: Action
    types: frozenset[EntityType] = frozenset()
    subtypes: frozenset[str] = frozenset()
    destinations: frozenset[str] = frozenset()
    """Words of `Reach` and names of destinations."""
    to: str = ""
    """How far `generalise` goes, a word of `DEPTHS`; "" is each type's own default."""
    line: int = field(default=0, compare=False)
    """Where it begins in its file, counted from 1; 0 where it came from none."""

    def matches(
        self, entity_type: EntityType, subtype: str, destination: str, reach: Reach
    ) -> bool:
        """Say whether the rule applies to a finding that would go to this destination."""
        return (
            (not self.types or entity_type in self.types)
            and (not self.subtypes or subtype in self.subtypes)
            and (
                not self.destinations
                or destination in self.destinations
                or str(reach) in self.destinations
            )
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """An action and the rule that asked for it."""

    action: Action
    rule_index: int | None
    """Counted from 0 in the policy's order; None: the policy's default."""
    to: str = ""
    """How far to generalise, as the rule says."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Ordered rules with a default, and when a person reviews what they decide."""

    name: str
    title: str
    description: str
    rules: tuple[Rule, ...] = ()
    default: Action = Action.TOKEN
    review: Literal["always", "uncertain", "not-local", "never"] = "always"
    """When a person looks first; `not-local`: always, but not for this machine."""
    without_review: Literal["send", "refuse"] = "send"
    """What to do when a review is asked for and cannot be shown."""
    hosts: frozenset[str] = frozenset()
    """Hosts that text may go to, as `Residency` reads them; with `regions` empty, anywhere."""
    regions: frozenset[str] = frozenset()
    """Regions that text may go to, as destinations name theirs."""
    suspicious: Literal["warn", "quote", "block"] = "warn"
    """What to do with pasted text and files that seem to give a model orders."""

    def decide(
        self, entity_type: EntityType, subtype: str = "", *, destination: str, reach: Reach
    ) -> Decision:
        """Return what to do with a finding of this type: the first matching rule decides."""
        for index, rule in enumerate(self.rules):
            if rule.matches(entity_type, subtype, destination, reach):
                return Decision(rule.action, index, rule.to)
        return Decision(self.default, None)


def describe(policy: Policy) -> str:
    """Return the policy in plain words, one line for each rule."""
    lines = [f"{policy.title}: {policy.description}"]
    lines += [f"{index + 1}. {_rule_in_words(rule)}" for index, rule in enumerate(policy.rules)]
    lines.append(f"Everything else: {policy.default}.")
    lines.append(f"Review: {policy.review}; without a way to show it: {policy.without_review}.")
    lines.append(f"Text that seems to give a model orders: {policy.suspicious}.")
    if policy.hosts or policy.regions:
        lines.append(f"Goes nowhere but to: {', '.join(sorted(policy.hosts | policy.regions))}.")
    return "\n".join(lines)


def _rule_in_words(rule: Rule) -> str:
    subject = ", ".join(sorted(map(str, rule.types))) or "Every type"
    if rule.subtypes:
        subject += f" ({', '.join(sorted(rule.subtypes))})"
    place = f" for {', '.join(sorted(rule.destinations))}" if rule.destinations else ""
    depth = f" to the {DEPTHS[rule.to]}" if rule.to else ""
    return f"{subject}{place}: {rule.action}{depth}."
