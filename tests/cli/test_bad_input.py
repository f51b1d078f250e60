"""Everything that can be wrong with what a command is given: one sentence, the right code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from cli.running import PASSPHRASE, interruptible, sentences
from maskwell.cli import app as app_module
from maskwell.cli.commands import scan as scan_module
from maskwell.cli.inputs import MAX_INPUT_BYTES
from maskwell.vault import opening

if TYPE_CHECKING:
    from pathlib import Path

    from cli.running import Cli, Ran

SECRET = "jane.doe@example.com"
ELF = b"\x7fELF\x02\x01\x01" + b"\0" * 40


def is_one_sentence(ran: Ran, code: int, words: str) -> None:
    (sentence,) = sentences(ran.err)
    assert words in sentence
    assert "Traceback" not in ran.err
    assert SECRET not in ran.err
    assert ran.code == code


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (ELF, "is binary: byte 8"),
        (b"caf\xe9 au lait", "byte 4 cannot be read"),
        (b"cut \xe2\x82", "byte 5 cannot be read"),
        (b"\xff\xfea\x00\x00\xd8", "not UTF-16-LE text"),
        (b"%PDF-1.7 rest", "PDF files are taken by name"),
        (b"PK\x03\x04 rest", "Office files and archives are taken by name"),
    ],
)
@pytest.mark.parametrize("command", ["scan", "redact", "restore", "ask"])
def test_what_is_no_text_is_refused(bare: Cli, command: str, data: bytes, words: str) -> None:
    is_one_sentence(bare(command, stdin=data), 6, words)


def test_a_file_that_is_not_there_is_named(bare: Cli) -> None:
    is_one_sentence(bare("redact", "nowhere.txt"), 6, "no file nowhere.txt")


def test_a_folder_is_no_text(bare: Cli, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()

    is_one_sentence(bare("scan", "letters"), 6, "letters cannot be read")


def test_50_mb_are_too_many(bare: Cli) -> None:
    ran = bare("redact", stdin=b"a" * MAX_INPUT_BYTES)

    is_one_sentence(ran, 6, "50 MB or more")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{oops", "line 2, is not valid JSON"),
        (b'{"id": 1}', 'line 2, is not an object with a "text"'),
        (b'{"id": 1, "text": 7}', "line 2, is not an object"),
        (b'["text"]', "line 2, is not an object"),
        (b'{"text": "\xff"}', "line 2, is not valid JSON"),
        (b"[" * 100_000, "line 2, is not valid JSON"),
    ],
)
def test_a_wrong_line_is_named_after_the_good_ones(bare: Cli, line: bytes, words: str) -> None:
    ran = bare("scan", "--jsonl", stdin=b'{"id": 0, "text": "ok"}\n' + line + b"\n")

    assert [one["id"] for one in ran.lines] == [0]
    is_one_sentence(ran, 6, words)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["scan", "--jsno"], "No such option"),
        (["scna"], "No such command"),
        (["scan", "--json", "--jsonl"], "--json and --jsonl cannot be used together"),
        (["redact", "--scope"], "requires an argument"),
        (["history", "show", "first"], "valid integer"),
        (["--passphrase-fd", "x", "vault", "status"], "valid integer"),
    ],
)
def test_a_wrong_command_line_ends_with_2_and_says_where_help_is(
    bare: Cli, arguments: list[str], words: str
) -> None:
    is_one_sentence(bare(*arguments), 2, words)


def test_a_group_without_a_command_shows_its_help(bare: Cli) -> None:
    ran = bare("history")

    assert ran.code == 2
    assert "Commands:\n  list" in ran.err


def test_without_a_terminal_the_app_is_not_started(bare: Cli) -> None:
    is_one_sentence(bare(), 2, "needs a terminal")


@pytest.mark.parametrize(
    "arguments",
    [
        ["redact"],
        ["restore"],
        ["ask"],
        ["history", "list"],
        ["vault", "verify"],
        ["ledger", "show"],
    ],
)
def test_without_a_vault_it_says_how_to_make_one(bare: Cli, arguments: list[str]) -> None:
    is_one_sentence(bare(*arguments, stdin=b"Hello."), 3, "maskwell vault init")


def test_a_wrong_passphrase_is_said(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "wrong").write_text("not this one\n")

    ran = cli("--passphrase-file", "wrong", "redact", stdin=b"Hello.")

    is_one_sentence(ran, 3, "assphrase")


def test_no_passphrase_is_never_waited_for(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MASKWELL_PASSPHRASE_FILE")

    is_one_sentence(cli("redact", stdin=b"Hello."), 3, "--passphrase-file")


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "no passphrase"), (b"\n", "no passphrase"), (b"\xff\n", "cannot")]
)
def test_a_passphrase_file_without_one_is_said(
    cli: Cli, tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "empty").write_bytes(content)

    is_one_sentence(cli("--passphrase-file", "empty", "vault", "verify"), 3, words)


def test_a_passphrase_comes_from_a_descriptor(cli: Cli, tmp_path: Path) -> None:
    opened = os.open(tmp_path / "passphrase", os.O_RDONLY)

    ran = cli("--passphrase-fd", str(opened), "vault", "verify")

    assert ran.code == 0


def test_a_passphrase_and_a_text_may_share_a_pipe(cli: Cli) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "maskwell", "--passphrase-fd", "0", "redact"],
        input=f"{PASSPHRASE}\nWrite to {SECRET}.".encode(),
        capture_output=True,
        check=True,
    )

    assert done.stdout.startswith(b"Write to [EMAIL_")
    assert done.stderr == b""


def test_a_damaged_header_ends_with_7(cli: Cli) -> None:
    header = cli.home / "vault.header"
    header.write_bytes(header.read_bytes().replace(b"argon2id", b"argon2xx"))

    is_one_sentence(cli("redact", stdin=b"Hello."), 7, "damaged")


def test_a_damaged_database_ends_with_7(cli: Cli) -> None:
    database = cli.home / "vault.db"
    data = bytearray(database.read_bytes())
    for place in range(100, len(data), 512):
        data[place] ^= 0xFF
    database.write_bytes(data)

    is_one_sentence(cli("redact", stdin=f"Write to {SECRET}.".encode()), 7, "damaged")


def test_a_vault_from_a_newer_version_is_left_untouched(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (cli.home / "vault.db").read_bytes()
    monkeypatch.setattr(opening, "latest_version", lambda: 0)

    is_one_sentence(cli("redact", stdin=b"Hello."), 3, "newer")
    assert (cli.home / "vault.db").read_bytes() == before


def test_an_unknown_scope_is_said(cli: Cli) -> None:
    is_one_sentence(cli("restore", "--scope", "nowhere", stdin=b"Hi."), 2, "nowhere")


@pytest.mark.parametrize(
    "arguments",
    [
        ["redact", "--policy", "everydya"],
        ["redact", "--for", "nowhere"],
        ["ask", "Hi", "--to", "nowhere"],
        ["policy", "show", "everydya"],
        ["destination", "remove", "nowhere"],
        ["history", "show", "99"],
        ["ledger", "show", "99"],
        ["entity", "list", "--type", "PERSN"],
    ],
)
def test_an_unknown_name_ends_with_2(cli: Cli, arguments: list[str]) -> None:
    is_one_sentence(cli(*arguments, stdin=b"Hello."), 2, "")


def test_a_mistake_in_the_settings_names_its_line(cli: Cli) -> None:
    (cli.home / "config.toml").write_text("[default]\npolcy = 'strict'\n")

    is_one_sentence(cli("redact", stdin=b"Hello."), 2, 'line 2: [default] has no key "polcy"')


def test_an_output_that_cannot_be_written_is_named(cli: Cli) -> None:
    ran = cli("redact", "-o", "no/such/folder/out.txt", stdin=b"Hello.")

    is_one_sentence(ran, 2, "no/such/folder/out.txt cannot be written")


@pytest.mark.sec
def test_crash_shows_no_traceback_and_no_value(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(f"unforeseen, about {SECRET}")

    monkeypatch.setattr(scan_module, "read_input", fail)
    ran = cli("scan", stdin=SECRET.encode())

    log = (cli.home / "maskwell.log").read_text()
    is_one_sentence(ran, 1, "RuntimeError")
    assert "scan.py" in log
    assert SECRET not in log


def test_what_fails_while_starting_is_caught_too(
    bare: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise KeyError("x")

    monkeypatch.setattr(app_module, "command", fail)

    is_one_sentence(bare("scan"), 1, "KeyError")


def started(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        interruptible(*arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,  # type: ignore[call-overload]
    )


def test_ctrl_c_ends_with_130_and_one_word() -> None:
    with started("scan", "--jsonl") as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdin.write(b'{"id": 1, "text": "ok"}\n')
        running.stdin.flush()
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        err = running.stderr.read()
        running.stdin.close()

    assert running.returncode == 130
    assert err == b"Stopped.\n"


def test_a_reader_that_goes_away_is_no_error() -> None:
    line = b'{"id": 1, "text": "' + b"jane.doe@example.com " * 200 + b'"}\n'
    with started("scan", "--jsonl") as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdin.write(line)
        running.stdin.flush()
        running.stdout.readline()
        running.stdout.close()
        running.stdin.write(line * 2)
        running.stdin.close()
        err = running.stderr.read()

    assert running.returncode == 0
    assert err == b""
