"""Every figure of docs/detection.md, beside the peers' where they install.

    python scripts/bench/detection/run.py [--peers PYTHON] [--evaluator PYTHON] [--only TABLE]

`--peers` is an interpreter with presidio-analyzer, argus-redact, llm-redact-proxy, scrubadub and
credsweeper; `--evaluator` one with presidio-evaluator 0.3.2. What is not given is left out with
a note. The yardstick synth_v2 is read from ../shared/data when it is there. Secrets have a
benchmark of their own, `secrets_eval.py`, and the name model `ner_eval.py`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from clean_set import clean_set
from dense import chat, dense

_HERE = Path(__file__).resolve().parent
_SYNTH = _HERE.parents[2].parent / "shared" / "data" / "pii" / "presidio_synth_v2.json"
_OURS = ("maskwell", "maskwell-rules")
_PEERS = ("llm-redact", "argus-redact", "scrubadub", "presidio", "credsweeper")
_SLOW = {"presidio"}
"""Quadratic peers, which are not given a megabyte."""

Report = dict[str, Any]


class Bench:
    """Runs finders in processes of their own and prints tables."""

    def __init__(self, peers: str | None, evaluator: str | None) -> None:
        self._interpreters = dict.fromkeys(_OURS, sys.executable)
        if peers:
            self._interpreters |= dict.fromkeys(_PEERS, peers)
        self._evaluator = evaluator

    def finders(self, *, without: frozenset[str] = frozenset()) -> list[str]:
        """Return the names of those that can run."""
        return [name for name in self._interpreters if name not in without]

    def run(self, finder: str, texts: list[str], repeat: int = 0) -> Report | None:
        """Return a finder's report on texts, or None when it failed."""
        command = [self._interpreters[finder], str(_HERE / "finders.py"), finder]
        done = subprocess.run(
            [*command, "--repeat", str(repeat)],
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            print(f"  {finder:16} left out: {done.stderr.strip().splitlines()[-1][:90]}")
            return None
        report: Report = json.loads(done.stdout.splitlines()[-1])
        return report

    def synth(self) -> None:
        """Score all PII of synth_v2 with presidio-evaluator's SpanEvaluator, IoU 0.9."""
        print("\nsynth_v2, all PII, SpanEvaluator IoU 0.9")
        if not self._evaluator or not _SYNTH.is_file():
            print("  left out: needs --evaluator and ../shared/data/pii/presidio_synth_v2.json")
            return
        rows = json.loads(_SYNTH.read_text("utf8"))
        for finder in self.finders(without=frozenset({"credsweeper"})):
            report = self.run(finder, [row["full_text"] for row in rows])
            if report:
                self._score(finder, rows, report["spans"])

    def _score(self, finder: str, rows: list[Any], found: list[Any]) -> None:
        lines = [
            json.dumps(
                {
                    "text": row["full_text"],
                    "found": spans,
                    "gold": [
                        [s["start_position"], s["end_position"], s["entity_type"]]
                        for s in row["spans"]
                    ],
                }
            )
            for row, spans in zip(rows, found, strict=True)
        ]
        done = subprocess.run(
            [str(self._evaluator), str(_HERE / "span_score.py")],
            input="\n".join(lines),
            capture_output=True,
            text=True,
            check=True,
        )
        score = json.loads(done.stdout.splitlines()[-1])
        print(
            f"  {finder:16} F2 {score['f2']:.3f}  P {score['precision']:.3f}  "
            f"R {score['recall']:.3f}"
        )
        if finder == "maskwell":
            by_type = score["by_type"].items()
            print("    found " + ", ".join(f"{k} {n}/{total}" for k, (n, total) in by_type))

    def clean(self) -> None:
        """Count false findings on clean text, by kind of text."""
        texts = clean_set()
        words = {kind: sum(len(t.split()) for t in some) for kind, some in texts.items()}
        print(f"\nclean text, {sum(words.values()):,} words: false findings per 1,000 words")
        for finder in self.finders():
            counts = {}
            kinds: Counter[str] = Counter()
            for kind, some in texts.items():
                report = self.run(finder, some)
                if not report:
                    break
                counts[kind] = sum(map(len, report["spans"]))
                kinds.update(span[2] for spans in report["spans"] for span in spans)
            else:
                rate = 1000 * sum(counts.values()) / sum(words.values())
                parts = ", ".join(f"{k} {1000 * n / words[k]:.2f}" for k, n in counts.items())
                print(f"  {finder:16} {rate:5.2f}   ({parts}) {dict(kinds.most_common(4))}")

    def speed(self) -> None:
        """Time 2 KB of dense text, warm, and how it grows to a megabyte."""
        print("\ndense text, rules alone, processor time: 2 KB median warm, 100 KB, 1 MB (growth)")
        small, middle, large = dense(2048), dense(100_000), dense(1_000_000)
        for finder in self.finders(without=frozenset({"maskwell"})):
            report = self.run(finder, [small], repeat=40)
            if not report:
                continue
            long = [middle] if finder in _SLOW else [middle, large]
            rest = self.run(finder, long, repeat=1)
            seconds = rest["seconds"] if rest else []
            figures = f"{report['seconds'][0] * 1000:8.2f} ms"
            figures += "".join(f" {s:8.2f} s" for s in seconds)
            if len(seconds) == 2:
                figures += f" (x{seconds[1] / seconds[0]:.1f})"
            print(f"  {finder:16} {figures}  ready {report['start_s']:.2f} s")

    def chat(self) -> None:
        """Time a chat prompt with everything on, and a megabyte with its memory."""
        print("\neverything on, processor time: 1,000 characters of chat, warm; a document of 1 MB")
        report = self.run("maskwell", [chat(1000)], repeat=30)
        if report:
            print(f"  maskwell         {report['seconds'][0] * 1000:.1f} ms")
        prose = "\n\n".join(clean_set()["prose"])
        document = (prose * (1_000_000 // len(prose) + 1))[:1_000_000]
        report = self.run("maskwell", [document])
        if report:
            print(f"  maskwell         {report['seconds'][0]:.1f} s, {report['peak_mib']:.0f} MiB")


def main() -> None:
    """Print the tables asked for."""
    tables = {"synth": Bench.synth, "clean": Bench.clean, "speed": Bench.speed, "chat": Bench.chat}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", help="an interpreter that has the peers")
    parser.add_argument("--evaluator", help="an interpreter that has presidio-evaluator 0.3.2")
    parser.add_argument("--only", choices=tables, action="append")
    options = parser.parse_args()
    bench = Bench(options.peers, options.evaluator)
    if not options.peers:
        print("peers left out: give an interpreter that has them with --peers")
    for name in options.only or tables:
        tables[name](bench)
    if not options.only or "unicode" in options.only:
        print("\nUnicode tricks: pytest -m sec -k unicode (each loses at most one point)")


if __name__ == "__main__":
    main()
