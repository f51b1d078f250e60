"""The agent's loop when the system refuses what it needs: it goes on, and loses no child."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maskwell.agent import transport
from maskwell.agent.holding import HeldKey
from maskwell.agent.requests import ACCEPTED, STATUS, written
from maskwell.agent.resident import Resident

from .conftest import PATIENCE_S, until

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILES = 9
"""Three streams, the listener, four ends to be told through, and the spare's line."""
_ALONE = """
import sys
from maskwell.agent import transport
from maskwell.agent.holding import HeldKey
from maskwell.agent.resident import Resident
listener = transport.listen(sys.argv[1] + "/agent.sock")
held = HeldKey(sys.argv[1], bytearray(32))
Resident(listener, held, idle_s=0, work=lambda *_: 0, fits=lambda _: True).serve()
"""


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """An agent's loop in a process of its own, with a spare beside it."""
    with subprocess.Popen([sys.executable, "-c", _ALONE, str(tmp_path)]) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        until(lambda: (tmp_path / "agent.sock").exists() and children.read_text("ascii"))
        yield process
        process.terminate()


def test_a_process_that_cannot_be_made_ends_neither_agent_nor_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "agent.sock")
    held = HeldKey("/home", bytearray(b"k" * 32))
    refused = threading.Event()

    def no_room() -> int:
        refused.set()
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", no_room)
    resident = Resident(
        transport.listen(path), held, idle_s=0, work=lambda *_: 0, fits=lambda _: True
    )
    answers: list[bytes] = []

    def ask() -> None:
        connection = transport.connect(path)
        assert connection is not None
        with connection:
            answers.append(connection.recv(1))
        assert refused.is_set()
        assert bytes(held.key) == b"k" * 32
        resident._asked()

    asking = threading.Thread(target=ask)
    asking.start()
    why = resident.serve()
    asking.join(PATIENCE_S)

    assert why == "somebody asked"
    assert answers == [b""]
    assert bytes(held.key) == bytes(32)


@pytest.mark.skipif(sys.platform != "linux", reason="prlimit is Linux's")
def test_an_agent_without_files_left_gives_up_its_spare_and_answers(
    agent: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    import resource

    files = Path(f"/proc/{agent.pid}/fd")
    until(lambda: len(list(files.iterdir())) == _FILES)  # making the spare took one more
    resource.prlimit(agent.pid, resource.RLIMIT_NOFILE, (_FILES, _FILES))

    connection = transport.connect(str(tmp_path / "agent.sock"))
    assert connection is not None
    with connection:
        connection.settimeout(PATIENCE_S)
        transport.send(connection, written(STATUS, str(tmp_path)))
        answer = connection.recv(1)

    assert answer == ACCEPTED
