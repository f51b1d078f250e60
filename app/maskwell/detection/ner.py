"""The name tagger: what context rather than shape decides, found in text of any length.

Words and their shapes go through a small transformer; the best well-formed tag sequence of each
window gives spans in characters of the text as it was given. Windows are read a few at a time,
so memory does not grow with the text.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from maskwell.detection import ner_windows
from maskwell.detection.ner_model import Model, load_model
from maskwell.detection.progress import read_so_far

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from importlib.resources.abc import Traversable

    from maskwell.detection.ner_reading import Found
    from maskwell.detection.ner_windows import Window

__all__ = ["NameTagger", "TaggedSpan"]

_WINDOWS_AT_ONCE: Final = 32
_SHORT_CHARS: Final = 200
"""Longer texts have more word pieces than are read a few texts at a time."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A span the tagger found, in characters of the text as given, end exclusive."""

    label: str
    """PERSON, PLACE, ADDRESS, ORG, USERNAME, DOB, DATE, AGE, ID, SECRET, GROUP, HEALTH, VEHICLE
    or BANK."""
    start: int
    end: int
    score: float
    """Mean probability of the label over the span's words, 0 to 1."""


class NameTagger:
    """Finds names and other context-bound values. Loads on first use; safe to share by threads.

    Args:
        folder: where the model's files are; the shipped ones when left out.
        thresholds: least score per label, over the shipped ones.
    """

    def __init__(
        self, folder: Traversable | None = None, thresholds: dict[str, float] | None = None
    ) -> None:
        self._folder = folder
        self._thresholds = thresholds or {}
        self._model: Model | None = None
        self._lock = threading.Lock()

    def load(self) -> Model:
        """Load and check the model now rather than on first use.

        Raises:
            IntegrityError: a model file is missing or altered.
        """
        with self._lock:
            if self._model is None:
                self._model = load_model(self._folder)
            return self._model

    def tag(self, text: str) -> list[TaggedSpan]:
        """Return the spans of a text, sorted, without overlap.

        Any string is accepted: empty, huge, on one line, with lone surrogates.

        Raises:
            IntegrityError: a model file is missing or altered.
        """
        from maskwell.detection.ner_reading import read_windows  # noqa: PLC0415  # brings numpy

        model = self.load()
        readable = _SURROGATE.sub("\ufffd", text)
        found: list[TaggedSpan] = []
        pending = (w for w in ner_windows.windows(readable) if _worth_reading(readable, w))
        while batch := list(islice(pending, _WINDOWS_AT_ONCE)):
            self._keep(model, read_windows(model, readable, batch), found)
            read_so_far(batch[-1].core_end)
        return found

    def tag_all(self, texts: Sequence[str]) -> list[list[TaggedSpan]]:
        """Return the spans of each of many texts; short ones are read a few at a time.

        Raises:
            IntegrityError: a model file is missing or altered.
        """
        if len(texts) < 2:
            return [self.tag(text) for text in texts]
        from maskwell.detection.ner_reading import read_short  # noqa: PLC0415  # brings numpy

        model = self.load()
        short = {
            number: _SURROGATE.sub("\ufffd", text)
            for number, text in enumerate(texts)
            if 0 < len(text) <= _SHORT_CHARS and ner_windows.may_hold_names(text)
        }
        read = read_short(model, short)
        return [
            self._keep(model, read[number], []) if number in read else self.tag(text)
            for number, text in enumerate(texts)
        ]

    def _keep(
        self, model: Model, read: Iterable[Found], found: list[TaggedSpan]
    ) -> list[TaggedSpan]:
        """Add to `found` what is sure enough of what was read; return it."""
        for label, start, end, score in read:
            if found and start < found[-1].end:
                continue
            if score >= self._least(model, label):
                found.append(TaggedSpan(label, start, end, score))
        return found

    def _least(self, model: Model, label: str) -> float:
        return self._thresholds.get(label, model.thresholds.get(label, 0.5))


def _worth_reading(text: str, window: Window) -> bool:
    return ner_windows.may_hold_names(text[window.core_start : window.core_end])
