"""The detector in Presidio's sockets: an `AnalyzerEngine` made of our parts.

For programs that speak Presidio, and for Presidio recognisers that someone wants beside
ours. Three of its parts are replaced because they are quadratic or heavy: the NLP engine
(one light scan, no language model and no download), the context enhancer (a cue is looked
up, not searched for) and the removal of duplicates (one sorted sweep).

Presidio brings spaCy, a second of start-up; so `Detector.detect` goes to the same
recognisers directly and this module is loaded only where an analyzer is asked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from presidio_analyzer import (
    AnalyzerEngine,
    ContextAwareEnhancer,
    EntityRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine
from spacy.tokens import Doc
from spacy.vocab import Vocab

from maskwell.detection.recognizers.base import Match
from maskwell.detection.resolve import resolve
from maskwell.entity_types import EntityType
from maskwell.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from maskwell.detection.recognizers.base import Recognizer
    from maskwell.detection.scan import Scan, Scanner

__all__ = ["MaskwellAnalyzer"]

_LANGUAGE = "en"
_NEAR = 40
"""How many characters before a result its recogniser's context words count."""
_BOOST = 0.35
_FLAGS = re.DOTALL | re.MULTILINE | re.IGNORECASE


class ScanArtifacts(NlpArtifacts):
    """What our one pass found, in the place of spaCy's document."""

    def __init__(self, scan: Scan, engine: NlpEngine) -> None:
        super().__init__([], Doc(Vocab()), [], [], engine, _LANGUAGE)
        self.scan = scan


class LightNlpEngine(NlpEngine):
    """Presidio's NLP socket filled with our scanner; loads and downloads nothing."""

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner

    def load(self) -> None:
        """Do nothing: there is no model."""

    def is_loaded(self) -> bool:
        """Return True, always."""
        return True

    def process_text(self, text: str, language: str) -> ScanArtifacts:  # noqa: ARG002  # one scan serves all languages
        """Return the scan of a text."""
        return ScanArtifacts(self._scanner.scan(fold(text)), self)

    def process_batch(
        self,
        texts: Iterable[str],
        language: str,
        batch_size: int = 1,  # noqa: ARG002  # the socket's signature
        n_process: int = 1,  # noqa: ARG002  # likewise
        **kwargs: object,  # noqa: ARG002  # likewise
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        """Yield each text with its scan."""
        for text in texts:
            yield text, self.process_text(text, language)

    def is_stopword(self, word: str, language: str) -> bool:  # noqa: ARG002  # the socket's signature
        """Return False: nothing here reads stop words."""
        return False

    def is_punct(self, word: str, language: str) -> bool:  # noqa: ARG002  # the socket's signature
        """Return whether no letter or digit is in the word."""
        return not any(c.isalnum() for c in word)

    def get_supported_entities(self) -> list[str]:
        """Return none: the scan names nothing itself."""
        return []

    def get_supported_languages(self) -> list[str]:
        """Return the one language code the analyzer is asked with."""
        return [_LANGUAGE]


class RecognizerSocket(EntityRecognizer):
    """One of our recognisers as Presidio knows them."""

    def __init__(self, recognizer: Recognizer) -> None:
        self._recognizer = recognizer
        super().__init__(
            supported_entities=[kind.value for kind in recognizer.entity_types],
            name=recognizer.name,
            supported_language=_LANGUAGE,
        )

    def load(self) -> None:
        """Do nothing: the recogniser is ready."""

    def analyze(
        self,
        text: str,  # noqa: ARG002  # the scan holds it
        entities: list[str],
        nlp_artifacts: NlpArtifacts,
    ) -> list[RecognizerResult]:
        """Return the recogniser's matches of the entities asked for."""
        if not isinstance(nlp_artifacts, ScanArtifacts):
            return []
        scan = nlp_artifacts.scan
        return [
            _result(match, scan)
            for match in self._recognizer.find(scan)
            if match.entity_type.value in entities
        ]


class LinearContextEnhancer(ContextAwareEnhancer):
    """Raises the score of foreign results that have one of their context words before them.

    Looks at a bounded stretch before each result, so its time is linear in the results.
    """

    def __init__(self) -> None:
        super().__init__(
            context_similarity_factor=_BOOST,
            min_score_with_context_similarity=0.4,
            context_prefix_count=5,
            context_suffix_count=0,
        )

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,  # noqa: ARG002  # the socket's signature
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        """Return the results, those beside their context words with a higher score."""
        words = {r.id: [*r.context, *(context or [])] for r in recognizers}
        for result in raw_results:
            source = result.recognition_metadata[RecognizerResult.RECOGNIZER_IDENTIFIER_KEY]
            before = text[max(0, result.start - _NEAR) : result.start].lower()
            if any(word.lower() in before.split() for word in words.get(source, ())):
                result.score = min(1.0, result.score + _BOOST)
        return raw_results


class MaskwellAnalyzer(AnalyzerEngine):
    """Presidio's engine with our recognisers; every step of `analyze` is linear in the text."""

    def __init__(self, recognizers: Iterable[Recognizer], scanner: Scanner) -> None:
        sockets = [RecognizerSocket(recognizer) for recognizer in recognizers]
        super().__init__(
            registry=RecognizerRegistry(recognizers=sockets, supported_languages=[_LANGUAGE]),
            nlp_engine=LightNlpEngine(scanner),
            context_aware_enhancer=LinearContextEnhancer(),
            supported_languages=[_LANGUAGE],
        )

    def analyze(  # noqa: PLR0917  # the socket's signature
        self,
        text: str,
        language: str = _LANGUAGE,
        entities: list[str] | None = None,
        correlation_id: str | None = None,  # noqa: ARG002  # the socket's signature
        score_threshold: float | None = None,
        return_decision_process: bool | None = None,  # noqa: ARG002  # likewise
        ad_hoc_recognizers: list[EntityRecognizer] | None = None,
        context: list[str] | None = None,
        allow_list: list[str] | None = None,
        allow_list_match: str | None = "exact",
        regex_flags: int | None = _FLAGS,
        nlp_artifacts: NlpArtifacts | None = None,  # noqa: ARG002  # likewise
    ) -> list[RecognizerResult]:
        """Return the results of all recognisers in the registry, sorted and without overlaps.

        The arguments are `AnalyzerEngine.analyze`'s. Ours serve every language alike, and
        give their reasons in each result's `recognition_metadata`.
        """
        artifacts = self.nlp_engine.process_text(text, language)
        recognizers = self.registry.get_recognizers(
            language=_LANGUAGE, entities=entities, all_fields=not entities
        )
        recognizers += ad_hoc_recognizers or []
        wanted = entities or sorted({e for r in recognizers for e in r.supported_entities})
        results = []
        for recognizer in recognizers:
            results += _named(recognizer.analyze(text, wanted, artifacts) or [], recognizer)
        results = self.context_aware_enhancer.enhance_using_context(
            text, results, artifacts, recognizers, context
        )
        least = self.default_score_threshold if score_threshold is None else score_threshold
        sure = [result for result in results if result.score >= least]
        if allow_list:
            sure = self._remove_allow_list(
                sure, allow_list, text, regex_flags, allow_list_match or "exact"
            )
        return _without_overlaps(sure, text)


def _named(results: list[RecognizerResult], recognizer: EntityRecognizer) -> list[RecognizerResult]:
    for result in results:
        metadata = result.recognition_metadata = result.recognition_metadata or {}
        metadata[RecognizerResult.RECOGNIZER_IDENTIFIER_KEY] = recognizer.id
        metadata.setdefault(RecognizerResult.RECOGNIZER_NAME_KEY, str(recognizer.name))  # type: ignore[has-type]  # set in an untyped branch
    return results


def _result(match: Match, scan: Scan) -> RecognizerResult:
    start, end = scan.folded.original_span(match.start, match.end)
    metadata = {
        RecognizerResult.RECOGNIZER_NAME_KEY: match.recognizer,
        "reason": match.reason,
        "subtype": match.subtype,
    }
    return RecognizerResult(
        match.entity_type.value, start, end, match.score, recognition_metadata=metadata
    )


def _without_overlaps(results: list[RecognizerResult], text: str) -> list[RecognizerResult]:
    """Settle overlaps as the detector does; a type it does not know ranks last."""
    by_claim = {}
    for number, result in enumerate(results):
        name = result.recognition_metadata[RecognizerResult.RECOGNIZER_NAME_KEY]
        known = result.entity_type in EntityType.__members__
        kind = EntityType(result.entity_type) if known else EntityType.GROUP
        claim = Match(result.start, result.end, kind, result.score, name, str(number))
        by_claim[str(number)] = (claim, result)
    kept = []
    for claim in resolve((claim for claim, _ in by_claim.values()), text):
        result = by_claim[claim.reason][1]
        result.start, result.end = claim.start, claim.end
        kept.append(result)
    return kept
