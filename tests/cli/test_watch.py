"""`maskwell watch` from the command line: what it writes, tells and answers."""

from __future__ import annotations

import plistlib
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from cli.running import PASSPHRASE, interruptible
from maskwell.cli.watching_line import told
from maskwell.errors import UsageError
from maskwell.vault import Vault
from maskwell.watching import Snapshot
from maskwell.watching.service import service_for

if TYPE_CHECKING:
    from pathlib import Path

    from cli.running import Cli

MAIL = "jane.doeberry@example.com"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "letter.txt").write_text(f"Mail {MAIL}.\n")
    return tmp_path / "in"


def test_what_is_there_is_worked_off_once(cli: Cli, folder: Path, tmp_path: Path) -> None:
    ran = cli("watch", "in", "--out", "out", "--once")

    assert ran.code == 0, ran.err
    assert ran.out == b""
    assert "[EMAIL_" in (tmp_path / "out" / "letter.txt").read_text()
    assert "1 copies made" in ran.err
    assert MAIL not in ran.err


def test_a_file_without_a_copy_is_exit_6_and_its_name_is_not_told(cli: Cli, folder: Path) -> None:
    (folder / f"{MAIL}.docx").write_bytes(b"PK\3\4 nothing")

    ran = cli("watch", "in", "--out", "out", "--once")

    assert ran.code == 6
    assert "in quarantine" in ran.err
    assert MAIL not in ran.err


def test_quarantine_is_tried_again(cli: Cli, folder: Path) -> None:
    (folder / "a.docx").write_bytes(b"PK\3\4 nothing")
    cli("watch", "in", "--out", "out", "--once")

    ran = cli("watch", "in", "--out", "out", "--once", "--retry")

    assert ran.code == 6
    assert "1 files are tried again" in ran.err


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--source", "burn"], 2, "leave, move or shred"),
        (["--mode", "magic"], 2, "no mode"),
        (["--policy", "nonesuch"], 2, "nonesuch"),
        (["--install", "systemd"], 0, "systemctl --user"),
        (["--install", "windows"], 2, "systemd or launchd"),
    ],
)
def test_options_are_checked_before_the_work(  # noqa: PLR0917  # fixtures and a table
    cli: Cli,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    code: int,
    words: str,
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "user"))

    ran = cli("watch", "in", "--out", "out", "--once", *options)

    assert ran.code == code
    assert words in ran.err


def test_copies_among_the_files_are_refused(cli: Cli, folder: Path) -> None:
    ran = cli("watch", "in", "--out", "in", "--once")

    assert (ran.code, "another --out" in ran.err) == (2, True)


def test_a_service_file_holds_the_whole_command(
    cli: Cli, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "user"))

    cli("watch", "in", "--out", "out", "--source", "move", "--install", "systemd")

    (unit,) = (tmp_path / "user/.config/systemd/user").glob("maskwell-watch-*.service")
    text = unit.read_text()
    assert f'"watch" "{folder}" "--out" "{tmp_path / "out"}"' in text
    assert '"--source" "move"' in text
    assert PASSPHRASE not in text
    assert unit.stat().st_mode & 0o777 == 0o600


def test_signs_that_systemd_reads_are_doubled(tmp_path: Path) -> None:
    service = service_for("systemd", ["m", 'a "b" 100% $HOME'], tmp_path, user_home=tmp_path)

    assert b'"a \\"b\\" 100%% $$HOME"' in service.content


def test_a_launch_agent_is_a_property_list(tmp_path: Path) -> None:
    service = service_for("launchd", ["m", "watch"], tmp_path, user_home=tmp_path)

    held = plistlib.loads(service.content)
    assert held["ProgramArguments"] == ["m", "watch"]
    assert service.path.name == f"{held['Label']}.plist"
    with pytest.raises(UsageError, match="control"):
        service_for("launchd", ["a\nb"], tmp_path, user_home=tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize(("sign", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_watching_ends_when_told_and_the_vault_is_free_meanwhile(
    cli: Cli, folder: Path, tmp_path: Path, sign: int, code: int
) -> None:
    command = interruptible("watch", str(folder), "--out", str(tmp_path / "out"))
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    until((tmp_path / "out" / "letter.txt").exists)
    with Vault.open(cli_home(cli), PASSPHRASE, wait_s=60):
        (folder / "late.txt").write_text("late\n")
        time.sleep(2)
        assert not (tmp_path / "out" / "late.txt").exists()
    until((tmp_path / "out" / "late.txt").exists)
    process.send_signal(sign)
    _, err = process.communicate(timeout=60)

    assert process.returncode == code, err


def cli_home(cli: Cli):
    from maskwell.paths import Home

    return Home(cli.home)


def until(condition) -> None:
    end = time.monotonic() + 90
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


def test_progress_is_one_short_line() -> None:
    now = Snapshot(queued=7, done=2, quarantined=1, replaced=12, eta_s=75.4)

    assert told(now) == "3 of 10 files, 12 places protected, 1 in quarantine, 1:15 left."
