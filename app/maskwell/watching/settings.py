"""What a watched folder is told: where files come from, where copies go, what becomes of sources.

Invariant: a `WatchSettings` that exists can be worked with; the copies never land where they
would be taken for new files.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Self, get_args

from maskwell.documents import DEFAULT_LIMITS
from maskwell.errors import UsageError

__all__ = ["DONE_FOLDER", "OWN_FOLDER", "QUARANTINE_FOLDER", "SourceFate", "WatchSettings"]

SourceFate = Literal["leave", "move", "shred"]

QUARANTINE_FOLDER: Final = "maskwell-quarantine"
"""In the watched folder: what could not be made safe, with the reason beside it."""
DONE_FOLDER: Final = "maskwell-done"
"""In the watched folder: sources whose copy is made, when they are moved."""
OWN_FOLDER: Final = ".maskwell"
"""In the folder of the copies: the journal, the lock, files not yet whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchSettings:
    """One watched folder and how its files are treated. Make it with `checked`."""

    folder: Path
    out: Path
    scope: str
    policy: str | None = None
    """A policy's name; None is the configured one."""
    destination: str | None = None
    """Where the copies are to go, which the policy may ask."""
    mode: str = "layout"
    source: SourceFate = "leave"
    """What becomes of a file once its copy is made."""
    is_polling: bool = False
    """Look at the folder again and again instead of asking the system for events: for network
    folders, whose other machines' writes give none."""
    workers: int = 2
    settle_s: float = 1.0
    """How long a file's size and time must stand still before it is taken."""
    rescan_s: float = 60.0
    """How often the whole folder is looked through, whatever the events say."""
    most_bytes: int = DEFAULT_LIMITS.input_bytes

    @classmethod
    def checked(
        cls,
        folder: str | Path,
        out: str | Path,
        *,
        vault_home: Path | None = None,
        **others: object,
    ) -> Self:
        """Return settings with absolute folders; the folder of the copies is made.

        `vault_home` is the folder of the vault, which no watched folder may hold.

        Raises:
            UsageError: a folder is missing, too wide, is the other, holds the other the wrong way
                round, or cannot be made; or somebody else made a folder that has to be ours.
        """
        where, target = Path(folder).expanduser(), Path(out).expanduser()
        if not where.is_dir():
            raise UsageError(f"{where} is no folder that can be watched; make it first.")
        try:
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"The folder {target} cannot be made ({error.strerror}).") from error
        where, target = where.resolve(), target.resolve()
        _refuse_too_wide(where, vault_home)
        if where == target or where.is_relative_to(target):
            raise UsageError(
                "The copies would land among the files to be watched; choose another --out."
            )
        for own in (where / QUARANTINE_FOLDER, where / DONE_FOLDER, target / OWN_FOLDER):
            _refuse_foreign(own)
        fate = others.get("source", "leave")
        if fate not in get_args(SourceFate):
            raise UsageError(f'A source cannot be treated as "{fate}"; say leave, move or shred.')
        return cls(folder=where, out=target, **others)  # type: ignore[arg-type]  # the fields' own names

    def is_excluded(self, path: Path) -> bool:
        """Whether a folder below the watched one is not watched: what this room writes itself."""
        own = (self.folder / QUARANTINE_FOLDER, self.folder / DONE_FOLDER, self.out)
        return path in own


def _refuse_too_wide(folder: Path, vault_home: Path | None) -> None:
    """Refuse the whole of somebody's home, or the vault's own folder: sources may be shredded.

    Raises:
        UsageError: `folder` holds them.
    """
    if Path.home().resolve().is_relative_to(folder):
        raise UsageError(
            f"{folder} holds everything you have; make a folder in it for what is to be made safe."
        )
    if vault_home is not None and vault_home.resolve().is_relative_to(folder):
        raise UsageError(f"{folder} holds your vault; choose a folder without it.")


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder of this room's that is a link or another user's: originals go there.

    Raises:
        UsageError: it is.
    """
    if not os.path.lexists(folder):
        return
    found = folder.lstat()
    is_ours = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    if not stat.S_ISDIR(found.st_mode) or not is_ours:
        raise UsageError(f"{folder} is a link, or not yours; remove it or choose another folder.")
