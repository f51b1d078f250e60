"""Many short texts planned and applied as one, so that a text costs what is in it and no more.

A plan asks the vault a dozen questions whatever its text; a workbook has ten thousand rows. What
is found is found in each text by itself; only what is done about it is done for many at once.
Invariant: no change crosses from one text into another, and no text is changed where nothing was
found in it; where that cannot be, each text is applied by itself.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from maskwell.detection import Finding
    from maskwell.masking import Protected
    from maskwell.shield.plan import Plan

    Change = tuple[int, int, str]
    Planner = Callable[[str, Sequence[Finding]], Plan]

__all__ = ["Sheaf", "protect_all", "sheaves"]

_BETWEEN = "\n\n\0\n\n"
"""What no value and no token holds, nor any gap within one."""
_LONGEST_CHARS = 16_000


@dataclass(frozen=True, slots=True)
class Sheaf:
    """Some texts as one."""

    texts: tuple[str, ...]
    starts: tuple[int, ...]
    """Where each text begins in `whole`."""

    @property
    def whole(self) -> str:
        """The texts, one after the other."""
        return _BETWEEN.join(self.texts)

    def gathered(self, found: Mapping[str, Sequence[Finding]]) -> list[Finding]:
        """Return what was found in the texts, at its places in `whole`."""
        return [
            one._replace(start=one.start + start, end=one.end + start)
            for text, start in zip(self.texts, self.starts, strict=True)
            for one in found[text]
        ]

    def number_of(self, start: int, end: int) -> int | None:
        """Return in which text a stretch of `whole` stands; None where in no one text."""
        number = bisect_right(self.starts, start) - 1
        is_within = end <= self.starts[number] + len(self.texts[number])
        return number if is_within else None

    def split(self, changes: Iterable[Change]) -> list[list[Change]] | None:
        """Return each text's own changes of those of `whole`; None when one crosses texts."""
        own: list[list[Change]] = [[] for _ in self.texts]
        for start, end, new_text in changes:
            number = self.number_of(start, end)
            if number is None:
                return None
            shift = self.starts[number]
            own[number].append((start - shift, end - shift, new_text))
        return own


def sheaves(texts: Iterable[str]) -> Iterator[Sheaf]:
    """Yield the texts in sheaves, in their order."""
    some: list[str] = []
    starts: list[int] = []
    length = 0
    for text in texts:
        if some and length + len(text) > _LONGEST_CHARS:
            yield Sheaf(tuple(some), tuple(starts))
            some, starts, length = [], [], 0
        starts.append(length)
        some.append(text)
        length += len(text) + len(_BETWEEN)
    if some:
        yield Sheaf(tuple(some), tuple(starts))


def protect_all(
    texts: Iterable[str],
    found: Mapping[str, Sequence[Finding]],
    plan: Planner,
    apply: Callable[[Plan], Protected],
    on_protected: Callable[[Protected], None],
) -> Iterator[list[Change]]:
    """Yield each text's changes.

    Args:
        texts: what is to be protected.
        found: what was found in each of them.
        plan: decides about a text and what was found in it.
        apply: carries a plan out.
        on_protected: told of what was made of the texts, some or one at a time.

    Raises:
        BlockedByPolicy: as `apply` does.
    """
    for sheaf in sheaves(texts):
        together = _together(sheaf, plan(sheaf.whole, sheaf.gathered(found)), apply)
        if together is not None:
            protected, changes = together
            on_protected(protected)
            yield from changes
            continue
        for text in sheaf.texts:
            protected = apply(plan(text, found[text]))
            on_protected(protected)
            yield list(protected.changes)


def _together(
    sheaf: Sheaf, plan: Plan, apply: Callable[[Plan], Protected]
) -> tuple[Protected, list[list[Change]]] | None:
    """Apply a plan for a whole sheaf; None where each text has to be looked at by itself."""
    spans = {(one.finding.start, one.finding.end) for one in plan.items}
    if any(sheaf.number_of(*span) is None for span in spans):
        return None
    protected = apply(plan)
    if any((start, end) not in spans for start, end, _ in protected.changes):
        return None  # words that read as a token, or would spoil one: their own text decides
    changes = sheaf.split(protected.changes)
    return None if changes is None else (protected, changes)
