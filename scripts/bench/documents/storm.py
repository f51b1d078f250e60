"""What a storm of file events over a watched folder costs, and whether a file gets lost in it.

    python scripts/bench/documents/storm.py [FILES] [PIECES]

Four writers make FILES (default 2,000) files, each of them in PIECES (default 10) pieces that are
opened, written and closed one by one, and renamed at the end: at least three events a piece and
two a file. Names are sought by rules alone. Prints how many files came out whole, how many are
missing, were done twice or still show an address, and the memory of this process.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from threading import Thread

from maskwell.detection import shared_detector
from maskwell.shield import Shield
from maskwell.watching import FolderWatch, OpenDoor, WatchSettings

_WRITERS = 4
_TOGETHER = 50
_PATIENCE_S = 900.0


def memory_mb() -> float:
    """Return the memory this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def write(folder: Path, numbers: list[int], pieces: int) -> None:
    """Write files piece by piece, some of them side by side."""
    for first in range(0, len(numbers), _TOGETHER):
        paths = [folder / f"{one % 7}" / f"{one}.part" for one in numbers[first:][:_TOGETHER]]
        for piece in range(pieces):
            for path in paths:
                path.parent.mkdir(exist_ok=True)
                with path.open("a") as file:
                    file.write(f"line {piece} {path.stem} a{path.stem}@example.com\n")
        for path in paths:
            path.rename(path.with_suffix(".txt"))


def settled(watch: FolderWatch, files: int) -> float:
    """Wait until all is done; return the most memory that was held, in MB."""
    most, end = memory_mb(), time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        most = max(most, memory_mb())
        now = watch.snapshot()
        if now.finished >= files and not now.left:
            break
        time.sleep(0.2)
    return most


def main() -> None:
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    pieces = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    detector = shared_detector(names=False)
    detector.detect("Dear Jane Doe, hello.")
    sources: list[str] = []
    with (
        tempfile.TemporaryDirectory() as place,
        Shield.create(Path(place, "home"), "seven quiet otters", detector=detector) as shield,
    ):
        folder, out = Path(place, "in"), Path(place, "out")
        folder.mkdir()
        settings = WatchSettings.checked(folder, out, scope="storm")
        door = OpenDoor(lambda: shield)
        watch = FolderWatch(
            settings, door, on_outcome=lambda one: sources.append(one.source)
        ).start()
        while not watch.snapshot().is_running:
            time.sleep(0.05)
        before, start = memory_mb(), time.perf_counter()
        numbers = [list(range(one, files, _WRITERS)) for one in range(_WRITERS)]
        threads = [Thread(target=write, args=(folder, some, pieces)) for some in numbers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        written_s, most = time.perf_counter() - start, settled(watch, files)
        watch.stop(60)
        spent_s = time.perf_counter() - start
        copies = [one.read_text() for one in out.rglob("*.txt")]
        whole = sum(one.count("line") == pieces and "@example.com" not in one for one in copies)
    times = Counter(sources)
    print(
        f"at least {files * (3 * pieces + 2):,} events in {written_s:.0f} s: {whole} of {files} "
        f"files whole and safe after {spent_s:.0f} s, {files - len(times)} missing, "
        f"{sum(count > 1 for count in times.values())} done twice; memory {before:.0f} MB before, "
        f"{most:.0f} MB at most"
    )


if __name__ == "__main__":
    main()
