"""What the guard noticed, as lines for stderr: before sending, and after a reply.

Invariant: a line names a place and a reason, never the text itself; a link's address is shown
inert.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.cli.terminal import say

if TYPE_CHECKING:
    from maskwell.guard import ReplyReport
    from maskwell.shield import Plan

__all__ = ["tell_report", "tell_suspicions"]


def tell_suspicions(plan: Plan) -> None:
    """Say what in an outgoing text is worth stopping for, a line each."""
    from maskwell.guard import SUSPICIOUS_FROM  # noqa: PLC0415  # loads the guard
    from maskwell.shield import line_of  # noqa: PLC0415  # loads the shield

    for one in plan.inspection.warnings:
        if one.score >= SUSPICIOUS_FROM:
            say(f"Look at line {line_of(plan.text, one.start)} of the prompt: {one.reason}.")


def tell_report(report: ReplyReport | None) -> None:
    """Say what a reader of a reply should know, each reason once."""
    from maskwell.guard import SUSPICIOUS_FROM  # noqa: PLC0415  # loads the guard

    if report is None:
        return
    reasons = dict.fromkeys(w.reason for w in report.warnings if w.score >= SUSPICIOUS_FROM)
    for reason in reasons:
        say(f"In the reply: {reason}.")
