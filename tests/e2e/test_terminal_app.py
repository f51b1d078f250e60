"""The terminal app as a person meets it: the real program, a real terminal, a real model server."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING

import pytest

from e2e.terminal import Terminal
from support.model_server import TOKEN, ModelServer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from maskwell.paths import Home

pytestmark = pytest.mark.e2e

PASSPHRASE = "seven-quiet-otters"
PROMPT = "My name is Marta Lindqvist, write to marta@example.com please."


@pytest.fixture
def environ(home: Home, tmp_path: Path) -> Mapping[str, str]:
    programs = tmp_path / "bin"
    programs.mkdir()
    board = tmp_path / "clipboard"
    xclip = programs / "xclip"
    xclip.write_text(
        f'#!/bin/sh\ncase "$*" in *-o*) /bin/cat "{board}" ;; *) /bin/cat > "{board}" ;; esac\n'
    )
    xclip.chmod(xclip.stat().st_mode | stat.S_IXUSR)
    return {
        "MASKWELL_HOME": str(home.root),
        "MASKWELL_VAULT_KDF_MEMORY_MIB": "64",
        "DISPLAY": ":0",
        "PATH": f"{programs}:/usr/bin:/bin",
    }


def begin(terminal: Terminal) -> None:
    """Make the vault as a newcomer does."""
    terminal.wait_for("Choose a passphrase", "The same again")
    terminal.press(PASSPHRASE, "enter")
    terminal.wait_for_cursor_at("The same again")
    terminal.press(PASSPHRASE, "enter")
    terminal.wait_for("Nothing has left this machine.")


def unlock(terminal: Terminal) -> None:
    terminal.wait_for("Your vault is locked.")
    terminal.press(PASSPHRASE, "enter")


def review(terminal: Terminal, prompt: str) -> str:
    terminal.paste(prompt)
    terminal.press("enter")
    screen = terminal.wait_for("What will leave ·")
    terminal.read(0.5)
    return screen


def test_from_the_first_run_to_a_restored_reply(home: Home, environ: Mapping[str, str]) -> None:
    with ModelServer() as server:
        home.make()
        home.config.write_text(server.config)
        with Terminal(environ) as terminal:
            begin(terminal)
            screen = review(terminal, PROMPT)
            assert "◆Marta Lindqvist" in screen
            assert "desk → this machine" in screen
            assert server.received == []
            terminal.press("enter")
            terminal.wait_for("Dear Marta Lindqvist, marta@example.com,", "2 values put back")
            terminal.press("ctrl+q")

            assert terminal.end() == 0
        assert b"Lindqvist" not in server.received[0].body
        assert len(TOKEN.findall(server.prompts[0])) == 2


@pytest.mark.sec
def test_from_the_first_run_to_a_destination_with_a_key_without_a_command(
    home: Home, environ: Mapping[str, str]
) -> None:
    with ModelServer() as server, Terminal(environ) as terminal:
        begin(terminal)
        terminal.press("ctrl+g")
        terminal.wait_for("Where should the next prompt go?", "Add a destination…")
        terminal.press("a", "enter")
        terminal.wait_for("(•) OpenAI-compatible")
        for line, typed in (
            ("what you will call it", "acme"),
            ("https://api.openai.com/v1", server.url),
            ("as its provider calls it", "small"),
            ("typed hidden", "sk-invented-4242"),
        ):
            terminal.wait_for_cursor_at(line)
            terminal.press(typed)
            if line == "typed hidden":
                assert "sk-invented" not in terminal.wait_for("••••••••••••••••")
            terminal.press("enter")
        terminal.wait_for("acme → this machine")
        review(terminal, PROMPT)
        terminal.press("enter")
        terminal.wait_for("Dear Marta Lindqvist, marta@example.com,", "2 values put back")
        terminal.press("ctrl+q")

        assert terminal.end() == 0
        assert "Bearer sk-invented-4242" in server.received[-1].headers["authorization"]
        assert "sk-invented" not in home.config.read_text()


def test_a_prompt_carried_by_hand_comes_back_restored(
    home: Home, environ: Mapping[str, str], tmp_path: Path
) -> None:
    with Terminal(environ) as terminal:
        begin(terminal)
        review(terminal, PROMPT)
        terminal.press("enter")
        terminal.wait_for("was copied (xclip)", "Paste its reply below")
        copied = (tmp_path / "clipboard").read_text()
        assert "Lindqvist" not in copied
        [name, _] = TOKEN.findall(copied)
        terminal.paste(f"Hello {name.lower()}, **good** to hear from you.")
        terminal.press("enter")
        terminal.wait_for("Hello Marta Lindqvist, good to hear from you.", "1 value put back")
        terminal.press("ctrl+l")
        locked = terminal.wait_for("Your vault is locked.")
        assert "Lindqvist" not in locked
        terminal.press("wrong", "enter")
        terminal.wait_for("! ")
        terminal.press(PASSPHRASE, "enter")
        terminal.wait_for("Hello Marta Lindqvist, good to hear from you.")


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20), (140, 40)])
def test_every_step_fits_the_terminal(environ: Mapping[str, str], columns: int, rows: int) -> None:
    with Terminal(environ, columns=columns, rows=rows) as terminal:
        begin(terminal)
        terminal.press("f1")
        terminal.wait_for("Keys", "Esc close")
        terminal.press("escape")
        terminal.wait_for("Nothing has left")
        terminal.press("ctrl+p")
        terminal.wait_for("What would you like to do?", "Lock the vault", "Ctrl+L")
        terminal.press("escape")
        terminal.wait_for("Nothing has left")
        terminal.press("f9")
        terminal.wait_for("Marta Lindqvist")
        terminal.press("enter")
        screen = terminal.wait_for("Your prompt", "What will leave ·", "Enter copy", "F1 keys")
        assert "the internet" in screen


def test_no_colour_is_needed(environ: Mapping[str, str]) -> None:
    with Terminal({**environ, "NO_COLOR": "1"}) as terminal:
        begin(terminal)
        screen = review(terminal, PROMPT)

        assert "◆Marta Lindqvist" in screen
        colours = {
            tuple(map(int, found))
            for found in re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", terminal.written)
        }
        assert all(len(set(colour)) == 1 for colour in colours)


def test_the_composer_takes_line_breaks_and_the_editor(
    environ: Mapping[str, str], tmp_path: Path
) -> None:
    editor = tmp_path / "bin" / "append"
    editor.write_text('#!/bin/sh\nprintf " and more" >> "$1"\n')
    editor.chmod(0o755)
    with Terminal({**environ, "EDITOR": str(editor)}) as terminal:
        begin(terminal)
        terminal.press("one", "ctrl+j", "two", "\x0f")
        terminal.wait_for("two and more")


@pytest.mark.sec
def test_a_stopped_terminal_leaves_no_private_word_in_the_home_canary(
    home: Home, environ: Mapping[str, str]
) -> None:
    with Terminal(environ) as terminal:
        begin(terminal)
        review(terminal, PROMPT)
        terminal.press("enter")
        terminal.wait_for("Paste its reply below")
        terminal.press("ctrl+q")
        terminal.end()

    for file in home.root.rglob("*"):
        if file.is_file():
            assert b"Lindqvist" not in file.read_bytes()
            assert b"marta@example" not in file.read_bytes()
