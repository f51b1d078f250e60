"""R12 and R10 for the vault: nothing is written but the vault's own files, all of it encrypted."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import sys

import pytest

from .conftest import WORKER

STRACE = shutil.which("strace")
needs_strace = pytest.mark.skipif(STRACE is None, reason="strace is not installed")


@needs_strace
@pytest.mark.sec
def test_temp_files_are_never_opened_and_no_canary_reaches_a_write(home, key_bytes, tmp_path):
    log = tmp_path / "trace"
    command = [
        sys.executable,
        str(WORKER),
        "canary",
        str(home.root),
        key_bytes.hex(),
        "Zelda Quimby",
    ]
    traced = (
        "trace=openat,open,creat,rename,renameat,renameat2,write,pwrite64,writev,pwritev,sendto"
    )

    done = subprocess.run(
        [STRACE or "", "-f", "-y", "-x", "-s", "65536", "-o", str(log), "-e", traced, *command],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.stdout.split()[-1] == "done", done.stderr
    trace = log.read_text(errors="replace")
    written = _written_paths(trace)
    assert written <= _own_files(home)
    assert {f"{home.root}/vault.db", f"{home.root}/vault.db-wal"} <= written
    assert "pwrite64(" in trace
    assert "write(1<" in trace
    for canary in _spellings("Zelda Quimby"):
        assert canary not in trace


def _written_paths(trace: str) -> set[str]:
    """Return the files that were opened for writing or made."""
    opened = re.findall(
        r'open(?:at)?\((?:[^,]*, )?"([^"]+)", [^)]*(?:O_WRONLY|O_RDWR|O_CREAT)', trace
    )
    return {
        re.sub(r"\.[0-9a-f]{8}\.part$", ".part", path)
        for path in opened
        if not path.startswith("/dev/") and "__pycache__" not in path
    }


def _own_files(home) -> set[str]:
    names = ("vault.db", "vault.db-wal", "vault.db-shm", "vault.lock", "vault.header.part")
    return {f"{home.root}/{name}" for name in names} | {str(home.root)}


def _spellings(value: str) -> list[str]:
    """Return the value as it would show in a trace: plain, UTF-16, base64, hex, URL, JSON."""
    plain = value.encode()
    forms = [
        plain,
        value.encode("utf-16-le"),
        base64.b64encode(plain)[:-4],
        plain.hex().encode(),
        value.replace(" ", "%20").encode(),
        "".join(f"\\u{ord(letter):04x}" for letter in value).encode(),
    ]
    printable = [form.decode("latin-1") for form in forms if form.isascii() and b"\0" not in form]
    return printable + ["".join(f"\\x{byte:02x}" for byte in form) for form in forms]
