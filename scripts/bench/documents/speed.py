"""How long documents take: the file's work alone, and with detection by rules or by all.

    python scripts/bench/documents/speed.py [none|rules|full]

Files are made here: a Word file of 50 pages, a workbook of 100,000 cells, 1,000 small texts.
`none` (the default) replaces a few known names, so the time is reading, writing, verifying;
`rules` and `full` find with the detector as well.
"""

from __future__ import annotations

import os
import re
import sys
import time
from io import BytesIO

import docx
import openpyxl

from maskwell.documents import Edit, sanitise

_NAMES = ("Ingeborg Abendroth", "Casimir Birkenfeld", "Rosamund Drummond")
_SENTENCE = (
    "Delivery {number} for {name} was checked on arrival, two boxes were damaged, and the rest "
    "went to the store behind the hall where it waits for the next inspection. "
)


def word_file(pages: int) -> bytes:
    """Return a Word file of about 400 words a page."""
    document = docx.Document()
    for number in range(pages * 5):
        document.add_paragraph(_SENTENCE.format(name=_NAMES[number % 3], number=number) * 3)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def workbook(cells: int) -> bytes:
    """Return a workbook of ten columns with words and numbers."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("data")
    sheet.append([f"Column {letter}" for letter in "ABCDEFGHIJ"])
    for row in range(cells // 10):
        sheet.append([_NAMES[row % 3], f"item {row}", *range(row, row + 8)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def finder(kind: str):  # a callable as sanitise takes it
    """Return what finds values in texts."""
    if kind == "none":
        pattern = re.compile("|".join(_NAMES))
        return lambda texts: [
            [Edit(*m.span(), "[PERSON_1QX]") for m in pattern.finditer(t)] for t in texts
        ]
    from maskwell.detection import shared_detector  # only when asked for

    detector = shared_detector(names=kind == "full")
    return lambda texts: [
        [Edit(f.start, f.end, f"[{f.entity_type}_1QX]") for f in detector.detect(text)]
        for text in texts
    ]


def _work() -> float:
    """Return the CPU seconds this process and its children have used."""
    times = os.times()
    return sum((times.user, times.system, times.children_user, times.children_system))


def main() -> None:
    kind = sys.argv[1] if len(sys.argv) > 1 else "none"
    protect = finder(kind)
    known = list(_NAMES) if kind == "none" else []
    jobs = [
        ("docx, 50 pages", "a.docx", [word_file(50)], 2.0),
        ("xlsx, 100,000 cells", "a.xlsx", [workbook(100_000)], 20.0),
        (
            "txt, 1,000 small files",
            "a.txt",
            [_SENTENCE.format(name=_NAMES[0], number=1).encode()] * 1000,
            50.0,
        ),
    ]
    print(
        f"{'file':24} {'seconds':>8} {'of the limit':>13} {'CPU seconds':>12}   detection: {kind}"
    )
    for title, name, files, limit in jobs:
        start, before = time.perf_counter(), _work()
        for data in files:
            sanitise(data, name, protect=protect, known_values=lambda: known)
        spent, work = time.perf_counter() - start, _work() - before
        print(f"{title:24} {spent:8.2f} {spent / limit:13.2f} {work:12.2f}")


if __name__ == "__main__":
    main()
