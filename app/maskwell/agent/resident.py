"""The agent's one loop: it accepts, forks and counts the time, and does nothing else.

The process that holds the key reads no request. It stays single-threaded and has no connection
to the vault, so that a child may be forked at any moment, mostly before it is asked for (`spare`);
the child reads the request, and nothing that one command does can hold up another. The loop
ends, and with it the key, when nobody used it for a while, when the machine was asleep, or when
somebody asks.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from maskwell.agent import holding, transport
from maskwell.agent.errand import ACTIVE, LOCKING, RENEWING, STALE, Errand
from maskwell.agent.memory import pin
from maskwell.agent.spare import RETRY_S, Spares, stand_by

if TYPE_CHECKING:
    from collections.abc import Callable

    from maskwell.agent.holding import HeldKey

__all__ = ["Resident"]

_TICK_S = 5.0
_ASLEEP_S = 2.0
"""Time by which the clock that counts sleep runs ahead of the other when there was any."""
_GRACE_S = 2.0
_POLL_S = 0.02
_AWAKE = time.CLOCK_MONOTONIC if hasattr(time, "CLOCK_MONOTONIC") else 0
_ALWAYS = getattr(time, "CLOCK_BOOTTIME", _AWAKE)


class Resident:
    """A listening agent.

    Args:
        listener: the socket, listening and not blocking.
        held: the key; wiped when `serve` returns.
        idle_s: how long it may go unused, in seconds; 0 is for ever.
        work: what a child does with a command line, see `Errand`.
        fits: says whether a key is the one of the vault there is.
        prepare: what a spare does before it waits to be asked.
        now: reads a clock of the system, in seconds.
    """

    def __init__(
        self,
        listener: socket.socket,
        held: HeldKey,
        *,
        idle_s: float,
        work: Callable[[list[str], int | None], int],
        fits: Callable[[bytes], bool],
        prepare: Callable[[], None] = lambda: None,
        now: Callable[[int], float] = time.clock_gettime,
    ) -> None:
        self._listener = listener
        self._held = held
        self._idle_s = idle_s
        self._work = work
        self._fits = fits
        self._prepare = prepare
        self._now = now
        self._spares = Spares(
            lambda line: self._forked(partial(self._stand_by, line)),
            lambda: holding.vault_files(held.root),
        )
        self._children: set[int] = set()
        self._busy: set[int] = set()
        self._reason = ""
        self._used_at = self._now(_ALWAYS)
        self._slept_s = self._now(_ALWAYS) - self._now(_AWAKE)

    def serve(self) -> str:
        """Answer until it is time to lock; return why it was."""
        self._hear_children()
        poll = select.poll()
        for one in (self._listener.fileno(), self._inner.fileno(), self._wake_in):
            poll.register(one, select.POLLIN)
        try:
            while not self._is_over():
                self._spares.see_to()
                ready = {number for number, _ in poll.poll(1000 * self._tick_s())}
                self._look_after_children()
                if not self._is_over() and self._listener.fileno() in ready:
                    self._attend()
        finally:
            self._end()
        return self._reason

    def _tick_s(self) -> float:
        tick_s = _TICK_S
        if self._idle_s and not self._busy:
            tick_s = min(tick_s, self._used_at + self._idle_s - self._now(_ALWAYS))
        if (left_s := self._spares.left_s()) is not None:
            tick_s = min(tick_s, left_s)
        return max(tick_s, _POLL_S)

    def _is_over(self) -> bool:
        """Say whether it is time to lock, and remember why."""
        if self._reason:
            return True
        slept_s = self._now(_ALWAYS) - self._now(_AWAKE)
        if slept_s - self._slept_s > _ASLEEP_S:
            self._reason = "the machine was asleep"
        elif self._idle_s and not self._busy and self._now(_ALWAYS) - self._used_at >= self._idle_s:
            self._reason = "nobody used it"
        return bool(self._reason)

    def _attend(self) -> None:
        """Accept one connection and have the spare answer it, or a child forked for it."""
        try:
            connection, _ = self._listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return  # whoever it was is gone again
        except OSError:  # no more files, and whoever asks is still there
            self._spares.drop(again_in_s=RETRY_S)  # its line is one of them
            time.sleep(_POLL_S)
            return
        with connection, suppress(OSError):
            if transport.peer_uid(connection) != os.geteuid():
                return
            facts = self._facts()
            if not self._spares.hand(connection, facts):
                self._forked(partial(self._answer, connection, facts))

    def _forked(self, work: Callable[[], int]) -> int | None:
        """Return the process id of a child that does `work`; None when there is no room for one."""
        try:
            pid = os.fork()
        except OSError:
            return None  # the command does its own work
        if not pid:
            self._become_child(work)
        with suppress(OSError):  # both sides do it, whoever comes first
            os.setpgid(pid, pid)
        self._children.add(pid)
        return pid

    def _become_child(self, work: Callable[[], int]) -> NoReturn:
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            with suppress(OSError):
                os.setpgid(0, 0)
            for own in (self._listener, self._inner):
                own.close()
            os.close(self._wake_in)
            os.close(self._wake_out)
            self._spares.forget_line()
            code = work()
        finally:
            os._exit(code & 0xFF)

    def _stand_by(self, line: socket.socket) -> int:
        """Be a spare, in a child."""
        try:
            pin(self._held.key)  # that is not inherited
            self._prepare()
            asked = stand_by(line)
            return self._answer(*asked) if asked else 0
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is ending already
            self._held.wipe()
            holding.close_ahead()

    def _answer(self, connection: socket.socket, facts: bytes) -> int:
        """Answer one connection, in a child."""
        connection.setblocking(True)
        is_stale = not self._fits(bytes(self._held.key))
        return Errand(
            connection, self._outer, self._held, facts, self._work, is_stale=is_stale
        ).run()

    def _facts(self) -> bytes:
        left = max(0.0, self._used_at + self._idle_s - self._now(_ALWAYS))
        facts = {
            "process": str(os.getpid()),
            "idle_s": f"{self._idle_s:g}",
            "left_s": f"{left:.0f}" if self._idle_s else "",
            "commands": str(len(self._busy)),
        }
        return "\n".join(f"{name}={value}" for name, value in facts.items()).encode()

    def _hear_children(self) -> None:
        """Let children tell us what they do, and let signals wake the loop."""
        self._inner, self._outer = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._inner.setblocking(False)
        self._wake_in, self._wake_out = os.pipe()
        os.set_blocking(self._wake_in, False)
        os.set_blocking(self._wake_out, False)
        signal.set_wakeup_fd(self._wake_out, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._asked)

    def _asked(self, *_: object) -> None:
        self._reason = self._reason or "somebody asked"

    def _look_after_children(self) -> None:
        with suppress(BlockingIOError):
            os.read(self._wake_in, 4096)
        self._reap()
        with suppress(BlockingIOError):
            while True:
                self._told(self._inner.recv(64))

    def _told(self, message: bytes) -> None:
        what, more = message[:1], message[1:]
        if what == ACTIVE:
            self._used_at = self._now(_ALWAYS)
            if int(more) in self._children:
                self._busy.add(int(more))
        elif what == LOCKING:
            self._children.discard(int(more))
            self._asked()
        elif what == STALE:
            self._reason = self._reason or "the vault has another key now"
        elif what == RENEWING and self._fits(more):
            self._held.replace(more)
            self._spares.drop()

    def _reap(self) -> None:
        for pid in list(self._children):
            try:
                ended, _ = os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:
                ended = pid
            if ended:
                self._children.discard(pid)
                self._spares.ended(pid)
                if pid in self._busy:
                    self._busy.discard(pid)
                    self._used_at = self._now(_ALWAYS)

    def _end(self) -> None:
        """Drop the key first, then stop what still runs."""
        self._held.wipe()
        self._listener.close()
        for number, patience_s in ((signal.SIGINT, _GRACE_S), (signal.SIGKILL, _GRACE_S)):
            for pid in self._children:
                with suppress(OSError):
                    os.killpg(pid, number)
            until = time.monotonic() + patience_s
            while self._children and time.monotonic() < until:
                time.sleep(_POLL_S)
                self._reap()
