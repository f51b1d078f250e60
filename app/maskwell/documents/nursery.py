"""Parsing children without the wait: a process that has the libraries loaded forks one per file.

Starting Python and loading a format's libraries takes far longer than most files do. On Linux a
nursery process does it once and never sees a byte of a file: it forks, and the fork confines
itself, serves one file and is killed. Its pipes are the nursery's, so they are handed on only
when they are known to be empty; after anything out of order the whole nursery is killed.
Invariant: what a child wrote can be read only as an answer about that child's own file.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import sys
from importlib import import_module
from threading import Lock, Timer
from typing import IO, TYPE_CHECKING

from maskwell.machine.children import start_python

if TYPE_CHECKING:
    import subprocess

__all__ = ["IS_POSSIBLE", "Cradle", "Nursery", "serve"]

IS_POSSIBLE = sys.platform == "linux"
"""Elsewhere forking a process that has libraries loaded is not safe."""

_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""A confined child may not make threads, and numpy would try when a library loads it."""
_BORN, _GONE = b"+", b"-"
_MOST_IDLE = 4
_IDLE_S = 30.0
_MOST_CHILDREN = 2_000


def _start(
    module: str, call: str, *arguments: str, handles: tuple[int, ...] = ()
) -> subprocess.Popen[bytes]:
    """Start a bare Python that calls a function of this room."""
    return start_python(
        f"maskwell.documents.{module}", call, *arguments, handles=handles, environ=_ONE_THREAD
    )


class Nursery:
    """A nursery process, as its parent holds it. At most one child lives at a time."""

    def __init__(self) -> None:
        told, self._tell = os.pipe()
        self._hear, saying = os.pipe()
        try:
            self.process = _start(
                "nursery", "serve", str(told), str(saying), handles=(told, saying)
            )
        except BaseException:
            os.close(self._tell)
            os.close(self._hear)
            raise
        finally:
            os.close(told)
            os.close(saying)
        self.children = 0
        self._is_whole = True

    @property
    def is_whole(self) -> bool:
        """Whether it can have another child."""
        return self._is_whole and self.children < _MOST_CHILDREN

    def bear(self, module: str) -> None:
        """Have a child; its pipes are those of the process.

        Args:
            module: the format's module, which is loaded before.

        Raises:
            OSError: the nursery is dead.
        """
        self.children += 1
        self._exchange(module.encode() + b"\n", _BORN)

    def lose(self) -> bool:
        """Kill the child; return whether the pipes are empty and another may have them."""
        try:
            self._exchange(b"\n", _GONE)
            self._is_whole = self._is_whole and not _drained(self.process.stdout)
        except OSError:
            self._is_whole = False
        return self.is_whole

    def strike(self) -> None:
        """Kill the processes and leave the pipes, for a reader that waits at one."""
        self._is_whole = False
        with contextlib.suppress(OSError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def kill(self) -> None:
        """End the nursery and its child, whatever they do. Killing twice is harmless."""
        self.strike()
        _buried(self.process)
        for handle in (self._tell, self._hear):
            if handle >= 0:
                os.close(handle)
        self._tell = self._hear = -1

    def _exchange(self, words: bytes, answer: bytes) -> None:
        os.write(self._tell, words)
        if os.read(self._hear, 1) != answer:
            raise BrokenPipeError


class _Idle:
    """The nurseries nobody uses; they go when nobody has for a while."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._idle: list[Nursery] = []
        self._timer: Timer | None = None
        atexit.register(self.clear)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._disown)

    def take(self) -> Nursery:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return Nursery()

    def give(self, nursery: Nursery) -> None:
        with self._lock:
            is_kept = len(self._idle) < _MOST_IDLE
            if is_kept:
                self._idle.append(nursery)
                self._wind()
        if not is_kept:
            nursery.kill()

    def clear(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
            if self._timer is not None:
                self._timer.cancel()
        for nursery in idle:
            nursery.kill()

    def _wind(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = Timer(_IDLE_S, self.clear)
        self._timer.daemon = True
        self._timer.start()

    def _disown(self) -> None:
        """Leave the parent's nurseries to it: two processes must not share a pipe."""
        self._lock, self._idle, self._timer = Lock(), [], None


_idle = _Idle()


class Cradle:
    """A newborn child's process and its pipes.

    Args:
        module: the format's module, which a nursery loads before it forks.

    Raises:
        OSError: no process could be started.
    """

    def __init__(self, module: str) -> None:
        self._nursery = _with_child(module) if IS_POSSIBLE else None
        self.process = self._nursery.process if self._nursery else _start("child", "main")
        self._is_over = False

    def strike(self) -> None:
        """Kill the child and leave its pipes, for a reader that waits at one."""
        if self._nursery is not None:
            self._nursery.strike()
        else:
            self.process.kill()

    def end(self, *, is_in_order: bool) -> None:
        """Kill the child and close or hand on its pipes. Ending twice is harmless.

        Args:
            is_in_order: whether all that was asked was answered, and nothing else.
        """
        if self._is_over:
            return
        self._is_over = True
        if self._nursery is None:
            _buried(self.process)
        elif is_in_order and self._nursery.lose():
            _idle.give(self._nursery)
        else:
            self._nursery.kill()


def _with_child(module: str) -> Nursery:
    nursery = _idle.take()
    try:
        nursery.bear(module)
    except OSError:
        nursery.kill()
        nursery = Nursery()
        try:
            nursery.bear(module)
        except OSError:
            nursery.kill()
            raise
    return nursery


def _buried(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            stream.close()  # type: ignore[union-attr]  # both pipes were asked for


def serve() -> None:
    """Be the nursery, until the parent is gone."""
    told, saying = int(sys.argv[2]), int(sys.argv[3])
    orders = os.fdopen(told, "rb")
    while order := orders.readline():
        module = order.strip().decode()
        if module:
            with contextlib.suppress(ImportError):
                _load(module)
        child = os.fork()
        if child == 0:
            orders.close()
            os.close(saying)
            _be_child()
        os.write(saying, _BORN)
        orders.readline()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        _drained(sys.stdin.buffer)
        os.write(saying, _GONE)


def _load(module: str) -> None:
    """Load a format's code and what it says it will load later."""
    for name in getattr(import_module(module), "LOADED_LATER", ()):
        import_module(name)


def _be_child() -> None:
    from maskwell.documents.child import main  # noqa: PLC0415  # loaded with the formats already

    try:
        main()
    finally:
        os._exit(0)


def _drained(stream: IO[bytes] | None) -> int:
    """Read what is left in a pipe no one writes to any more; return how many bytes it was."""
    assert stream is not None  # noqa: S101  # a pipe was asked for
    handle, count = stream.fileno(), 0
    os.set_blocking(handle, False)
    try:
        while piece := stream.read1(1 << 16):  # type: ignore[attr-defined]  # a buffered reader
            count += len(piece)
    finally:
        os.set_blocking(handle, True)
    return count
