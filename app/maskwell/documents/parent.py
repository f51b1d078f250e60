"""Starting the parsing child, feeding it, and outliving whatever becomes of it.

One child serves one file and is gone, so no file can reach another's text.
Invariant: whatever the child does, the caller gets its answer or an `InputError`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from threading import Thread, Timer
from typing import IO, TYPE_CHECKING, Any

from maskwell.documents.child import pack, unpack
from maskwell.errors import InputTooLarge, InputUnreadable, UsageError

if TYPE_CHECKING:
    from maskwell.documents.limits import Limits

__all__ = ["Child", "ask"]

_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from maskwell.documents.child import main; main()"
)
_ERRORS = {one.__name__: one for one in (InputTooLarge, InputUnreadable, UsageError)}
_LONGEST_MESSAGE_CHARS = 300
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""A confined child may not make threads, and numpy would try when a library loads it."""


class Child:
    """A parsing child and the pipes to it. Stop it when its file is done."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process = _start()

    def ask(self, request: dict[str, Any], data: bytes = b"") -> tuple[dict[str, Any], bytes]:
        """Have the child carry out one request.

        Raises:
            InputTooLarge: the file needs more time or memory than parsing may take.
            InputUnreadable: it is damaged, or the format's code refused it.
        """
        frame = pack({**request, "limits": asdict(self._limits)}, data)
        timer = Timer(self._limits.timeout_s, self._process.kill)
        timer.start()
        try:
            message, blob = self._exchange(frame)
        except (ValueError, TypeError, OSError, RecursionError) as error:
            late = not timer.is_alive()
            self.stop()
            raise _lost(late=late, limits=self._limits) from error
        finally:
            timer.cancel()
        if "error" in message:
            self.stop()
            raise _told(message)
        return message, blob

    def stop(self) -> None:
        """End the child, whatever it does. Stopping twice is harmless."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                stream.close()  # type: ignore[union-attr]  # both pipes were asked for

    def _exchange(self, frame: bytes) -> tuple[dict[str, Any], bytes]:
        into, out = self._process.stdin, self._process.stdout
        assert into is not None  # noqa: S101  # a pipe was asked for
        assert out is not None  # noqa: S101  # likewise
        feeder = Thread(target=_feed, args=(into, frame), daemon=True)
        feeder.start()
        try:
            return unpack(out, 2 * self._limits.expanded_bytes)
        except BaseException:
            self._process.kill()
            raise
        finally:
            feeder.join()


def ask(request: dict[str, Any], data: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    """Have a new child carry out one request about `data`, and end it.

    Raises:
        InputTooLarge, InputUnreadable: as for `Child.ask`.
    """
    child = Child(limits)
    try:
        return child.ask(request, data)
    finally:
        child.stop()


def _start() -> subprocess.Popen[bytes]:
    path = [os.path.abspath(one) for one in sys.path if one]  # noqa: PTH100  # also zip files
    kept = {"SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR"} & os.environ.keys()
    return subprocess.Popen(
        [sys.executable, "-I", "-c", _BOOT, json.dumps(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**_ONE_THREAD, **{name: os.environ[name] for name in kept}},
        start_new_session=True,
    )


def _feed(stream: IO[bytes], frame: bytes) -> None:
    with suppress(OSError, ValueError):
        stream.write(frame)
        stream.flush()


def _lost(*, late: bool, limits: Limits) -> InputTooLarge | InputUnreadable:
    if late:
        return InputTooLarge(
            f"The file could not be read within {limits.timeout_s:g} seconds; split it."
        )
    return InputUnreadable(
        "Reading the file failed and was stopped safely; it may be damaged or hostile."
    )


def _told(message: dict[str, Any]) -> InputTooLarge | InputUnreadable | UsageError:
    kind = _ERRORS.get(str(message["error"]), InputUnreadable)
    words = "".join(c for c in str(message.get("message")) if c.isprintable())
    return kind(words[:_LONGEST_MESSAGE_CHARS])
