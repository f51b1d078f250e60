"""The clipboard through real programs: real ones where they are, else small ones of our own."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from maskwell.config import DestinationSettings
from maskwell.destinations import ChatMessage, ChatRequest, build
from maskwell.errors import ClipboardFailed, UsageError
from maskwell.machine.clipboard import Clipboard
from maskwell.machine.clipboard.osc52 import MAX_TEXT_BYTES, sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = "Dear [PERSON_1QX],\nüber 30 € — 你好 🙂"
UTILITIES = "/usr/bin:/bin"


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "programs"
    made.mkdir()
    return made


@pytest.fixture
def environ(folder: Path, tmp_path: Path) -> dict[str, str]:
    """A PATH with our programs and the plain utilities they use, and no display."""
    for utility in ("cat", "sh", "tr"):
        found = shutil.which(utility)
        assert found is not None
        (folder / utility).symlink_to(found)
    return {"PATH": str(folder), "HELD": str(tmp_path / "held")}


def clipboard(environ: dict[str, str], platform: str = "linux") -> Clipboard:
    return Clipboard(environ, platform=platform, write_terminal=lambda _: False)


def test_wayland_is_used_and_read_back(folder: Path, environ: dict[str, str]) -> None:
    program(folder, "wl-copy", 'if [ "$1" = --clear ]; then : >"$HELD"; else cat >"$HELD"; fi')
    program(folder, "wl-paste", 'cat "$HELD"')
    board = clipboard({**environ, "WAYLAND_DISPLAY": "wayland-0"})

    report = board.copy(TEXT)

    assert (report.method, report.is_verified) == ("wl-copy", True)
    assert board.paste() == TEXT


def test_macos_is_used_and_read_back(folder: Path, environ: dict[str, str]) -> None:
    program(folder, "pbcopy", 'cat >"$HELD"')
    program(folder, "pbpaste", 'cat "$HELD"')

    report = clipboard(environ, "darwin").copy(TEXT)

    assert (report.method, report.is_verified) == ("pbcopy", True)


def test_windows_gets_utf_16_and_may_change_line_ends(
    folder: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    program(folder, "clip.exe", 'cat >"$HELD"')
    program(folder, "powershell.exe", f"cat '{tmp_path / 'back'}'")
    (tmp_path / "back").write_bytes(TEXT.replace("\n", "\r\n").encode() + b"\r\n")

    report = clipboard({**environ, "WSL_DISTRO_NAME": "Debian"}).copy(TEXT)

    assert (report.method, report.is_verified) == ("clip.exe", True)
    assert (tmp_path / "held").read_bytes().decode("utf-16-le") == TEXT


def test_a_program_that_keeps_something_else_is_not_believed(
    folder: Path, environ: dict[str, str]
) -> None:
    program(folder, "pbcopy", "cat >/dev/null")
    program(folder, "pbpaste", "printf 'the old text'")

    with pytest.raises(ClipboardFailed, match="pbcopy did not take the text"):
        clipboard(environ, "darwin").copy(TEXT)


def test_the_next_program_is_tried_when_one_fails(folder: Path, environ: dict[str, str]) -> None:
    program(folder, "xclip", "exit 1")
    program(folder, "xsel", 'case "$2" in --input) cat >"$HELD";; *) cat "$HELD";; esac')

    report = clipboard({**environ, "DISPLAY": ":1"}).copy(TEXT)

    assert report.method == "xsel"


def test_without_anything_it_says_what_to_install(environ: dict[str, str]) -> None:
    with pytest.raises(ClipboardFailed, match="install xclip or xsel"):
        clipboard({**environ, "DISPLAY": ":1"}).copy(TEXT)


def test_without_a_display_or_terminal_it_says_so(environ: dict[str, str]) -> None:
    with pytest.raises(ClipboardFailed, match="no clipboard here"):
        clipboard(environ).copy(TEXT)


def test_over_ssh_the_terminal_is_asked_and_nobody_claims_it_worked(
    environ: dict[str, str],
) -> None:
    written: list[str] = []
    board = Clipboard(
        {**environ, "SSH_TTY": "/dev/pts/9"},
        platform="linux",
        write_terminal=lambda data: written.append(data) is None,
    )

    report = board.copy(TEXT)

    assert (report.method, report.is_verified) == ("OSC 52", False)
    encoded = written[0].removeprefix("\x1b]52;c;").removesuffix("\x07")
    assert base64.b64decode(encoded).decode() == TEXT


def test_a_text_too_long_for_a_terminal_is_refused(environ: dict[str, str]) -> None:
    board = Clipboard(environ, platform="linux", write_terminal=lambda _: True)

    with pytest.raises(ClipboardFailed, match="too long"):
        board.copy("x" * (MAX_TEXT_BYTES + 1))


def test_inside_tmux_the_sequence_is_passed_through() -> None:
    wrapped = sequence("hi", {"TMUX": "/tmp/tmux-0/default,1,0"})

    assert wrapped == "\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\"


def test_inside_screen_the_sequence_is_cut_in_pieces() -> None:
    wrapped = sequence("x" * 600, {"TERM": "screen-256color"})

    pieces = [piece.removeprefix("\x1bP") for piece in wrapped.split("\x1b\\") if piece]
    assert all(len(piece) <= 252 for piece in pieces)
    assert "".join(pieces) == sequence("x" * 600, {})


def test_clearing_leaves_what_the_user_copied_since(folder: Path, environ: dict[str, str]) -> None:
    program(folder, "pbcopy", 'cat >"$HELD"')
    program(folder, "pbpaste", 'cat "$HELD"')
    board = clipboard(environ, "darwin")
    board.copy("something newer")

    assert board.clear_if(TEXT) is False
    assert board.paste() == "something newer"


def test_clearing_empties_what_was_copied(folder: Path, environ: dict[str, str]) -> None:
    program(folder, "pbcopy", 'cat >"$HELD"')
    program(folder, "pbpaste", 'cat "$HELD"')
    board = clipboard(environ, "darwin")
    board.copy(TEXT)

    assert board.clear_if(TEXT) is True
    assert board.paste() == ""


def test_an_image_on_the_clipboard_is_no_text(folder: Path, environ: dict[str, str]) -> None:
    program(folder, "pbcopy", 'cat >"$HELD"')
    program(folder, "pbpaste", "printf '\\377\\330\\377'")

    with pytest.raises(ClipboardFailed, match="cannot be read"):
        clipboard(environ, "darwin").paste()


def test_the_clipboard_as_a_destination_streams_nothing() -> None:
    destination = build(DestinationSettings(name="clipboard", kind="clipboard"))

    assert destination.is_interactive
    assert destination.reach == "remote"
    with pytest.raises(UsageError, match="comes back by hand"):
        destination.stream(ChatRequest((ChatMessage("user", "x"),)), before_send=lambda _: None)


@contextmanager
def x_server() -> Iterator[str]:
    """A real X server without a screen; its display's name."""
    read, write = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


@pytest.mark.skipif(not shutil.which("Xvfb"), reason="no X server here")
@pytest.mark.parametrize("tool", ["xclip", "xsel"])
def test_a_real_x_clipboard_takes_gives_back_and_forgets(tool: str, folder: Path) -> None:
    found = shutil.which(tool)
    if found is None:
        pytest.skip(f"{tool} is not installed")
    (folder / tool).symlink_to(found)
    with x_server() as display:
        board = clipboard({"PATH": str(folder), "DISPLAY": display, "HOME": str(folder)})
        report = board.copy(TEXT)
        held = board.paste()
        cleared = board.clear_if(TEXT)
        after = board.paste()

    assert (report.method, report.is_verified) == (tool, True)
    assert (held, cleared, after) == (TEXT, True, "")


@pytest.mark.skipif(not shutil.which("tmux"), reason="no tmux here")
def test_a_real_tmux_takes_the_text_but_cannot_promise_more(tmp_path: Path) -> None:
    socket = str(tmp_path / "tmux")
    tmux = ["tmux", "-S", socket, "-f", "/dev/null"]
    subprocess.run([*tmux, "new-session", "-d", "-x", "80", "-y", "24", "cat"], check=True)
    try:
        board = clipboard({"PATH": UTILITIES, "TMUX": f"{socket},1,0", "HOME": str(tmp_path)})
        report = board.copy(TEXT)
        held = board.paste()
    finally:
        subprocess.run([*tmux, "kill-server"], check=True)

    assert (report.method, report.is_verified) == ("tmux", False)
    assert held == TEXT
