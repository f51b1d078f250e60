"""The watched folder of this session: it goes on while other screens are shown.

While the vault is locked it waits, with whatever it has in hand, and goes on after unlocking.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maskwell.errors import BlockedByPolicy, InputUnreadable, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from maskwell.tui.desk import Desk
    from maskwell.watching import FolderWatch, Outcome, Quarantined, Snapshot, WatchSettings

__all__ = ["FolderDesk", "WatchWish"]


@dataclass(frozen=True, slots=True)
class WatchWish:
    """What the user asked to be watched."""

    folder: str = ""
    out: str = ""
    scope: str = "default"
    source: str = "leave"


class FolderDesk:
    """At most one watched folder."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._watch: FolderWatch | None = None
        self.wish = WatchWish()

    @property
    def is_running(self) -> bool:
        """Whether a folder is being watched."""
        return self._watch is not None

    def start(self, wish: WatchWish) -> None:
        """Watch a folder until `stop`, under this chat's policy and destination.

        Raises:
            UsageError: the folders cannot be used so, or another watcher has them.
        """
        from maskwell.watching import FolderWatch, OpenDoor, WatchSettings  # noqa: PLC0415  # not at start

        if self._watch is not None:
            raise UsageError("A folder is being watched already; stop that first.")
        settings = WatchSettings.checked(
            wish.folder,
            wish.out,
            vault_home=self._desk.home.root,
            scope=wish.scope,
            policy=self._desk.chat.policy,
            destination=self._desk.chat.destination,
            source=wish.source,
        )
        self.wish = wish
        self._watch = FolderWatch(settings, OpenDoor(lambda: self._desk.open_shield)).start()

    def stop(self) -> None:
        """Take no more files; what is in work is finished first."""
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.stop()

    def snapshot(self) -> Snapshot | None:
        """Return how things stand; None when nothing is watched."""
        return None if self._watch is None else self._watch.snapshot()

    def retry(self) -> int:
        """Try everything in quarantine again; return how many files that are."""
        return 0 if self._watch is None else self._watch.retry()

    def nudge(self) -> None:
        """Go on at once: the vault is open again."""
        if self._watch is not None:
            self._watch.nudge()

    def places(self) -> tuple[Path, Path] | None:
        """Return the watched folder and the folder of the copies."""
        if self._watch is None:
            return None
        return self._watch.settings.folder, self._watch.settings.out

    def why(self, outcome: Outcome) -> tuple[str, Quarantined | None]:
        """Return a name without people for a file, and why it has no copy (None: no more known).

        Raises:
            InputUnreadable: nothing is watched any more.
        """
        watch = self._watch
        if watch is None:
            raise InputUnreadable("The folder is no longer watched.")
        return self._safe_name(outcome.source, watch.settings), watch.why(outcome.source)

    def _safe_name(self, source: str, settings: WatchSettings) -> str:
        from maskwell.shield.files import protect_name  # noqa: PLC0415  # not at start

        try:
            parts = [
                protect_name(
                    self._desk.shield,
                    part,
                    scope=settings.scope,
                    policy=settings.policy,
                    destination=settings.destination,
                )
                for part in source.split("/")
            ]
        except BlockedByPolicy:
            return "A file whose name the policy keeps here"
        return "/".join(parts)

    def report(self, outcome: Outcome) -> tuple[Path, dict[str, Any]]:
        """Return where an outcome's report stands, and what is in it.

        Raises:
            InputUnreadable: there is none, or it is gone.
        """
        places = self.places()
        if places is None or not outcome.report:
            raise InputUnreadable("There is no report: no copy was made of this file.")
        page = places[1] / outcome.report
        try:
            told = json.loads(page.with_suffix(".json").read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise InputUnreadable(f"The report {page} cannot be read.") from error
        return page, told
