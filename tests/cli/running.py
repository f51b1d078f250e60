"""Running a command the way the console script does, with streams of our own."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maskwell.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

PASSPHRASE = "seven quiet otters"


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


class Cli:
    """`cli("scan", "letter.txt", stdin=b"…")`, in this process; no terminal is attached."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
        self._monkeypatch = monkeypatch
        self.home = home

    def __call__(self, *arguments: str, stdin: bytes = b"") -> Ran:
        out, err = _stream(), _stream()
        with self._monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = run(list(arguments))
            out.flush()
            err.flush()
        return Ran(code, out.buffer.getvalue(), err.buffer.getvalue().decode())


def interruptible(*arguments: str) -> list[str]:
    """Return the command line of a process that hears Ctrl-C whoever started the tests.

    A shell's background jobs, and all their children, are started deaf to it.
    """
    script = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from maskwell.__main__ import main; sys.exit(main())"
    )
    return [sys.executable, "-c", script, *arguments]


def _stream() -> Any:
    return io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")


def sentences(text: str) -> Iterator[str]:
    """Yield the lines of stderr that say something."""
    return (line for line in text.splitlines() if line.strip())
