"""What a command may ask of the agent, and how the question is written.

Made by the side that must start fast, so this module imports next to nothing.
"""

from __future__ import annotations

import os
import sys

from maskwell import __version__

__all__ = [
    "ACCEPTED",
    "DONE",
    "KEY",
    "KEY_BYTES",
    "LOCK",
    "READY",
    "REFUSED",
    "RENEW",
    "RUN",
    "STATUS",
    "Request",
    "written",
]

RUN, KEY, RENEW, STATUS, LOCK = b"run", b"key", b"renew", b"status", b"lock"
ACCEPTED, REFUSED, DONE = b"A", b"R", b"D"
READY = b"ready"
"""What a new agent says to whoever started it, once it listens."""
KEY_BYTES = 32
_FIXED = 7


def identity() -> bytes:
    """Return what says which program this is: another one's requests are not run."""
    return os.fsencode(f"{__version__} {os.path.dirname(__file__)} {sys.version}")  # noqa: PTH120  # no pathlib


class Request:
    """One question as the agent reads it."""

    __slots__ = ("arguments", "environ", "folder", "home", "kind", "program", "streams")

    def __init__(self, fields: list[bytes]) -> None:
        """Take a message apart.

        Raises:
            ValueError, IndexError: it is not one that `written` made.
        """
        self.kind, self.program, home, folder, streams, count, rest = (
            *fields[: _FIXED - 1],
            fields[_FIXED - 1 :],
        )
        self.home = os.fsdecode(home)
        self.folder = os.fsdecode(folder)
        self.streams = streams.decode("ascii")
        words, pairs = rest[: int(count)], rest[int(count) :]
        if len(words) != int(count):
            raise ValueError("arguments are missing")
        self.arguments = [os.fsdecode(word) for word in words]
        self.environ = dict(pair.split(b"=", 1) for pair in pairs)


def written(
    kind: bytes,
    home: str,
    *,
    folder: str = "/",
    streams: str = "",
    arguments: list[str] | None = None,
    environ: dict[bytes, bytes] | None = None,
) -> list[bytes]:
    """Return a request as fields.

    Args:
        kind: what is asked for.
        home: the absolute folder of the home it is about.
        folder: the command's working folder.
        streams: which open files come along, in their order: digits of standard streams, and
            "t" for the terminal.
        arguments: the command line behind the program's name.
        environ: the command's environment.
    """
    words = [os.fsencode(word) for word in arguments or []]
    pairs = [name + b"=" + value for name, value in (environ or {}).items()]
    start = [kind, identity(), os.fsencode(home), os.fsencode(folder), streams.encode("ascii")]
    return [*start, str(len(words)).encode("ascii"), *words, *pairs]
