"""What a review knows: the plan so far, which finding is looked at, and how to go back.

No screen in it. Every change makes a new plan from the one before, so undoing is keeping
the earlier one, and what is sent is exactly the plan that was shown last.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType
from maskwell.policy import Action
from maskwell.tui.proof import Mark, Proof, proof_of

if TYPE_CHECKING:
    from maskwell.guard import GuardWarning
    from maskwell.masking import Protected
    from maskwell.shield import Plan, PlanItem

__all__ = ["ACTION_WORDS", "ReviewState", "guessed_type", "leaving_proof", "leaving_refusal"]

ACTION_WORDS = {
    Action.KEEP: "left as it is",
    Action.TOKEN: "masked",
    Action.SURROGATE: "stood in for",
    Action.MASK: "starred out, for good",
    Action.GENERALISE: "generalised, for good",
    Action.HASH: "hashed, for good",
    Action.DROP: "dropped, for good",
    Action.BLOCK: "blocked",
}
_LOOKS = {
    Action.KEEP: ("kept", "◇"),
    Action.BLOCK: ("blocked", "✗"),
    Action.DROP: ("dropped", "◆"),
    Action.MASK: ("dropped", "◆"),
    Action.GENERALISE: ("private", "◆"),
    Action.HASH: ("private", "◆"),
}
_PRIVATE = ("private", "◆")


class ReviewState:
    """One review from the plan it began with to the plan that is sent."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.current = 0 if plan.items else -1
        self.warning = -1
        """Which warning is looked at; -1 for none."""
        self._blocked_at_first = {
            (item.finding.start, item.finding.end)
            for item in plan.items
            if item.action is Action.BLOCK
        }
        self._earlier: list[tuple[Plan, int]] = []
        self._original: tuple[Plan, Proof] | None = None
        self._leaving: tuple[Protected, Proof] | None = None

    @property
    def item(self) -> PlanItem | None:
        """The finding that is looked at."""
        return self.plan.items[self.current] if self.plan.items else None

    @property
    def surface(self) -> str:
        """The characters the current finding covers."""
        return self.plan.surface(self.current) if self.plan.items else ""

    def step(self, by: int) -> None:
        """Look at another finding; past the last comes the first."""
        if self.plan.items:
            self.current = (self.current + by) % len(self.plan.items)

    def count(self, action: Action) -> int:
        """Return how many findings have an action."""
        return sum(item.action is action for item in self.plan.items)

    # -- changing ---------------------------------------------------------------------

    def act(self, action: Action, *, everywhere: bool = True) -> None:
        """Give the current finding, and its equals, another action."""
        if self.item is not None:
            self._change(self.plan.with_action(self.current, action, everywhere=everywhere))

    def toggle(self, *, everywhere: bool = True) -> None:
        """Mask what was left as it is; leave as it is (or block again) what was masked."""
        item = self.item
        if item is None:
            return
        if item.action in {Action.KEEP, Action.BLOCK}:
            self.act(Action.TOKEN, everywhere=everywhere)
        else:
            self.act(self._unmasked(item), everywhere=everywhere)

    def keep(self) -> bool:
        """Leave the current finding as it is; False when the policy blocks that."""
        if self.item is None or self._unmasked(self.item) is Action.BLOCK:
            return False
        self.act(Action.KEEP)
        return True

    def retype(self, entity_type: EntityType) -> None:
        """Call the current finding, and its equals, another type."""
        if self.item is not None:
            self._change(self.plan.with_type(self.current, entity_type))

    def mark(self, start: int, end: int, entity_type: EntityType) -> None:
        """Make a stretch of the prompt private, and look at it."""
        marked = self.plan.with_marked(start, end, entity_type)
        if marked is self.plan:
            return
        self._change(marked)
        for index, item in enumerate(marked.items):
            if item.finding.start == start:
                self.current = index

    def same_as(self, other: str) -> None:
        """Let the current finding be who or what another surface stands for."""
        if self.item is not None:
            self._change(self.plan.with_same(self.current, other))

    def become(self, plan: Plan) -> None:
        """Go on with another plan; undoing goes back to this one."""
        self._change(plan)

    # -- what is suspicious -----------------------------------------------------------

    @property
    def warnings(self) -> tuple[GuardWarning, ...]:
        """What the guard says, in text order; what has no place of its own too."""
        return self.plan.inspection.warnings

    def next_warning(self) -> GuardWarning | None:
        """Look at the next warning; past the last comes the first."""
        if not self.warnings:
            return None
        self.warning = (self.warning + 1) % len(self.warnings)
        return self.warnings[self.warning]

    def undo(self) -> bool:
        """Take the last change back; False when there is none."""
        if not self._earlier:
            return False
        self.plan, self.current = self._earlier.pop()
        return True

    def _change(self, plan: Plan) -> None:
        self._earlier.append((self.plan, self.current))
        self.plan = plan
        self.current = min(max(self.current, 0), len(plan.items) - 1)

    def _unmasked(self, item: PlanItem) -> Action:
        place = (item.finding.start, item.finding.end)
        return Action.BLOCK if place in self._blocked_at_first else Action.KEEP

    # -- showing ----------------------------------------------------------------------

    def original(self) -> Proof:
        """Return the prompt with every finding marked in its place; made once for each plan."""
        if self._original is None or self._original[0] is not self.plan:
            self._original = (self.plan, self._marked())
        return self._original[1]

    def leaving(self, protected: Protected) -> Proof:
        """Return `leaving_proof` of this plan; made once for each text that would leave."""
        if self._leaving is None or self._leaving[0] is not protected:
            self._leaving = (protected, leaving_proof(protected, self.plan.items))
        return self._leaving[1]

    def _marked(self) -> Proof:
        marks = []
        for index, item in enumerate(self.plan.items):
            look, sign = _LOOKS.get(item.action, _PRIVATE)
            marks.append(Mark(item.finding.start, item.finding.end, look, index, sign))
        return proof_of(self.plan.text, marks)


def leaving_proof(protected: Protected, items: tuple[PlanItem, ...]) -> Proof:
    """Return the exact text that will leave, with what stands for each finding marked.

    What is stored lists every replacement in text order, literals (token-like text of the
    user's own) among the findings; lengths differ where something else than a token leaves.
    """
    places = {(item.finding.start, item.finding.end): n for n, item in enumerate(items)}
    findings = deque(protected.findings)
    marks: list[Mark] = []
    longer = 0
    for applied in protected.kept.applied:
        token = protected.kept.text[applied.start : applied.end]
        found = findings.popleft() if findings and findings[0].token == token else None
        sent = token if applied.rendering is None else applied.rendering
        if found is not None and applied.action in {Action.KEEP, Action.SURROGATE}:
            sent = found.sent
        start = applied.start + longer
        index = places[found.finding.start, found.finding.end] if found is not None else -1
        look, _ = _LOOKS.get(Action(applied.action), _PRIVATE)
        marks.append(Mark(start, start + len(sent), look, index))
        longer += len(sent) - len(token)
    return proof_of(protected.text, marks)


def leaving_refusal(sentence: str) -> Proof:
    """Return the reason why nothing can leave, for showing in its place."""
    return proof_of(sentence, ())


def guessed_type(text: str) -> EntityType:
    """Return the likeliest type of a word the user marks; it can be changed with one key."""
    digits = sum(character.isdigit() for character in text)
    if "@" in text:
        return EntityType.EMAIL
    if digits and digits >= len(text) // 2:
        return EntityType.ID
    if text[:1].isupper() and not any(character.isdigit() for character in text):
        return EntityType.PERSON
    return EntityType.TERM
