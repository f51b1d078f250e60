"""What becomes of a source: left, moved aside, shredded, or put into quarantine with a reason.

Nothing is moved or destroyed but the very file that was read: its identity is compared once it
stands under a name of ours, and a stranger is put back. Originals stay inside the watched
folder; a file that is to be left is never moved, and its reason then stands alone.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from maskwell.watching.arrivals import Look
from maskwell.watching.notes import stamp_in
from maskwell.watching.settings import DONE_FOLDER, QUARANTINE_FOLDER
from maskwell.watching.taking import folder_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.watching.settings import WatchSettings

__all__ = ["Sources"]

_WHY = ".why.txt"
_DOOMED = ".maskwell-shred-"
"""How a source is called, with its inode, from the moment it is to be shredded."""
_CHUNK = 1 << 20


class Sources:
    """The watched folder's own files."""

    def __init__(self, settings: WatchSettings) -> None:
        self._settings = settings
        self._root = settings.folder

    def settle(self, relative: str, look: Look) -> bool:
        """Leave, move or shred a source whose copy is made; return whether it is still there.

        Raises:
            OSError: the disk refused; the source is as it was.
        """
        if self._settings.source == "leave":
            return True
        if self._settings.source == "move":
            return not self._move(relative, look, DONE_FOLDER)
        return not self._shred(relative, look)

    def quarantine(self, relative: str, look: Look | None, text: str) -> None:
        """Put a source aside with a note, or write the note alone where sources are left.

        Raises:
            OSError: the disk refused.
        """
        if look is not None and self._settings.source != "leave":
            self._move(relative, look, QUARANTINE_FOLDER)
        note = self.note_of(relative)
        note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if note.is_symlink():
            note.unlink()  # whoever put it there meant the note to land elsewhere
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(note, flags, 0o600), "wb") as file:
            file.write(text.encode("utf-8", "surrogateescape"))

    def note_of(self, relative: str) -> Path:
        """Return where the reason for a source stands."""
        return self._root / QUARANTINE_FOLDER / f"{relative}{_WHY}"

    def notes(self) -> dict[bytes, Path]:
        """Return the notes in quarantine by the stamps of their sources."""
        found = {}
        for note in self._all_notes():
            with suppress(OSError, ValueError):
                found[stamp_in(note)] = note
        return found

    def retry(self) -> int:
        """Put everything in quarantine back where it came from; return how many files."""
        count = 0
        quarantine = self._root / QUARANTINE_FOLDER
        for note in list(self._all_notes()):
            held = note.with_name(note.name.removesuffix(_WHY))
            target = self._root / held.relative_to(quarantine)
            with suppress(OSError):
                if os.path.lexists(held):
                    target.parent.mkdir(parents=True, exist_ok=True)
                    held.rename(_unused(target))
                note.unlink()
                count += 1
        return count

    def _all_notes(self) -> Iterator[Path]:
        quarantine = self._root / QUARANTINE_FOLDER
        return (note for note in quarantine.rglob(f"*{_WHY}") if not note.is_symlink())

    def _move(self, relative: str, look: Look, folder: str) -> bool:
        target = _unused(self._root / folder / relative)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with folder_of(self._root, relative) as handle:
            _rename(self._root, relative, handle, target)
            if Look.of(target.lstat()) == look:
                return True
            target.rename(self._root / relative)
            return False

    def _shred(self, relative: str, look: Look) -> bool:
        """Overwrite and remove a source.

        On disks that write elsewhere than they are told (flash, snapshots, copy-on-write) old
        bytes may outlive this.
        """
        doomed = self._root / f"{_DOOMED}{look.inode}-{secrets.token_hex(4)}"
        with folder_of(self._root, relative) as handle:
            _rename(self._root, relative, handle, doomed)
        if Look.of(doomed.lstat()) != look or not _destroy(doomed):
            doomed.rename(self._root / relative)
            return False
        return True

    def finish(self) -> None:
        """Complete what a killed run was shredding."""
        for doomed in self._root.glob(f"{_DOOMED}*"):
            inode = doomed.name.removeprefix(_DOOMED).partition("-")[0]
            with suppress(OSError):
                if str(doomed.lstat().st_ino) != inode or not _destroy(doomed):
                    doomed.rename(_unused(self._root / f"recovered-{inode}"))


def _rename(root: Path, relative: str, handle: int | None, target: Path) -> None:
    if handle is None:
        (root / relative).rename(target)
    else:
        os.rename(PurePosixPath(relative).name, target, src_dir_fd=handle)


def _destroy(doomed: Path) -> bool:
    """Overwrite and remove a regular file with one name; return whether it was one."""
    flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    file = os.open(doomed, os.O_RDWR | flags)
    try:
        now = os.fstat(file)
        if not stat.S_ISREG(now.st_mode) or now.st_nlink != 1:
            return False
        _overwrite(file, now.st_size)
    finally:
        os.close(file)
    doomed.unlink()
    return True


def _overwrite(file: int, size: int) -> None:
    os.lseek(file, 0, os.SEEK_SET)
    left = size
    while left > 0:
        left -= os.write(file, os.urandom(min(left, _CHUNK)))
    os.fsync(file)
    os.ftruncate(file, 0)


def _unused(path: Path) -> Path:
    number, candidate = 2, path
    while os.path.lexists(candidate):
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return candidate
