"""The process that reads the app's texts, as the app holds it: asked, waited for, ended.

Invariant: whoever asks gets an answer or an error, also when the process is ended meanwhile, and
what it answers is plain data.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

from maskwell import errors
from maskwell.errors import InputUnreadable, Interrupted
from maskwell.machine.children import start_python
from maskwell.machine.frames import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

__all__ = ["BesideProcess", "Row"]

_LONGEST_FRAME = 1 << 24
_TOLD = {"ConfigError": errors.ConfigError, "IntegrityError": errors.IntegrityError}
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Threads of libraries would be there before the process is confined."""
_NO_ROOM = "The text could not be searched: no process can be started ({}); close something."
_LOST = "The text could not be searched; try a shorter one."

Row = list[Any]


class BesideProcess:
    """One process; it serves one request at a time."""

    def __init__(self) -> None:
        """Start it.

        Raises:
            InputUnreadable: the system has no room for another process.
        """
        try:
            self._process = start_python("maskwell.tui.beside_child", "main", environ=_ONE_THREAD)
        except OSError as error:
            raise InputUnreadable(_NO_ROOM.format(error.strerror)) from error
        self.was_cancelled = False

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def ask(
        self, request: dict[str, Any], text: str, tell: Callable[[int], None] = lambda _: None
    ) -> list[Row]:
        """Return the rows it answers with; `tell` hears how many characters have been read.

        Raises:
            Interrupted: `cancel` was called meanwhile.
            InputUnreadable: it ended without an answer.
            ConfigError, IntegrityError: as the detector's.
        """
        into, out = self._process.stdin, self._process.stdout
        assert into is not None  # noqa: S101  # a pipe was asked for
        assert out is not None  # noqa: S101  # likewise
        frame = pack(request, text.encode("utf-8", "surrogatepass"))
        feeder = Thread(target=_feed, args=(into, frame), daemon=True)
        feeder.start()
        try:
            return _answered(out, tell)
        except (OSError, ValueError, TypeError, KeyError) as error:
            if self.was_cancelled:
                raise Interrupted("The search was cancelled; nothing was sent.") from None
            raise InputUnreadable(_LOST) from error
        finally:
            feeder.join()

    def cancel(self) -> None:
        """End it while it is asked; whoever waits is told so."""
        self.was_cancelled = True
        self._process.kill()

    def end(self) -> None:
        """End it and close its pipes. Ending twice is harmless; nobody may be asking."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                stream.close()  # type: ignore[union-attr]  # both pipes were asked for


def _answered(stream: IO[bytes], tell: Callable[[int], None]) -> list[Row]:
    rows: list[Row] = []
    while True:
        message, _ = unpack(stream, _LONGEST_FRAME)
        if "rows" in message:
            rows += message["rows"]
        elif "read" in message:
            tell(int(message["read"]))
        elif "error" in message:
            raise _TOLD.get(str(message["error"]), InputUnreadable)(message["message"] or _LOST)
        elif message["done"] == len(rows):
            return rows
        else:
            raise ValueError("rows are missing")


def _feed(stream: IO[bytes], frame: bytes) -> None:
    with suppress(OSError, ValueError):
        stream.write(frame)
        stream.flush()
