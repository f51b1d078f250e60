"""Writing a small file so that after any crash it is either the old one or the new one.

Temporary file in the same folder, fsync, rename, fsync of the folder. Every file is 0600.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from maskwell.errors import VaultWriteFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = [
    "file_ready",
    "folder_aside",
    "private_umask",
    "remove_leftovers",
    "replace_file",
    "sync_file",
    "sync_folder",
]

_SUFFIX = ".part"
_BINARY = getattr(os, "O_BINARY", 0)
"""Windows would write line feeds as two characters."""


@contextmanager
def private_umask() -> Iterator[None]:
    """Create files for their owner alone while the block runs."""
    previous = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(previous)


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` in `path` whole or not at all.

    Raises:
        VaultWriteFailed: the disk refused; `path` is as it was.
    """
    with file_ready(path, content) as put:
        put()


@contextmanager
def file_ready(path: Path, content: bytes) -> Iterator[Callable[[], None]]:
    """Write `content` beside `path`; the block puts it there by calling what it is given.

    That call needs no more room on the disk. Without it, `path` is as it was.

    Raises:
        VaultWriteFailed: the disk refused, here or in the call; `path` is as it was.
    """
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{_SUFFIX}")

    def put() -> None:
        with _refusal_told(path):
            part.replace(path)
            sync_folder(path.parent)

    try:
        with _refusal_told(path):
            _write_synced(part, content)
        yield put
    finally:
        with contextlib.suppress(OSError):  # it is in its place, as a rule
            part.unlink()


@contextmanager
def _refusal_told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise VaultWriteFailed(
            f"{path.name} could not be written ({error.strerror}); nothing was changed. "
            "Free some space or check the disk, then try again."
        ) from error


def _write_synced(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(handle, view) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut (a no-op where folders cannot be opened)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Make what was written to `path` survive a power cut."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def folder_aside(root: Path) -> Path:
    """Make and return a private folder in `root` for what is about to be replaced."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = root / f"replaced-{moment}"
    aside.mkdir(mode=0o700)
    return aside


def remove_leftovers(path: Path) -> None:
    """Remove the temporary files that killed writers of `path` left behind."""
    for part in path.parent.glob(f"{path.name}.*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            part.unlink()
