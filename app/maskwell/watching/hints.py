"""What the system says about the watched folder, taken as hints: where to look, never what is so.

Events are lost when there are too many, and a watch on a folder that was deleted and made again
says nothing for ever while it claims to be alive. So an overflow and a changed root are told
apart, and the caller looks through the whole folder then, and every minute besides.
"""

from __future__ import annotations

import logging
import os
import sys
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["Hints"]

_MOST_HINTS = 20_000
"""More than these at once are not kept: the folder is looked through instead."""
_POLL_S = 2.0
_STOP_S = 5.0


class Hints:
    """Paths that something happened to, gathered by a watch that is renewed when it is dead.

    Args:
        folder: what is watched, with all below it.
        is_polling: look again and again instead of being told.
    """

    def __init__(self, folder: Path, *, is_polling: bool) -> None:
        self._folder = folder
        self._is_polling = is_polling
        self._paths: deque[str] = deque(maxlen=_MOST_HINTS)
        self._is_lossy = False
        self._observer: Any = None
        self._identity: tuple[int, int] | None = None
        self._anchor: int | None = None
        """The folder held open, so that no other folder can get its inode."""
        self._ear = _OverflowEar(self._overflowed)

    @property
    def is_there(self) -> bool:
        """Whether the folder is there and watched."""
        return self._identity is not None

    def start(self) -> None:
        """Begin to listen."""
        logging.getLogger("watchdog").addHandler(self._ear)
        self.renew()

    def stop(self) -> None:
        """Stop listening."""
        self._end()
        logging.getLogger("watchdog").removeHandler(self._ear)

    def renew(self) -> bool:
        """Watch the folder that has the name now; return whether that is another than before.

        True means that the folder is to be looked through.
        """
        now = _identity(self._folder)
        is_alive = self._observer is not None and self._observer.is_alive()
        if now == self._identity and (now is None or is_alive):
            return False
        self._end()
        if now is not None and (self._listen() or self._listen_by_polling()):
            self._identity = now
            self._anchor = _held_open(self._folder)
        return self._identity is not None

    def drain(self) -> tuple[list[str], bool]:
        """Return the paths gathered since the last time, and whether some may be missing."""
        paths = []
        with suppress(IndexError):
            while True:
                paths.append(self._paths.popleft())
        lossy, self._is_lossy = self._is_lossy, False
        return list(dict.fromkeys(paths)), lossy

    def heard(self, event: events.FileSystemEvent) -> None:
        """Keep what an event points at. Called by the watch's thread."""
        if len(self._paths) >= _MOST_HINTS - 1:
            self._is_lossy = True
        if isinstance(event, events.DirMovedEvent | events.DirCreatedEvent):
            # Its files may have been there before the watch on it was.
            self._is_lossy = True
        for path in (event.dest_path, event.src_path):
            if path and not event.is_directory:
                self._paths.append(path if isinstance(path, str) else path.decode())

    def _listen_by_polling(self) -> bool:
        """Do without the system, which has no more watches to give."""
        self._is_polling = True
        return self._listen()

    def _listen(self) -> bool:
        observer: Any = PollingObserver(timeout=_POLL_S) if self._is_polling else Observer()
        handler = events.FileSystemEventHandler()
        handler.on_any_event = self.heard  # type: ignore[method-assign]  # one method is all it needs
        try:
            observer.schedule(
                handler, str(self._folder), recursive=True, event_filter=_wanted(self._is_polling)
            )
            observer.start()
        except OSError:
            with suppress(Exception):
                observer.stop()
            return False
        self._observer = observer
        return True

    def _end(self) -> None:
        observer, self._observer, self._identity = self._observer, None, None
        anchor, self._anchor = self._anchor, None
        if anchor is not None:
            os.close(anchor)
        if observer is not None:
            with suppress(RuntimeError, OSError, KeyError):
                observer.stop()
                observer.join(_STOP_S)

    def _overflowed(self) -> None:
        self._is_lossy = True


class _OverflowEar(logging.Handler):
    """Hears the library say that events were lost, which it says nowhere but in its log."""

    def __init__(self, on_overflow: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._on_overflow = on_overflow

    def emit(self, record: logging.LogRecord) -> None:
        """Take any warning as the loss of events; what it says may hold names and goes nowhere."""
        del record
        self._on_overflow()


def _wanted(is_polling: bool) -> list[type[events.FileSystemEvent]]:  # which kind it is
    kinds: list[type[events.FileSystemEvent]] = [
        events.FileCreatedEvent,
        events.FileMovedEvent,
        events.FileClosedEvent,
        events.DirCreatedEvent,
        events.DirMovedEvent,
    ]
    if is_polling or sys.platform != "linux":
        kinds.append(events.FileModifiedEvent)
    return kinds


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _held_open(folder: Path) -> int | None:
    if os.name == "nt":
        return None
    try:
        return os.open(folder, os.O_RDONLY)
    except OSError:
        return None
