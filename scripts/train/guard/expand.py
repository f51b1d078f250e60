"""Sentences from templates: `{slot}` takes a filler, `{slot|lower}` and `{slot|ing}` inflect it.

The templates and fillers in `texts/` were written for this purpose. Invariant: the same seed
gives the same sentences.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

TEXTS = Path(__file__).with_name("texts")
_SLOT = re.compile(r"\{(\w+)(?:\|(\w+))?\}")

OPENINGS = (
    "Please", "Also,", "By the way,", "Note:", "IMPORTANT:", "Then,", "Finally,", "First,",
    "Next,", "Additionally,", "One more thing:", "Urgent:", "Kindly", "Now,", "And",
    "Instruction:", "Task:", "Question:", "Q:", "User:", "New task:", "Hey,", "Remember:", "Oh,",
)  # fmt: skip
"""What people put before a request."""

CLOSINGS = ("", "", "", "", "", " Thank you.", " This is important.", " Do it now.", " Thanks!")


def read(name: str) -> list[str]:
    """Return the lines of a text file that hold something."""
    lines = (TEXTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def slots() -> dict[str, list[str]]:
    """Return every slot's fillers."""
    parted = (line.split(":", 1) for line in read("slots"))
    return {name: [f.strip() for f in fillers.split(" | ")] for name, fillers in parted}


OPEN_SLOTS = frozenset(
    """science things event country city person work theme issue product word food animal company
    film algo pconcept math""".split()
)
"""Slots that the world fills: a quarter of the time any phrase of our word lists stands there."""


def phrases() -> list[str]:
    """Return every line of the project's own word lists."""
    lists = sorted((Path(__file__).parents[1] / "words").glob("*.txt"))
    lines = [line for path in lists for line in path.read_text(encoding="utf-8").splitlines()]
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def inflect(word: str, how: str | None) -> str:
    """Return a capitalised verb phrase in lower case, or as an -ing form."""
    if how is None:
        return word
    lower = word[0].lower() + word[1:]
    if how == "lower":
        return lower
    verb, _, rest = lower.partition(" ")
    verb = verb.removesuffix("e")
    verb = {"put": "putt", "slip": "slipp"}.get(verb, verb)
    return f"{verb}ing {rest}".strip()


class Sentences:
    """Draws sentences of one kind."""

    def __init__(self, kind: str, rng: random.Random) -> None:
        self._templates = read(kind)
        self._slots = slots()
        self._phrases = phrases()
        self._rng = rng

    def draw(self) -> str:
        """Return one plain sentence."""
        text = self._rng.choice(self._templates)
        for _ in range(4):
            text = _SLOT.sub(self._fill, text)
        return text

    def _fill(self, match: re.Match[str]) -> str:
        if match[1] in OPEN_SLOTS and self._rng.random() < 0.25:
            return self._rng.choice(self._phrases)
        return inflect(self._rng.choice(self._slots[match[1]]), match[2])

    def dressed(self) -> str:
        """Return one sentence as somebody in a hurry, polite or sly may write it."""
        text, rng = self.draw(), self._rng
        chance = rng.random()
        if chance < 0.15:
            opening = rng.choice(OPENINGS)
            joined = text if opening.endswith(":") else text[0].lower() + text[1:]
            text = f"{opening} {joined}"
        elif chance < 0.20:
            text = text.upper()
        elif chance < 0.28:
            text = text.lower()
        elif chance < 0.33:
            text = f"({text})"
        if rng.random() < 0.08:
            text = text.rstrip(".!")
        return text + rng.choice(CLOSINGS)
