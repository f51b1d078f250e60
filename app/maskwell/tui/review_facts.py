"""The words around a review: what was found, why, where it goes, and the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.policy import Action
from maskwell.shield import line_of
from maskwell.tui.desk import REACH_WORDS
from maskwell.tui.hints import key_hints
from maskwell.tui.inert_text import inert_content
from maskwell.tui.keys import key_of
from maskwell.tui.review_state import ACTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.content import Content

    from maskwell.shield import PlanItem
    from maskwell.tui.review_state import ReviewState

__all__ = ["choosing_lines", "finding_lines", "head_line", "key_line", "warning_line"]

_ROOM_FOR_POLICY = 86
_LONGEST_SURFACE = 40
_STANDS_FOR = {Action.TOKEN, Action.SURROGATE, Action.GENERALISE, Action.HASH}


def head_line(state: ReviewState, width: int) -> Content:
    """Return the counts, and at the right where the text would go."""
    plan = state.plan
    head = inert_content("Review", "bold") + inert_content(f"   {_counts(state)}")
    where = f"{plan.destination} → {REACH_WORDS[plan.reach.value]}"
    if width >= _ROOM_FOR_POLICY:
        where += f" · policy {plan.policy.name}"
    gap = max(width - head.cell_length - len(where), 2)
    return head + inert_content(" " * gap + where, "$faint")


def choosing_lines(chosen: str) -> Content:
    """Return the two lines shown while a missed word is being chosen."""
    line = inert_content("Mark as private:  ", "$faint") + inert_content(f" {chosen} ", "reverse")
    return line + inert_content("\nIt is masked here and wherever else it stands.", "$faint")


def warning_line(state: ReviewState, width: int, chosen: Mapping[str, str]) -> Content:
    """Return one line about what is suspicious: the one looked at, or how many there are."""
    count = len(state.warnings)
    if not count:
        return inert_content("")
    at = max(state.warning, 0)
    one = state.warnings[at]
    where = f"line {line_of(state.plan.text, one.start)}" if one.end else "in the text"
    line = inert_content(f"! {at + 1}/{count} ", "bold $warning")
    keys = f"  {key_of('review.warning', chosen)} next  {key_of('review.quote', chosen)} set apart"
    room = width - line.cell_length - len(keys) - len(where) - 9
    reason = one.reason if len(one.reason) <= room else one.reason[: max(room - 1, 0)] + "…"
    line += inert_content(f"{where}: {reason} ({one.score:.0%})", "$warning")
    return line + inert_content(keys, "$faint")


def finding_lines(state: ReviewState, stands_for: str) -> Content:
    """Return the two lines about the current finding: what it is and why it was found."""
    item = state.item
    if item is None:
        return inert_content("Exactly this text will leave.\n") + inert_content(
            "If a private word was missed, press m and choose it.", "$faint"
        )
    finding = item.finding
    kind = finding.entity_type.value + (f" ({finding.subtype})" if finding.subtype else "")
    line = inert_content(f"{state.current + 1}/{len(state.plan.items)}  ", "$faint")
    line += inert_content(kind, "bold $private") + inert_content(f"  {_short(state.surface)}  ")
    becomes = f" → {stands_for}" if item.action in _STANDS_FOR and stands_for else ""
    line += inert_content(f"{ACTION_WORDS[item.action]}{becomes}", "$faint")
    return line + inert_content(f"\nWhy: {_why(item)}")


def key_line(
    state: ReviewState, width: int, *, by_hand: bool, choosing: bool, chosen: Mapping[str, str]
) -> Content:
    """Return the keys that matter now; the less needed give way when there is little room."""
    if choosing:
        send, leave = [("review.send", "mark it")], [("review.back", "cancel")]
        more = [("review.next", "next word"), ("review.extend", "take in the next")]
        return key_hints(send + leave, more, [], width=width, chosen=chosen)
    more = [
        ("review.next", "next"),
        ("review.toggle", "mask/leave"),
        ("review.type", "type"),
        ("review.change", "action"),
        ("review.never", "never"),
        ("review.always", "always"),
        ("review.same", "same as…"),
        ("review.undo", "undo"),
    ]
    return key_hints(
        [("review.send", "copy" if by_hand else "send"), ("review.back", "edit")],
        more if state.plan.items else [],
        [("review.mark", "mark"), ("app.help", "keys")],
        width=width,
        chosen=chosen,
    )


def _counts(state: ReviewState) -> str:
    total = len(state.plan.items)
    if not total:
        return "nothing private found"
    parts = [
        f"{number} {ACTION_WORDS[action]}"
        for action in ACTION_WORDS
        if (number := state.count(action))
    ]
    return f"{total} found: " + ", ".join(parts)


def _why(item: PlanItem) -> str:
    finding = item.finding
    reason = finding.reason or f"found by {finding.recognizer}"
    is_certain = finding.recognizer in {"you", "vault", "term"}
    return reason if is_certain else f"{reason} · {finding.score:.0%} sure"


def _short(surface: str) -> str:
    line = " ".join(surface.split())
    return line if len(line) <= _LONGEST_SURFACE else line[: _LONGEST_SURFACE - 1] + "…"
