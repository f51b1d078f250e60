"""Opening a dropped file once, so that nothing swapped in its place can be read instead.

Every folder on the way and the file itself are opened without following links, and all that
is asked or read afterwards goes through that one descriptor. Invariant: the bytes returned are
those of a regular file with one name, below the watched folder, that no one was writing to.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from maskwell.errors import InputTooLarge, InputUnreadable
from maskwell.watching.arrivals import Look

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["StillChanging", "Taken", "VanishedError", "folder_of", "look_at", "take"]

_CHUNK_BYTES = 1 << 20
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_FILE = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)
_HAS_FOLDER_HANDLES = os.open in os.supports_dir_fd
_LATER = {errno.ESTALE, errno.ETIMEDOUT, errno.EBUSY, errno.EINTR, errno.EMFILE, errno.ENFILE}
"""A server that is away for a moment, or too much open at once: no fault of the file."""
_SET_LEASE, _SET_SIGNAL = 1024, 10
_READ_LEASE, _NO_LEASE = 0, 2


class StillChanging(Exception):
    """The file is being written; look at it again later. Never leaves this room."""


class VanishedError(Exception):
    """The file is not there any more. Never leaves this room."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file's bytes and what it looked like while they were read."""

    data: bytes
    look: Look


def take(root: Path, relative: str, *, most_bytes: int) -> Taken:
    """Read a file below `root`.

    Args:
        root: the watched folder.
        relative: the file's path below it, with slashes.
        most_bytes: the largest file that is read.

    Raises:
        StillChanging, VanishedError: not now, or never again.
        InputUnreadable: it is a link, has a second name, is no regular file, or is forbidden.
        InputTooLarge: it holds more than `most_bytes`.
    """
    with _translated(), folder_of(root, relative) as folder:
        handle = _open(folder, root, relative)
        try:
            return _read(handle, most_bytes)
        finally:
            os.close(handle)


@contextmanager
def folder_of(root: Path, relative: str) -> Iterator[int | None]:
    """Give a descriptor of the folder a file is in, reached without following a link.

    None where the system has no such descriptors (Windows).
    """
    if not _HAS_FOLDER_HANDLES:
        yield None
        return
    handle = os.open(root, _FOLDER & ~getattr(os, "O_NOFOLLOW", 0))
    try:
        for part in PurePosixPath(relative).parts[:-1]:
            inner = os.open(part, _FOLDER, dir_fd=handle)
            os.close(handle)
            handle = inner
        yield handle
    finally:
        os.close(handle)


def look_at(root: Path, relative: str) -> Look | None:
    """Return what stands under a name now, links not followed; None when nothing does."""
    try:
        return Look.of(Path(root, relative).lstat())
    except OSError:
        return None


def _open(folder: int | None, root: Path, relative: str) -> int:
    if folder is None:
        path = root / relative
        if path.is_symlink():
            raise OSError(errno.ELOOP, "link")
        return os.open(path, _FILE)
    return os.open(PurePosixPath(relative).name, _FILE, dir_fd=folder)


def _read(handle: int, most_bytes: int) -> Taken:
    before = os.fstat(handle)
    if not stat.S_ISREG(before.st_mode):
        raise InputUnreadable("It is no regular file; put the file itself into the folder.")
    if before.st_nlink != 1:
        raise InputUnreadable("It has a second name (a hard link); put a copy into the folder.")
    if before.st_size > most_bytes:
        raise InputTooLarge(f"It holds more than {most_bytes // 1_000_000} MB; split it.")
    if _is_being_written(handle):
        raise StillChanging
    chunks: list[bytes] = []
    left = before.st_size + 1
    while left > 0 and (chunk := os.read(handle, min(left, _CHUNK_BYTES))):
        chunks.append(chunk)
        left -= len(chunk)
    data, look = b"".join(chunks), Look.of(before)
    if len(data) != before.st_size or Look.of(os.fstat(handle)) != look:
        raise StillChanging
    return Taken(data, look)


def _is_being_written(handle: int) -> bool:
    """Whether a process has the file open for writing, where the kernel says so.

    A read lease is granted only while there is no writer. It is given back at once; the signal
    that would break it is made one that is ignored by default.
    """
    try:
        import fcntl  # noqa: PLC0415  # not on Windows
        import signal  # noqa: PLC0415  # beside it
    except ImportError:
        return False
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    try:
        fcntl.fcntl(handle, _SET_SIGNAL, signal.SIGURG)
        fcntl.fcntl(handle, _SET_LEASE, _READ_LEASE)
    except OSError as error:
        return error.errno == errno.EAGAIN
    with suppress(OSError):
        fcntl.fcntl(handle, _SET_LEASE, _NO_LEASE)
    return False


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise VanishedError from error
    except OSError as error:
        if error.errno in _LATER:
            raise StillChanging from error
        if error.errno in {errno.ELOOP, errno.EMLINK}:
            raise InputUnreadable(
                "It is a link, and links are not followed; put the file itself into the folder."
            ) from error
        raise InputUnreadable(f"It cannot be read ({error.strerror}).") from error
