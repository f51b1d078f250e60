"""A child that is there before it is asked for: forked, with the vault open and its memory warm.

After the looking for names itself, forking, opening the vault and touching memory for the first
time is what a short command waits for. A spare has done all that. It answers one connection,
as any child does, and the agent makes the next one when nobody waits for it.

Making itself ready is all it does unasked: it opens the vault as a command would (finishes a
change that was cut short, brings the log into the file, checks, migrates), may merge the index of
words, and looks at a sample text. Where another child of the agent has written to the vault and
ended, a new spare takes the place of the one that was there: it has seen the file as it is, and
leaves no log behind.

Invariant: a spare tells nobody anything and changes nothing that the vault says before it is
handed a connection, and ends, its key overwritten and its vault closed, when the agent interrupts
it or lets go of the other end of its line, however the agent ends.
"""

from __future__ import annotations

import math
import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["RETRY_S", "Spares", "stand_by"]

_READY = b"r"
_MOST_BYTES = 4096
_PAUSE_S = 0.25
"""How long after a command began the next spare is made, if that command has not ended before;
and how long after one ended, of several, the spare that was there before is replaced."""
RETRY_S = 5.0
"""How long after one could not be made, or ended unasked, the next is tried."""


class Spares:
    """The agent's side: at most one spare at a time.

    Args:
        fork: starts a child that waits at its end of the line it is given; returns its process
            id, None when there is no room for another process.
        look: returns what differs once the vault's files were written to.
    """

    def __init__(
        self,
        fork: Callable[[socket.socket], int | None],
        look: Callable[[], object] = lambda: None,
    ) -> None:
        self._fork = fork
        self._look = look
        self._seen: object = None
        self._line: socket.socket | None = None
        self._process: int | None = None
        self._ending: set[int] = set()
        self._due_at = 0.0

    def left_s(self) -> float | None:
        """Return in how many seconds a spare is to be made; None while one is there and good."""
        return None if self._due_at == math.inf else max(0.0, self._due_at - time.monotonic())

    def see_to(self) -> None:
        """Make a spare if one is due, in place of the one there is."""
        if self.left_s() != 0.0:
            return
        self.drop(again_in_s=RETRY_S)
        self._seen = self._look()
        with suppress(OSError):  # no more files: as with no more processes
            self._line, theirs = socket.socketpair()
            with theirs:
                self._process = self._fork(theirs)
        if self._process is None:
            self.forget_line()
        else:
            self._due_at = math.inf

    def hand(self, connection: socket.socket, facts: bytes) -> bool:
        """Have the spare answer a connection; say whether there was one that is ready to."""
        line = self._line
        if line is None or not _is_ready(line):
            return False
        try:
            socket.send_fds(line, [facts], [connection.fileno()])
        except OSError:  # it was killed just now
            return False
        self._process = None
        self.drop(again_in_s=_PAUSE_S)
        return True

    def drop(self, *, again_in_s: float = 0.0) -> None:
        """Let the spare go, if there is one: it ends."""
        self.forget_line()
        if self._process is not None:
            self._ending.add(self._process)
        self._process = None
        self._due_at = time.monotonic() + again_in_s

    def ended(self, process: int) -> None:
        """Note that a child has ended: there is time for a spare now, or need of another.

        The one that is there is as good as none if that child wrote to the vault meanwhile.
        """
        now = time.monotonic()
        if process == self._process:  # unasked: what ended it may well end the next
            self._process = None
            self.drop(again_in_s=RETRY_S)
        elif process in self._ending:
            self._ending.discard(process)
        elif self._process is None:
            self._due_at = min(self._due_at, now)
        elif self._look() != self._seen:
            self._due_at = now + _PAUSE_S

    def forget_line(self) -> None:
        """Close this process's end of the line; a child of the agent must not keep it open."""
        if self._line is not None:
            self._line.close()
            self._line = None


def stand_by(line: socket.socket) -> tuple[socket.socket, bytes] | None:
    """Wait, as a spare, for a connection to answer; None when there will be none.

    Returns:
        The connection, and what the agent says of itself.
    """
    with line, suppress(OSError):
        line.sendall(_READY)
        facts, files, _, _ = socket.recv_fds(line, _MOST_BYTES, 1)
        if files:
            return socket.socket(fileno=files[0]), facts
    return None


def _is_ready(line: socket.socket) -> bool:
    try:
        return line.recv(1, socket.MSG_DONTWAIT | socket.MSG_PEEK) == _READY
    except OSError:
        return False
