"""A real vault, a real agent for every test that wants one, and commands as processes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maskwell.agent import transport
from maskwell.agent.client import agent_status
from maskwell.paths import Home
from maskwell.vault import FLOOR_KDF, Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from maskwell.agent.client import AgentStatus

PASSPHRASE = "seven quiet otters"
PATIENCE_S = 60.0

_SCRIPT = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "signal.signal(signal.SIGHUP, signal.SIG_DFL); "
    "from maskwell.__main__ import main; sys.exit(main())"
)
"""Hears Ctrl-C and the end of its terminal, whoever started the tests."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not transport.IS_SUPPORTED:
        for item in items:
            item.add_marker(pytest.mark.skip(reason="this system has no agent"))


class Place:
    """One home, its passphrase and the commands that are run on it."""

    def __init__(self, home: Home, passphrase_file: Path, runtime: Path) -> None:
        self.home = home
        self.passphrase_file = passphrase_file
        self.runtime = runtime
        self.environ = {
            **{k: v for k, v in os.environ.items() if not k.startswith("MASKWELL_")},
            "MASKWELL_HOME": str(home.root),
            "MASKWELL_VAULT_KDF_MEMORY_MIB": "64",
            "XDG_RUNTIME_DIR": str(runtime),
        }

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
        """Start a command with pipes for its streams."""
        return subprocess.Popen(
            [sys.executable, "-c", _SCRIPT, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**self.environ, **more},
            cwd=self.home.root.parent,
        )

    def run(self, *arguments: str, stdin: str = "", **more: str) -> tuple[int, str, str]:
        """Run a command; return its exit code and what it wrote on stdout and stderr."""
        with self.start(*arguments, **more) as process:
            out, err = process.communicate(stdin.encode(), timeout=PATIENCE_S)
        return process.returncode, out.decode(), err.decode()

    def unlock(self, *options: str, passphrase: str | None = None) -> AgentStatus:
        """Start the agent and return what it says about itself."""
        given = passphrase or str(self.passphrase_file)
        code, _, err = self.run("--passphrase-file", given, "vault", "unlock", *options)
        assert code == 0, err
        status = self.status()
        assert status is not None
        return status

    def status(self) -> AgentStatus | None:
        return agent_status(self.home)


def until(is_so: Callable[[], object]) -> None:
    """Wait for something that is about to happen."""
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def is_alive(process: int) -> bool:
    """Whether a process that is no child of ours still runs."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii") as stat:  # noqa: PTH123
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("vault") / "home"
    Vault.create(Home(root), PASSPHRASE, kdf=FLOOR_KDF).close()
    return root


def copied(made_home: Path, folder: Path) -> Place:
    """Return a place of one's own with a copy of the vault."""
    # A socket's path holds some hundred bytes, and a test's own folder may be deep.
    runtime = Path(tempfile.mkdtemp(prefix="mw-run-"))
    shutil.copytree(made_home, folder / "home")
    (folder / "home").chmod(0o700)
    (folder / "passphrase").write_text(f"{PASSPHRASE}\n")
    return Place(Home(folder / "home"), folder / "passphrase", runtime)


def end(place: Place) -> None:
    """End whatever agent there is; a test may have left anything."""
    with suppress(Exception):
        if (status := place.status()) is not None:
            os.kill(status.process, signal.SIGTERM)
            until(lambda: not is_alive(status.process))
    shutil.rmtree(place.runtime, ignore_errors=True)


@pytest.fixture
def place(made_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """A home with a vault; whatever agent it gets is ended afterwards."""
    made = copied(made_home, tmp_path)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(made.runtime))
    yield made
    end(made)


@pytest.fixture
def unlocked(place: Place) -> Place:
    """The same with a warm agent."""
    place.unlock()
    return place


@pytest.fixture(scope="module")
def shared_place(made_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A warm agent for all tests of a module."""
    with pytest.MonkeyPatch.context() as patch:
        made = copied(made_home, tmp_path_factory.mktemp("shared"))
        patch.setenv("XDG_RUNTIME_DIR", str(made.runtime))
        made.unlock("--idle", "0")
        yield made
        end(made)


@pytest.fixture
def shared(shared_place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(shared_place.runtime))
    return shared_place
