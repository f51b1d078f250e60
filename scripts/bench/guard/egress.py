"""Measure the egress scan: 100 KB of request, 10,000 known values.

    python scripts/bench/guard/egress.py

Prints the processor time of building the scanner, of one scan with it, and of searching the
same body for the same values one by one with `in`, which sees no disguise at all.
"""

from __future__ import annotations

import json
import random
import string
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "app"))

from maskwell.guard import KnownValueScanner, scan_request  # noqa: E402  # found just above

if TYPE_CHECKING:
    from collections.abc import Callable


def word(rng: random.Random, size: int) -> str:
    """Return an invented word."""
    return "".join(rng.choices(string.ascii_lowercase, k=size))


def best(work: Callable[[], object], times: int = 9) -> float:
    """Return the least processor time of several runs, in milliseconds."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken) * 1e3


def main() -> None:
    """Measure and print."""
    rng = random.Random(1)
    known = [
        f"{word(rng, 5).title()} {word(rng, 8).title()}" if n % 2 else f"{word(rng, 9)}@example.com"
        for n in range(10_000)
    ]
    prose = " ".join(word(rng, rng.randint(2, 9)) for _ in range(15_900))
    turns = [
        {"role": "user", "content": prose[at : at + 5000]} for at in range(0, len(prose), 5000)
    ]
    body = json.dumps({"model": "small", "messages": turns}).encode()
    scanner = KnownValueScanner(known)
    text = body.decode()
    rows = {
        "build the scanner": best(lambda: KnownValueScanner(known)),
        "scan with it": best(lambda: scanner.scan_request(body)),
        "both (scan_request)": best(lambda: scan_request(body, {}, known)),
        "one by one with `in`, plain only": best(lambda: [v for v in known if v in text], 3),
    }
    print(f"{len(body):,} bytes, {len(known):,} values")
    for name, taken in rows.items():
        print(f"  {name:36}{taken:8.1f} ms {taken / rows['scan with it']:8.1f} ×")


if __name__ == "__main__":
    main()
