"""A command that the agent does is the command it always was: streams, folder, codes, signals."""

from __future__ import annotations

import json
import signal
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

from .conftest import PATIENCE_S, Place, until

if TYPE_CHECKING:
    from pathlib import Path

LETTER = "Dear Ms Doe, write to jane.doe@example.com or call +1 202 555 0142.\n"


def test_a_command_needs_no_passphrase_while_the_vault_is_unlocked(shared: Place) -> None:
    code, protected, err = shared.run("redact", stdin=LETTER)

    assert (code, err) == (0, "")
    assert "[EMAIL_" in protected
    assert "jane.doe" not in protected
    assert shared.run("restore", stdin=protected)[1] == LETTER


@pytest.mark.parametrize("way", ["option", "variable"])
def test_without_the_agent_the_command_asks_as_ever(shared: Place, way: str) -> None:
    if way == "option":
        code, _, err = shared.run("--no-agent", "redact", stdin=LETTER)
    else:
        code, _, err = shared.run("redact", stdin=LETTER, MASKWELL_NO_AGENT="1")

    assert code == 3
    assert "needs its passphrase" in err


def test_files_are_found_from_the_callers_folder(shared: Place) -> None:
    (shared.home.root.parent / "letter.txt").write_text(LETTER)

    code, _, _ = shared.run("redact", "letter.txt", "-o", "safe.txt")

    assert code == 0
    safe = shared.home.root.parent / "safe.txt"
    assert "[EMAIL_" in safe.read_text()
    assert safe.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["redact", "missing.txt"], 6),
        (["redact", "--json", "--jsonl"], 2),
        (["restore", "--scope", "nowhere"], 2),
        (["scan", "--fail"], 1),
    ],
)
def test_exit_codes_and_sentences_come_back(shared: Place, arguments: list[str], code: int) -> None:
    beside = shared.run(*arguments, stdin=LETTER, MASKWELL_NO_AGENT="1",
                          MASKWELL_PASSPHRASE_FILE=str(shared.passphrase_file))  # fmt: skip

    assert shared.run(*arguments, stdin=LETTER) == beside
    assert beside[0] == code


def test_the_callers_environment_is_the_commands(shared: Place) -> None:
    code, _, err = shared.run("redact", stdin=LETTER, MASKWELL_DEFAULT_SCOPES="x")

    assert code == 2
    assert "MASKWELL_DEFAULT_SCOPES" in err


def test_a_stream_of_records_is_answered_line_by_line_beside_others(shared: Place) -> None:
    with shared.start("redact", "--jsonl") as stream:
        assert stream.stdin is not None
        assert stream.stdout is not None
        for number in range(2):
            stream.stdin.write(json.dumps({"id": number, "text": LETTER}).encode() + b"\n")
            stream.stdin.flush()
            assert json.loads(stream.stdout.readline())["id"] == number
            assert shared.run("redact", stdin="Jane Doe\n")[0] == 0
        stream.stdin.close()

        assert stream.wait(PATIENCE_S) == 0


def test_ctrl_c_stops_the_command_in_the_agent(shared: Place) -> None:
    until(lambda: (shared.status() or pytest.fail("gone")).commands == 0)
    with shared.start("redact") as waiting:
        until(lambda: (shared.status() or pytest.fail("gone")).commands == 1)
        waiting.send_signal(signal.SIGINT)

        assert waiting.wait(PATIENCE_S) == 130
        assert waiting.stderr is not None
        assert waiting.stderr.read() == b"Stopped.\n"
    until(lambda: (shared.status() or pytest.fail("gone")).commands == 0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_caller_that_is_killed_ends_its_command(shared: Place, number: signal.Signals) -> None:
    with shared.start("redact") as waiting:
        until(lambda: (shared.status() or pytest.fail("gone")).commands == 1)
        waiting.send_signal(number)

        assert waiting.wait(PATIENCE_S) == -number
    until(lambda: (shared.status() or pytest.fail("gone")).commands == 0)


def test_a_reader_that_goes_away_ends_the_command_quietly(shared: Place) -> None:
    with shared.start("redact", "--jsonl") as stream:
        assert stream.stdin is not None
        assert stream.stdout is not None
        stream.stdout.close()
        stream.stdin.write(json.dumps({"id": 1, "text": LETTER}).encode() + b"\n")
        stream.stdin.close()

        assert stream.wait(PATIENCE_S) == 0
        assert stream.stderr is not None
        assert stream.stderr.read() == b""


def test_questions_are_asked_at_the_callers_terminal(shared: Place) -> None:
    shared.run("redact", stdin=LETTER)
    with_terminal = pexpect.spawn(
        sys.executable,
        ["-m", "maskwell", "entity", "erase", "jane.doe@example.com"],
        env=shared.environ,
        timeout=PATIENCE_S,
        encoding="utf-8",
    )

    with_terminal.expect(r"\[y/N\]")
    with_terminal.sendline("n")
    with_terminal.expect(pexpect.EOF)
    with_terminal.close()

    assert with_terminal.exitstatus != 0
    assert "jane.doe@example.com" in shared.run("entity", "list")[1]


def test_a_passphrase_on_the_command_line_must_be_right(shared: Place, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("another\n")

    code, _, err = shared.run("--passphrase-file", str(wrong), "redact", stdin=LETTER)
    around = shared.run("redact", stdin=LETTER, MASKWELL_PASSPHRASE_FILE=str(wrong))

    assert code == 3
    assert "does not open" in err
    assert around[0] == 0


def test_another_home_is_not_this_agents(shared: Place, tmp_path: Path) -> None:
    code, _, err = shared.run("redact", stdin=LETTER, MASKWELL_HOME=str(tmp_path / "other"))

    assert code == 3
    assert "no vault" in err


def test_scan_runs_in_the_agent_too(shared: Place) -> None:
    code, out, _ = shared.run("scan", "--json", stdin=LETTER)

    assert code == 0
    assert "EMAIL" in {one["type"] for one in json.loads(out)["findings"]}
