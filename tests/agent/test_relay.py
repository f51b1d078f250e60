"""The caller's side while nobody has begun its work: it ends when told to, and does not wait on."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from socket import socketpair
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from maskwell.agent import address, relay, transport
from maskwell.agent.requests import ACCEPTED, DONE, Request

from .conftest import PATIENCE_S, until

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from .conftest import Place


@pytest.fixture
def listener(place: Place) -> Iterator[socket.socket]:
    """What stands where the agent would and does nothing by itself."""
    path = address.socket_path(address.home_root(str(place.home.root)))
    address.prepare_folder(path)
    with transport.listen(path) as made:
        made.settimeout(PATIENCE_S)
        yield made


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells of handlers in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_caller_nobody_works_for_yet_dies_of_its_signal(
    place: Place, listener: socket.socket, number: signal.Signals
) -> None:
    with place.start("redact") as waiting:
        connection, _ = listener.accept()
        with connection:
            _, files = transport.receive(connection)
            for one in files:
                os.close(one)
            until(lambda: {number, signal.SIGTERM} <= _caught(waiting.pid))
            waiting.send_signal(number)
            try:
                code = waiting.wait(PATIENCE_S)
            finally:
                waiting.kill()

    assert code == -number


def test_a_caller_nobody_works_for_does_its_own_work_and_no_other_can_begin_it(
    place: Place, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASKWELL_HOME", str(place.home.root))
    monkeypatch.setattr(relay, "_ACCEPTING_S", 0.5, raising=False)
    before = [signal.getsignal(number) for number in relay._PASSED_ON]
    late: list[object] = []
    given_up = Thread(target=_answer_late, args=(listener, late))
    given_up.start()

    code = relay.relayed(["redact"])
    late.append("given up")
    given_up.join(PATIENCE_S)

    assert code is None
    assert late == ["given up", "redact", BrokenPipeError]
    assert [signal.getsignal(number) for number in relay._PASSED_ON] == before


def test_what_was_accepted_is_waited_for_however_long_it_takes(
    place: Place, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASKWELL_HOME", str(place.home.root))
    monkeypatch.setattr(relay, "_ACCEPTING_S", 0.5, raising=False)
    working = Thread(target=_work_long, args=(listener,))
    working.start()

    code = relay.relayed(["redact"])
    working.join(PATIENCE_S)

    assert code == 7


@pytest.mark.parametrize("is_done", [False, True])
def test_what_was_accepted_too_late_is_said_to_be_broken_off_unless_it_is_done(
    capsys: pytest.CaptureFixture[str], is_done: bool
) -> None:
    ours, theirs = socketpair()
    with theirs:
        ours.settimeout(0.1)
        caller = _Late(ours, theirs, ACCEPTED + (DONE + (7).to_bytes(4, "big")) * is_done)

        unfinished = relay._accepted(caller)
        code = relay._waited(caller, [], unfinished)
        with pytest.raises(BrokenPipeError):
            theirs.sendall(ACCEPTED)
    ours.close()

    assert code == (7 if is_done else 3)
    assert capsys.readouterr().err == ("" if is_done else relay._BROKEN_OFF)


class _Late:
    """A caller's connection; the other side speaks right after the time is over."""

    def __init__(self, ours: socket.socket, theirs: socket.socket, answer: bytes) -> None:
        self._ours, self._theirs, self._answer = ours, theirs, answer

    def shutdown(self, how: int) -> None:
        self._theirs.sendall(self._answer)
        self._ours.shutdown(how)

    def __getattr__(self, name: str) -> object:
        return getattr(self._ours, name)


def _caught(process: int) -> set[int]:
    """Return the signals a process has handlers for."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    (mask,) = (line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
    return {number for number in range(1, 65) if int(mask, 16) >> (number - 1) & 1}


def _answer_late(listener: socket.socket, late: list[object]) -> None:
    """Be a child that comes to its request when nobody waits for it any more."""
    connection, _ = listener.accept()
    with connection:
        until(lambda: late)
        fields, files = transport.receive(connection)
        late += Request(fields).arguments
        for one in files:
            os.close(one)
        try:
            connection.sendall(ACCEPTED)
        except OSError as error:
            late.append(type(error))


def _work_long(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with connection:
        _, files = transport.receive(connection)
        for one in files:
            os.close(one)
        connection.sendall(ACCEPTED)
        connection.settimeout(3 * relay._ACCEPTING_S)
        with pytest.raises(TimeoutError):  # the caller says nothing
            connection.recv(1)
        connection.sendall(b"d" + (7).to_bytes(4, "big"))
