"""Damage files in every way and count what goes wrong: nothing may.

    python scripts/bench/documents/mutants.py [COUNT] [SEED] [--pages]

COUNT (default 300; the promise is 20,000) mutants are made of a corpus of all formats: bits
flipped, pieces cut out, doubled, exchanged, the end cut off. With --pages the corpus is PDFs and
pictures alone, which take a hundred times as long, because what is in them is looked at. Each
goes the whole way of a file. It may be refused with a sentence, or come out as a verified copy
without the planted person; anything else is a fault: an error that is none of ours, a person in
a copy, or more than 90 seconds. Prints how many were refused and released, and the faults.
"""

from __future__ import annotations

import random
import re
import sys
import time
from pathlib import Path

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE), str(_HERE.parents[2] / "tests")]

from planted import People, corpus, pages  # noqa: E402  # beside this script

from maskwell.documents import Edit, sanitise  # noqa: E402  # after the path is set
from maskwell.errors import MaskwellError  # noqa: E402  # likewise
from support.hunting import left_in  # noqa: E402  # likewise

_LONGEST_S = 90.0


def mutant(data: bytes, dice: random.Random) -> bytes:
    """Return damaged bytes."""
    way = dice.randrange(5)
    at = dice.randrange(len(data))
    size = min(dice.randrange(1, 200), len(data) - at)
    if way == 0:
        return data[:at]
    if way == 1:
        return data[:at] + data[at + size :]
    if way == 2:
        return data[: at + size] + data[at:]
    if way == 3:
        other = dice.randrange(len(data))
        return data[:at] + data[other : other + size] + data[at + size :]
    flipped = bytearray(data)
    for _ in range(dice.choice((1, 1, 3, 10, 40))):
        flipped[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(flipped)


def protecting(planted: list[str]):  # a callable as sanitise takes it
    """Return what finds the planted people in texts."""
    pattern = re.compile("|".join(map(re.escape, planted)))
    return lambda texts: [
        [Edit(*m.span(), "[PERSON_1QX]") for m in pattern.finditer(text)] for text in texts
    ]


def run(count: int, seed: int, *, of_pages: bool = False) -> dict[str, int]:
    """Send mutants the whole way; print the faults and return the tally."""
    dice = random.Random(seed)
    people = People()
    made = pages(people) if of_pages else corpus(people, with_pages=False)
    files = [(one.name, one.data) for one in made]
    planted = people.planted
    protect = protecting(planted)
    tally = {"files": len(files), "refused": 0, "released": 0, "faults": 0}
    start = time.perf_counter()
    for number in range(count):
        name, data = files[number % len(files)]
        damaged, began = mutant(data, dice), time.perf_counter()
        fault = ""
        try:
            safe = sanitise(damaged, name, protect=protect, known_values=lambda: planted)
        except MaskwellError:
            tally["refused"] += 1
        except Exception as error:  # noqa: BLE001  # a fault is counted, and the next one follows
            fault = type(error).__name__
        else:
            tally["released"] += 1
            fault = "a person in the copy" if left_in(safe.data, planted, is_seen=of_pages) else ""
        if time.perf_counter() - began > _LONGEST_S:
            fault = fault or "too long"
        if fault:
            tally["faults"] += 1
            print(f"mutant {number} of file {number % len(files)} ({Path(name).suffix}): {fault}")
        if number % 1000 == 999:
            print(f"{number + 1} mutants, {time.perf_counter() - start:.0f} s: {tally}", flush=True)
    return tally


def main() -> None:
    numbers = [int(one) for one in sys.argv[1:] if one.isdigit()]
    count, seed = (numbers + [300, 1][len(numbers) :])[:2]
    start = time.perf_counter()
    tally = run(count, seed, of_pages="--pages" in sys.argv)
    print(f"{count} mutants in {time.perf_counter() - start:.0f} s: {tally}")
    sys.exit(tally["faults"] > 0)


if __name__ == "__main__":
    main()
