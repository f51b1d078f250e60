"""One file through the watched folder: taken, made safe, landed, reported, source settled.

The order is what makes a kill harmless at any point: the copy is promised in the journal, its
report is written, it gets its name, the promise is kept, and only then is the source touched.
"""

from __future__ import annotations

import errno
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import PurePosixPath
from threading import Condition
from typing import TYPE_CHECKING

from maskwell.errors import MaskwellError, VaultBusy, VaultLocked, VaultMissing, VaultWriteFailed
from maskwell.shield.files import protect_file, protect_name
from maskwell.watching.journal import Journal, journal_key
from maskwell.watching.landing import REPORTS_FOLDER
from maskwell.watching.notes import advice, note_text
from maskwell.watching.progress import Outcome
from maskwell.watching.reports import FileReport, as_html, as_json
from maskwell.watching.taking import take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maskwell.shield import Shield
    from maskwell.shield.files import ProtectedFile
    from maskwell.watching.arrivals import Look
    from maskwell.watching.door import Door
    from maskwell.watching.landing import Landing
    from maskwell.watching.progress import Progress
    from maskwell.watching.settings import WatchSettings
    from maskwell.watching.sources import Sources

__all__ = ["Held", "NotNow", "Work"]

_AWAY_NUMBERS = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EROFS,
    errno.EIO,
    errno.EACCES,
    errno.EPERM,
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOMEM,
    errno.EAGAIN,
    errno.ESTALE,
    errno.ETIMEDOUT,
    errno.ENOTCONN,
}
"""What a disk, a share or a busy machine answers: it passes, and is no fault of the file."""
_AWAY = (VaultLocked, VaultBusy, VaultMissing, VaultWriteFailed)


class NotNow(Exception):
    """Nothing is wrong with the file; something it needs is away. Never leaves this room.

    Args:
        cause: what its user is told if it does not come back.
    """

    def __init__(self, cause: MaskwellError | OSError) -> None:
        super().__init__()
        self.cause = cause

    @property
    def reason(self) -> str:
        """What is waited for, one sentence."""
        if isinstance(self.cause, OSError):
            return f"The copies cannot be written ({self.cause.strerror or self.cause})."
        return str(self.cause)


@dataclass(frozen=True, slots=True)
class Held:
    """A file that has settled and waits for its turn."""

    source: str
    look: Look


class Work:
    """What the workers share.

    Args:
        settings: the watched folder.
        door: where the shield comes from.
        landing: the folder of the copies.
        sources: the watched folder's files.
        progress: the board.
    """

    def __init__(
        self,
        settings: WatchSettings,
        door: Door,
        landing: Landing,
        sources: Sources,
        progress: Progress,
    ) -> None:
        self._settings = settings
        self._door = door
        self._landing = landing
        self._sources = sources
        self._progress = progress
        self._claims: set[bytes] = set()
        self._claimed = Condition()
        self._folders: dict[str, str] = {}
        self.failed: dict[bytes, Path] = {}
        """The stamps of sources in quarantine, and where their reasons stand."""
        self.journal: Journal | None = None
        """None until the vault was open once, which holds the journal's key."""

    def close(self) -> None:
        """Close the journal."""
        if self.journal is not None:
            self.journal.close()

    def is_handled(self, source: str, look: Look) -> bool:
        """Whether a source needs no more work as it looks now."""
        if self.journal is None:
            return False
        stamp = self.journal.stamp(source, look)
        return stamp in self.failed or self.journal.is_handled(stamp)

    def open(self) -> None:
        """Open the journal with the vault's key.

        Raises:
            NotNow: the vault or the disk is away.
            UsageError: the journal is another vault's.
        """
        with _patient(), self._door.shield() as shield:
            self._opened(shield)

    def carry_out(self, held: Held) -> Outcome | None:
        """Do all of one file; None when it turns out to need nothing.

        Raises:
            NotNow: the vault or the disk is away; nothing is lost.
            StillChanging, VanishedError: the file is not what it was.
        """
        self._progress.step(held.source, 0.02, "reading")
        with _patient(), self._door.shield() as shield:
            journal = self._opened(shield)
            if self.is_handled(held.source, held.look):
                return None
            return self._done(shield, journal, held)

    def put_aside(self, held: Held, error: Exception, reason: str) -> Outcome:
        """Put a file that cannot be made safe into quarantine, with the reason.

        Raises:
            NotNow: the disk refuses even that.
        """
        stamp = b"" if self.journal is None else self.journal.stamp(held.source, held.look)
        with _patient():
            note = note_text(reason, advice(error), stamp)
            self._sources.quarantine(held.source, held.look, note)
        self.failed[stamp] = self._sources.note_of(held.source)
        return Outcome(held.source, "quarantined", reason=reason)

    def _opened(self, shield: Shield) -> Journal:
        with self._claimed:
            if self.journal is None:
                self.journal = Journal(self._landing.own / "journal", journal_key(shield))
            return self.journal

    def _done(self, shield: Shield, journal: Journal, held: Held) -> Outcome:
        settings = self._settings
        taken = take(settings.folder, held.source, most_bytes=settings.most_bytes)
        under = f"{settings.scope}\0{settings.policy}\0{settings.destination}\0{settings.mode}"
        content = journal.content(taken.data, under=under)
        self._claim(content)
        try:
            outcome = self._known(journal, content, held)
            outcome = outcome or self._made(shield, journal, content, held, taken.data)
            return self._settled(journal, held.source, taken.look, outcome)
        finally:
            self._release(content)

    def _settled(self, journal: Journal, source: str, look: Look, outcome: Outcome) -> Outcome:
        """Leave, move or shred the source; one that cannot be is left and said to be."""
        try:
            is_there = self._sources.settle(source, look)
        except OSError as error:
            is_there = True
            reason = f"The source was left where it is ({error.strerror})."
            outcome = replace(outcome, reason=reason)
        if is_there:
            journal.handle(journal.stamp(source, look))
        return outcome

    def _known(self, journal: Journal, content: bytes, held: Held) -> Outcome | None:
        """Return the outcome of a content that has its copy, from this run or an earlier one."""
        copy = journal.copy_of(content)
        if copy is None:
            return None
        output, digest, is_done = copy
        if is_done and self._landing.exists(output):
            return Outcome(held.source, "same", output, _report_name(output))
        if not is_done and self._landing.holds(output, digest):
            journal.keep(content)
            return Outcome(held.source, "done", output, _report_name(output))
        journal.forget(content)
        return None

    def _made(
        self, shield: Shield, journal: Journal, content: bytes, held: Held, data: bytes
    ) -> Outcome:
        settings = self._settings
        path = PurePosixPath(held.source)
        made = protect_file(
            shield,
            data,
            path.name,
            scope=settings.scope,
            policy=settings.policy,
            destination=settings.destination,
            mode=settings.mode,
            is_original_kept=settings.source != "shred",
            on_found=lambda some, of: self._progress.step(
                held.source, 0.1 + 0.7 * some / of, "finding"
            ),
        )
        folder = "/".join(self._folder_name(shield, part) for part in path.parts[:-1])
        self._progress.step(held.source, 0.9, "writing")
        output = self._landing.reserve(folder, made.copy.name)
        try:
            journal.promise(content, output, sha256(made.copy.data).digest())
            self._report(made, output, len(data))
            self._landing.write(output, made.copy.data)
            journal.keep(content)
        finally:
            self._landing.release(output)
        return Outcome(
            held.source,
            "done",
            output,
            _report_name(output),
            mode=made.copy.mode,
            replaced=made.copy.replaced,
        )

    def _report(self, made: ProtectedFile, output: str, size: int) -> None:
        report = FileReport.of(made, output, source_bytes=size)
        for ending, text in ((".html", as_html(report)), (".json", as_json(report))):
            self._landing.write(_report_name(output, ending), text.encode(), is_synced=False)

    def _folder_name(self, shield: Shield, part: str) -> str:
        if part not in self._folders:
            settings = self._settings
            self._folders[part] = protect_name(
                shield,
                part,
                scope=settings.scope,
                policy=settings.policy,
                destination=settings.destination,
            )
        return self._folders[part]

    def _claim(self, content: bytes) -> None:
        """Wait until no other worker has a file of the same content."""
        with self._claimed:
            self._claimed.wait_for(lambda: content not in self._claims)
            self._claims.add(content)

    def _release(self, content: bytes) -> None:
        with self._claimed:
            self._claims.discard(content)
            self._claimed.notify_all()


@contextmanager
def _patient() -> Iterator[None]:
    """Turn what will pass into `NotNow`."""
    try:
        yield
    except _AWAY as error:
        raise NotNow(error) from error
    except OSError as error:
        if error.errno in _AWAY_NUMBERS:
            raise NotNow(error) from error
        raise


def _report_name(output: str, ending: str = ".html") -> str:
    return f"{REPORTS_FOLDER}/{output}{ending}"
