"""Locking drops the key and ends everything; what is left behind by a kill is found and cleared."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from maskwell.agent import address
from maskwell.agent.client import renew_key, unlocked_key
from maskwell.errors import AgentRefused
from maskwell.vault.keys import DataKey

from .conftest import PATIENCE_S, Place, is_alive, until

LETTER = "Dear Ms Doe, write to jane.doe@example.com or call +1 202 555 0142.\n"


def socket_of(place: Place) -> Path:
    (found,) = (place.runtime / "maskwell").glob("*.sock")
    return found


def test_locking_ends_the_agent_and_what_it_was_doing(unlocked: Place) -> None:
    agent = unlocked.status()
    assert agent is not None
    with unlocked.start("redact") as waiting:
        until(lambda: (unlocked.status() or pytest.fail("gone")).commands == 1)

        code, _, err = unlocked.run("vault", "lock")

        assert (code, err) == (0, "The vault is locked.\n")
        assert waiting.wait(PATIENCE_S) in {3, 130}
    assert not is_alive(agent.process)
    assert unlocked.status() is None
    assert unlocked.run("redact", stdin=LETTER)[0] == 3
    assert unlocked.run("vault", "lock")[2] == "The vault was locked already.\n"


@pytest.mark.sec
def test_core_the_agent_locks_itself_when_nobody_uses_it(place: Place) -> None:
    given = str(place.passphrase_file)

    code, _, err = place.run("--passphrase-file", given, "vault", "unlock", "--idle", "0.02")
    until(lambda: "locked: nobody used it" in place.home.log.read_text())

    assert code == 0, err
    assert not list((place.runtime / "maskwell").glob("*.sock"))
    assert place.status() is None
    assert place.run("redact", stdin=LETTER)[0] == 3


def test_a_wrong_passphrase_leaves_no_agent(place: Place, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("another\n")

    code, _, err = place.run("--passphrase-file", str(wrong), "vault", "unlock")

    assert code == 3
    assert "does not open" in err
    assert place.status() is None


def test_a_killed_agent_leaves_a_socket_that_is_in_nobodys_way(unlocked: Place) -> None:
    agent = unlocked.status()
    assert agent is not None
    os.kill(agent.process, signal.SIGKILL)
    until(lambda: not is_alive(agent.process))
    assert socket_of(unlocked).exists()

    code, _, _ = unlocked.run("redact", stdin=LETTER)
    again = unlocked.unlock()

    assert code == 3
    assert again.process != agent.process
    assert unlocked.run("redact", stdin=LETTER)[0] == 0


def test_unlocking_twice_keeps_the_one_agent(unlocked: Place) -> None:
    agent = unlocked.status()

    again = unlocked.unlock()

    assert agent is not None
    assert again.process == agent.process


@pytest.mark.sec
def test_a_socket_that_others_can_use_is_refused(unlocked: Place) -> None:
    given = {"MASKWELL_PASSPHRASE_FILE": str(unlocked.passphrase_file)}
    path = socket_of(unlocked)
    path.chmod(0o666)

    status = unlocked.run("vault", "status")
    redacted = unlocked.run("redact", stdin=LETTER, **given)

    assert status[0] == 3
    assert "is open to other users" in status[2]
    assert redacted[0] == 0, "the command does its own work"
    assert "The agent is not used" in redacted[2]
    with pytest.raises(AgentRefused):
        unlocked_key(unlocked.home)
    path.chmod(0o600)


@pytest.mark.sec
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
@pytest.mark.parametrize("part", ["socket", "folder"])
def test_a_socket_of_somebody_else_is_refused(unlocked: Place, part: str) -> None:
    path = socket_of(unlocked) if part == "socket" else socket_of(unlocked).parent
    os.chown(path, 65534, 65534)

    code, _, err = unlocked.run("vault", "unlock")

    os.chown(path, os.geteuid(), os.getegid())
    assert code == 3
    assert f"the {part} {path} belongs to another user" in err


@pytest.mark.sec
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_another_user_is_not_answered_even_where_the_socket_lets_him_in(unlocked: Place) -> None:
    path = socket_of(unlocked)
    path.chmod(0o777)
    path.parent.chmod(0o777)
    pid = os.fork()
    if not pid:
        os.chdir(path.parent)
        os.setuid(65534)
        from maskwell.agent import transport
        from maskwell.agent.requests import KEY, written

        answer = b"?"
        connection = transport.connect(path.name)
        if connection is not None:
            try:
                transport.send(connection, written(KEY, str(unlocked.home.root)))
                answer = connection.recv(100)
            except OSError:
                answer = b""
        os._exit(0 if answer == b"" else 1)

    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    path.chmod(0o600)
    path.parent.chmod(0o700)


def test_a_socket_in_a_home_with_a_very_long_name_is_elsewhere(tmp_path: Path) -> None:
    long = tmp_path / ("a" * 120)

    path = address.socket_path(str(long))

    assert len(path) <= 100
    assert address.socket_path(str(long)) == path
    assert address.socket_path(str(tmp_path / "b")) != path


def test_the_home_is_found_as_everywhere_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from maskwell.paths import find_home

    monkeypatch.setenv("MASKWELL_HOME", "~/there")
    named = address.home_root()
    monkeypatch.delenv("MASKWELL_HOME")

    assert named == os.path.realpath(Path("~/there").expanduser())
    assert address.home_root() == os.path.realpath(find_home().root)
    assert address.home_root(str(tmp_path)) == str(tmp_path.resolve())


def test_a_rotated_key_goes_on_being_held(unlocked: Place) -> None:
    protected = unlocked.run("redact", stdin=LETTER)[1]
    before = unlocked_key(unlocked.home)

    code, _, err = unlocked.run(
        "--passphrase-file", str(unlocked.passphrase_file), "vault", "rotate"
    )

    assert code == 0, err
    after = unlocked_key(unlocked.home)
    assert before is not None
    assert after is not None
    assert bytes(before.raw) != bytes(after.raw)
    assert unlocked.run("restore", stdin=protected)[1] == LETTER


def test_a_key_that_is_not_the_vaults_is_not_taken(unlocked: Place) -> None:
    before = unlocked_key(unlocked.home)

    renew_key(unlocked.home, DataKey(bytearray(32)))

    after = unlocked_key(unlocked.home)
    assert before is not None
    assert after is not None
    assert bytes(before.raw) == bytes(after.raw)


def test_a_new_passphrase_and_an_erasure_leave_the_vault_unlocked(
    unlocked: Place, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    new.write_text("eight quiet otters\n")
    unlocked.run("redact", stdin=LETTER)

    changed = unlocked.run(
        "--passphrase-file", str(unlocked.passphrase_file),
        "vault", "passphrase", "--new-passphrase-file", str(new),
    )  # fmt: skip
    erased = unlocked.run("entity", "erase", "jane.doe@example.com", "--yes")

    assert changed[0] == 0, changed[2]
    assert erased[0] == 0, erased[2]
    assert "jane.doe@example.com" not in unlocked.run("entity", "list")[1]
    unlocked.run("vault", "lock")
    assert unlocked.unlock(passphrase=str(new)).process


def test_a_vault_put_back_from_a_backup_locks_the_agent(unlocked: Place, tmp_path: Path) -> None:
    assert unlocked.run("vault", "backup", str(tmp_path / "copy"))[0] == 0

    code, _, err = unlocked.run(
        "--passphrase-file", str(unlocked.passphrase_file),
        "vault", "restore", str(tmp_path / "copy"), "--replace",
    )  # fmt: skip

    assert code == 0, err
    assert "The agent was locked" in err
    assert unlocked.status() is None


def test_a_vault_that_was_exchanged_under_the_agent_locks_it(
    unlocked: Place, made_home: Path, tmp_path: Path
) -> None:
    from maskwell.paths import Home
    from maskwell.vault import FLOOR_KDF, Vault

    Vault.create(Home(tmp_path / "new"), "another", kdf=FLOOR_KDF).close()
    for name in ("vault.db", "vault.header"):
        shutil.copy(tmp_path / "new" / name, unlocked.home.root / name)

    code, _, _ = unlocked.run("redact", stdin=LETTER)

    assert code == 3
    assert unlocked.status() is None
