"""The agent's loop when the system refuses what it needs: it goes on, and loses no child."""

from __future__ import annotations

import errno
import os
import threading
from typing import TYPE_CHECKING

from maskwell.agent import transport
from maskwell.agent.holding import HeldKey
from maskwell.agent.resident import Resident

from .conftest import PATIENCE_S

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


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
