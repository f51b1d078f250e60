"""What keeps the agent and its spares apart: one that fails costs little and ends nothing."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maskwell.agent import holding, process
from maskwell.agent.errand import LOCKING, Errand
from maskwell.agent.holding import HeldKey
from maskwell.agent.requests import ACCEPTED
from maskwell.agent.spare import Spares
from maskwell.vault.header import read_header
from maskwell.vault.unlocking import passphrase_secret, unlock

from .conftest import PASSPHRASE

if TYPE_CHECKING:
    from .conftest import Place


class Forks:
    """Counts the spares that are asked for, and numbers them from 1."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, line: socket.socket) -> int:
        assert line.fileno() >= 0
        self.made += 1
        return self.made


def test_a_spare_that_ended_unasked_is_not_made_again_at_once() -> None:
    forks = Forks()
    spares = Spares(forks)
    spares.see_to()

    spares.ended(1)
    spares.see_to()

    assert forks.made == 1
    left_s = spares.left_s()
    assert left_s is not None
    assert left_s > 1
    spares.drop()


def test_the_end_of_a_command_that_wrote_is_what_another_spare_is_made_for() -> None:
    forks, written = Forks(), [0]
    spares = Spares(forks, lambda: written[0])
    spares.see_to()
    spares.ended(99)
    assert spares.left_s() is None

    written[0] += 1
    spares.ended(99)

    left_s = spares.left_s()
    assert left_s is not None
    assert 0 < left_s < 1
    spares._due_at = 0.0
    spares.see_to()
    spares.ended(1)  # the one that was let go
    assert forks.made == 2
    assert spares.left_s() is None
    spares.drop()


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_no_room_for_more_files_is_no_end_of_the_agent() -> None:
    forks = Forks()
    spares = Spares(forks)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, before[1]))
    try:
        spares.see_to()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)

    assert forks.made == 0
    assert (spares.left_s() or 0) > 1


def test_a_module_that_is_gone_is_no_end_of_a_spare(monkeypatch: pytest.MonkeyPatch) -> None:
    rehearsed = []
    monkeypatch.setitem(sys.modules, "maskwell.vault.ahead", None)

    def rehearse() -> None:
        rehearsed.append(True)
        raise ImportError("gone since the upgrade")

    process._prepare(HeldKey("/home", bytearray(32)), rehearse)

    assert rehearsed == [True]


@pytest.mark.sec
def test_lock_the_agent_is_told_before_the_spare_closes_its_vault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours, connection = socket.socketpair()
    agent, to_agent = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    told: list[bytes] = []

    class Opened:
        def close(self) -> None:
            told.append(agent.recv(64, socket.MSG_DONTWAIT))

    monkeypatch.setattr(holding, "_ahead", [("/home", Opened())])
    monkeypatch.setattr(os, "getppid", iter((1, 2)).__next__)
    before = signal.getsignal(signal.SIGINT)
    errand = Errand(connection, to_agent, HeldKey("/home", bytearray(32)), b"", lambda *_: 0)
    try:
        errand._lock()
    finally:
        signal.signal(signal.SIGINT, before)

    assert told == [LOCKING + str(os.getpid()).encode()]
    assert ours.recv(64) == ACCEPTED
    for one in (ours, connection, agent, to_agent):
        one.close()


@pytest.mark.sec
@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells of it in /proc")
def test_lock_the_key_of_a_vault_opened_ahead_is_not_swapped(place: Place) -> None:
    if not resource.getrlimit(resource.RLIMIT_MEMLOCK)[0]:
        pytest.skip("nothing may be kept from the swap here")
    secret = passphrase_secret(PASSPHRASE)
    key = unlock(read_header(place.home.header), secret).raw
    held = HeldKey(str(place.home.root), bytearray(key))
    holding.open_ahead(held)
    try:
        vault = holding._ahead[0][1]._vault
        assert vault is not None
        assert is_locked(vault._key.raw)
    finally:
        holding.close_ahead()


def is_locked(buffer: bytearray) -> bool:
    """Whether the system keeps the memory of `buffer` from the swap."""
    at = ctypes.addressof((ctypes.c_char * len(buffer)).from_buffer(buffer))
    is_here = False
    for line in Path("/proc/self/smaps").read_text("ascii").splitlines():
        first = line.split()[0]
        if "-" in first and not first.endswith(":"):
            start, end = (int(one, 16) for one in first.split("-"))
            is_here = start <= at < end
        elif is_here and first == "VmFlags:":
            return "lo" in line.split()
    return False
