"""Several processes with one vault open, of which one writes at a time.

A command or the terminal app may have the vault open for long and write seldom. Such a shared
session takes the writer's lock for each transaction alone, and before it writes it looks
whether the vault is still the one it opened.

Invariant: a thread that wants the database's lock as well takes that one first; the other way
round two threads would wait for each other for ever.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from maskwell.vault.lock import WriterLock

__all__ = ["Turns"]


class Turns:
    """A context manager around every write; a turn inside a turn is the same one.

    Args:
        lock: the writer's lock of this vault.
        look: called at the beginning of each turn, with the lock held; what it raises ends
            the turn before anything is written.
    """

    def __init__(self, lock: WriterLock, look: Callable[[], None]) -> None:
        self._lock = lock
        self._look = look
        self._own = threading.RLock()
        self._depth = 0
        self.wait_s: float | None = None
        """How long a turn is waited for, in seconds; None leaves it to the lock."""

    def __enter__(self) -> None:
        self._own.acquire()
        try:
            if not self._depth:
                self._begin()
        except BaseException:
            self._own.release()
            raise
        self._depth += 1

    def __exit__(self, *_: object) -> None:
        self._depth -= 1
        if not self._depth:
            self._lock.release()
        self._own.release()

    def _begin(self) -> None:
        self._lock.acquire(wait_s=self.wait_s)
        try:
            self._look()
        except BaseException:
            self._lock.release()
            raise
