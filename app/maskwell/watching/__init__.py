"""The watched folder: drop a file in, find a safe copy of it elsewhere.

    settings = WatchSettings.checked("~/Inbox", out="~/Safe", scope="acme")
    watch = FolderWatch(settings, OpenDoor(lambda: shield)).start()
    watch.snapshot()  # how things stand, cheap, from any thread
    watch.stop()

Nothing gets a name among the copies that is not whole and verified, nothing is skipped because
the vault or the disk was away, and no file is worked on twice.
"""

from __future__ import annotations

from maskwell.watching.door import Door, LendingDoor, OpenDoor
from maskwell.watching.folder import FolderWatch
from maskwell.watching.notes import Quarantined
from maskwell.watching.progress import Outcome, Snapshot, Working
from maskwell.watching.settings import SourceFate, WatchSettings

__all__ = [
    "Door",
    "FolderWatch",
    "LendingDoor",
    "OpenDoor",
    "Outcome",
    "Quarantined",
    "Snapshot",
    "SourceFate",
    "WatchSettings",
    "Working",
]
