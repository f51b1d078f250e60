#!/usr/bin/env python3
"""What the resident agent is worth: whole processes with it and without, and what it costs.

usage: scripts/bench/agent.py [RUNS]

Makes a vault with the default key derivation in a temporary folder and measures, as medians of
RUNS (default 15):

- `maskwell redact` of 2 KB as a whole process, through a warm agent and without one;
- the same small request while another client redacts 100 KB, again and again;
- the memory of the agent with the model loaded and of the spare it keeps (PSS, which counts
  shared pages once).

Wall time on a busy machine says more about the neighbours, so processor time is printed too: of
the client, and of the agent's child (from the agent's own count of its dead children).
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

PYTHON = sys.executable
MASKWELL = str(Path(PYTHON).with_name("maskwell"))
SENTENCES = (
    "Dear Ms {name}, thank you for your letter of 12 March about the roof in {place}. ",
    "The engineer will call you on +1 202 555 01{n:02d} before the end of the week. ",
    "Please write to {mail}@example.com if the date does not suit you. ",
    "The invoice was paid with the card 4111 1111 1111 1111 and is closed. ",
    "We have noted that the scaffolding stays until the inspection has been passed. ",
    "Nothing else is asked of you; the insurer has confirmed the claim in writing. ",
)
NAMES = ("Jane Doe", "John Roe", "Ana Duarte", "Piotr Nowak", "Mei Lin", "Omar Haddad")
PLACES = ("Leeds", "Ghent", "Lyon", "Graz", "Porto", "Malmö")


def letter(size: int) -> bytes:
    """Return an invented letter of `size` bytes."""
    text, n = "", 0
    while len(text) < size:
        name = NAMES[n % len(NAMES)]
        mail = f"{name.lower().replace(' ', '.')}{n}"
        sentence = SENTENCES[n % len(SENTENCES)]
        text += sentence.format(name=name, place=PLACES[n % 6], n=n % 100, mail=mail)
        n += 1
    return text.encode()[:size]


def run(
    environ: dict[str, str], *arguments: str, text: bytes = b"", agent: int = 0
) -> tuple[float, float]:
    """Return the wall and processor time of a command in milliseconds, its child in `agent` too."""
    started, used = time.perf_counter(), _used_s() + _children_s(agent)
    subprocess.run([MASKWELL, *arguments], input=text, capture_output=True, env=environ, check=True)
    wall = time.perf_counter() - started
    time.sleep(0.05)  # the agent counts a child once it has been reaped
    return 1000 * wall, 1000 * (_used_s() + _children_s(agent) - used)


def _used_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _children_s(process: int) -> float:
    """Return the processor time of a process's dead children, which Linux counts."""
    if not process:
        return 0.0
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def medians(runs: int, environ: dict[str, str], text: bytes, agent: int = 0) -> tuple[float, float]:
    """Return the median wall and processor time of `redact`."""
    measured = [run(environ, "redact", text=text, agent=agent) for _ in range(runs + 1)][1:]
    walls, processors = zip(*measured, strict=True)
    return statistics.median(walls), statistics.mean(processors)


def beside(runs: int, environ: dict[str, str], small: bytes, large: bytes) -> tuple[float, int]:
    """Return the median wall time of the small request while large ones run, and how many ran."""
    stop, done = threading.Event(), [0]

    def keep_busy() -> None:
        while not stop.is_set():
            subprocess.run(
                [MASKWELL, "redact"], input=large, capture_output=True, env=environ, check=True
            )
            done[0] += 1

    thread = threading.Thread(target=keep_busy)
    thread.start()
    try:
        walls = [run(environ, "redact", text=small)[0] for _ in range(runs)]
    finally:
        stop.set()
        thread.join()
    return statistics.median(walls), done[0]


def pss_mib(process: int) -> float:
    """Return the memory that only this process pays for, with its share of what is shared."""
    for line in Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children")
    return [int(number) for number in listed.read_text("ascii").split()]


def main() -> int:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "passphrase").write_text("seven quiet otters\n")
        environ = {
            **os.environ,
            "MASKWELL_HOME": str(folder / "home"),
            "MASKWELL_PASSPHRASE_FILE": str(folder / "passphrase"),
            "XDG_RUNTIME_DIR": temporary,
        }
        small, large = letter(2_000), letter(100_000)
        run(environ, "vault", "init")
        load = os.getloadavg()[0]
        print(f"{'what':<52}{'wall ms':>10}{'cpu ms':>10}{'limit':>8}")
        wall, processor = medians(max(3, runs // 3), environ, small)
        print(f"{'redact 2 KB, no agent':<52}{wall:>10.0f}{processor:>10.0f}{2500:>8}")
        wall, processor = run(environ, "vault", "unlock", "--idle", "0")
        print(f"{'vault unlock':<52}{wall:>10.0f}{processor:>10.0f}")
        status = subprocess.run(
            [MASKWELL, "vault", "status", "--json"], capture_output=True, env=environ, check=True
        )
        agent = int(json.loads(status.stdout)["agent"]["process"])
        try:
            alone, processor = medians(runs, environ, small, agent)
            print(f"{'redact 2 KB, warm agent':<52}{alone:>10.0f}{processor:>10.0f}{150:>8}")
            wall, processor = medians(runs, environ, b"", agent)
            print(f"{'redact nothing, warm agent':<52}{wall:>10.0f}{processor:>10.0f}")
            busy, count = beside(runs, environ, small, large)
            what = f"redact 2 KB while {count} of 100 KB ran: added"
            print(f"{what:<52}{busy - alone:>10.0f}{'':>10}{200:>8}")
            time.sleep(1)  # until there is a spare again
            held = sum(map(pss_mib, (agent, *_children(agent))))
            print(f"{'agent and its spare, PSS in MiB':<52}{held:>10.0f}{'':>10}{350:>8}")
        finally:
            run(environ, "vault", "lock")
        print(f"load {load:.1f} to {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 0


if __name__ == "__main__":
    sys.exit(main())
