"""Measure the name tagger: strict scores on marked text, false findings on clean text.

    python scripts/bench/detection/ner_eval.py [--data ../shared/data] [--model FOLDER] [--show N]

Marked text is used where the corpora folder is there; of GUM, the documents that no training
saw and no choice was made by ("gum"). A span counts when label, start and end
agree; for synth_v2 when nine tenths of the joined characters do. `--sweep` prints what other
thresholds would give.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(_ROOT / "scripts" / "train"), str(Path(__file__).resolve().parent)]

from clean_set import clean_set  # noqa: E402  # found by the path above
from tagger.corpora import held_out, read_corpus  # noqa: E402  # likewise
from tagger.example import Example, upper_or_lower  # noqa: E402  # likewise

from maskwell.detection.ner import NameTagger, TaggedSpan  # noqa: E402  # likewise

Labels = tuple[str, ...]

_SETS = ("ewt_dev.iob2", "wnut17_dev.conll", "btc_dev.conll", "gum_open.jsonl")
_SYNTH = {
    "PERSON": ("PERSON",), "STREET_ADDRESS": ("ADDRESS", "PLACE"), "GPE": ("PLACE", "ADDRESS"),
    "ORGANIZATION": ("ORG",), "DATE_TIME": ("DATE", "DOB"), "AGE": ("AGE",), "NRP": ("GROUP",),
}  # fmt: skip


def _figures(hit: int, found: int, true: int) -> str:
    precision, recall = hit / max(1, found), hit / max(1, true)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  of {true}"


def _marked(tagger: NameTagger, examples: list[Example], name: str, labels: Labels) -> None:
    hit, found, true = Counter[str](), Counter[str](), Counter[str]()
    for example in examples:
        truth = {(s.label, s.start, s.end) for s in example.spans if s.label in example.known}
        skip = [(s.start, s.end) for s in example.spans if s.label not in example.known]
        for span in tagger.tag(example.text):
            key = (span.label, span.start, span.end)
            open_ = any(span.start < end and start < span.end for start, end in skip)
            if span.label in example.known and not open_:
                found[span.label] += 1
                hit[span.label] += key in truth
        true.update(label for label, _, _ in truth)
    for label in labels:
        print(f"  {name:18} {label:8} {_figures(hit[label], found[label], true[label])}")


def _overlap(span: TaggedSpan, start: int, end: int) -> float:
    both = min(span.end, end) - max(span.start, start)
    return both / (max(span.end, end) - min(span.start, start)) if both > 0 else 0.0


def _synth(tagger: NameTagger, path: Path) -> None:
    hit, true, found = Counter[str](), Counter[str](), Counter[str]()
    right = 0
    for row in json.loads(path.read_text(encoding="utf-8")):
        spans = tagger.tag(row["full_text"])
        people = [s for s in row["spans"] if s["entity_type"] in ("PERSON", "TITLE")]
        for span in spans:
            found[span.label] += 1
            if span.label == "PERSON":
                right += any(
                    _overlap(span, p["start_position"], p["end_position"]) >= 0.9 for p in people
                )
        for item in row["spans"]:
            kind, labels = item["entity_type"], _SYNTH.get(item["entity_type"], ())
            true[kind] += bool(labels)
            hit[kind] += any(
                s.label in labels
                and _overlap(s, item["start_position"], item["end_position"]) >= 0.9
                for s in spans
            )
    for kind in _SYNTH:
        recall = hit[kind] / max(1, true[kind])
        print(f"  synth_v2           {kind:15} R {recall:.3f}  of {true[kind]}")
    print(f"  synth_v2           PERSON P {right / max(1, found['PERSON']):.3f}")


def _clean(tagger: NameTagger, show: int) -> None:
    words_in_all = false_in_all = 0
    seen: Counter[tuple[str, str, str]] = Counter()
    for kind, texts in clean_set().items():
        words, false = sum(len(t.split()) for t in texts), Counter[str]()
        for text in texts:
            for span in tagger.tag(text):
                false[span.label] += 1
                around = text[max(0, span.start - 15) : span.start] + "«"
                seen[kind, span.label, around + text[span.start : span.end] + "»"] += 1
        count = sum(false.values())
        words_in_all, false_in_all = words_in_all + words, false_in_all + count
        rate = 1000 * count / words
        print(f"  clean {kind:10} {words:6} words  {rate:6.2f} false per 1,000  {dict(false)}")
    rate = 1000 * false_in_all / words_in_all
    print(f"  clean {'all':10} {words_in_all:6} words  {rate:6.2f} false per 1,000")
    for (kind, label, value), count in seen.most_common(show):
        print(f"    {count:3} {kind:8} {label:8} {value!r}")


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", type=Path, default=_ROOT.parent / "shared" / "data")
    parser.add_argument("--model", type=Path, help="a folder other than the shipped assets/ner")
    parser.add_argument("--show", type=int, default=0, help="print so many false findings")
    parser.add_argument("--threshold", type=float, help="one threshold for all labels")
    options = parser.parse_args()
    started = time.perf_counter()
    least = options.threshold
    tagger = NameTagger(options.model)
    if least is not None:
        tagger = NameTagger(options.model, dict.fromkeys(tagger.load().labels, least))
    tagger.load()
    print(f"  loaded in {time.perf_counter() - started:.2f} s")
    for name in _SETS:
        if (options.data / "ner" / name).is_file():
            examples = read_corpus(options.data / "ner", name)
            if name.startswith("gum"):
                kept_back = held_out(examples)
                examples = [e for e in examples if e.document in kept_back]
            _marked(tagger, examples, name.split("_")[0], ("PERSON", "PLACE", "ORG"))
            if name.startswith("ewt"):
                for case, upper in (("ewt lower", False), ("ewt UPPER", True)):
                    written = [upper_or_lower(e, upper=upper) for e in examples]
                    _marked(tagger, written, case, ("PERSON",))
    if (path := options.data / "pii" / "presidio_synth_v2.json").is_file():
        _synth(tagger, path)
    _clean(tagger, options.show)


if __name__ == "__main__":
    main()
