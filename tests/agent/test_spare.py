"""The child that waits with the vault open: it serves nothing old and outlives no lock."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maskwell.vault import Vault
from maskwell.vault.header import read_header
from maskwell.vault.pages import decrypted_pages
from maskwell.vault.unlocking import passphrase_secret, unlock

from .conftest import PASSPHRASE, is_alive, until

if TYPE_CHECKING:
    from .conftest import Place

API_KEY = "sk-example-0123456789"
LETTER = "Dear Ms Doe, write to jane.doe@example.com or call +1 202 555 0142.\n"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux tells of it in /proc")


class Watched:
    """An unlocked place whose agent's children can be seen."""

    def __init__(self, place: Place, agent: int) -> None:
        self.place = place
        self.agent = agent

    def spare(self) -> int:
        """Wait until the agent's one child has the vault open, and return it."""
        until(lambda: [has_vault_open(one) for one in self.children()] == [True])
        return self.children()[0]

    def children(self) -> list[int]:
        listed = Path(f"/proc/{self.agent}/task/{self.agent}/children")
        return [int(number) for number in listed.read_text("ascii").split()]

    def spare_beside(self, command: int) -> int:
        """Wait until another child than the one that does a command has the vault open."""
        until(lambda: any(has_vault_open(one) for one in {*self.children()} - {command}))
        return next(iter({*self.children()} - {command}))

    def holds(self, value: str) -> bool:
        """Whether the vault's file or its log has the value anywhere, decrypted."""
        key = unlock(read_header(self.place.home.header), passphrase_secret(PASSPHRASE))
        pages = decrypted_pages(self.place.home.vault, key)
        return any(value.encode() in page for page in pages)

    def log_bytes(self) -> int:
        return self.place.home.vault.with_name("vault.db-wal").stat().st_size

    def is_left_in_the_log(self, vault: Vault) -> bool:
        """Write a key and delete it; whether the log was left with it."""
        vault.credentials.set("cloud", API_KEY)
        vault.credentials.delete("cloud")
        return self.log_bytes() > 0

    def run(self, *arguments: str, stdin: str = "", **more: str) -> str:
        """Run a command, which must succeed, and return what it wrote."""
        code, out, err = self.place.run(*arguments, stdin=stdin, **more)
        assert code == 0, err
        return out

    def run_alone(self, *arguments: str, stdin: str = "") -> str:
        """The same beside the agent, which hears nothing of it."""
        given = ("--no-agent", "--passphrase-file", str(self.place.passphrase_file))
        return self.run(*given, *arguments, stdin=stdin)


def has_vault_open(process: int) -> bool:
    folder = Path(f"/proc/{process}/fd")
    try:
        return any(one.readlink().name == "vault.db" for one in folder.iterdir())
    except OSError:
        return False


@pytest.fixture
def watched(place: Place) -> Watched:
    return Watched(place, place.unlock("--idle", "0").process)


def test_a_spare_does_one_command_and_another_takes_its_place(watched: Watched) -> None:
    before = watched.spare()

    protected = watched.run("redact", stdin=LETTER)

    assert "[EMAIL_" in protected
    assert not is_alive(before)
    assert watched.spare() != before


@pytest.mark.sec
def test_lock_ends_the_spare_and_closes_its_vault(watched: Watched) -> None:
    spare = watched.spare()

    watched.run("vault", "lock")

    assert not is_alive(spare)
    assert not watched.place.home.vault.with_name("vault.db-wal").exists()


@pytest.mark.sec
def test_lock_by_idling_ends_the_spare(place: Place) -> None:
    watched = Watched(place, place.unlock("--idle", "0.05").process)
    spare = watched.spare()

    until(lambda: not is_alive(watched.agent))

    assert not is_alive(spare)
    assert "locked: nobody used it" in place.home.log.read_text()


@pytest.mark.sec
def test_lock_a_spare_does_not_outlive_an_agent_that_was_killed(watched: Watched) -> None:
    spare = watched.spare()

    os.kill(watched.agent, signal.SIGKILL)

    until(lambda: not is_alive(spare))


def test_a_spare_that_was_killed_is_missed_by_nobody(watched: Watched) -> None:
    spare = watched.spare()

    os.kill(spare, signal.SIGKILL)
    protected = watched.run("redact", stdin=LETTER)

    assert watched.run("restore", stdin=protected) == LETTER
    assert watched.spare() != spare
    assert watched.place.status() is not None


def test_a_spare_that_cannot_go_on_is_gone_by_the_next_command(watched: Watched) -> None:
    for _ in range(3):
        os.kill(watched.spare(), signal.SIGSEGV)

        assert "[EMAIL_" in watched.run("redact", stdin=LETTER)


@pytest.mark.sec
def test_rekey_the_spare_has_the_new_key(watched: Watched) -> None:
    protected = watched.run("redact", stdin=LETTER)
    before = watched.spare()

    watched.run("--passphrase-file", str(watched.place.passphrase_file), "vault", "rotate")

    assert watched.spare() != before
    assert not is_alive(before)
    assert watched.run("restore", stdin=protected) == LETTER


@pytest.mark.sec
def test_rekey_behind_the_agents_back_locks_it(watched: Watched) -> None:
    spare = watched.spare()

    with Vault.open(watched.place.home, PASSPHRASE) as vault:
        vault.rotate(PASSPHRASE)
    code, _, err = watched.place.run("redact", stdin=LETTER)

    assert code == 3, err
    until(lambda: not is_alive(watched.agent))
    assert not is_alive(spare)


@pytest.mark.sec
def test_what_another_process_erased_is_not_served(watched: Watched) -> None:
    protected = watched.run("redact", stdin=LETTER)
    watched.spare()

    watched.run_alone("entity", "erase", "jane.doe@example.com", "--yes")

    assert "jane.doe@example.com" not in watched.run("entity", "list")
    assert "jane.doe@example.com" not in watched.run("restore", stdin=protected)
    assert b"jane.doe" not in watched.place.home.vault.read_bytes()


@pytest.mark.sec
def test_lock_a_key_that_was_forgotten_stands_nowhere_beside_a_spare(watched: Watched) -> None:
    new = ("cloud", "--kind", "openai", "--base-url", "https://cloud.example/v1", "--key-stdin")
    watched.run("destination", "add", *new, stdin=f"{API_KEY}\n")
    assert watched.holds(API_KEY)
    spare = watched.spare()

    watched.run_alone("destination", "remove", "cloud")

    assert not watched.holds(API_KEY)
    assert watched.spare() == spare


@pytest.mark.sec
def test_lock_what_a_killed_command_left_in_the_log_goes_with_the_next_spare(
    watched: Watched,
) -> None:
    command = watched.spare()
    with (
        watched.place.start("redact"),
        Vault.open(watched.place.home, PASSPHRASE, is_shared=True) as other,
    ):
        before = watched.spare_beside(command)
        until(lambda: watched.is_left_in_the_log(other))

        os.kill(command, signal.SIGKILL)

        until(lambda: not watched.log_bytes())
        assert watched.spare() != before
        assert not watched.holds(API_KEY)


def test_a_command_that_wrote_nothing_leaves_the_spare_there_is(watched: Watched) -> None:
    command = watched.spare()
    with watched.place.start("scan") as scanning:
        before = watched.spare_beside(command)
        scanning.communicate(b"", timeout=60)

    until(lambda: not is_alive(command))
    assert watched.spare() == before


def test_what_another_process_wrote_is_served(watched: Watched) -> None:
    watched.spare()

    protected = watched.run_alone("redact", stdin=LETTER)

    assert watched.run("restore", stdin=protected) == LETTER


def test_an_older_copy_put_over_the_vault_is_what_is_served(
    watched: Watched, tmp_path: Path
) -> None:
    home = watched.place.home
    watched.spare()
    for one in (home.vault, home.header):
        shutil.copy(one, tmp_path / one.name)
    watched.run("redact", stdin=LETTER)
    watched.spare()

    for one in (home.vault, home.header):
        shutil.copyfile(tmp_path / one.name, one)

    assert "jane.doe@example.com" not in watched.run("entity", "list")
    assert watched.place.status() is not None
