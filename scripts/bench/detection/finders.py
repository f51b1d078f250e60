"""Detectors to compare, each in a process of its own: ours, and peers with their interpreter.

Run as a program with a detector's name; reads one JSON list of texts from stdin and writes one
JSON object: `spans` ([[start, end, type]] for each text), `seconds` for each text (the median
of `--repeat` runs, after one to warm up), `start_s` to be ready, `peak_mib` of memory. Seconds
are of processor time over all threads, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import time
import warnings
from collections.abc import Callable

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # a peer's onnxruntime would report its use

Finder = Callable[[str], list[tuple[int, int, str]]]


def maskwell(*, names: bool = True) -> Finder:
    """Return our detector, with or without the name model."""
    from maskwell.detection import Detector

    detector = Detector(names=names)
    return lambda text: [(f.start, f.end, f.entity_type.value) for f in detector.detect(text)]


def presidio() -> Finder:
    """Return Presidio's pattern recognisers; its names need a language model of their own."""
    import spacy
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpArtifacts, SpacyNlpEngine

    class Blank(SpacyNlpEngine):
        def __init__(self) -> None:
            super().__init__()
            self.nlp = {"en": spacy.blank("en")}
            self.nlp["en"].max_length = 10**8

        def load(self) -> None:
            pass

        def is_loaded(self) -> bool:
            return True

        def process_text(self, text: str, language: str) -> NlpArtifacts:
            doc = self.nlp[language](text)
            offsets = [token.idx for token in doc]
            return NlpArtifacts([], doc, offsets, [t.text for t in doc], self, language)

    engine = AnalyzerEngine(nlp_engine=Blank())
    return lambda text: [(r.start, r.end, r.entity_type) for r in engine.analyze(text, "en")]


def argus() -> Finder:
    """Return argus-redact in its fast mode for English."""
    from argus_redact import redact

    def find(text: str) -> list[tuple[int, int, str]]:
        entities = redact(text, lang="en", detailed=True)[2]["entities"]
        return [(e["start"], e["end"], e["type"]) for e in entities]

    return find


def llm_redact() -> Finder:
    """Return llm-redact-proxy's built-in rules."""
    from llm_redact.detection import engine

    config = engine.DetectionConfig()
    detectors, allowed = engine.build_detectors(config), engine.build_allowlist(config)
    return lambda text: [
        (d.start, d.end, d.detector_type) for d in engine.detect_all(detectors, text, allowed)
    ]


def scrubadub() -> Finder:
    """Return scrubadub's default detectors."""
    import scrubadub as library

    scrubber = library.Scrubber()
    return lambda text: [(f.beg, f.end, f.type) for f in scrubber.iter_filth(text)]


def credsweeper() -> Finder:
    """Return CredSweeper with its model: secrets alone."""
    from credsweeper import CredSweeper
    from credsweeper.file_handler.string_content_provider import StringContentProvider

    warnings.simplefilter("ignore", DeprecationWarning)
    app = CredSweeper(ml_threshold="medium")

    def find(text: str) -> list[tuple[int, int, str]]:
        lines = text.split("\n")
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
        app.credential_manager.set_credentials(app.file_scan(StringContentProvider(lines)))
        app.post_processing(None)
        return [
            (begin := starts[data.line_pos] + data.value_start, begin + len(data.value), "SECRET")
            for candidate in app.credential_manager.candidates
            for data in candidate.line_data_list
            if data.value_start >= 0 and data.value
        ]

    return find


FINDERS: dict[str, Callable[[], Finder]] = {
    "maskwell": maskwell,
    "maskwell-rules": lambda: maskwell(names=False),
    "presidio": presidio,
    "argus-redact": argus,
    "llm-redact": llm_redact,
    "scrubadub": scrubadub,
    "credsweeper": credsweeper,
}


def main() -> None:
    """Find in the texts on stdin."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("finder", choices=FINDERS)
    parser.add_argument("--repeat", type=int, default=0)
    options = parser.parse_args()
    texts = json.load(sys.stdin)
    began = time.process_time()
    find = FINDERS[options.finder]()
    start_s = time.process_time() - began
    spans, seconds = [], []
    for text in texts:
        runs = []
        for _ in range(1 + options.repeat):
            began = time.process_time()
            found = find(text)
            runs.append(time.process_time() - began)
        spans.append(found)
        seconds.append(statistics.median(runs[1:] or runs))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report = {"spans": spans, "seconds": seconds, "start_s": start_s, "peak_mib": peak}
    sys.stdout.write("\n" + json.dumps(report))


if __name__ == "__main__":
    main()
