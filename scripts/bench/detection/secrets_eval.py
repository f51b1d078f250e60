"""Score secret scanners side by side: on real code (when the data is there) and on a built set.

    python scripts/bench/detection/secrets_eval.py [--peers PYTHON] [--data FILE]

`--peers` is an interpreter that has credsweeper and detect-secrets installed. A true secret
counts as found when at least 80 % of its characters are covered; a look-alike is a false
alarm when at least half of it is, or, for a whole line, when a finding touches it outside the
places listed as other secrets.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from secrets_built import rows as built_rows

_HERE = Path(__file__).parent
_DATA = _HERE.parents[2].parent / "shared" / "data" / "secrets" / "creddata_dev.jsonl"

Span = tuple[int, int]
Case = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", help="an interpreter with credsweeper and detect-secrets")
    parser.add_argument("--data", type=Path, default=_DATA, help="a CredData-style JSONL file")
    options = parser.parse_args()
    scanners = {"maskwell": sys.executable}
    if options.peers:
        for name in ("credsweeper", "credsweeper-rules", "detect-secrets"):
            scanners[name] = options.peers
    sets = {"built from public formats": _built_cases()}
    if options.data.is_file():
        real = [json.loads(line) for line in options.data.read_text("utf8").splitlines()]
        sets["real code, all kinds"] = real
        sets["real code, secrets only"] = [case for case in real if case["kind"] == "secret"]
    for title, cases in sets.items():
        _print_table(title, cases, scanners)


def _built_cases() -> list[Case]:
    cases: list[Case] = []
    for text, start, end in built_rows():
        span = [] if start is None else [[start, end]]
        label = "F" if start is None else "T"
        cases.append(
            {"text": text, "label": label, "spans": span, "line_span": [0, len(text)], "other": []}
        )
    return cases


def _print_table(title: str, cases: list[Case], scanners: dict[str, str]) -> None:
    positives = sum(case["label"] == "T" for case in cases)
    print(f"\n{title}: {positives} secrets, {len(cases) - positives} look-alikes")
    print(f"{'':18}{'P':>7}{'R':>7}{'F1':>7}{'chars/s':>12}")
    for name, python in scanners.items():
        answer = _scan(python, name, [case["text"] for case in cases])
        precision, recall, f1 = _score(cases, answer["spans"])
        speed = sum(len(case["text"]) for case in cases) / answer["seconds"]
        print(f"{name:18}{precision:7.3f}{recall:7.3f}{f1:7.3f}{speed:12,.0f}")


def _scan(python: str, name: str, texts: list[str]) -> dict[str, Any]:
    lines = "\n".join(json.dumps(text) for text in texts)
    command = [python, str(_HERE / "secrets_peer.py"), name]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _score(cases: list[Case], found: list[list[Span]]) -> tuple[float, float, float]:
    hits = misses = alarms = 0
    for case, spans in zip(cases, found, strict=True):
        if case["label"] == "T":
            is_hit = all(_covered((a, b), spans) >= 0.8 for a, b, *_ in case["spans"])
            hits += is_hit
            misses += not is_hit
        else:
            alarms += _is_alarm(case, spans)
    precision = hits / max(1, hits + alarms)
    recall = hits / max(1, hits + misses)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _is_alarm(case: Case, spans: list[Span]) -> bool:
    if case["spans"]:
        return any(_covered((a, b), spans) >= 0.5 for a, b, *_ in case["spans"])
    start, end = case["line_span"]
    return any(
        start <= a < end and not any(a < other[1] and other[0] < b for other in case["other"])
        for a, b in spans
    )


def _covered(span: Span, spans: list[Span]) -> float:
    start, end = span
    return sum(max(0, min(end, b) - max(start, a)) for a, b in spans) / max(1, end - start)


if __name__ == "__main__":
    main()
