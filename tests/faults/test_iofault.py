"""R3 and R4: a disk that refuses is never reported as a save, and every commit is synced."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys

import pytest

from maskwell.paths import Home

from .conftest import WORKER, open_vault, small_disk

STRACE = shutil.which("strace")
needs_strace = pytest.mark.skipif(STRACE is None, reason="strace is not installed")


def run_job(home: Home, key: bytes, count: int, *prefix: str, limit: int | None = None):
    """Run the appending job in a process of its own and return the lines it wrote."""
    limits = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None
    done = subprocess.run(
        [*prefix, sys.executable, str(WORKER), "write_some", str(home.root), key.hex(), str(count)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=limits,
    )
    return done.stdout.split("\n")[1:-1], done.stderr


def check_only_saved_rows(home: Home, key: bytes, lines: list[str]) -> None:
    """Every row called saved is there, and the vault is whole."""
    saved = sum(line.startswith("saved") for line in lines)
    with open_vault(home, key) as vault:
        assert vault.verify().is_healthy
        stored = vault._database.rows("SELECT text FROM messages")
    numbers = {int(text.split()[1]) for (text,) in stored}
    called_saved = {int(line.rpartition(":")[2]) for line in lines if line.startswith("saved")}

    assert called_saved <= numbers
    assert saved == len(called_saved)


@pytest.mark.sec
def test_iofault_a_full_disk_is_reported_and_the_vault_stays_whole(home, key_bytes, tmp_path):
    with small_disk(tmp_path / "disk", "700k") as disk:
        small = Home(disk / "home")
        shutil.copytree(home.root, small.root)

        lines, errors = run_job(small, key_bytes, 400)

        assert "refused VaultWriteFailed" in lines
        assert any(line.startswith("saved") for line in lines)
        assert not {line for line in lines if line.startswith("refused")} - {
            "refused VaultWriteFailed"
        }
        assert errors == ""
        rescued = Home(tmp_path / "rescued")
        shutil.copytree(small.root, rescued.root)
        check_only_saved_rows(rescued, key_bytes, lines)


@pytest.mark.sec
def test_iofault_a_file_size_limit_is_reported_and_the_vault_stays_whole(home, key_bytes):
    lines, _ = run_job(home, key_bytes, 300, limit=400_000)

    assert "refused VaultWriteFailed" in lines
    assert any(line.startswith("saved") for line in lines)
    check_only_saved_rows(home, key_bytes, lines)


@needs_strace
@pytest.mark.sec
@pytest.mark.parametrize("call", ["pwrite64", "fsync,fdatasync"])
@pytest.mark.parametrize("when", ["30", "40+", "33+2"])
def test_iofault_an_injected_error_is_never_called_saved(home, key_bytes, tmp_path, call, when):
    log = tmp_path / "trace"
    inject = f"inject={call}:error=EIO:when={when}"
    prefix = (STRACE or "", "-f", "-o", str(log), "-e", f"trace={call}", "-e", inject)

    lines, _ = run_job(home, key_bytes, 40, *prefix)

    if "INJECTED" not in log.read_text():
        pytest.skip("strace cannot inject here")
    assert not {line for line in lines if line.startswith("refused")} - {"refused VaultWriteFailed"}
    check_only_saved_rows(home, key_bytes, lines)


@needs_strace
@pytest.mark.sec
def test_fsync_happens_at_least_once_for_each_commit(home, key_bytes, tmp_path):
    log = tmp_path / "trace"
    prefix = (STRACE or "", "-f", "-o", str(log), "-e", "trace=fsync,fdatasync,write")

    lines, _ = run_job(home, key_bytes, 25, *prefix)

    assert len(lines) == 25
    trace = log.read_text()
    acknowledged = re.split(r'write\(1, "saved', trace)[1:-1]
    synced = [("fsync(" in part or "fdatasync(" in part) for part in acknowledged]
    assert len(synced) == 24
    assert all(synced)


@pytest.mark.sec
def test_fsync_is_full_on_the_open_connection(home, key_bytes):
    with open_vault(home, key_bytes) as vault:
        assert vault._database.rows("PRAGMA synchronous") == [(2,)]
        assert vault._database.rows("PRAGMA journal_mode") == [("wal",)]


@pytest.mark.sec
@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_iofault_a_folder_that_cannot_be_written_is_reported(home, key_bytes):
    home.root.chmod(0o500)
    try:
        with pytest.raises(Exception, match=r"could not|cannot|refused"):
            open_vault(home, key_bytes)
    finally:
        home.root.chmod(0o700)
