"""The detector: fold, scan once, let every recogniser look, settle overlaps, come home.

Stateless between calls and safe in several threads. Every step takes time linear in the
text, whatever the text is.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import cache, cached_property
from typing import TYPE_CHECKING

from maskwell.detection.consistency import repeated
from maskwell.detection.cues import CueFinder
from maskwell.detection.finding import EMPTY_LEXICON, Finding, Lexicon
from maskwell.detection.joining import joined
from maskwell.detection.recognizers import all_recognizers
from maskwell.detection.recognizers.logins import logins_beside_names
from maskwell.detection.recognizers.release_dates import without_log_stamps
from maskwell.detection.resolve import resolve
from maskwell.detection.scan import Scan, Scanner
from maskwell.detection.terms import find_terms
from maskwell.detection.years import years_beside_names
from maskwell.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from maskwell.detection.presidio import MaskwellAnalyzer
    from maskwell.detection.recognizers.base import Match, Recognizer
    from maskwell.entity_types import EntityType

__all__ = ["DEFAULT_THRESHOLD", "Detector", "shared_detector"]

DEFAULT_THRESHOLD = 0.5
"""The least score that is reported where the lexicon names no other."""


_LONG = 100_000
"""Characters from which the garbage collector's visits are felt."""


class Detector:
    """Finds what is private in a text."""

    def __init__(self, *, names: bool = True) -> None:
        """Load the recognisers.

        Args:
            names: also run the name model; False leaves rules and cues alone.

        Raises:
            IntegrityError: a file of the name model is missing or altered.
        """
        self.recognizers: tuple[Recognizer, ...] = tuple(all_recognizers(names=names))
        self._scanner = Scanner(self.recognizers, CueFinder(_vocabulary(self.recognizers)))
        self.names = names

    @cached_property
    def analyzer(self) -> MaskwellAnalyzer:
        """The same recognisers as a Presidio `AnalyzerEngine`; making it takes a second."""
        from maskwell.detection.presidio import (  # noqa: PLC0415  # brings Presidio and spaCy
            MaskwellAnalyzer,
        )

        return MaskwellAnalyzer(self.recognizers, self._scanner)

    def detect(
        self, text: str, lexicon: Lexicon = EMPTY_LEXICON, *, names: bool = True
    ) -> list[Finding]:
        """Return the private spans of `text`, sorted and without overlaps.

        Offsets are characters of `text` as given. Without `names` the name model does not read
        it: rules and cues alone, a hundred times as fast.

        Raises:
            ConfigError: one of the lexicon's patterns is not a regular expression.
        """
        return self.detect_all([text], lexicon, names=names)[0]

    def detect_all(
        self, texts: Sequence[str], lexicon: Lexicon = EMPTY_LEXICON, *, names: bool = True
    ) -> list[list[Finding]]:
        """Return the private spans of each of many texts, read by themselves as by `detect`.

        Raises:
            ConfigError: one of the lexicon's patterns is not a regular expression.
        """
        with _collector_at_rest(max(map(len, texts), default=0)):
            # In a call of its own, so that nothing but findings is left for the collector to see.
            return self._detect_all(texts, lexicon, names=names)

    def _detect_all(
        self, texts: Sequence[str], lexicon: Lexicon, *, names: bool
    ) -> list[list[Finding]]:
        scans = [self._scanner.scan(fold(text)) for text in texts]
        matches = find_terms(scans, lexicon.terms)
        for recognizer in self.recognizers:
            if names or not recognizer.is_slow:
                for found, more in zip(matches, recognizer.find_all(scans), strict=True):
                    found.extend(more)
        return [
            self._settled(scan, found, lexicon) if found else []
            for scan, found in zip(scans, matches, strict=True)
        ]

    def _settled(self, scan: Scan, matches: list[Match], lexicon: Lexicon) -> list[Finding]:
        alone = _left_alone(matches, lexicon, scan)
        standing = resolve(_sure_enough(matches, lexicon, scan, alone), scan.text)
        standing = years_beside_names(repeated(standing, scan), scan)
        standing = without_log_stamps(logins_beside_names(standing, scan.text), scan.text)
        standing = _sure_enough(joined(standing, scan.text), lexicon, scan, alone)
        return _at_home(standing, scan)


@contextmanager
def _collector_at_rest(characters: int) -> Iterator[None]:
    """Keep Python's garbage collector out of a long text's way: it finds no cycles here.

    It would walk every finding again and again, a quarter of the time of a megabyte.
    """
    if characters < _LONG or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _vocabulary(recognizers: tuple[Recognizer, ...]) -> dict[str, set[str]]:
    vocabulary: dict[str, set[str]] = {}
    for recognizer in recognizers:
        for kind, words in recognizer.cues.items():
            vocabulary.setdefault(kind, set()).update(words)
    return vocabulary


def _left_alone(matches: list[Match], lexicon: Lexicon, scan: Scan) -> bytearray:
    """Mark where an ignored value stands: a name inside an ignored e-mail is ignored with it."""
    alone = bytearray(len(scan.text) if lexicon.ignored else 0)
    if alone:
        ignored = {fold(value).text.casefold() for value in lexicon.ignored}
        for match in matches:
            if scan.text[match.start : match.end].casefold() in ignored:
                alone[match.start : match.end] = b"\x01" * (match.end - match.start)
    return alone


def _sure_enough(
    matches: list[Match], lexicon: Lexicon, scan: Scan, alone: bytearray
) -> list[Match]:
    thresholds: dict[EntityType, float] = dict(lexicon.thresholds)
    if thresholds:
        sure = [m for m in matches if m.score >= thresholds.get(m.entity_type, DEFAULT_THRESHOLD)]
    else:
        sure = [m for m in matches if m.score >= DEFAULT_THRESHOLD]
    if not alone:
        return sure
    ignored = {fold(value).text.casefold() for value in lexicon.ignored}
    return [
        m
        for m in sure
        if scan.text[m.start : m.end].casefold() not in ignored
        and (m.recognizer == "term" or alone.find(0, m.start, m.end) >= 0)
    ]


def _at_home(matches: list[Match], scan: Scan) -> list[Finding]:
    """Return the matches as findings, in characters of the text as given."""
    if not scan.folded.is_unchanged:
        spans = (scan.folded.original_span(match.start, match.end) for match in matches)
        matches = [m._replace(start=s, end=e) for m, (s, e) in zip(matches, spans, strict=True)]
    return [
        Finding(kind, start, end, score, recognizer, reason, subtype)
        for start, end, kind, score, recognizer, reason, subtype in matches
    ]


@cache
def shared_detector(*, names: bool = True) -> Detector:
    """Return the process's one detector of each kind."""
    return Detector(names=names)
