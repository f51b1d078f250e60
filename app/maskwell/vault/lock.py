"""One process at a time has the vault open.

The lock is the operating system's, on a file of its own, so it goes when its holder goes,
however it dies. The holder writes its process id into the file for the one who waits.
`_try_lock` is the one place that differs between systems.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from typing import TYPE_CHECKING

from maskwell.errors import VaultBusy, VaultWriteFailed

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["WriterLock"]

_POLL_S = 0.01
_SHORT_S = 2.0
_COMMAND_S = 8.0
"""A holder younger than this is probably a command that will soon be done."""

if sys.platform == "win32":
    import msvcrt

    _LOCKED_BYTE = 1 << 30  # past the process id, which must stay readable

    def _try_lock(handle: int) -> bool:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class WriterLock:
    """Holds `path` from `acquire` to `release`; released by the system if the process dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None
        self._is_hurried = threading.Event()

    def acquire(self, *, wait_s: float | None = None) -> None:
        """Take the lock, waiting at most `wait_s` seconds.

        By default that is two seconds for a holder that has had the lock for long, say the
        terminal app, and up to eight for one that took it just now, so that commands started
        together get their turns. After `hurry` nobody is waited for.

        Raises:
            VaultBusy: another process has it; the message names its process id.
            VaultWriteFailed: the lock file cannot be made.
        """
        handle = self._open()
        started = time.monotonic()
        while not _try_lock(handle):
            patience = self._patience_s() if wait_s is None else wait_s
            if self._is_hurried.is_set() or time.monotonic() - started >= patience:
                holder = self.holder()
                os.close(handle)
                who = f"process {holder}" if holder else "another process"
                raise VaultBusy(f"The vault is open in {who}; close it there, then try again.")
            time.sleep(_POLL_S)
        self._handle = handle
        with contextlib.suppress(OSError):  # a full disk must not keep a reader out
            os.ftruncate(handle, 0)
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, str(os.getpid()).encode())

    def hurry(self) -> None:
        """Let every thread that waits here end its waiting, and none begin another."""
        self._is_hurried.set()

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def holder(self) -> int | None:
        """Return the process id written in the lock file, or None."""
        try:
            return int(self._path.read_text("ascii").strip())
        except (OSError, ValueError):
            return None

    def _patience_s(self) -> float:
        """Return how long to wait in all, by the age of the present holder's entry."""
        try:
            age = time.time() - self._path.stat().st_mtime
        except OSError:
            return _SHORT_S
        return _COMMAND_S if 0 <= age < _COMMAND_S else _SHORT_S

    def _open(self) -> int:
        try:
            return os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise VaultWriteFailed(
                f"The lock file {self._path} cannot be opened ({error.strerror}); "
                "check that the folder is yours and has space."
            ) from error
