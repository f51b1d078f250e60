"""What would be done to a text before it leaves: the object a review looks at and changes.

A plan is a value. Reviewing makes new plans from old ones, so what was shown is exactly
what is applied, and going back is keeping the earlier plan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maskwell.detection import Finding
from maskwell.guard import Inspection
from maskwell.policy import Action, Policy, Reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from maskwell.entity_types import EntityType
    from maskwell.shield.guarding import Data

__all__ = ["UNCERTAIN_BELOW", "Plan", "PlanItem"]

_NOT_INSPECTED = Inspection()
UNCERTAIN_BELOW = 0.75
"""A finding scored lower asks for a look when a policy reviews only what is uncertain."""


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One finding and what will be done with it."""

    finding: Finding
    action: Action
    rule: int | None = None
    """Index of the policy rule that decided; None when its default did, or the user."""
    by_user: bool = False
    """The reviewer changed or added this item."""
    to: str = ""
    """How far to generalise, as the rule says; "" is the type's own default."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A text, where it is to go, and a decided action for each finding, in text order."""

    text: str
    scope: str
    policy: Policy
    destination: str
    reach: Reach
    items: tuple[PlanItem, ...] = ()
    inspection: Inspection = _NOT_INSPECTED
    """What the guard found suspicious; empty when it was not asked."""
    same: tuple[tuple[EntityType, str, str], ...] = ()
    """(type, surface, other surface) of what the reviewer said is one person or thing."""
    data: tuple[Data, ...] = ()
    """The stretches of the text that the user did not write."""

    @property
    def is_uncertain(self) -> bool:
        """Whether a finding was made with little confidence, or the guard is suspicious."""
        return self.inspection.is_suspicious or any(
            item.finding.score < UNCERTAIN_BELOW for item in self.items
        )

    @property
    def is_blocked_by_guard(self) -> bool:
        """Whether the policy lets no text leave that is as suspicious as this."""
        return self.policy.suspicious == "block" and self.inspection.is_suspicious

    @property
    def wants_review(self) -> bool:
        """Whether the policy asks for this plan to be looked at before it is applied."""
        when = self.policy.review
        if when == "not-local":
            return self.reach is not Reach.LOCAL
        return when == "always" or (when == "uncertain" and self.is_uncertain)

    def surface(self, index: int) -> str:
        """Return the characters item `index` covers."""
        finding = self.items[index].finding
        return self.text[finding.start : finding.end]

    def occurrences(self, index: int) -> tuple[int, ...]:
        """Return the indexes of all items that cover the same characters as item `index`."""
        wanted = self.surface(index)
        return tuple(i for i in range(len(self.items)) if self.surface(i) == wanted)

    def with_action(self, index: int, action: Action, *, everywhere: bool = True) -> Plan:
        """Return a plan that does `action` to item `index`, and to its equals in the text."""
        chosen = self.occurrences(index) if everywhere else (index,)
        return self._changed(chosen, lambda item: replace(item, action=action))

    def without(self, index: int, *, everywhere: bool = True) -> Plan:
        """Return a plan that lets item `index` stand as it is, and its equals."""
        return self.with_action(index, Action.KEEP, everywhere=everywhere)

    def with_type(self, index: int, entity_type: EntityType, *, everywhere: bool = True) -> Plan:
        """Return a plan that calls item `index` an `entity_type`, with that type's action."""
        action, rule = self._decide(entity_type, "")
        chosen = self.occurrences(index) if everywhere else (index,)
        return self._changed(
            chosen,
            lambda item: replace(
                item,
                finding=item.finding._replace(entity_type=entity_type, subtype=""),
                action=action,
                rule=rule,
            ),
        )

    def with_same(self, index: int, other: str) -> Plan:
        """Return a plan in which item `index` is who or what the surface `other` stands for."""
        said = (self.items[index].finding.entity_type, self.surface(index), other)
        rest = (one for one in self.same if one[:2] != said[:2])
        return self if said[1] == other else replace(self, same=(*rest, said))

    def with_marked(
        self, start: int, end: int, entity_type: EntityType, *, everywhere: bool = True
    ) -> Plan:
        """Return a plan in which characters `start` to `end` are private.

        Findings that overlap are replaced. With `everywhere`, every other place where the
        same characters stand as a word of their own, and nothing was found, is marked too.
        """
        word = self.text[start:end]
        if not word.strip():
            return self
        spans = [(start, end)]
        if everywhere:
            others = _whole_word_spans(word, self.text)
            spans += [(s, e) for s, e in others if e <= start or end <= s]
        kept = [item for item in self.items if not _overlaps(item, [(start, end)])]
        free = [span for span in spans if not any(_overlaps(item, [span]) for item in kept)]
        return replace(self, items=_ordered([*kept, *(self._marked(s, entity_type) for s in free)]))

    def _marked(self, span: tuple[int, int], entity_type: EntityType) -> PlanItem:
        action, rule = self._decide(entity_type, "")
        if action is Action.KEEP:
            action, rule = Action.TOKEN, None
        finding = Finding(
            entity_type=entity_type,
            start=span[0],
            end=span[1],
            score=1.0,
            recognizer="you",
            reason="you marked it as private",
        )
        return PlanItem(finding, action, rule, by_user=True)

    def _decide(self, entity_type: EntityType, subtype: str) -> tuple[Action, int | None]:
        decision = self.policy.decide(
            entity_type, subtype, destination=self.destination, reach=self.reach
        )
        return decision.action, decision.rule_index

    def _changed(self, chosen: Iterable[int], change: Callable[[PlanItem], PlanItem]) -> Plan:
        wanted = set(chosen)
        return replace(
            self,
            items=tuple(
                replace(change(item), by_user=True) if i in wanted else item
                for i, item in enumerate(self.items)
            ),
        )


def _overlaps(item: PlanItem, spans: Iterable[tuple[int, int]]) -> bool:
    finding = item.finding
    return any(finding.start < end and start < finding.end for start, end in spans)


def _ordered(items: Iterable[PlanItem]) -> tuple[PlanItem, ...]:
    return tuple(sorted(items, key=lambda item: item.finding.start))


def _whole_word_spans(word: str, text: str) -> list[tuple[int, int]]:
    before = r"(?<!\w)" if word[0].isalnum() else ""
    after = r"(?!\w)" if word[-1].isalnum() else ""
    return [match.span() for match in re.finditer(before + re.escape(word) + after, text)]
