"""The words of the folder screen: how far the work is, what became of each file, a report."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from maskwell.tui.inert_text import inert_content
from maskwell.tui.vault_words import size_words

if TYPE_CHECKING:
    from textual.content import Content

    from maskwell.watching import Outcome, Quarantined, Snapshot

__all__ = ["NOT_WATCHING", "entry", "now_lines", "outcome_lines", "refusal_text", "report_text"]

NOT_WATCHING = (
    "Drop files into one folder and find safe copies of them in another.\n\n"
    "Nothing is being watched. n chooses the folders."
)
_SIGNS = {
    "done": ("✓", "$success"),
    "same": ("=", "$faint"),
    "quarantined": ("✗", "$error"),
    "later": ("…", "$faint"),
}
_BAR = 24
_STEPS = {
    "reading": "reading it",
    "finding": "looking for people",
    "checking": "checking the copy",
    "writing": "writing the copy",
}


def now_lines(now: Snapshot, width: int) -> Content:
    """Return how the work stands: a bar with a count and the time left, and what is in work."""
    total = now.finished + now.left
    line = inert_content(_bar(now.fraction, _BAR), "$accent")
    line += inert_content(f"  {now.finished:,} of {total:,} files", "bold")
    if now.left and now.eta_s is not None:
        line += inert_content(f", {time_words(now.eta_s)} left", "bold")
    line += inert_content(f"\n{_counts(now)}", "$faint")
    if now.waiting:
        line += inert_content(f"\n! {now.waiting}", "$warning")
    for one in now.working:
        name = _shortened(one.source, max(width - 34, 12))
        line += inert_content(f"\n{_bar(one.fraction, 10)}  ", "$accent") + inert_content(name)
        line += inert_content(f"  {_STEPS.get(one.step, one.step)}", "$faint")
    return line


def entry(outcome: Outcome) -> Content:
    """Return one file's line in the list."""
    sign, colour = _SIGNS[outcome.state]
    line = inert_content(f"{sign} ", f"bold {colour}") + inert_content(outcome.source)
    told = f"  {outcome.reason}" if outcome.reason else f"  {_places(outcome.replaced)}"
    return line + inert_content(told, "$faint")


def outcome_lines(outcome: Outcome | None) -> Content:
    """Return all there is to say about one file."""
    if outcome is None:
        return inert_content("What becomes of each file is listed here.", "$faint")
    words = {
        "done": "A safe copy was made.",
        "same": "The same content has a safe copy already.",
        "quarantined": "No safe copy could be made; it is in quarantine.",
        "later": "It is left for the next time.",
    }
    line = inert_content(f"{outcome.source}\n", "bold") + inert_content(words[outcome.state])
    if outcome.reason:
        line += inert_content(f"\n{outcome.reason}", "$warning")
    if outcome.output:
        line += inert_content("\ncopy    ", "$faint") + inert_content(outcome.output)
    if outcome.report:
        line += inert_content("\nreport  ", "$faint") + inert_content(outcome.report)
    return line


def report_text(told: dict[str, Any], place: str) -> str:
    """Return a report as lines to read."""
    found = [f"  {one['count']:>5}  {one['type']}  {one['action']}" for one in told["found"]]
    made_at = datetime.fromisoformat(told["made_at"]).astimezone()
    size = size_words(told["copy_bytes"])
    return "\n".join(
        [
            f"{told['file']}",
            f"made on {made_at:%d %b %Y at %H:%M} by policy {told['policy']}, {size}",
            f"{_places(told['replaced'])}",
            "",
            "Found",
            *(found or ["  nothing private"]),
            "",
            f"Checked: {told['verified']}",
            *([f"Left out: {'; '.join(told['left_out'])}"] if told["left_out"] else []),
            *(f"Not hidden: {one}" for one in told["not_hidden"]),
            "",
            f"As a page: {place}",
        ]
    )


def refusal_text(outcome: Outcome, name: str, told: Quarantined | None, fate: str) -> str:
    """Return all that is known about a file without a copy, as lines that hold no value.

    Args:
        outcome: what became of it.
        name: its name without people.
        told: its note in quarantine; None when that is gone.
        fate: what becomes of sources: "leave", "move" or "shred".
    """
    from maskwell.watching.settings import QUARANTINE_FOLDER  # noqa: PLC0415  # not at start

    if told is None:
        gone = "It is no longer in quarantine: it is tried again, or gone."
        return f"{name}\n\nWhy: {outcome.reason}\n\n{gone}"
    where = (
        "The file stayed where it was, and is tried again by itself once it is changed"
        if fate == "leave"
        else f"The file is in {QUARANTINE_FOLDER} in the watched folder"
    )
    return "\n".join(
        [
            name,
            f"not made safe on {told.since.astimezone():%d %b %Y at %H:%M}",
            "",
            f"Why: {told.reason}",
            "",
            f"What helps: {told.advice or 'Trying again may help.'}",
            "",
            f"No copy was made. {where}.",
        ]
    )


def time_words(seconds: float) -> str:
    """Return a length of time as a person reads it."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def _counts(now: Snapshot) -> str:
    parts = [
        (now.done, "made safe"),
        (now.same, "had a copy already"),
        (now.quarantined, "in quarantine"),
        (now.later, "left for later"),
        (now.settling, "settling"),
        (now.queued, "waiting"),
    ]
    told = [f"{count:,} {words}" for count, words in parts if count]
    told += [_places(now.replaced)] if now.replaced else []
    return " · ".join(told) or "Waiting for files."


def _places(count: int) -> str:
    return f"{count:,} place{'' if count == 1 else 's'} protected"


def _bar(fraction: float, width: int) -> str:
    filled = round(min(max(fraction, 0.0), 1.0) * width)
    return "━" * filled + "╌" * (width - filled)


def _shortened(name: str, room: int) -> str:
    return name if len(name) <= room else "…" + name[1 - room :]
