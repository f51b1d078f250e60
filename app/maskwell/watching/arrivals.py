"""Files that were seen and may still be being written: they wait here until they stand still.

Invariant: a file is handed out once, in the order in which it was first seen, and only when its
size, time and identity have not changed for a while.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

__all__ = ["Arrivals", "Look"]


@dataclass(frozen=True, slots=True)
class Look:
    """What a file looked like at one moment."""

    device: int
    inode: int
    size: int
    mtime_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> Look:
        """Return what a status says."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


@dataclass(slots=True)
class _Waiting:
    look: Look
    due: float


class Arrivals:
    """The files that have not settled.

    Args:
        settle_s: how long a file must stand still, in seconds.
        clock: seconds that only grow.
        wall: seconds since 1970, as files are stamped with.
    """

    def __init__(
        self, settle_s: float, clock: Callable[[], float], wall: Callable[[], float]
    ) -> None:
        self._settle_s = settle_s
        self._clock = clock
        self._wall = wall
        self._waiting: dict[str, _Waiting] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def __contains__(self, path: str) -> bool:
        return path in self._waiting

    def seen(self, path: str, look: Look) -> None:
        """Note that a file is there and what it looks like."""
        waiting = self._waiting.get(path)
        if waiting is None:
            age_s = self._wall() - look.mtime_ns / 1e9
            due = self._clock() + (0.0 if age_s > self._settle_s else self._settle_s)
            self._waiting[path] = _Waiting(look, due)
        elif waiting.look != look:
            self._again(waiting, look)

    def again(self, path: str, look: Look) -> None:
        """Note that a file stood still and was being written all the same."""
        self._waiting[path] = _Waiting(look, self._clock() + self._settle_s)

    def settled(self, look_at: Callable[[str], Look | None]) -> list[tuple[str, Look]]:
        """Take out the files that stand still.

        Args:
            look_at: what a file looks like now; None when it is gone.
        """
        now = self._clock()
        out: list[tuple[str, Look]] = []
        gone: list[str] = []
        for path, waiting in self._waiting.items():
            if waiting.due > now:
                continue
            look = look_at(path)
            if look is None:
                gone.append(path)
            elif look == waiting.look:
                out.append((path, look))
            else:
                self._again(waiting, look)
        for path in [*gone, *(path for path, _ in out)]:
            del self._waiting[path]
        return out

    def _again(self, waiting: _Waiting, look: Look) -> None:
        waiting.look, waiting.due = look, self._clock() + self._settle_s
