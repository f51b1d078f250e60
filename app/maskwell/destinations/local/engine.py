"""Starting the process a model runs in, talking to it, and outliving whatever becomes of it.

A process is kept while its model stays the same, so that the next turn of a chat is read on
from where the last one ended. Invariant: whatever the child does, a reader gets text or a
`DestinationError`, and never waits longer than it said.
"""

from __future__ import annotations

import atexit
import importlib.util
import itertools
import queue
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maskwell.destinations.local.lines import read_line, to_line
from maskwell.errors import DestinationRefused, DestinationUnreachable, StreamBroken
from maskwell.machine.children import start_python

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

__all__ = ["Chat", "Engine", "Spec", "engine_for", "is_installed", "release"]

GRACE_S = 2.0
"""How long a child that was told to stop may take before it is ended."""
_KEPT_VARIABLES = frozenset(
    {"SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "PATH", "CUDA_VISIBLE_DEVICES"}
)
_PATIENT = {"OMP_WAIT_POLICY": "passive"}
"""On a busy machine, threads that wait for each other at full speed stand in their own way."""
_STOPPED: dict[str, Any] = {"is": "stopped"}
_GONE: dict[str, Any] = {"is": "gone"}
_ALIVE: dict[str, Any] = {"is": "alive"}


@dataclass(frozen=True, slots=True)
class Spec:
    """Everything a process is started for; another spec is another process."""

    name: str
    """What the destination is called in sentences."""
    path: str
    sha256: str
    context: int
    """Tokens."""
    threads: int
    gpu_layers: int
    """Layers a graphics card takes; -1 is all."""


class Engine:
    """One child and the pipes to it."""

    def __init__(self, spec: Spec) -> None:
        """Start the child and have it load; whether it could is told by the first chat."""
        self.spec = spec
        self._numbers = itertools.count(1)
        self._chats: dict[int, queue.SimpleQueue[dict[str, Any]]] = {}
        self._late: dict[int, threading.Timer] = {}
        self._lock = threading.Lock()
        self._load: str = ""
        """"" while it loads, then "ready" or the code of what went wrong."""
        self._process = _start()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._say(
            {
                "do": "load",
                "id": 0,
                "path": spec.path,
                "context": spec.context,
                "threads": spec.threads,
                "gpu_layers": spec.gpu_layers,
            }
        )

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None and self._load in {"", "ready"}

    @property
    def is_idle(self) -> bool:
        """Whether nobody waits for anything from it."""
        return not self._chats

    @property
    def last_words(self) -> dict[str, Any]:
        """What is heard of an engine that has ended."""
        is_loaded = self._load in {"", "ready", "gone"}
        return _GONE if is_loaded else {"is": "failed", "code": self._load}

    def open_chat(self) -> Chat:
        """Return a chat that has not asked anything yet."""
        with self._lock:
            number = next(self._numbers)
            self._chats[number] = queue.SimpleQueue()
        return Chat(self, number, self._chats[number])

    def end(self) -> None:
        """End the child and release everything. Ending twice is harmless."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for timer in list(self._late.values()):
            timer.cancel()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                stream.close()  # type: ignore[union-attr]  # both pipes were asked for

    def write(self, line: bytes) -> None:
        """Send the child one line; one that is gone is noticed by the reader."""
        with suppress(OSError, ValueError), self._lock:
            assert self._process.stdin is not None  # noqa: S101  # a pipe was asked for
            self._process.stdin.write(line)
            self._process.stdin.flush()

    def stop_chat(self, number: int) -> None:
        """Have the child leave a chat, and end it if it does not."""
        waiting = self._chats.get(number)
        if waiting is None or number in self._late:
            return
        waiting.put(_STOPPED)
        timer = threading.Timer(GRACE_S, self._process.kill)
        timer.daemon = True
        self._late[number] = timer
        timer.start()
        self._say({"do": "stop", "id": number})

    def close_chat(self, number: int, *, is_over: bool) -> None:
        """Forget a chat; one that is not over is stopped."""
        if not is_over:
            self.stop_chat(number)
        self._chats.pop(number, None)

    def _say(self, message: dict[str, Any]) -> None:
        self.write(to_line(message))

    def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101  # a pipe was asked for
        while message := read_line(self._process.stdout):
            self._hear(message)
        self._load = "gone" if self._load in {"", "ready"} else self._load
        self._process.kill()
        for waiting in list(self._chats.values()):
            waiting.put(self.last_words)

    def _hear(self, message: dict[str, Any]) -> None:
        what, number = message.get("is"), int(message.get("id", -1))
        if number == 0:
            if what == "ready":
                self._load = "ready"
            elif what == "failed":
                self._load = str(message.get("code"))
                self._process.kill()
        if what in {"done", "failed"} and (timer := self._late.pop(number, None)):
            timer.cancel()
        for one, waiting in list(self._chats.items()):
            # A chat that waits for its turn must not take another's for silence.
            waiting.put(message if one == number else _ALIVE)


class Chat:
    """One question to the engine, and its answer."""

    def __init__(
        self, engine: Engine, number: int, heard: queue.SimpleQueue[dict[str, Any]]
    ) -> None:
        self._engine = engine
        self._heard = heard
        self._came = False
        self.number = number

    def ask(self, body: bytes, *, timeout_s: float) -> Iterator[str]:
        """Send the request and yield the reply's pieces.

        Args:
            body: the request as one JSON line, without its end.
            timeout_s: the longest silence.

        Raises:
            StreamBroken: it was stopped, or the child ended; what came is valid.
            DestinationUnreachable: no answer in time, or the child ended before one.
            DestinationRefused: the model cannot be loaded, or the chat is too long for it.
        """
        is_over = False
        try:
            self._engine.write(body + b"\n")
            if not self._engine.is_alive:
                self._heard.put(self._engine.last_words)
            while True:
                message = self._next(timeout_s)
                if message["is"] == "text":
                    self._came = True
                    yield str(message["text"])
                elif message["is"] in {"done", "failed"}:
                    is_over = True
                    self._check(message)
                    return
        finally:
            self._engine.close_chat(self.number, is_over=is_over)

    def stop(self) -> None:
        """Wake the reader and have the child stop; from any thread."""
        self._engine.stop_chat(self.number)

    def forget(self) -> None:
        """Close a chat that has asked nothing."""
        self._engine.close_chat(self.number, is_over=True)

    def _next(self, timeout_s: float) -> dict[str, Any]:
        name = self._engine.spec.name
        try:
            message = self._heard.get(timeout=timeout_s)
        except queue.Empty as error:
            if self._came:
                raise StreamBroken(
                    f'The reply of "{name}" fell silent for {timeout_s:g} seconds; '
                    "what came before is kept."
                ) from error
            raise DestinationUnreachable(
                f'"{name}" did not answer within {timeout_s:g} seconds.'
            ) from error
        if message is _STOPPED:
            raise StreamBroken("The reply was stopped; what came before is kept.")
        if message is _GONE:
            raise self._gone(name)
        return message

    def _gone(self, name: str) -> StreamBroken | DestinationUnreachable:
        if self._came:
            return StreamBroken(
                f'The engine of "{name}" ended unexpectedly; what came before is kept.'
            )
        return DestinationUnreachable(
            f'The engine of "{name}" ended unexpectedly before it answered; try again, and if it '
            "stays so, the model may need more memory than there is."
        )

    def _check(self, message: dict[str, Any]) -> None:
        name, code = self._engine.spec.name, message.get("code")
        if message["is"] == "done":
            return
        if code == "too_long":
            raise DestinationRefused(
                f'The conversation is too long for "{name}", which keeps '
                f'{self._engine.spec.context:,} tokens in mind; raise its "context" setting.'
            )
        if code == "template":
            raise DestinationRefused(
                f'The model of "{name}" has a chat template that cannot be used.'
            )
        if code in {"load", "memory"}:
            raise DestinationRefused(
                f'The engine cannot load the model of "{name}"; it may need a newer engine or '
                "more memory."
            )
        raise StreamBroken(f'The engine of "{name}" failed; what came before is kept.')


_engines: dict[Spec, Engine] = {}
_engines_lock = threading.Lock()


def engine_for(spec: Spec) -> Engine:
    """Return the engine for a model, the one at hand if there is one.

    Raises:
        DestinationUnreachable: llama.cpp is not installed.
    """
    if not is_installed():
        raise DestinationUnreachable(
            "The engine for local models is not installed; install it with: "
            "maskwell model engine --install."
        )
    with _engines_lock:
        for other, engine in list(_engines.items()):
            if not engine.is_alive or (other != spec and engine.is_idle):
                _engines.pop(other).end()
        if spec not in _engines:
            _engines[spec] = Engine(spec)
        return _engines[spec]


def release() -> None:
    """End every engine, and with it what it was told."""
    with _engines_lock:
        while _engines:
            _engines.popitem()[1].end()


def is_installed() -> bool:
    """Whether llama.cpp's engine is there; it is not loaded for that."""
    return importlib.util.find_spec("llama_cpp") is not None


def _start() -> subprocess.Popen[bytes]:
    return start_python(
        "maskwell.destinations.local.child", "main", environ=_PATIENT, kept=_KEPT_VARIABLES
    )


atexit.register(release)
