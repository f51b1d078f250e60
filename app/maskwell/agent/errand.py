"""What the agent's child does: one request of one command, with that command's own streams.

The child is a fork of the warm agent, so nothing has to be loaded and no key derived. It is the
command from then on: it reads its standard input, writes its standard output, hears its Ctrl-C,
and ends when the command's own process does.
"""

from __future__ import annotations

import os
import signal
import struct
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maskwell.agent import holding, transport
from maskwell.agent.requests import (
    ACCEPTED,
    DONE,
    KEY,
    LOCK,
    REFUSED,
    RENEW,
    RUN,
    STATUS,
    Request,
    identity,
)
from maskwell.errors import Interrupted

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from maskwell.agent.holding import HeldKey

__all__ = ["ACTIVE", "LOCKING", "RENEWING", "STALE", "Errand"]

ACTIVE, RENEWING, LOCKING, STALE = b"a", b"k", b"l", b"s"
"""What children tell the agent, each with their process id or a new key behind it."""

_REQUEST_S = 10.0
_GRACE_S = 3.0
_POLL_S = 0.01


@dataclass(frozen=True, slots=True)
class Errand:
    """One request to be answered in a child of the agent."""

    connection: socket.socket
    to_agent: socket.socket
    held: HeldKey
    facts: bytes
    """What `vault status` may tell."""
    work: Callable[[list[str], int | None], int]
    """Runs a command line, with a descriptor of its terminal if it has one; the exit code."""
    is_stale: bool = False
    """Whether the vault has another key now, so that only a new key is of use."""

    def run(self) -> int:
        """Answer, and return the child's exit code."""
        self.connection.settimeout(_REQUEST_S)
        try:
            fields, files = transport.receive(self.connection)
            request = Request(fields)
        except (ValueError, IndexError, OSError):
            return 1
        if request.home != self.held.root:
            self.connection.sendall(REFUSED)
            return 1
        if self.is_stale and request.kind not in {RENEW, LOCK}:
            self._tell(STALE)
            self.connection.sendall(REFUSED)
            return 1
        answer = {KEY: self._key, RENEW: self._renew, STATUS: self._status, LOCK: self._lock}
        if request.kind == RUN:
            return self._command(request, files)
        if request.kind != LOCK:  # no answer needs the vault; a lock is told of before it closes
            holding.close_ahead()
        if request.kind in answer:
            answer[request.kind]()
        return 0

    def _key(self) -> None:
        self._tell(ACTIVE, _own_id())
        self.connection.sendall(ACCEPTED + bytes(self.held.key))

    def _renew(self) -> None:
        self.connection.sendall(ACCEPTED)
        self._tell(RENEWING, transport.receive_exactly(self.connection, len(self.held.key)))
        self.connection.sendall(DONE)

    def _status(self) -> None:
        self.held.wipe()
        self.connection.sendall(ACCEPTED + self.facts)

    def _lock(self) -> None:
        """Have the agent end, and say so when it has."""
        self.held.wipe()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        agent = os.getppid()
        self._tell(LOCKING, _own_id())
        holding.close_ahead()
        while os.getppid() == agent:
            time.sleep(_POLL_S)
        self.connection.sendall(ACCEPTED)

    def _command(self, request: Request, files: list[int]) -> int:
        if request.program != identity() or len(files) != len(request.streams):
            self.connection.sendall(REFUSED)
            return 1
        try:
            os.chdir(request.folder)
        except OSError:
            self.connection.sendall(REFUSED)
            return 1
        self._tell(ACTIVE, _own_id())
        terminal = _take_streams(dict(zip(request.streams, files, strict=True)))
        os.environb.clear()
        os.environb.update(request.environ)
        holding.hold(self.held)
        self.connection.settimeout(None)
        self.connection.sendall(ACCEPTED)
        try:
            threading.Thread(target=self._listen, name="caller", daemon=True).start()
            code = self.work(request.arguments, terminal)
        except KeyboardInterrupt:  # it came before the command could hear it
            with suppress(OSError, ValueError):
                os.write(2, b"Stopped.\n")
            code = Interrupted.exit_code
        self.held.wipe()
        with suppress(OSError):
            self.connection.sendall(DONE + struct.pack(">i", code))
        return code

    def _listen(self) -> None:
        """Hear the signals the command's own process got, and end when it is gone."""
        with suppress(OSError):
            while number := self.connection.recv(1):
                os.kill(os.getpid(), number[0])
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(_GRACE_S)
        os.kill(os.getpid(), signal.SIGKILL)

    def _tell(self, what: bytes, more: bytes = b"") -> None:
        with suppress(OSError):
            self.to_agent.send(what + more)


def _own_id() -> bytes:
    return str(os.getpid()).encode("ascii")


def _take_streams(files: dict[str, int]) -> int | None:
    """Make the command's standard streams this process's; return its terminal's descriptor."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(files.get(str(number), nothing), number)
    os.close(nothing)
    for name, number in files.items():
        if name != "t":
            os.close(number)
    sys.stdin = _opened("0" in files, 0, "r")
    sys.stdout = _opened("1" in files, 1, "w")
    sys.stderr = _opened("2" in files, 2, "w")
    return files.get("t")


def _opened(is_there: bool, number: int, mode: str) -> Any:
    """Return a standard stream as the interpreter makes it: None for one that is closed."""
    if not is_there:
        return None
    buffering = 1 if mode == "w" and (number == 2 or os.isatty(number)) else -1
    return open(number, mode, buffering=buffering, encoding="utf-8", closefd=False)
