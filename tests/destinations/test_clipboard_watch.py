"""Noticing what is copied, and clearing what was restored, through real programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from maskwell.errors import ClipboardFailed
from maskwell.machine.clipboard import Clipboard, ClipboardWatch, clear_in_background


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clipboard in a file, behind programs called as the system's are; the file."""
    folder = tmp_path / "programs"
    folder.mkdir()
    held = tmp_path / "held"
    held.write_text("what was there")
    for name, script in (("xclip", 'case "$*" in *-o) cat "$HELD";; *) cat >"$HELD";; esac'),):
        program = folder / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
    for utility in ("cat", "sh"):
        found = shutil.which(utility)
        assert found is not None
        (folder / utility).symlink_to(found)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("HELD", str(held))
    monkeypatch.setenv("DISPLAY", ":1")
    for name in ("WAYLAND_DISPLAY", "TMUX", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    return held


@pytest.fixture
def board(held: Path) -> Clipboard:
    return Clipboard(platform="linux", write_terminal=lambda _: False)


def test_what_is_there_when_the_watch_begins_is_not_news(board: Clipboard) -> None:
    assert ClipboardWatch(board).look() is None


def test_a_copied_text_is_told_once(board: Clipboard, held: Path) -> None:
    watching = ClipboardWatch(board)
    held.write_text("Dear [PERSON_1QX]")

    assert [watching.look(), watching.look()] == ["Dear [PERSON_1QX]", None]


def test_a_text_of_ours_is_overlooked(board: Clipboard, held: Path) -> None:
    watching = ClipboardWatch(board)
    watching.overlook("ours")
    held.write_text("ours\r\n")

    assert watching.look() is None


def test_pictures_and_nothing_are_no_news(board: Clipboard, held: Path) -> None:
    watching = ClipboardWatch(board)
    held.write_bytes(b"\x89PNG\xff")
    picture = watching.look()
    held.write_text("  \n")

    assert (picture, watching.look()) == (None, None)


def test_waiting_ends_with_the_copy(board: Clipboard, held: Path) -> None:
    watching = ClipboardWatch(board)
    threading.Timer(0.2, held.write_text, ["the reply"]).start()

    assert watching.wait(timeout_s=30) == "the reply"


def test_waiting_can_be_stopped(board: Clipboard) -> None:
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()

    assert ClipboardWatch(board).wait(stop=stop, timeout_s=30) is None


def test_a_clipboard_that_cannot_be_read_cannot_be_watched() -> None:
    with pytest.raises(ClipboardFailed, match="cannot be read"):
        ClipboardWatch(Clipboard({"PATH": "/nowhere"}, platform="linux"))


def emptied(held: Path) -> bool:
    for _ in range(300):
        if held.read_text() == "":
            return True
        time.sleep(0.05)
    return False


@pytest.mark.sec
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_clip_restored_text_is_cleared_by_a_process_that_does_not_know_it(held: Path) -> None:
    secret = "Jane Doe's card is 4111 1111 1111 1111"
    held.write_text(secret)
    before = {one.name for one in Path("/proc").iterdir()}
    clear_in_background(secret, 1.0)
    told = b""
    for one in Path("/proc").iterdir():
        if one.name.isdigit() and one.name not in before:
            try:
                told += (one / "cmdline").read_bytes() + (one / "environ").read_bytes()
            except OSError:
                continue

    assert b"4111" not in told
    assert emptied(held)


def test_clip_what_was_copied_since_is_not_cleared(held: Path) -> None:
    held.write_text("something newer")
    clear_in_background("what was restored", 0.0)
    time.sleep(1.0)

    assert held.read_text() == "something newer"


@pytest.mark.sec
def test_clip_watch_protects_then_restores_the_copied_reply_and_clears_it(
    held: Path, tmp_path: Path
) -> None:
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("seven quiet otters\n")
    held.write_text("Write to jane.doe@example.com.")
    program = [sys.executable, "-m", "maskwell", "--passphrase-file", str(passphrase)]
    environ = {**os.environ, "PATH": os.environ["PATH"]}
    subprocess.run([*program, "vault", "init"], check=True, capture_output=True, env=environ)
    with subprocess.Popen(
        [*program, "clip", "--watch", "--clear-after", "1"],
        stderr=subprocess.PIPE,
        text=True,
        env=environ,
    ) as watching:
        assert watching.stderr is not None
        for line in watching.stderr:
            if "copy its reply" in line:
                break
        protected = held.read_text()
        # At once: whoever is just reading must not get the end of another text.
        reply = tmp_path / "reply"
        reply.write_text(protected.replace("Write", "I wrote"))
        reply.replace(held)
        told = watching.stderr.readline()
        restored = held.read_text()
        is_cleared = emptied(held)
        watching.terminate()
        watching.stderr.read()

    assert "jane.doe" not in protected
    assert "restored reply" in told
    assert restored == "I wrote to jane.doe@example.com."
    assert is_cleared
