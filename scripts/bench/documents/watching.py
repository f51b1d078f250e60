"""How fast a watched folder works off small files, and how much memory it holds meanwhile.

    python scripts/bench/documents/watching.py [FILES] [rules|full]

FILES (default 1,000) small text files with a person each are dropped at once; `full` (the
default) finds with everything, `rules` without the name model. Prints files a second, and the
memory of this process at the start, in the middle and at the end.
"""

from __future__ import annotations

import itertools
import resource
import sys
import tempfile
import time
from pathlib import Path

from maskwell.detection import shared_detector
from maskwell.shield import Shield
from maskwell.watching import FolderWatch, OpenDoor, WatchSettings

_FIRST = "Ingeborg Casimir Leopold Mirabel Ottokar Philippa Quirin Rosamund Tiberius Wilhelmina"
_LAST = "Abendroth Birkenfeld Castellane Drummond Eisenhart Falkenrath Grosvenor Hollenbeck"
_TEXT = (
    "Dear {name},\n\ndelivery {number} was checked on arrival, two boxes were damaged, and the "
    "rest went to the store behind the hall. Write to {mail} with questions.\n\nYours, the hall\n"
)


def memory_mb() -> float:
    """Return the memory this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def drop(folder: Path, files: int) -> None:
    names = itertools.cycle(itertools.product(_FIRST.split(), _LAST.split()))
    for number, (first, last) in zip(range(files), names, strict=False):
        mail = f"{first}.{last}{number}@example.com".lower()
        text = _TEXT.format(name=f"{first} {last}", number=number, mail=mail)
        (folder / f"{number}.txt").write_text(text)


def main() -> None:
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    kind = sys.argv[2] if len(sys.argv) > 2 else "full"
    detector = shared_detector(names=kind == "full")
    detector.detect("Dear Jane Doe, hello.")
    marks: list[float] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "in")
        folder.mkdir()
        drop(folder, files)
        with Shield.create(Path(place, "home"), "seven quiet otters", detector=detector) as shield:
            settings = WatchSettings.checked(folder, Path(place, "out"), scope="bench")
            done = itertools.count(1)

            def on_outcome(_: object) -> None:
                if next(done) in {files // 10, files // 2, files}:
                    marks.append(memory_mb())

            watch = FolderWatch(settings, OpenDoor(lambda: shield), on_outcome=on_outcome)
            start, work = time.perf_counter(), time.process_time()
            end = watch.run(once=True)
            spent, work = time.perf_counter() - start, time.process_time() - work
    print(
        f"{end.done} of {files} files in {spent:.1f} s, {end.done / spent:.1f} a second "
        f"({work:.1f} CPU seconds), detection: {kind}; memory after a tenth, a half, all: "
        + ", ".join(f"{one:.0f} MB" for one in marks)
    )


if __name__ == "__main__":
    main()
