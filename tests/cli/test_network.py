"""No connection and no look-up for anything that works by hand: seen from outside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from cli.running import Cli

TEXT = b"Write to jane.doe@example.com or see https://example.com/a?b=c, +1 202 555 0142.\n"
COMMANDS = (
    ["scan"],
    ["redact", "--scope", "roof"],
    ["restore", "--scope", "roof"],
    ["ask", "--scope", "roof"],
)

pytestmark = [
    pytest.mark.sec,
    pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed"),
]


def reached(arguments: list[str], trace: Path) -> list[str]:
    """Run a command and return its system calls on internet sockets."""
    subprocess.run(
        [
            "strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=network", "-o", str(trace),
            sys.executable, "-m", "maskwell", *arguments,
        ],
        input=TEXT,
        capture_output=True,
        check=True,
    )  # fmt: skip
    return [line for line in trace.read_text().splitlines() if "AF_INET" in line]


def test_offline_commands_reach_no_network(cli: Cli, tmp_path: Path) -> None:
    cli("redact", "--scope", "roof", stdin=TEXT)

    calls = {" ".join(one): reached(one, tmp_path / "trace") for one in COMMANDS}

    assert calls == {" ".join(one): [] for one in COMMANDS}


def test_the_engine_keeps_no_log_of_its_use(tmp_path: Path) -> None:
    """Libraries that report to their makers first keep a log at home; there is none."""
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", _READS_A_NAME],
        env=dict.fromkeys(("HOME", "USERPROFILE", "LOCALAPPDATA"), str(home))
        | {"PATH": os.environ["PATH"], "TMPDIR": str(tmp_path), "ORT_DISABLE_TELEMETRY": "0"},
        capture_output=True,
        check=True,
        text=True,
    )

    assert done.stdout.split() == ["PERSON"]
    assert list(home.rglob("*")) == []


_READS_A_NAME = """
from maskwell.detection import shared_detector
print(shared_detector().detect("Marta Lindqvist signed.")[0].entity_type)
"""
