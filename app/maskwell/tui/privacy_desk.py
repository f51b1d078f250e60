"""What the privacy screen shows, counted from the ledger and the audit trail.

Only kinds, counts, names of destinations and times leave here: no token, no value.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from maskwell.tui.desk import REACH_WORDS, when_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maskwell.tui.desk import Desk
    from maskwell.vault import AuditEntry, LedgerEntry

__all__ = ["Event", "Glance", "PrivacyDesk", "Reached"]

_MOST_ENTRIES = 5000
_MOST_EVENTS = 400
_BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Reached:
    """What one destination has been told."""

    name: str
    reach: str
    times: int
    byte_count: int
    kinds: Counter[str]
    """How often a value of each kind went there as a token or another stand-in."""
    kept: int
    """How many values went there as they are, because policy or user said so."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the audit trail."""

    when: str
    event: str
    about: str


@dataclass(frozen=True, slots=True)
class Glance:
    """Everything the screen shows, for one stretch of days."""

    days: tuple[date, ...]
    by_kind: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Kind → findings on each of the days, the most frequent kind first."""
    reached: tuple[Reached, ...] = ()
    blocked: tuple[int, ...] = ()
    """Refusals on each of the days."""
    blocked_kinds: Counter[str] = field(default_factory=Counter)
    """What was refused: kinds, or why where no kind was named."""
    events: tuple[Event, ...] = ()
    trail_entries: int = 0
    trail_problem: str = ""
    """What is wrong with the audit trail; "" when it is whole."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing has happened yet that could be plotted."""
        return not self.reached and not any(self.blocked)


class PrivacyDesk:
    """The vault's records, for the screen about them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def glance(self, span_days: int, *, today: date | None = None) -> Glance:
        """Count the last days and check the audit trail; takes time linear in both.

        Args:
            span_days: how many days, today included; 0 for all there are.
            today: the last day; by default this one.
        """
        vault = self._desk.shield.vault
        entries = vault.ledger.entries(_MOST_ENTRIES)
        events = vault.audit.entries(_MOST_EVENTS)
        report = vault.audit.verify()
        refused = [one for one in events if one.event == _BLOCK]
        days = _days(
            [*(one.started_at for one in entries), *(one.at for one in refused)], span_days, today
        )
        entries = [one for one in entries if _day(one.started_at) in set(days)]
        refused = [one for one in refused if _day(one.at) in set(days)]
        return Glance(
            days=days,
            by_kind=_by_kind(entries, days),
            reached=tuple(_reached(entries)),
            blocked=_per_day((_day(one.at) for one in refused), days),
            blocked_kinds=_refused_kinds(refused),
            events=tuple(_event(one) for one in events),
            trail_entries=report.entries,
            trail_problem=report.problem,
        )


def _day(moment: datetime) -> date:
    return moment.astimezone().date()


def _days(moments: list[datetime], span_days: int, today: date | None) -> tuple[date, ...]:
    last = today or datetime.now().astimezone().date()
    first = last - timedelta(days=max(span_days, 1) - 1)
    if span_days == 0 and moments:
        first = min(_day(one) for one in moments)
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def _kinds_of(entry: LedgerEntry) -> list[tuple[str, str]]:
    """Return (kind, action) of everything that was found in what left."""
    text = entry.kept.text
    return [
        (text[one.start : one.end].lstrip("[").partition("_")[0], one.action)
        for one in entry.kept.applied
    ]


def _by_kind(entries: list[LedgerEntry], days: tuple[date, ...]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[date]] = {}
    for entry in entries:
        for kind, _ in _kinds_of(entry):
            found.setdefault(kind, []).append(_day(entry.started_at))
    most_first = sorted(found, key=lambda kind: (-len(found[kind]), kind))
    return {kind: _per_day(found[kind], days) for kind in most_first}


def _per_day(happened: Iterable[date], days: tuple[date, ...]) -> tuple[int, ...]:
    counted = Counter(happened)
    return tuple(counted[day] for day in days)


def _reached(entries: list[LedgerEntry]) -> list[Reached]:
    by_name: dict[str, list[LedgerEntry]] = {}
    for entry in entries:
        by_name.setdefault(entry.destination, []).append(entry)
    return sorted(
        (_told(name, group) for name, group in by_name.items()), key=lambda one: -one.times
    )


def _told(name: str, entries: list[LedgerEntry]) -> Reached:
    kinds = [pair for entry in entries for pair in _kinds_of(entry)]
    return Reached(
        name=name,
        reach=REACH_WORDS[entries[0].reach],
        times=len(entries),
        byte_count=sum(one.byte_count for one in entries),
        kinds=Counter(kind for kind, action in kinds if action != "keep"),
        kept=sum(action == "keep" for _, action in kinds),
    )


def _refused_kinds(refused: list[AuditEntry]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for one in refused:
        counted.update(one.detail.get("types") or [str(one.detail.get("cause", ""))])
    return counted


def _event(entry: AuditEntry) -> Event:
    told = [entry.subject, *(f"{name} {_short(value)}" for name, value in entry.detail.items())]
    return Event(when_words(entry.at), entry.event, " · ".join(word for word in told if word))


def _short(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
