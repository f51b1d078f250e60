"""What a screen or a command shows of a watched folder: one value, taken at any moment.

`Progress` is the board that the workers write on and anyone may read; a `Snapshot` is what
stood on it. Names of sources are real names: show them to their owner, write them to no log.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Outcome", "Progress", "Snapshot", "Working"]

State = Literal["done", "same", "quarantined", "later"]
_RECENT = 50
_RATED = 64
"""So many endings the time left is reckoned from."""


@dataclass(frozen=True, slots=True)
class Working:
    """A file that is being worked on."""

    source: str
    """Its path below the watched folder: a real name."""
    fraction: float = 0.0
    """How much of the work is done, 0 to 1."""
    step: str = "reading"
    """"reading", "finding", "checking" or "writing"."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    source: str
    """Its path below the watched folder: a real name."""
    state: State
    """"done": a copy was made; "same": the same content has one already; "quarantined";
    "later": it was still being written when the work ended."""
    output: str = ""
    """The copy's path below the folder of the copies; holds no real name."""
    report: str = ""
    """The HTML report's path below the folder of the copies."""
    reason: str = ""
    """Why it is in quarantine, or what else there is to say: one sentence, no real value."""
    mode: str = ""
    replaced: int = 0
    """How many places were protected."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A watched folder at one moment."""

    settling: int = 0
    """Files seen that may still be being written."""
    queued: int = 0
    """Files waiting for a worker."""
    working: tuple[Working, ...] = ()
    done: int = 0
    same: int = 0
    """Files whose content had a copy already."""
    quarantined: int = 0
    later: int = 0
    """Files left for the next time because they were still being written."""
    replaced: int = 0
    """Places protected in all files so far."""
    waiting: str = ""
    """Why nothing moves (the vault is locked, the disk is full), or ""."""
    eta_s: float | None = None
    """Seconds left for what is known, None while there is no telling."""
    recent: tuple[Outcome, ...] = ()
    """The last outcomes, the newest last."""
    is_running: bool = False

    @property
    def finished(self) -> int:
        """How many files have an outcome."""
        return self.done + self.same + self.quarantined + self.later

    @property
    def left(self) -> int:
        """How many files are known and have none yet."""
        return self.settling + self.queued + len(self.working)

    @property
    def fraction(self) -> float:
        """How much of all that is known is done, 0 to 1; 1 when there is nothing."""
        total = self.finished + self.left
        part = sum(one.fraction for one in self.working)
        return (self.finished + part) / total if total else 1.0


class Progress:
    """The board. Every method may be called from any thread.

    Args:
        on_outcome: told of each outcome, from the thread that brought it about.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        on_outcome: Callable[[Outcome], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._on_outcome = on_outcome
        self._clock = clock
        self._lock = Lock()
        self._board = Snapshot()
        self._working: dict[str, Working] = {}
        self._ended: deque[float] = deque(maxlen=_RATED)
        self._recent: deque[Outcome] = deque(maxlen=_RECENT)

    def snapshot(self) -> Snapshot:
        """Return what stands on the board now."""
        with self._lock:
            board = replace(
                self._board, working=tuple(self._working.values()), recent=tuple(self._recent)
            )
            return replace(board, eta_s=self._eta(board))

    def count(self, *, settling: int, queued: int) -> None:
        """Say how many files wait."""
        self._set(settling=settling, queued=queued)
        with self._lock:
            if not (settling or queued or self._working):
                self._ended.clear()

    def running(self, *, is_running: bool) -> None:
        """Say whether the folder is being watched."""
        self._set(is_running=is_running)

    def wait(self, reason: str) -> None:
        """Say why nothing moves; "" when it does again."""
        self._set(waiting=reason)

    def step(self, source: str, fraction: float, step: str) -> None:
        """Say how far a file is."""
        with self._lock:
            self._working[source] = Working(source, fraction, step)

    def drop(self, source: str) -> None:
        """Forget a file that is not worked on any more and has no outcome."""
        with self._lock:
            self._working.pop(source, None)

    def end(self, outcome: Outcome) -> None:
        """Say what became of a file."""
        with self._lock:
            self._working.pop(outcome.source, None)
            self._ended.append(self._clock())
            self._recent.append(outcome)
            board = self._board
            self._board = replace(
                board,
                done=board.done + (outcome.state == "done"),
                same=board.same + (outcome.state == "same"),
                quarantined=board.quarantined + (outcome.state == "quarantined"),
                later=board.later + (outcome.state == "later"),
                replaced=board.replaced + outcome.replaced,
            )
        self._on_outcome(outcome)

    def _set(self, **changes: object) -> None:
        with self._lock:
            self._board = replace(self._board, **changes)  # type: ignore[arg-type]  # the fields' own names

    def _eta(self, board: Snapshot) -> float | None:
        if not board.left or board.waiting:
            return None
        if len(self._ended) < 3 or self._ended[-1] == self._ended[0]:
            return None
        each = (self._clock() - self._ended[0]) / len(self._ended)
        return each * board.left
