"""What detection hands out and what the user hands in; both are plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["EMPTY_LEXICON", "Finding", "Lexicon", "Term"]


class Finding(NamedTuple):
    """A span of the text that is private.

    A named tuple: a megabyte holds tens of thousands, and a frozen dataclass takes five times as
    long to make.
    """

    entity_type: EntityType
    start: int
    """First character, in Unicode code points of the original text."""
    end: int
    """One past the last character."""
    score: float
    """How sure, from 0 to 1."""
    recognizer: str
    """Who found it: "email", "card", "ner", "term" …"""
    reason: str = ""
    """One line for people: what matched, which check passed, which cue; never the value."""
    subtype: str = ""
    """A finer kind: "us_ssn", "birth", "aws_access_key" …"""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, a phrase or a pattern that the user wants protected."""

    text: str
    entity_type: EntityType = EntityType.TERM
    is_pattern: bool = False
    """`text` is a regular expression; it runs under a time limit."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the user taught: words to protect, values to leave alone, how sure to be."""

    terms: tuple[Term, ...] = ()
    ignored: frozenset[str] = frozenset()
    """Values never reported; compared folded and without case."""
    thresholds: Mapping[EntityType, float] = field(default_factory=dict)
    """The least score at which a type is reported; other types use the detector's own."""


EMPTY_LEXICON = Lexicon()
