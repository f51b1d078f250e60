"""The whole journey as separate processes, watched from outside by strace.

What is watched is what was promised: no socket of the internet is touched, and no real value
is in any byte written to any file, deleted temporary files included.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.sec,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed here"),
]

PASSPHRASE = "seven quiet otters"
VALUES = ("marisol.vega@example.com", "+1 202 555 0142", "4242 4242 4242 4242", "Marisol Vega")
TEXT = (
    "Dear Marisol Vega,\n\nwe write to marisol.vega@example.com and call +1 202 555 0142 "
    "about the card 4242 4242 4242 4242.\n"
)
_INTERNET = re.compile(r"\b(?:connect|sendto|sendmsg|bind)\([^)]*(?:AF_INET6?|sin6?_addr)")
_SOCKET = re.compile(r"\bsocket\(AF_INET6?")
_WRITE = re.compile(r"\b(?:p?write(?:64|v)?)\(\d+<(?P<path>[^>]*)>, (?P<data>.*)")
_HEX_BYTES = re.compile(r"\\x([0-9a-f]{2})")


class Journey:
    """Runs Maskwell under strace in a folder of its own and remembers every trace."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.traces: list[Path] = []
        (folder / "passphrase").write_text(PASSPHRASE)
        self.environment = {
            **os.environ,
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "MASKWELL_HOME": str(folder / "home"),
            "MASKWELL_PASSPHRASE_FILE": str(folder / "passphrase"),
            "MASKWELL_VAULT_KDF_MEMORY_MIB": "64",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def run(self, *arguments: str, text: str = "") -> str:
        trace = self.folder / f"trace-{len(self.traces)}"
        self.traces.append(trace)
        watch = ["strace", "-f", "-y", "-xx", "-s", "65536", "-o", str(trace)]
        calls = ["-e", "trace=%network,write,pwrite64,writev,pwritev"]
        command = [*watch, *calls, sys.executable, "-m", "maskwell", *arguments]
        done = subprocess.run(
            command, input=text, capture_output=True, text=True, env=self.environment, check=True
        )
        return done.stdout

    def lines(self) -> list[str]:
        return [line for trace in self.traces for line in trace.read_text("latin-1").splitlines()]

    def written(self) -> list[tuple[str, bytes]]:
        """Every write to a file: its path and its bytes."""
        writes = []
        for line in self.lines():
            if (match := _WRITE.search(line)) and match["path"].replace("\\x", "").strip():
                path = _text_of(match["path"])
                if path.startswith("/") and not path.startswith(("/dev/", "/proc/")):
                    writes.append((path, bytes.fromhex("".join(_HEX_BYTES.findall(match["data"])))))
        return writes


def _text_of(traced: str) -> str:
    hexadecimal = _HEX_BYTES.findall(traced)
    return bytes.fromhex("".join(hexadecimal)).decode("latin-1") if hexadecimal else traced


def spellings(value: str) -> list[bytes]:
    plain = value.encode()
    return [
        plain,
        value.encode("utf-16-le"),
        plain.hex().encode(),
        base64.b64encode(plain)[:-4],
        quote(value).encode(),
        json.dumps(value)[1:-1].encode(),
    ]


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    made = Journey(tmp_path_factory.mktemp("journey"))
    made.run("vault", "init")
    protected = made.run("redact", "--scope", "acme", text=TEXT)
    restored = made.run("restore", "--scope", "acme", text=protected)
    made.run("scan", "--json", text=TEXT)
    asked = made.run("ask", "--dry-run", "--scope", "acme", text=TEXT)
    made.run("history", "list", "--json")
    made.run("entity", "list", "--json")
    made.run("doctor", "--json")
    assert restored == TEXT
    assert not [value for value in VALUES if value in protected or value in asked]
    return made


def test_offline_no_internet_socket_is_touched(journey: Journey) -> None:
    touched = [line for line in journey.lines() if _INTERNET.search(line) or _SOCKET.search(line)]

    assert touched == []


def test_canary_no_value_is_in_any_byte_written_to_a_file(journey: Journey) -> None:
    writes = journey.written()

    leaks = [
        (path, value)
        for path, data in writes
        for value in VALUES
        if any(spelling in data for spelling in spellings(value))
    ]
    assert any("vault" in path for path, _ in writes)
    assert leaks == []


def test_canary_no_value_is_left_in_any_file(journey: Journey) -> None:
    files = [path for path in journey.folder.rglob("*") if path.is_file()]

    leaks = [
        (path.name, value)
        for path in files
        if not path.name.startswith("trace-")
        for value in VALUES
        if any(spelling in path.read_bytes() for spelling in spellings(value))
    ]
    assert len(files) > len(journey.traces)
    assert leaks == []


def test_perms_everything_kept_is_the_owners_alone(journey: Journey) -> None:
    home = journey.folder / "home"

    open_to_others = [path.name for path in [home, *home.rglob("*")] if path.stat().st_mode & 0o077]

    assert open_to_others == []


def test_canary_notices_a_value_that_is_written(journey: Journey) -> None:
    """The watch itself works: a restored file does hold the values."""
    protected = journey.folder / "protected.txt"
    protected.write_text(journey.run("redact", "--scope", "acme", text=TEXT))
    restored = journey.folder.parent / "restored.txt"
    before = len(journey.traces)

    journey.run("restore", str(protected), "--scope", "acme", "-o", str(restored))

    seen = Journey.__new__(Journey)
    seen.traces = journey.traces[before:]
    del journey.traces[before:]
    assert any(VALUES[0].encode() in data for _, data in seen.written())
