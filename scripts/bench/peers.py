#!/usr/bin/env python3
"""Start-up time and memory of Maskwell beside other terminal apps, each as its user starts it.

Every app runs in a pseudo-terminal until its first screen's words arrive; then the memory of
its whole process tree is read (proportional share, so that what processes share is counted
once). Runs take turns, so that a busy machine is busy for all of them. Processor time is what
such a machine leaves nearly unchanged.

    .venv/bin/python scripts/bench/peers.py [--runs 5] [--peer NAME=COMMAND=WORD]...

A peer is given with its command and a word of its first screen, for example
`--peer 'posting=/venvs/posting/bin/posting=Collection'`; the word * is anything at all.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pexpect
import pyte

_TICKS = os.sysconf("SC_CLK_TCK")
_PATIENCE_S = 120.0
_SETTLE_S = 3.0
_ANSWERS = {b"\x1b[6n": b"\x1b[1;1R", b"\x1b[c": b"\x1b[?62;22c", b"\x1b[0c": b"\x1b[?62;22c"}
"""What a terminal answers when it is asked where its cursor is and what it can do."""


@dataclass(frozen=True)
class Program:
    """One app, and a word of its first screen."""

    name: str
    command: list[str]
    word: str
    has_vault: bool = False
    is_open: bool = False
    """Begin in the chat of a vault that is made first."""
    types: str = ""
    """Typed once the word is there; memory is read after it."""


@dataclass(frozen=True)
class Taken:
    """One run: milliseconds and megabytes."""

    wall_ms: float
    processor_ms: float
    memory_mb: float


def descendants(pid: int) -> list[int]:
    """Return a process and all it started."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def processor_ms(pid: int) -> float:
    """Return the processor time of a process tree so far."""
    total = 0
    for one in descendants(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        total += sum(int(field) for field in fields[11:15])
    return total / _TICKS * 1000


def memory_mb(pid: int) -> float:
    """Return the proportional memory of a process tree."""
    kib = 0
    for one in descendants(pid):
        found = re.search(
            r"^Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text(), re.MULTILINE
        )
        kib += int(found.group(1)) if found else 0
    return kib * 1024 / 1e6


def is_shown(word: str, screen: pyte.Screen) -> bool:
    """Say whether the word stands on the screen; * is anything at all."""
    shown = "\n".join(screen.display)
    return bool(shown.strip()) if word == "*" else word in shown


def measure(program: Program) -> Taken:
    """Start the program once, until its word stands on the screen."""
    screen = pyte.Screen(100, 30)
    stream = pyte.ByteStream(screen)
    with tempfile.TemporaryDirectory() as home:
        command = program.command
        if program.has_vault:
            Path(home, "vault.header").touch()
        if program.is_open:
            command = [*command, "--passphrase-file", str(made_vault(Path(home)))]
        folders = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), home)
        began = time.perf_counter()
        child = pexpect.spawn(
            command[0],
            command[1:],
            env={**os.environ, **folders, "MASKWELL_HOME": home, "TERM": "xterm-256color"},
            dimensions=(30, 100),
            timeout=_PATIENCE_S,
        )
        while not is_shown(program.word, screen):
            if time.perf_counter() - began > _PATIENCE_S:
                raise SystemExit(
                    f"{program.name} never showed {program.word!r}:\n" + "\n".join(screen.display)
                )
            try:
                data = child.read_nonblocking(65536, timeout=_PATIENCE_S)
            except pexpect.EOF:
                raise SystemExit(f"{program.name} ended:\n" + "\n".join(screen.display)) from None
            stream.feed(data)
            if asked := re.search(rb"\x1b_Gi=(\d+)", data):
                child.send(b"\x1b_Gi=%b;OK\x1b\\" % asked.group(1))
            for question, reply in _ANSWERS.items():
                if question in data:
                    child.send(reply)
        wall = (time.perf_counter() - began) * 1000
        processor = processor_ms(child.pid)
        if program.types:
            child.send(program.types)
            time.sleep(_SETTLE_S)
        time.sleep(_SETTLE_S)
        memory = memory_mb(child.pid)
        child.close(force=True)
    return Taken(wall, processor, memory)


def made_vault(home: Path) -> Path:
    """Make a vault and return the file of its passphrase."""
    from maskwell.shield import Shield  # only for some of the runs

    os.environ["MASKWELL_VAULT_KDF_MEMORY_MIB"] = "64"
    Shield.create(home, "seven-quiet-otters").close()
    passphrase = home / "passphrase"
    passphrase.write_text("seven-quiet-otters\n")
    return passphrase


def programs(peers: list[str]) -> list[Program]:
    """Return Maskwell, and the peers as they were given."""
    own = [sys.executable, "-m", "maskwell"]
    found = [
        Program("maskwell, first run", own, "Choose a passphrase"),
        Program("maskwell, locked", own, "Your vault is locked", has_vault=True),
        Program("maskwell, in a chat", own, "policy everyday", is_open=True),
        Program("maskwell, writing", own, "policy everyday", is_open=True, types="To Marta Lind"),
    ]
    for peer in peers:
        name, command, word = peer.split("=", 2)
        found.append(Program(name, shlex.split(command), word))
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=COMMAND=WORD")
    given = parser.parse_args()
    measured: dict[str, list[Taken]] = {}
    for _ in range(given.runs):
        for program in programs(given.peer):
            measured.setdefault(program.name, []).append(measure(program))
    print(f"{given.runs} runs each, in turn; load {os.getloadavg()[0]:.1f}; medians")
    print(f"{'':22} {'ms':>7} {'processor ms':>13} {'MB':>6}")
    for name, taken in measured.items():
        wall = statistics.median(one.wall_ms for one in taken)
        processor = statistics.median(one.processor_ms for one in taken)
        memory = statistics.median(one.memory_mb for one in taken)
        print(f"{name:22} {wall:7.0f} {processor:13.0f} {memory:6.0f}")


if __name__ == "__main__":
    main()
