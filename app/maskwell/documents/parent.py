"""Starting the parsing child, feeding it, and outliving whatever becomes of it.

One child serves one file and is gone, so no file can reach another's text; where a nursery can
be had it is a fork of that, elsewhere a new Python.
Invariant: whatever the child does, the caller gets its answer or an `InputError`.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from threading import Thread, Timer
from typing import IO, TYPE_CHECKING, Any

from maskwell.documents.nursery import Cradle
from maskwell.errors import InputTooLarge, InputUnreadable, LayoutUnsafe, UsageError
from maskwell.machine.frames import pack, unpack

if TYPE_CHECKING:
    from maskwell.documents.limits import Limits

__all__ = ["Child", "ask"]

_ERRORS = {one.__name__: one for one in (InputTooLarge, InputUnreadable, LayoutUnsafe, UsageError)}
_LONGEST_MESSAGE_CHARS = 300


class Child:
    """A parsing child and the pipes to it. Stop it when its file is done."""

    def __init__(self, limits: Limits, module: str = "") -> None:
        """Start it; `module` is the format's, which a nursery loads before it forks.

        Raises:
            InputUnreadable: no process came to life, so nothing was read.
        """
        self._limits = limits
        try:
            self._cradle = Cradle(module)
        except BrokenPipeError as error:
            raise InputUnreadable(
                "The process that reads files safely did not start; try again, or reinstall "
                "Maskwell if it never does."
            ) from error
        self._is_in_order = True

    def ask(self, request: dict[str, Any], data: bytes = b"") -> tuple[dict[str, Any], bytes]:
        """Have the child carry out one request.

        Raises:
            InputTooLarge: the file needs more time or memory than parsing may take.
            InputUnreadable: it is damaged, or the format's code refused it.
        """
        frame = pack({**request, "limits": asdict(self._limits)}, data)
        timer = Timer(self._limits.timeout_s, self._cradle.strike)
        timer.start()
        self._is_in_order = False
        try:
            message, blob = self._exchange(frame)
        except (ValueError, TypeError, OSError, RecursionError) as error:
            late = not timer.is_alive()
            self.stop()
            raise _lost(late=late, limits=self._limits) from error
        finally:
            timer.cancel()
        self._is_in_order = True
        if "error" in message:
            self.stop()
            raise _told(message)
        return message, blob

    def stop(self) -> None:
        """End the child, whatever it does. Stopping twice is harmless."""
        self._cradle.end(is_in_order=self._is_in_order)

    def _exchange(self, frame: bytes) -> tuple[dict[str, Any], bytes]:
        into, out = self._cradle.process.stdin, self._cradle.process.stdout
        assert into is not None  # noqa: S101  # a pipe was asked for
        assert out is not None  # noqa: S101  # likewise
        feeder = Thread(target=_feed, args=(into, frame), daemon=True)
        feeder.start()
        try:
            return unpack(out, 2 * self._limits.expanded_bytes)
        except BaseException:
            self._cradle.strike()
            raise
        finally:
            feeder.join()


def ask(
    request: dict[str, Any], data: bytes, limits: Limits, module: str = ""
) -> tuple[dict[str, Any], bytes]:
    """Have a new child carry out one request about `data`, and end it.

    Raises:
        InputTooLarge, InputUnreadable: as for `Child.ask`.
    """
    child = Child(limits, module)
    try:
        return child.ask(request, data)
    finally:
        child.stop()


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
