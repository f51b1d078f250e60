"""Texts are read in processes beside the app, so that the screen stays at hand and small.

A process is started when somebody begins to write and ends when nobody has for a while, when
the vault is locked, or after a long text, whose memory goes with it. Cancelling ends it at once.
Invariant: none outlives the app or the open vault.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Lock, Thread, Timer
from typing import TYPE_CHECKING, Any

from maskwell.detection import EMPTY_LEXICON, Finding
from maskwell.entity_types import EntityType
from maskwell.errors import InputUnreadable, Interrupted, VaultLocked
from maskwell.guard import GuardWarning, Inspection, Kind
from maskwell.shield.reading import Reader
from maskwell.tui.beside_child import LONG
from maskwell.tui.beside_process import BesideProcess, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from maskwell.detection import Detector, Lexicon
    from maskwell.guard import Source
    from maskwell.vault import Variant

__all__ = ["BesideReader"]

_IDLE_S = 120.0
_MOST_IDLE = 1

_prompt: ContextVar[Callable[[int, int], None] | None] = ContextVar("prompt", default=None)
"""Set while a prompt is read, which can be cancelled: told how far a long one has come."""


class BesideReader(Reader):
    """Has other processes read. Any thread may use it."""

    def __init__(self, near: Detector | None = None) -> None:
        """Start nothing yet.

        Args:
            near: reads short texts in this process, for who has it loaded anyway.
        """
        super().__init__(near)
        self._has_near = near is not None
        self._lock = Lock()
        self._idle: list[BesideProcess] = []
        self._asked: dict[BesideProcess, bool] = {}
        """Those at work, and whether they read a prompt."""
        self._timer: Timer | None = None
        self._is_closed = False

    @property
    def processes(self) -> list[int]:
        """The numbers of the processes there are."""
        with self._lock:
            return [one.pid for one in (*self._idle, *self._asked) if one.is_alive]

    # -- reading ------------------------------------------------------------------------

    def detect(
        self, text: str, lexicon: Lexicon = EMPTY_LEXICON, *, names: bool = True
    ) -> list[Finding]:
        """Return the private spans of `text`, as every detector does.

        Raises:
            Interrupted: `cancel` was called meanwhile.
            VaultLocked: `close` was.
            InputUnreadable: the process ended without an answer.
            ConfigError, IntegrityError: as every detector does.
        """
        if self._has_near and len(text) < LONG:
            return super().detect(text, lexicon, names=names)
        request = {"do": "detect", "lexicon": _row_of(lexicon), "names": names}
        rows = self._ask(request, text) if text else []
        return [
            Finding(
                entity_type=EntityType(kind),
                start=start,
                end=end,
                score=score,
                recognizer=recognizer,
                reason=reason,
                subtype=subtype,
            )
            for kind, start, end, score, recognizer, reason, subtype in rows
        ]

    def detect_all(
        self, texts: Sequence[str], lexicon: Lexicon = EMPTY_LEXICON, *, names: bool = True
    ) -> list[list[Finding]]:
        """Return the private spans of each of many texts.

        Raises: as `detect` does.
        """
        return [self.detect(text, lexicon, names=names) for text in texts]

    def inspect(self, untrusted_text: str, source: Source) -> Inspection:
        """Return what is suspicious in a text, as the guard does.

        Raises: as `detect` does.
        """
        if len(untrusted_text) < LONG:
            return super().inspect(untrusted_text, source)
        rows = self._ask({"do": "inspect", "source": source}, untrusted_text)
        return Inspection.of([GuardWarning(Kind(kind), *rest) for kind, *rest in rows])

    def find_known(
        self, variants: Sequence[Variant], text: str
    ) -> list[tuple[int, int, Variant]] | None:
        """Return the values that stand in a long text; None for a short one.

        Raises: as `detect` does.
        """
        if len(text) < LONG:
            return None
        surfaces = [one.surface for one in variants]
        rows = self._ask({"do": "known", "surfaces": surfaces}, text)
        return [(start, end, variants[number]) for start, end, number in rows]

    # -- starting and ending --------------------------------------------------------------

    def expect(self) -> None:
        """Have a process ready: somebody is writing."""
        if not (self._has_near or self._idle or self._asked or self._is_closed):
            Thread(target=self._start_ahead, name="expect", daemon=True).start()

    @contextmanager
    def prompt(self, tell: Callable[[int, int], None]) -> Iterator[None]:
        """Within the block a prompt is read: `cancel` ends that.

        Args:
            tell: told, from the block's thread, how many characters of how many were read.
        """
        before = _prompt.set(tell)
        try:
            yield
        finally:
            _prompt.reset(before)

    def cancel(self) -> None:
        """End the reading of a prompt that is under way."""
        with self._lock:
            for process, is_prompt in self._asked.items():
                if is_prompt:
                    process.cancel()

    def close(self) -> None:
        """End every process, and start none any more."""
        self._is_closed = True
        with self._lock:
            for process in self._asked:
                process.cancel()
        self._clear()

    def _ask(self, request: dict[str, Any], text: str) -> list[Row]:
        tell = _prompt.get()
        process = self._taken(is_prompt=tell is not None)
        is_kept = False
        try:
            rows = process.ask(request, text, lambda done: tell and tell(done, len(text)))
        except Interrupted:
            if self._is_closed:
                raise VaultLocked("The vault is locked; unlock it to go on.") from None
            raise
        else:
            is_kept = len(text) < LONG
            return rows
        finally:
            self._given_back(process, is_kept=is_kept)

    def _taken(self, *, is_prompt: bool) -> BesideProcess:
        with self._lock:
            process = None
            while self._idle and process is None:
                one = self._idle.pop()
                if one.is_alive:
                    process = one
                else:
                    one.end()
            process = process or BesideProcess()
            self._asked[process] = is_prompt
            if self._is_closed:
                process.cancel()
        return process

    def _given_back(self, process: BesideProcess, *, is_kept: bool) -> None:
        with self._lock:
            del self._asked[process]
            is_kept = is_kept and not (self._is_closed or process.was_cancelled)
            is_kept = is_kept and len(self._idle) < _MOST_IDLE
            if is_kept:
                self._idle.append(process)
                self._wind()
        if not is_kept:
            process.end()

    def _start_ahead(self) -> None:
        with self._lock, suppress(InputUnreadable):  # whoever asks is told
            if not (self._idle or self._is_closed):
                self._idle.append(BesideProcess())
                self._wind()

    def _wind(self) -> None:
        """Count the time anew after which a process nobody asks ends."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = Timer(_IDLE_S, self._clear)
        self._timer.daemon = True
        self._timer.start()

    def _clear(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        for process in idle:
            process.end()


def _row_of(lexicon: Lexicon) -> Row:
    """Return the user's own words as plain data."""
    return [
        [[one.text, one.entity_type, one.is_pattern] for one in lexicon.terms],
        sorted(lexicon.ignored),
        dict(lexicon.thresholds),
    ]
