"""R34: killed at any point, the watched folder leaves no partial names and the next run goes on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maskwell.paths import Home
from maskwell.vault import FLOOR_KDF, Vault
from maskwell.vault.header import read_header
from maskwell.vault.unlocking import passphrase_secret, unlock

from .conftest import MAIL, PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator

DROPPER = Path(__file__).with_name("dropper.py")
LINES = 120

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are forked")


@pytest.fixture
def vault(tmp_path: Path) -> tuple[Home, bytes]:
    home = Home(tmp_path / "vault")
    Vault.create(home, PASSPHRASE, kdf=FLOOR_KDF).close()
    key = unlock(read_header(home.header), passphrase_secret(PASSPHRASE))
    return home, bytes(key.raw)


class Dropper:
    """The forking process; `run` lets one worker live for so many seconds."""

    def __init__(self, home: Home, key: bytes, folder: Path, out: Path, fate: str) -> None:
        words = [str(home.root), key.hex(), str(folder), str(out), fate]
        self.process = subprocess.Popen(
            [sys.executable, str(DROPPER), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def run(self, seconds: float | None = None) -> bool:
        """Run a worker, kill it after `seconds` of work; return whether it came to its end."""
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        pid = int(self.line())
        assert self.line() == "begun"
        if seconds is not None:
            time.sleep(seconds)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        is_done = False
        while not (line := self.line()).startswith("dead"):
            is_done |= line.startswith("done")
        return is_done

    def line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        assert line, "the worker itself died"
        return line

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(60)


@pytest.fixture
def droppers() -> Iterator[list[Dropper]]:
    made: list[Dropper] = []
    yield made
    for one in made:
        one.close()


def content(number: int) -> str:
    return "".join(f"{number}.{line} to {MAIL}, a{number}@example.com\n" for line in range(LINES))


def copies(out: Path) -> list[Path]:
    own = {"maskwell-reports", ".maskwell"}
    return [
        one for one in out.rglob("*") if one.is_file() and one.relative_to(out).parts[0] not in own
    ]


def check_whole(out: Path, files: int) -> None:
    """Every copy is whole, safe, and the only one of its source."""
    seen = []
    for copy in copies(out):
        lines = copy.read_text().splitlines()
        assert len(lines) == LINES
        assert "example.com" not in copy.read_text()
        assert (out / "maskwell-reports" / f"{copy.name}.json").exists()
        seen.append(lines[0].partition(".")[0])
    assert len(seen) == len(set(seen)) <= files


def kills(tmp_path: Path, vault, droppers: list[Dropper], fate: str, times: int) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    dice = random.Random(7)
    dropper = Dropper(*vault, folder, out, fate)
    droppers.append(dropper)
    files = 0
    for _ in range(times):
        for _ in range(3):
            (folder / f"{files}.txt").write_text(content(files))
            files += 1
        dropper.run(dice.uniform(0.0, 0.25))
        check_whole(out, files)
    while not dropper.run(None):
        pass

    check_whole(out, files)
    assert len(copies(out)) == files
    assert list((out / ".maskwell/unfinished").iterdir()) == []
    left = sorted(one.name for one in folder.iterdir())
    expected = sorted(f"{number}.txt" for number in range(files)) if fate == "leave" else []
    assert left == (["maskwell-done"] if fate == "move" else expected)


@pytest.mark.sec
@pytest.mark.parametrize("fate", ["leave", "move", "shred"])
def test_atomic_r34_killed_again_and_again_every_file_has_one_whole_copy(
    tmp_path, vault, droppers, fate
):
    kills(tmp_path, vault, droppers, fate, 5)


@pytest.mark.sec
@pytest.mark.full
@pytest.mark.parametrize("fate", ["leave", "move", "shred"])
def test_atomic_r34_killed_200_times(tmp_path, vault, droppers, fate):
    kills(tmp_path, vault, droppers, fate, 200)
