"""The questions asked at a real terminal, and the answers."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pexpect
import pytest

from cli.running import PASSPHRASE, interruptible
from maskwell.cli.main import run
from support.chat_server import ChatServer, Play

if TYPE_CHECKING:
    from cli.running import Cli

LETTER = "Please write to jane.doe@example.com.\n"
VALUE = "jane.doe@example.com"


def spawn(*arguments: str, command: str | None = None) -> Any:
    line = interruptible(*arguments)
    program, options = (line[0], line[1:]) if command is None else ("/bin/sh", ["-c", command])
    return pexpect.spawn(program, options, encoding="utf-8", timeout=120, dimensions=(24, 80))


def ended(child: Any) -> int:
    child.expect(pexpect.EOF)
    child.close()
    return int(child.exitstatus)


@pytest.fixture
def asked(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A vault whose passphrase has to be typed."""
    monkeypatch.delenv("MASKWELL_PASSPHRASE_FILE")
    return cli


def test_a_passphrase_is_asked_for_and_not_shown(asked: Cli, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER)

    child = spawn("redact", "letter.txt")
    child.expect("Passphrase: ")
    child.sendline(PASSPHRASE)
    child.expect(r"\[EMAIL_")

    assert PASSPHRASE not in child.before
    assert ended(child) == 0


def test_a_pipe_never_answers_the_question(asked: Cli) -> None:
    line = f"printf '%s' '{LETTER.strip()}' | {sys.executable} -m maskwell redact"

    child = spawn(command=line)
    child.expect("Passphrase: ")
    child.sendline(PASSPHRASE)
    child.expect(r"\[EMAIL_")

    assert ended(child) == 0


def test_ctrl_c_at_the_question_ends_with_130(asked: Cli, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER)

    child = spawn("redact", "letter.txt")
    child.expect("Passphrase: ")
    child.sendintr()

    assert ended(child) == 130
    assert "Traceback" not in child.before


def test_the_first_redact_offers_to_make_the_vault(bare: Cli, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER)

    child = spawn("redact", "letter.txt")
    child.expect(r"Make one now\?")
    child.sendline("")
    child.expect("New passphrase: ")
    child.sendline(PASSPHRASE)
    child.expect("Strength: ")
    child.expect("The same again: ")
    child.sendline(PASSPHRASE)
    child.expect(r"\[EMAIL_")

    assert ended(child) == 0
    assert (bare.home / "vault.db").exists()


def test_declining_the_vault_makes_nothing(bare: Cli, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER)

    child = spawn("redact", "letter.txt")
    child.expect(r"Make one now\?")
    child.sendline("n")

    assert ended(child) == 3
    assert not bare.home.exists()


def test_two_different_passphrases_make_no_vault(bare: Cli) -> None:
    child = spawn("vault", "init")
    child.expect("New passphrase: ")
    child.sendline("one thing")
    child.expect("The same again: ")
    child.sendline("another thing")

    assert ended(child) == 2
    assert not (bare.home / "vault.db").exists()


def test_the_review_shows_what_would_leave_and_no_means_no(cli: Cli) -> None:
    with ChatServer() as server:
        cli("destination", "add", "acme", "--kind", "openai", "--base-url", server.url)
        child = spawn("ask", LETTER.strip(), "--to", "acme")
        child.expect(r"write to \[EMAIL_")
        child.expect(r"Send it\?")
        child.sendline("n")
        code = ended(child)

        assert code == 130
        assert server.received == []


def test_a_reply_is_inert_on_a_terminal(cli: Cli) -> None:
    with ChatServer(Play(pieces=("one \x1b[2J\x9b2J two \u202e",))) as server:
        cli("destination", "add", "acme", "--kind", "openai", "--base-url", server.url)
        child = spawn("ask", LETTER.strip(), "--to", "acme", "--yes")
        code = ended(child)

    assert code == 0
    assert "\x1b" not in child.before
    assert "\x9b" not in child.before
    assert "two" in child.before


def test_by_hand_the_reply_is_pasted_and_shown_restored(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)

    child = spawn("ask", LETTER.strip(), "--scope", "roof")
    child.expect(r"(\[EMAIL_\w+\])")
    token = child.match.group(1)
    child.expect(r"Send it\?")
    child.sendline("y")
    child.expect("press Enter")
    child.sendline("")
    child.expect("Paste it here")
    child.sendline(f"I wrote to {token} today.")
    child.sendeof()
    child.expect(f"I wrote to {VALUE} today")

    assert ended(child) == 0
    assert VALUE in cli("history", "show", "1").text


def test_tables_on_a_terminal_are_inert(cli: Cli) -> None:
    cli("entity", "add", "odd \x1b]0;title\x07 [bold]word[/bold]")

    child = spawn("entity", "list", "--own")
    code = ended(child)

    assert code == 0
    assert "\x1b]0" not in child.before
    assert "[bold]word" in child.before


@pytest.mark.sec
def test_a_reply_cannot_act_on_the_terminal_it_is_shown_in(cli: Cli, tmp_path: Path) -> None:
    """R17: what a model wrote, put back by hand, sets no clipboard and moves no cursor."""
    cli("redact", stdin=LETTER.encode())
    reply = "\x1b]52;c;ZXZpbA==\x07done\x1b[2J\x9b31m\u202e\n"
    (tmp_path / "reply.txt").write_bytes(reply.encode())

    child = spawn("restore", "reply.txt")
    child.expect("done")
    shown = child.before + child.after + child.read()

    assert not any(act in shown for act in ("\x1b]52", "\x07", "\x1b[2J", "\x9b", "\u202e"))
    assert cli("restore", "reply.txt").out == reply.encode()


def test_a_pipe_that_breaks_elsewhere_is_no_success(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(*_: object, **__: object) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr("maskwell.cli.commands.scan.read_input", torn)
    with Path(os.devnull).open("w") as out, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", out)
        assert run(["scan"]) == 1


def test_a_reader_that_goes_away_ends_a_command_quietly(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("Call Marta Lindqvist now.\n" * 20_000)

    child = spawn(
        command=f"{sys.executable} -m maskwell scan --json long.txt | head -c 8; echo done"
    )
    child.expect("done")

    assert "rror" not in child.before
    assert ended(child) == 0
