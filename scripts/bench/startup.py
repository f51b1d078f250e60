#!/usr/bin/env python3
"""How long a command takes as a process, beside the bare interpreter and a peer's import.

usage: scripts/bench/startup.py [RUNS]

Prints medians of RUNS (default 15) and, for processor time, which a busy machine distorts
least, the ratio to `python -c pass`. The vaults are made in a temporary folder.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TEXT = b"Dear Ms Doe, write to jane.doe@example.com or call +1 202 555 0142.\n"
PYTHON = sys.executable
MASKWELL = str(Path(PYTHON).with_name("maskwell"))


def medians_ms(command: list[str], environ: dict[str, str], runs: int) -> tuple[float, float]:
    """Return the median wall and processor time of a command in milliseconds, warmed up once."""
    wall, processor = [], []
    for _ in range(runs + 1):
        started, used = time.perf_counter(), _used_s()
        subprocess.run(command, input=TEXT, capture_output=True, env=environ, check=True)
        wall.append((time.perf_counter() - started) * 1000)
        processor.append((_used_s() - used) * 1000)
    return statistics.median(wall[1:]), statistics.median(processor[1:])


def _used_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def with_vault(folder: Path, memory_mib: int) -> dict[str, str]:
    """Return the environment of a new vault."""
    folder.mkdir()
    (folder / "passphrase").write_text("seven quiet otters\n")
    environ = {
        **os.environ,
        "MASKWELL_HOME": str(folder / "home"),
        "MASKWELL_PASSPHRASE_FILE": str(folder / "passphrase"),
        "MASKWELL_VAULT_KDF_MEMORY_MIB": str(memory_mib),
    }
    subprocess.run([MASKWELL, "vault", "init"], env=environ, capture_output=True, check=True)
    return environ


def main() -> int:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as temporary:
        floor = with_vault(Path(temporary) / "floor", 64)
        default = with_vault(Path(temporary) / "default", 256)
        rows = [
            ("python -c pass", [PYTHON, "-c", "pass"], floor),
            ("import presidio_analyzer", [PYTHON, "-c", "import presidio_analyzer"], floor),
            ("maskwell --version", [MASKWELL, "--version"], floor),
            ("maskwell -h", [MASKWELL, "-h"], floor),
            ("maskwell destination list", [MASKWELL, "destination", "list"], floor),
            ("maskwell scan", [MASKWELL, "scan"], floor),
            ("maskwell restore, 64 MiB KDF", [MASKWELL, "restore"], floor),
            ("maskwell redact, 64 MiB KDF", [MASKWELL, "redact"], floor),
            ("maskwell redact, 256 MiB KDF", [MASKWELL, "redact"], default),
        ]
        subprocess.run([MASKWELL, "redact"], input=TEXT, env=floor, capture_output=True, check=True)
        print(f"{'command':<32}{'wall ms':>10}{'cpu ms':>10}{'ratio':>8}")
        bare = 0.0
        for name, command, environ in rows:
            wall, processor = medians_ms(command, environ, runs)
            bare = bare or processor
            print(f"{name:<32}{wall:>10.0f}{processor:>10.0f}{processor / bare:>8.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
