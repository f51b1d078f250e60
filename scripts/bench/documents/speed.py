"""How long documents take: the file's work alone, and with detection by rules or by all.

    python scripts/bench/documents/speed.py [none|rules|full] [docx] [xlsx] [pdf] [txt]

Files are made here: a Word file of 50 pages, a workbook of 100,000 cells, a PDF of 100 pages of
text, 1,000 small texts; without a choice, all of them. `none` (the default) replaces known names,
so the time is reading, writing, verifying; `rules` and `full` go through a shield with a vault
of its own, as `maskwell redact FILE -o` does, with the rules alone or with the name model too.
Seconds are of the clock; processor seconds are of this process and of its parsing children.
"""

from __future__ import annotations

import itertools
import os
import re
import sys
import tempfile
import time
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pikepdf

from maskwell.detection import shared_detector
from maskwell.documents import Edit, Sanitised, sanitise
from maskwell.shield import Shield
from maskwell.shield.files import sanitise_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FIRST = "Ingeborg Casimir Leopold Mirabel Ottokar Philippa Quirin Rosamund Tiberius Wilhelmina"
_LAST = "Abendroth Birkenfeld Castellane Drummond Eisenhart Falkenrath Grosvenor Hollenbeck"
_NAMES = [" ".join(pair) for pair in itertools.product(_FIRST.split(), _LAST.split())]
_SENTENCE = (
    "Delivery {number} for {name} was checked on arrival, two boxes were damaged, and the rest "
    "went to the store behind the hall where it waits for the next inspection. "
)
LIMITS_S = {"docx": 2.0, "xlsx": 20.0, "pdf": 15.0, "txt": 50.0}


def _sentence(number: int) -> str:
    return _SENTENCE.format(name=_NAMES[number % len(_NAMES)], number=number)


def word_file(pages: int) -> bytes:
    """Return a Word file of about 400 words a page."""
    document = docx.Document()
    for number in range(pages * 5):
        document.add_paragraph("".join(_sentence(3 * number + n) for n in range(3)))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def workbook(cells: int) -> bytes:
    """Return a workbook of ten columns with words and numbers."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("data")
    sheet.append([f"Column {letter}" for letter in "ABCDEFGHIJ"])
    for row in range(cells // 10):
        sheet.append([_NAMES[row % len(_NAMES)], f"item {row}", *range(row, row + 8)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def long_pdf(pages: int) -> bytes:
    """Return a PDF of pages of text, about 2,400 characters each."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for page in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
        rows = [_sentence(page * 15 + n) for n in range(15)]
        lines = "".join(f"({half}) Tj T* " for row in rows for half in (row[:84], row[84:]))
        made = pdf.pages[-1].obj
        made.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        made.Contents = pdf.make_stream(f"BT /F1 11 Tf 14 TL 40 800 Td {lines} ET".encode())
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


_FILES: dict[str, tuple[str, Callable[[], list[bytes]]]] = {
    "docx": ("docx, 50 pages", lambda: [word_file(50)]),
    "xlsx": ("xlsx, 100,000 cells", lambda: [workbook(100_000)]),
    "pdf": ("pdf, 100 pages of text", lambda: [long_pdf(100)]),
    "txt": ("txt, 1,000 small files", lambda: [_sentence(n).encode() for n in range(1_000)]),
}


def _by_known_names(data: bytes, name: str) -> Sanitised:
    pattern = re.compile("|".join(_NAMES))

    def protect(texts: list[str]) -> list[list[Edit]]:
        return [[Edit(*m.span(), "[PERSON_1QX]") for m in pattern.finditer(t)] for t in texts]

    return sanitise(data, name, protect=protect, known_values=lambda: _NAMES)


@contextmanager
def maker(kind: str) -> Iterator[Callable[[bytes, str], Sanitised]]:
    """Give what makes a file safe: by known names, or through a shield and a vault of its own."""
    if kind == "none":
        yield _by_known_names
        return
    detector = shared_detector(names=kind == "full")
    detector.detect("Dear Jane Doe, hello.")
    with (
        tempfile.TemporaryDirectory() as home,
        Shield.create(Path(home, "home"), "seven quiet otters", detector=detector) as shield,
    ):
        yield lambda data, name: sanitise_file(shield, data, name, scope="bench")


def work_s() -> float:
    """Return the processor seconds of this process and of its children, living or gone."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0.0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if os.getpid() in {int(entry.parent.name), int(fields[1])}:
            total += sum(map(int, fields[11:15])) / ticks
    return total


def main() -> None:
    kinds = [one for one in sys.argv[1:] if one not in _FILES] or ["none"]
    wanted = [one for one in sys.argv[1:] if one in _FILES] or list(_FILES)
    print(f"{'file':24} {'seconds':>8} {'of the limit':>13} {'CPU seconds':>12}   {kinds[0]}")
    with maker(kinds[0]) as make:
        for kind in wanted:
            title, build = _FILES[kind]
            files = build()
            start, before = time.perf_counter(), work_s()
            modes = {make(data, f"a.{kind}").mode for data in files}
            spent, work = time.perf_counter() - start, work_s() - before
            shown = f"{title:24} {spent:8.2f} {spent / LIMITS_S[kind]:13.2f} {work:12.2f}"
            print(f"{shown}   {'/'.join(modes)}", flush=True)


if __name__ == "__main__":
    main()
