"""Who reads a text for the shield: this process, unless the caller knows a better place.

A screen must not wait for regular expressions over a megabyte, so it brings a reader that has
other processes do the work. What is found is the same; what is done about it is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell import guard
from maskwell.detection.finding import EMPTY_LEXICON

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maskwell.detection import Detector, Finding, Lexicon
    from maskwell.guard import Inspection, Source
    from maskwell.vault import Variant

__all__ = ["Reader"]


class Reader:
    """Reads texts in this process. Any thread may use it."""

    def __init__(self, detector: Detector | None = None) -> None:
        """Use a detector, or the process's one, loaded on first use (about a second)."""
        self._detector = detector

    def detect(
        self, text: str, lexicon: Lexicon = EMPTY_LEXICON, *, names: bool = True
    ) -> list[Finding]:
        """Return the private spans of a text, as `Detector.detect` does."""
        return self._loaded().detect(text, lexicon, names=names)

    def detect_all(
        self, texts: Sequence[str], lexicon: Lexicon = EMPTY_LEXICON, *, names: bool = True
    ) -> list[list[Finding]]:
        """Return the private spans of each of many texts, as `Detector.detect_all` does."""
        return self._loaded().detect_all(texts, lexicon, names=names)

    def inspect(self, untrusted_text: str, source: Source) -> Inspection:
        """Return everything suspicious in a text, as `guard.inspect` does."""
        return guard.inspect(untrusted_text, source=source)

    def find_known(
        self,
        variants: Sequence[Variant],  # noqa: ARG002  # for who reads elsewhere
        text: str,  # noqa: ARG002  # likewise
    ) -> list[tuple[int, int, Variant]] | None:
        """Return (start, end, variant) of the values in a text: characters, no overlaps.

        None when it is better searched where the question comes from, which keeps its search
        from one text to the next.
        """
        return None

    def _loaded(self) -> Detector:
        if self._detector is None:
            from maskwell.detection import shared_detector  # noqa: PLC0415  # on first use

            self._detector = shared_detector()
        return self._detector
