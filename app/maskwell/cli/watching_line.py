"""How far a watched folder is, for whoever looks on: one line that renews itself at a terminal.

Without a terminal each outcome is a line of its own, and such lines end up in logs: they name
the copies, never the sources.
"""

from __future__ import annotations

import sys
from threading import Event, Thread
from typing import TYPE_CHECKING, Self

from maskwell.cli.terminal import say
from maskwell.text.inert import inert

if TYPE_CHECKING:
    from types import TracebackType

    from maskwell.watching import FolderWatch, Outcome, Snapshot

__all__ = ["WatchingLine", "told"]

_RENEWED_S = 0.5
_CLEAR = "\r\x1b[K"


class WatchingLine:
    """The line. A context manager; it is gone at the end."""

    def __init__(self) -> None:
        self._is_live = sys.stderr.isatty()
        self._is_over = Event()
        self._thread: Thread | None = None
        self._waiting = ""

    def follow(self, watching: FolderWatch) -> None:
        """Begin to show how a folder stands."""
        self._thread = Thread(target=self._show, args=(watching,), daemon=True)
        self._thread.start()

    def tell(self, outcome: Outcome) -> None:
        """Say what became of a file."""
        source = outcome.source if self._is_live else "a file"
        if outcome.state == "quarantined":
            self._say(f"{source} is in quarantine: {outcome.reason}")
        elif outcome.state == "later":
            self._say(f"{source}: {outcome.reason}")
        elif outcome.state == "done" and not self._is_live:
            self._say(f"{outcome.output}: {outcome.replaced} places protected.")
        if outcome.state == "done" and outcome.reason:
            self._say(f"{outcome.output}: {outcome.reason}")

    def _say(self, sentence: str) -> None:
        if self._is_live:
            sys.stderr.write(_CLEAR)
        say(sentence)

    def _show(self, watching: FolderWatch) -> None:
        while not self._is_over.wait(_RENEWED_S):
            now = watching.snapshot()
            if now.waiting != self._waiting:
                self._waiting = now.waiting
                if now.waiting:
                    self._say(f"Waiting: {now.waiting}")
            if self._is_live:
                sys.stderr.write(_CLEAR + inert(told(now)))
                sys.stderr.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_over.set()
        if self._thread is not None:
            self._thread.join()
        if self._is_live:
            sys.stderr.write(_CLEAR)


def told(now: Snapshot) -> str:
    """Return a snapshot in one short line."""
    total = now.finished + now.left
    line = f"{now.finished} of {total} files, {now.replaced} places protected"
    if now.quarantined:
        line += f", {now.quarantined} in quarantine"
    if now.eta_s is not None:
        minutes, seconds = divmod(round(now.eta_s), 60)
        line += f", {minutes}:{seconds:02} left"
    return f"{line}."
