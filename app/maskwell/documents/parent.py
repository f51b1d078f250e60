"""Starting the parsing child, feeding it, and outliving whatever becomes of it.

One child serves one request about one file and is gone, so no file can reach another's text.
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

__all__ = ["ask"]

_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from maskwell.documents.child import main; main()"
)
_ERRORS = {one.__name__: one for one in (InputTooLarge, InputUnreadable, UsageError)}
_LONGEST_MESSAGE_CHARS = 300
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""A confined child may not make threads, and numpy would try when a library loads it."""


def ask(request: dict[str, Any], data: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    """Have a confined child carry out one request about `data`.

    Raises:
        InputTooLarge: the file needs more time or memory than parsing may take.
        InputUnreadable: it is damaged, or the format's code refused it.
    """
    frame = pack({**request, "limits": asdict(limits)}, data)
    child = _start()
    timer = Timer(limits.timeout_s, child.kill)
    timer.start()
    try:
        message, blob = _exchange(child, frame, limits)
    except (ValueError, TypeError, OSError, RecursionError) as error:
        late = not timer.is_alive()
        raise _lost(late=late, limits=limits) from error
    finally:
        timer.cancel()
        child.kill()
        child.wait()
    if "error" in message:
        raise _told(message)
    return message, blob


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


def _exchange(
    child: subprocess.Popen[bytes], frame: bytes, limits: Limits
) -> tuple[dict[str, Any], bytes]:
    assert child.stdin is not None  # noqa: S101  # a pipe was asked for
    assert child.stdout is not None  # noqa: S101  # likewise
    feeder = Thread(target=_feed, args=(child.stdin, frame), daemon=True)
    feeder.start()
    try:
        return unpack(child.stdout, 2 * limits.expanded_bytes)
    finally:
        child.kill()
        feeder.join()
        child.stdout.close()


def _feed(stream: IO[bytes], frame: bytes) -> None:
    with suppress(OSError):
        stream.write(frame)
    with suppress(OSError):
        stream.close()


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
