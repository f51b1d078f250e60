#!/usr/bin/env python3
"""How long until the terminal app shows its first screen, beside the smallest Textual app.

Each program is started in a pseudo-terminal and timed until its words arrive. Wall time is
what a person waits; processor time is shown too, since it is what a busy machine leaves
unchanged. The target is 600 ms on a quiet two-core machine.

    .venv/bin/python scripts/bench/first_screen.py [--runs 15]
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pexpect

_SMALLEST = """
from textual.app import App
from textual.widgets import Static

class Smallest(App):
    def compose(self):
        yield Static("Passphrase")

Smallest().run()
"""
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Program:
    """One program and the word that its first screen shows."""

    name: str
    arguments: list[str]
    word: bytes
    has_vault: bool = False


PROGRAMS = (
    Program("smallest Textual app", ["-c", _SMALLEST], b"Passphrase"),
    Program("maskwell, no vault yet", ["-m", "maskwell"], b"Choose a passphrase"[1:]),
    Program("maskwell, locked", ["-m", "maskwell"], b"Your vault is locked", has_vault=True),
)


def measure(program: Program) -> tuple[float, float]:
    """Return (wall, processor) milliseconds from start to first screen."""
    with tempfile.TemporaryDirectory() as home:
        if program.has_vault:
            Path(home, "vault.header").touch()
        started = time.perf_counter()
        child = pexpect.spawn(
            sys.executable,
            program.arguments,
            env={**os.environ, "MASKWELL_HOME": home, "TERM": "xterm-256color"},
            dimensions=(24, 80),
            timeout=60,
        )
        came = b""
        while program.word not in came:
            came += child.read_nonblocking(65536, timeout=60)
        wall = time.perf_counter() - started
        fields = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
        processor = (int(fields[11]) + int(fields[12])) / _TICKS
        child.close(force=True)
    return wall * 1000, processor * 1000


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    taken: dict[str, list[tuple[float, float]]] = {program.name: [] for program in PROGRAMS}
    for _ in range(runs):
        for program in PROGRAMS:
            taken[program.name].append(measure(program))
    floor = statistics.median(wall for wall, _ in taken[PROGRAMS[0].name])
    load = os.getloadavg()[0]
    print(f"{runs} runs each, in turn; load {load:.1f} on {os.cpu_count()} cores; milliseconds")
    print(f"{'':24} {'best':>7} {'median':>7} {'processor':>9} {'ratio':>6}")
    for name, pairs in taken.items():
        walls = [wall for wall, _ in pairs]
        processor = statistics.median(used for _, used in pairs)
        median = statistics.median(walls)
        print(f"{name:24} {min(walls):7.0f} {median:7.0f} {processor:9.0f} {median / floor:6.2f}")


if __name__ == "__main__":
    main()
