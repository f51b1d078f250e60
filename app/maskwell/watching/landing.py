"""Putting a copy into its folder: whole, on the disk, under a name no one else has, or not at all.

Invariant: below the folder of the copies, outside `.maskwell`, there is never a file that is
not whole. What a killed run left unfinished is removed when the next begins.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import IO

from maskwell.errors import UsageError
from maskwell.watching.settings import OWN_FOLDER

__all__ = ["Landing"]

REPORTS_FOLDER = "maskwell-reports"
_LONGEST_NAME_BYTES = 200


class Landing:
    """The folder of the copies, held by one watcher at a time.

    Raises:
        UsageError: another watcher has it, or it cannot be written to.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.own = out / OWN_FOLDER
        self._unfinished = self.own / "unfinished"
        self._reserved: set[str] = set()
        self._names = Lock()
        try:
            self._unfinished.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._held = _lock(self.own / "lock")
            for left in self._unfinished.iterdir():
                left.unlink()
        except OSError as error:
            raise UsageError(f"{out} cannot be written to ({error.strerror}).") from error

    def close(self) -> None:
        """Let others have the folder."""
        self._held.close()

    def reserve(self, folder: str, name: str) -> str:
        """Return a free path below the folder of the copies, kept free until `release`."""
        stem, ending = _split(name)
        number = 1
        with self._names:
            while True:
                tail = ending if number == 1 else f"-{number}{ending}"
                path = str(PurePosixPath(folder, _fitting(stem, tail) + tail))
                if path.lower() not in self._reserved and not os.path.lexists(self.out / path):
                    self._reserved.add(path.lower())
                    return path
                number += 1

    def release(self, path: str) -> None:
        """Give a reserved path free again: it is used, or it is not needed."""
        with self._names:
            self._reserved.discard(path.lower())

    def write(self, path: str, data: bytes, *, is_synced: bool = True) -> None:
        """Put a file under a path: temporary file, fsync, rename, fsync of the folder.

        Without `is_synced` it is as whole for every reader, but a power cut may take it.

        Raises:
            OSError: the disk refused; there is nothing under the path.
        """
        target = self.out / path
        self._make_folder(target.parent)
        self._make_folder(self._unfinished)
        part = self._unfinished / secrets.token_hex(8)
        try:
            _write(part, data, is_synced=is_synced)
            part.replace(target)
        except OSError:
            with suppress(OSError):
                part.unlink()
            raise
        if is_synced:
            _sync_folder(target.parent)

    def holds(self, path: str, digest: bytes) -> bool:
        """Whether the file under a path has this SHA-256."""
        try:
            with (self.out / path).open("rb") as file:
                return _digest(file) == digest
        except OSError:
            return False

    def exists(self, path: str) -> bool:
        """Whether there is a file under a path."""
        return os.path.lexists(self.out / path)

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(folder.parent)


def _write(path: Path, data: bytes, *, is_synced: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o600)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        if is_synced:
            os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(file: IO[bytes]) -> bytes:
    seal = sha256()
    while chunk := file.read(1 << 20):
        seal.update(chunk)
    return seal.digest()


def _split(name: str) -> tuple[str, str]:
    path = PurePosixPath(name)
    return (path.stem, path.suffix) if len(path.suffix) < 12 else (name, "")


def _fitting(stem: str, tail: str) -> str:
    """Return the stem, cut so that the whole name fits into a folder entry."""
    room = _LONGEST_NAME_BYTES - len(tail.encode("utf-8", "surrogatepass"))
    raw = stem.encode("utf-8", "surrogatepass")[:room]
    return raw.decode("utf-8", "ignore") or "file"


def _lock(path: Path) -> IO[bytes]:
    """Hold a lock on a file until it is closed or the process ends.

    Raises:
        UsageError: another process has it.
    """
    file = path.open("ab")
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415  # only there

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # only there
        else:
            import fcntl  # noqa: PLC0415  # only there

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise UsageError(
            f"Another watcher puts its copies into {path.parent.parent}; stop it first."
        ) from error
    return file
