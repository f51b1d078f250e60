"""Looking through the watched folder: every file below it, no link followed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from maskwell.watching.arrivals import Look

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maskwell.watching.settings import WatchSettings

__all__ = ["files_below", "is_passing"]

_PASSING_STARTS = (".", "~$")
_PASSING_ENDS = (".part", ".partial", ".crdownload", ".download", ".tmp", ".swp", "~", ".lock")
"""How programs call what they are still writing, and their own notes beside a document."""


def is_passing(name: str) -> bool:
    """Whether a name is that of a hidden, temporary or lock file, which is not taken."""
    lower = name.lower()
    return lower.startswith(_PASSING_STARTS) or lower.endswith(_PASSING_ENDS)


def files_below(settings: WatchSettings) -> Iterator[tuple[str, Look]]:
    """Yield the path below the watched folder and the look of everything that is no folder.

    Links are yielded as what they are, so that someone hears that they are not followed. What
    cannot be listed is passed over; the next round tries again.
    """
    waiting = [settings.folder]
    while waiting:
        folder = waiting.pop()
        subfolders = []
        for entry in _entries(folder):
            path = folder / entry.name
            try:
                if entry.is_dir(follow_symlinks=False):
                    if not settings.is_excluded(path) and not entry.name.startswith("."):
                        subfolders.append(path)
                elif not is_passing(entry.name):
                    look = Look.of(entry.stat(follow_symlinks=False))
                    yield path.relative_to(settings.folder).as_posix(), look
            except OSError:
                continue
        waiting += reversed(subfolders)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return a folder's entries, the oldest first: the order in which they came."""
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=_age)
    except OSError:
        return []


def _age(entry: os.DirEntry[str]) -> tuple[int, str]:
    try:
        return entry.stat(follow_symlinks=False).st_mtime_ns, entry.name
    except OSError:
        return 0, entry.name
