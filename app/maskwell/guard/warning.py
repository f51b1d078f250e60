"""What the guard hands out: where something is suspicious, how much, and why.

Invariant: no warning carries text of the user's or the model's; the caller has the text and
the place. Offsets are Unicode code points of the text as it was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["SUSPICIOUS_FROM", "GuardWarning", "Inspection", "Kind"]

SUSPICIOUS_FROM = 0.5
"""A warning with this score or more is worth stopping for; one below it is only told."""


class Kind(StrEnum):
    """What a warning is about."""

    HIDDEN_TEXT = "hidden_text"
    """Characters or markup that people do not see and models do."""
    INSTRUCTION = "instruction"
    """Words that steer a model: override it, change its answer, address it."""
    FOREIGN_TASK = "foreign_task"
    """A task for an assistant that the text around it does not lead to."""
    ENCODED = "encoded"
    """An encoding that hides instructions or a link."""
    EXFILTRATION = "exfiltration"
    """An address made to carry text away."""
    LINK = "link"
    """A link that is not what it seems, or that runs something."""
    IMAGE = "image"
    """A picture that a viewer would fetch."""
    HTML = "html"
    """Markup that a viewer would run or load."""
    CONTROL = "control"
    """Control characters that act on a terminal."""
    PRIVATE_VALUE = "private_value"
    """Something that looks private and is the model's own."""
    INVENTED_TOKEN = "invented_token"  # noqa: S105  # the name of a kind, not a credential
    """A token that was never issued."""
    FOREIGN_TOKEN = "foreign_token"  # noqa: S105  # likewise
    """A token of another scope."""


@dataclass(frozen=True, slots=True)
class GuardWarning:
    """One suspicious place."""

    kind: Kind
    start: int
    """First character; with `end` 0 too when the warning has no place of its own."""
    end: int
    """One past the last character."""
    score: float
    """How sure, from 0 to 1; see `SUSPICIOUS_FROM`."""
    reason: str
    """One line for people; never the text itself."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """All that was found in one text, in text order."""

    score: float = 0.0
    """The highest score of the warnings; 0 without any."""
    warnings: tuple[GuardWarning, ...] = ()

    @property
    def is_suspicious(self) -> bool:
        """Whether anything found is worth stopping for."""
        return self.score >= SUSPICIOUS_FROM

    @classmethod
    def of(cls, warnings: list[GuardWarning]) -> Inspection:
        """Return the warnings in text order with their highest score; doubles are dropped."""
        unique = sorted(dict.fromkeys(warnings), key=lambda one: (one.start, one.end, -one.score))
        return cls(max((one.score for one in unique), default=0.0), tuple(unique))
