"""One training text: what it says, what is marked in it, and which labels were looked for."""

from __future__ import annotations

from dataclasses import dataclass, replace

__all__ = ["Example", "Span", "join", "upper_or_lower"]

UNSURE = "?"
"""The label of a span about which the annotation says nothing."""


@dataclass(frozen=True, slots=True)
class Span:
    """A marked stretch of characters; `label` may name alternatives, "PLACE|ADDRESS"."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its spans, sorted and without overlap."""

    text: str
    spans: tuple[Span, ...]
    known: frozenset[str]
    """The labels whose absence means something here."""
    source: str = ""
    document: str = ""


def join(parts: list[Example], gap: str) -> Example:
    """Put consecutive examples of one document into one text."""
    text, spans = "", []
    for part in parts:
        if text:
            text += gap
        spans += [Span(s.start + len(text), s.end + len(text), s.label) for s in part.spans]
        text += part.text
    return replace(parts[0], text=text, spans=tuple(spans))


def upper_or_lower(example: Example, *, upper: bool) -> Example:
    """Rewrite the whole text in one case; unchanged where that would shift characters."""
    text = example.text.upper() if upper else example.text.lower()
    return replace(example, text=text) if len(text) == len(example.text) else example
