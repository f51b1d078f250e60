"""Search, erase, watch, settings and the lock, by the real program in a real terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from e2e.terminal import Terminal
from e2e.test_terminal_app import PASSPHRASE, PROMPT, begin, environ, review

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from maskwell.paths import Home

__all__ = ["environ"]

pytestmark = pytest.mark.e2e


def hand_over(terminal: Terminal) -> None:
    """Send a prompt by hand, so that there is somebody to find."""
    review(terminal, PROMPT)
    terminal.press("enter")
    terminal.wait_for("Paste its reply below")
    terminal.press("escape")


def test_a_chat_is_found_by_a_real_name_and_opened(environ: Mapping[str, str]) -> None:
    with Terminal(environ) as terminal:
        begin(terminal)
        hand_over(terminal)
        terminal.press("ctrl+n")
        terminal.wait_for("Nothing has left this machine.")
        terminal.press("ctrl+f")
        terminal.wait_for("Search all chats")
        terminal.press("lindqvist")
        terminal.wait_for("My name is Marta Lindqvist", "today")
        terminal.read(0.5)
        terminal.press("enter")

        terminal.wait_for("You", "write to marta@example.com")


def test_a_person_is_erased_with_a_certificate_and_gone_from_the_chat(
    environ: Mapping[str, str],
) -> None:
    with Terminal(environ, columns=100, rows=30) as terminal:
        begin(terminal)
        hand_over(terminal)
        terminal.press("alt+v")
        terminal.wait_for("PERSON", "Marta Lindqvist", "Where it has been sent")
        terminal.press("/", "lindqvist", "enter")
        terminal.wait_for("1 value found", "clipboard → the internet")
        terminal.press("e")
        terminal.wait_for("Erase this PERSON for good?")
        terminal.press("y")
        terminal.wait_for("Certificate of erasure 1", "nothing found")
        terminal.press("escape", "escape")

        terminal.wait_for("My name is [erased], write to")
        terminal.wait_until_gone("Lindqvist")  # half a picture may have come so far


def test_a_dropped_file_is_made_safe_while_the_screen_watches(
    environ: Mapping[str, str], tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    with Terminal(environ) as terminal:
        begin(terminal)
        terminal.press("alt+w")
        terminal.wait_for("Nothing is being watched")
        terminal.press("n")
        terminal.wait_for("Files are dropped into")
        terminal.press(str(tmp_path / "in"), "enter")
        terminal.wait_for_cursor_at("~/safe-to-share")
        terminal.press(str(tmp_path / "out"), "enter")
        terminal.wait_for_cursor_at("default")
        terminal.press("\x15", "acme", "enter")
        terminal.wait_for("What becomes of a file")
        terminal.press("enter")
        terminal.wait_for("Waiting for files")
        (tmp_path / "in" / "note.txt").write_text("Marta Lindqvist called.")
        terminal.wait_for("✓ note.txt", "1 of 1 files")

        [copy] = (tmp_path / "out").glob("*.txt")
        assert re.fullmatch(r"\[PERSON_1[A-Z]{2}\] called\.", copy.read_text())


def test_the_screens_beside_the_chat_are_a_key_apart(environ: Mapping[str, str]) -> None:
    with Terminal(environ) as terminal:
        begin(terminal)
        terminal.press("alt+p")
        terminal.wait_for("Privacy", "Nothing has left this machine")
        terminal.press("alt+s")
        terminal.wait_for("Settings", "What would leave of it")
        terminal.press("alt+v")
        terminal.wait_for("Vault", "locks in")
        terminal.press("escape")
        terminal.wait_for("Write a prompt below")


def test_a_vault_that_nobody_touches_locks_itself_and_shows_nothing(
    home: Home, environ: Mapping[str, str]
) -> None:
    home.make()
    home.config.write_text("[vault]\nauto_lock_minutes = 1\n")
    with Terminal(environ) as terminal:
        begin(terminal)
        terminal.press("alt+v")
        terminal.wait_for("Vault", "locks in 0:5")
        terminal.press("escape")
        terminal.wait_for("Write a prompt below")
        review(terminal, PROMPT)
        screen = terminal.wait_for("Your vault is locked.", patience_s=180)
        terminal.read(0.5)
        assert "Vault " not in screen
        assert "Lindqvist" not in terminal.text
        assert "PERSON" not in terminal.text
        # Enter before the terminal is in its own mode arrives as a line feed.
        terminal.press(PASSPHRASE, "ctrl+j")
        terminal.wait_for("Nothing has left this machine.", PROMPT[:30])
