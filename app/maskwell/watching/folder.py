"""The watched folder itself: looks, waits until files stand still, and has workers work them off.

Events are hints; the truth is what looking through the folder finds, which happens at the
start, when events were lost, when the folder was made anew, and every minute. Invariant: a file
that is there and needs a copy is waiting, in work, or about to be found again.
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import suppress
from pathlib import Path
from threading import Condition, Event, Thread
from typing import TYPE_CHECKING, Self

from maskwell.errors import MaskwellError
from maskwell.watching.arrivals import Arrivals, Look
from maskwell.watching.hints import Hints
from maskwell.watching.landing import Landing
from maskwell.watching.notes import read_note
from maskwell.watching.progress import Outcome, Progress, Snapshot
from maskwell.watching.sources import Sources
from maskwell.watching.taking import StillChanging, VanishedError, look_at
from maskwell.watching.walking import files_below, is_passing
from maskwell.watching.work import Held, NotNow, Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from maskwell.watching.door import Door
    from maskwell.watching.notes import Quarantined
    from maskwell.watching.settings import WatchSettings

__all__ = ["FolderWatch"]

_TICK_S = 0.1
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 15.0
_REST_AFTER_S = 2.0
_JOIN_S = 15.0
_GONE = "The watched folder is not there; waiting for it to come back."
_BEING_WRITTEN = "It was still being written, and was left for the next time."
_UNFORESEEN = "Something unforeseen went wrong with this file; no copy was made."


class FolderWatch:
    """A folder being watched. Start it, look at `snapshot`, stop it; or `run` it to its end.

    Args:
        settings: what is watched and how.
        door: where the shield comes from.
        on_outcome: told of each file's outcome, from a worker's thread.
        on_crash: told of an error nobody foresaw; the file goes to quarantine.

    Raises:
        UsageError: another watcher has the folder of the copies, or it cannot be written to.
    """

    def __init__(
        self,
        settings: WatchSettings,
        door: Door,
        *,
        on_outcome: Callable[[Outcome], None] = lambda _: None,
        on_crash: Callable[[Exception], object] = lambda _: None,
    ) -> None:
        self.settings = settings
        self._door = door
        self._on_crash = on_crash
        self._progress = Progress(on_outcome)
        self._landing = Landing(settings.out)
        self._sources = Sources(settings)
        self._work = Work(settings, door, self._landing, self._sources, self._progress)
        self._hints = Hints(settings.folder, is_polling=settings.is_polling)
        self._arrivals = Arrivals(settings.settle_s, time.monotonic, time.time)
        self._queue: deque[Held] = deque()
        self._busy: set[str] = set()
        """Sources in the queue or in work."""
        self._change = Condition()
        self._again: deque[str] = deque()
        """Sources that were being written when their turn came."""
        self._written_since: dict[str, float] = {}
        self._away = _Away()
        self._stop = Event()
        self._nudged = Event()
        self._is_once = False
        self._thread: Thread | None = None

    # -- for the caller ---------------------------------------------------------------

    def start(self) -> Self:
        """Watch in the background until `stop`."""
        self._thread = Thread(target=self.run, name="watch", daemon=True)
        self._thread.start()
        return self

    def stop(self, wait_s: float = 10.0) -> None:
        """Take no more files; wait for those in work, at most `wait_s` seconds."""
        self._stop.set()
        self._nudged.set()
        if self._thread is not None:
            self._thread.join(wait_s)

    def snapshot(self) -> Snapshot:
        """Return how things stand; cheap, from any thread."""
        return self._progress.snapshot()

    def retry(self) -> int:
        """Put everything in quarantine back; return how many files will be tried again."""
        count = self._sources.retry()
        self._nudged.set()
        return count

    def why(self, source: str) -> Quarantined | None:
        """Return why a source has no copy; None when it is not in quarantine (any more)."""
        return read_note(self._sources.note_of(source))

    def nudge(self) -> None:
        """Try at once what is waited for: the vault was unlocked, the disk has room."""
        self._nudged.set()

    def run(self, *, once: bool = False, patience_s: float = 30.0) -> Snapshot:
        """Watch until `stop`, or work off what is there.

        Args:
            once: end when every file that is there has an outcome.
            patience_s: with `once`, how long the vault or the disk may be away.

        Raises:
            MaskwellError, OSError: with `once`, what was still away in the end.
        """
        self._is_once = once
        workers = [Thread(target=self._serve, daemon=True) for _ in range(self.settings.workers)]
        try:
            self._begin()
            for worker in workers:
                worker.start()
            self._look_on(patience_s)
        finally:
            self._stop.set()
            with self._change:
                self._change.notify_all()
            for worker in workers:
                if worker.is_alive():
                    worker.join(_JOIN_S)
            self._end()
        if once and self._away.what is not None:
            raise self._away.what.cause
        return self.snapshot()

    # -- the looking thread -------------------------------------------------------------

    def _begin(self) -> None:
        self._sources.finish()
        self._work.failed = self._sources.notes()
        with suppress(NotNow):
            self._work.open()
        if not self._is_once:
            self._hints.start()
        self._progress.running(is_running=True)

    def _end(self) -> None:
        if not self._is_once:
            self._hints.stop()
        self._progress.running(is_running=False)
        self._work.close()
        self._landing.close()
        self._door.rest()

    def _look_on(self, patience_s: float) -> None:
        self._rescan()
        last = rest_from = time.monotonic()
        while not self._stop.is_set():
            now = time.monotonic()
            is_lossy = False if self._is_once else self._heed_hints()
            if is_lossy or now - last > self.settings.rescan_s or self._nudged.is_set():
                self._nudged.clear()
                self._rescan()
                last = time.monotonic()
            self._line_up(patience_s)
            if not self._is_idle():
                rest_from = now + _REST_AFTER_S
            elif self._is_once:
                return
            elif now > rest_from:
                self._door.rest()
            if self._is_once and self._away.is_longer_than(patience_s):
                return
            self._stop.wait(_TICK_S)

    def _heed_hints(self) -> bool:
        """Look where events point; return whether the whole folder has to be looked through."""
        is_new = self._hints.renew()
        if not self._hints.is_there:
            self._progress.wait(_GONE)
        elif is_new:
            self._progress.wait("")
        paths, is_lossy = self._hints.drain()
        for path in paths:
            relative = self._relative(Path(path))
            look = look_at(self.settings.folder, relative) if relative else None
            if look is not None:
                self._seen(relative, look)
        return is_new or is_lossy

    def _relative(self, path: Path) -> str:
        """Return a path below the folder, or "" for one that is not taken."""
        root = self.settings.folder
        if not path.is_relative_to(root) or path == root or is_passing(path.name):
            return ""
        for parent in path.parents:
            if parent == root:
                return path.relative_to(root).as_posix()
            if self.settings.is_excluded(parent) or parent.name.startswith("."):
                return ""
        return ""

    def _rescan(self) -> None:
        for stamp, note in list(self._work.failed.items()):
            if not note.exists():
                del self._work.failed[stamp]
        for relative, look in files_below(self.settings):
            if self._stop.is_set():
                return
            self._seen(relative, look)

    def _seen(self, relative: str, look: Look) -> None:
        if relative not in self._busy and not self._work.is_handled(relative, look):
            self._arrivals.seen(relative, look)

    def _line_up(self, patience_s: float) -> None:
        """Give the workers what has settled."""
        self._take_back(patience_s)
        settled = self._arrivals.settled(lambda path: look_at(self.settings.folder, path))
        with self._change:
            for relative, look in settled:
                if relative not in self._busy:
                    self._busy.add(relative)
                    self._queue.append(Held(relative, look))
            if settled:
                self._change.notify_all()
            self._progress.count(settling=len(self._arrivals), queued=len(self._queue))

    def _take_back(self, patience_s: float) -> None:
        """Wait again for files that were being written when their turn came."""
        while self._again:
            source = self._again.popleft()
            since = self._written_since.setdefault(source, time.monotonic())
            look = look_at(self.settings.folder, source)
            if look is not None and self._is_once and time.monotonic() - since > patience_s:
                self._progress.end(Outcome(source, "later", reason=_BEING_WRITTEN))
                look = None
            if look is None:
                del self._written_since[source]
            else:
                self._arrivals.again(source, look)
            self._busy.discard(source)

    def _is_idle(self) -> bool:
        with self._change:
            return not self._busy and not len(self._arrivals)

    # -- the workers --------------------------------------------------------------------

    def _serve(self) -> None:
        pause_s = _FIRST_PAUSE_S
        while (held := self._next()) is not None:
            try:
                self._one(held)
            except NotNow as away:
                self._put_back(held, away)
                self._stop.wait(pause_s)
                pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
            else:
                pause_s = _FIRST_PAUSE_S

    def _next(self) -> Held | None:
        with self._change:
            self._change.wait_for(lambda: bool(self._queue) or self._stop.is_set())
            return None if self._stop.is_set() else self._queue.popleft()

    def _one(self, held: Held) -> None:
        outcome: Outcome | None = None
        try:
            outcome = self._work.carry_out(held)
        except NotNow:
            raise
        except VanishedError:
            pass
        except StillChanging:
            self._progress.drop(held.source)
            self._again.append(held.source)
            return
        except MaskwellError as error:
            outcome = self._work.put_aside(held, error, str(error))
        except Exception as error:  # noqa: BLE001  # one file's bug must not stop the others
            if self._stop.is_set():
                return
            self._on_crash(error)
            outcome = self._work.put_aside(held, error, _UNFORESEEN)
        self._ended(held, outcome)

    def _ended(self, held: Held, outcome: Outcome | None) -> None:
        if self._away.end():
            self._progress.wait("")
        if outcome is None:
            self._progress.drop(held.source)
        else:
            self._progress.end(outcome)
        with self._change:
            self._busy.discard(held.source)

    def _put_back(self, held: Held, away: NotNow) -> None:
        """Wait with the file in hand: it is the next again."""
        self._progress.drop(held.source)
        self._away.begin(away)
        self._progress.wait(away.reason)
        with self._change:
            self._queue.appendleft(held)


class _Away:
    """What is waited for, and since when."""

    def __init__(self) -> None:
        self.what: NotNow | None = None
        self._since = 0.0

    def begin(self, what: NotNow) -> None:
        """Begin to wait, or go on."""
        if self.what is None:
            self._since = time.monotonic()
        self.what = what

    def end(self) -> bool:
        """Stop waiting; return whether anything was waited for."""
        was, self.what = self.what, None
        return was is not None

    def is_longer_than(self, seconds: float) -> bool:
        """Whether it has been waited for so long."""
        return self.what is not None and time.monotonic() - self._since > seconds
