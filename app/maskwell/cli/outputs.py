"""Writing what a command gives: to stdout as it comes, or to a file whole or not at all.

A file or a pipe gets every byte. A terminal gets text that does nothing: what came from a model
or a stranger's file could else write to its clipboard or draw over what stands there.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from maskwell.errors import UsageError
from maskwell.text.inert import inert

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["json_line", "open_output", "write_out"]


@contextmanager
def open_output(path: str | None) -> Iterator[IO[bytes]]:
    """Open stdout (None or "-"), or a file that takes its name only when all is written.

    The file is written beside its place, synced to the disk, then renamed, so that no
    interruption leaves half of it. A new file is readable for its owner alone.

    Raises:
        UsageError: the place cannot be written to; what stood there still does.
    """
    if path is None or path == "-":
        yield cast("IO[bytes]", _Screen()) if sys.stdout.isatty() else sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    temporary = _beside(target)
    try:
        with temporary as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(Path(temporary.name), target)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        Path(temporary.name).unlink(missing_ok=True)


class _Screen:
    """Standard output when it is a terminal; whole texts are written to it, never pieces."""

    def write(self, untrusted_data: bytes) -> int:
        shown = inert(untrusted_data.decode(errors="replace"))
        return sys.stdout.buffer.write(shown.encode(errors="replace"))

    def flush(self) -> None:
        sys.stdout.buffer.flush()


def write_out(path: str | None, data: bytes) -> None:
    """Write `data` as `open_output` does."""
    with open_output(path) as out:
        out.write(data)


def json_line(value: Any) -> bytes:
    """Return a value as one line of JSON, readable as it is where UTF-8 allows it."""
    try:
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value).encode() + b"\n"


def _beside(target: Path) -> Any:
    if target.is_dir():
        raise UsageError(f"{target} is a folder; name a file to write.")
    try:
        return tempfile.NamedTemporaryFile(  # closed and renamed by the caller
            dir=target.parent, prefix=f".{target.name[:40]}.", delete=False
        )
    except OSError as error:
        raise _unwritable(target, error) from error


def _put_in_place(temporary: Path, target: Path) -> None:
    if target.exists():
        temporary.chmod(target.stat().st_mode & 0o777)
    temporary.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _unwritable(target: Path, error: OSError) -> UsageError:
    return UsageError(f"{target} cannot be written ({error.strerror}); nothing was changed there.")
