"""Protecting and restoring the clipboard in place, through real programs."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

import pexpect
import pytest

from cli.running import interruptible

if TYPE_CHECKING:
    from pathlib import Path

    from cli.running import Cli

TEXT = "Please write to jane.doe@example.com."
VALUE = "jane.doe@example.com"


@pytest.fixture
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clipboard in a file, behind programs called as the system's are; the file."""
    held = tmp_path / "held"
    held.write_text("")
    folder = tmp_path / "programs"
    folder.mkdir()
    for name, script in (
        ("wl-copy", f'[ "$1" = --clear ] && : >"{held}" || cat >"{held}"'),
        ("wl-paste", f'cat "{held}"'),
    ):
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    cat = shutil.which("cat")
    assert cat is not None
    (folder / "cat").symlink_to(cat)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    for name in ("DISPLAY", "TMUX", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    return held


def test_the_clipboard_is_protected_in_place_and_comes_back(cli: Cli, board: Path) -> None:
    board.write_text(TEXT)

    there = cli("clip", "--scope", "roof")
    protected = board.read_text()
    back = cli("clip", "--restore", "--scope", "roof")

    assert (there.code, there.out, back.code, back.out) == (0, b"", 0, b"")
    assert VALUE not in protected
    assert board.read_text() == TEXT
    assert "wl-copy" in there.err


@pytest.mark.sec
def test_a_policy_that_keeps_text_elsewhere_keeps_it_off_the_clipboard(
    cli: Cli, board: Path
) -> None:
    board.write_text(TEXT)
    folder = cli.home / "policies"
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / "matter.toml").write_text('hosts = ["llm.example.eu"]\n', "utf-8")

    ran = cli("clip", "--policy", "matter")

    assert ran.code == 4, ran.err
    assert board.read_text() == TEXT
    assert cli("ledger", "show", "--json").json == []


def test_what_went_to_the_clipboard_is_in_the_ledger(cli: Cli, board: Path) -> None:
    board.write_text(TEXT)

    cli("clip")

    (entry,) = cli("ledger", "show", "--json").json
    assert (entry["destination"], entry["outcome"], entry["detail"]) == (
        "clipboard",
        "sent",
        "wl-copy",
    )


@pytest.mark.sec
def test_clip_is_cleared_after_its_time_if_unchanged(cli: Cli, board: Path) -> None:
    board.write_text(TEXT)

    ran = cli("clip", "--clear-after", "0")

    assert board.read_text() == ""
    assert "was cleared" in ran.err


@pytest.mark.sec
def test_clip_keeps_what_was_copied_meanwhile(
    cli: Cli, board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board.write_text(TEXT)
    monkeypatch.setattr(time, "sleep", lambda _: board.write_text("something newer"))

    cli("clip", "--clear-after", "30")

    assert board.read_text() == "something newer"


def test_an_empty_clipboard_is_said(cli: Cli, board: Path) -> None:
    ran = cli("clip")

    assert ran.code == 6
    assert "holds no text" in ran.err


def test_without_a_clipboard_nothing_is_claimed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WAYLAND_DISPLAY", "DISPLAY", "TMUX", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)

    ran = cli("clip")

    assert ran.code == 5
    assert "cannot be read" in ran.err


def test_what_cannot_be_copied_is_printed(cli: Cli, board: Path, tmp_path: Path) -> None:
    board.write_text(TEXT)
    (tmp_path / "programs" / "wl-copy").write_text("#!/bin/sh\nexit 1\n")

    ran = cli("clip")

    assert ran.text.startswith("Please write to [EMAIL_")
    assert "wl-copy did not take the text" in ran.err


def test_by_hand_a_copied_reply_is_noticed_without_a_key(cli: Cli, board: Path) -> None:
    line = interruptible("ask", TEXT, "--scope", "roof", "--yes")
    child = pexpect.spawn(line[0], line[1:], encoding="utf-8", timeout=120, dimensions=(24, 80))
    child.expect("copy the reply")
    sent = board.read_text()
    board.write_text("a shopping list")
    board.write_text(sent.replace("Please write", "I wrote"))
    child.expect("The reply was noticed")
    child.expect(f"I wrote to {VALUE}")
    child.expect(pexpect.EOF)
    child.close()

    assert VALUE not in sent
    assert child.exitstatus == 0
