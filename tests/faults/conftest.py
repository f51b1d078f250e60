"""A vault to hurt, and the processes that hurt it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest

from support.vaults import PASSPHRASE, copy_of, key_of, make_home, open_vault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.paths import Home

__all__ = ["PASSPHRASE", "Worker", "open_vault", "small_disk"]

WORKER = Path(__file__).with_name("worker.py")


class Worker:
    """One forking process of `worker.py`; each job runs in a child that may be killed."""

    def __init__(self, key: bytes, *prefix: str) -> None:
        self.key = key
        self._process = subprocess.Popen(
            [*prefix, sys.executable, str(WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def start(self, job: str, home: Home, argument: object = "") -> int:
        """Start a job and return its process id."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{job}\t{home.root}\t{self.key.hex()}\t{argument}\n")
        self._process.stdin.flush()
        return int(self.line())

    def line(self) -> str:
        """Return the next line the job wrote."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def rest(self) -> list[str]:
        """Return what the job still wrote before it was dead."""
        lines = []
        while not (line := self.line()).startswith("dead"):
            assert line, "the worker itself died"
            lines.append(line)
        return lines

    def kill(self, pid: int) -> list[str]:
        """Kill a job, unless it has ended, and return what it had still written."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return self.rest()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=30)


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A tiny file system of its own, where this user may mount one."""
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "maskwell-test", str(folder)],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("mounting a tmpfs is not permitted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture(scope="session")
def closed_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return make_home(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def key_bytes(closed_home: Home) -> bytes:
    return key_of(closed_home)


@pytest.fixture
def home(closed_home: Home, tmp_path: Path) -> Home:
    return copy_of(closed_home, tmp_path)


@pytest.fixture
def worker(key_bytes: bytes) -> Iterator[Worker]:
    with Worker(key_bytes) as started:
        yield started
