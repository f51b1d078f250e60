"""Asking the agent of a home: is it there, what is the key, end.

Every function works where there is no agent, and says so; a socket that is not the user's own
is refused and never written to.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.agent import address, transport
from maskwell.agent.holding import held_here, taken_ahead
from maskwell.agent.requests import (
    ACCEPTED,
    DONE,
    KEY,
    KEY_BYTES,
    LOCK,
    READY,
    RENEW,
    STATUS,
    written,
)
from maskwell.errors import AgentRefused, VaultError
from maskwell.vault.keys import DataKey, wipe

if TYPE_CHECKING:
    from typing import Self

    from maskwell.paths import Home
    from maskwell.vault import Vault

__all__ = [
    "AgentStatus",
    "Starting",
    "agent_status",
    "lock_agent",
    "renew_key",
    "unlocked_key",
    "unlocked_vault",
]

_ANSWER_S = 10.0
_LOCKING_S = 15.0
_STARTING_S = 120.0
_NOT_PASSED = ("MASKWELL_PASSPHRASE", "MASKWELL_KEY_FILE", "MASKWELL_HOME")
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""A process that forks keeps to one thread."""


@dataclass(frozen=True, slots=True)
class AgentStatus:
    """What an agent says about itself."""

    process: int
    idle_s: float
    """After how many seconds without use it locks; 0 is never."""
    left_s: float | None
    """How many of them are left, None when it never locks by itself."""
    commands: int
    """How many commands it runs just now."""


def agent_status(home: Home) -> AgentStatus | None:
    """Return how the agent of this home is, None when there is none.

    Raises:
        AgentRefused: what listens there is not the user's own.
    """
    answer = _asked(home, STATUS)
    if answer is None:
        return None
    facts = dict(line.split("=", 1) for line in answer.decode().splitlines())
    left = facts["left_s"]
    return AgentStatus(
        int(facts["process"]),
        float(facts["idle_s"]),
        float(left) if left else None,
        int(facts["commands"]),
    )


def lock_agent(home: Home) -> bool:
    """End the agent of this home, its key and its commands; say whether there was one.

    Raises:
        AgentRefused: what listens there is not the user's own.
    """
    return _asked(home, LOCK, timeout_s=_LOCKING_S) is not None


def unlocked_key(home: Home) -> DataKey | None:
    """Return the vault's key from the agent of this home, None when there is none.

    In a child of the agent that is the key it was forked with. The caller wipes it.

    Raises:
        AgentRefused: what listens there is not the user's own.
    """
    root = address.home_root(str(home.root))
    if (key := held_here(root)) is not None:
        return key
    answer = _asked(home, KEY)
    return DataKey(bytearray(answer)) if answer and len(answer) == KEY_BYTES else None


def unlocked_vault(home: Home) -> Vault | None:
    """Return the vault of this home where this process, a child of its agent, has it open."""
    return taken_ahead(address.home_root(str(home.root)))


def renew_key(home: Home, key: DataKey) -> None:
    """Let the agent of this home, if there is one, hold this key from now on.

    Raises:
        AgentRefused: what listens there is not the user's own.
    """
    connection = _connected(address.home_root(str(home.root)))
    if connection is None:
        return
    with connection, suppress(OSError, ValueError):
        connection.settimeout(_ANSWER_S)
        transport.send(connection, written(RENEW, address.home_root(str(home.root))))
        if connection.recv(1) == ACCEPTED:
            connection.sendall(key.raw)
            connection.recv(len(DONE))


class Starting:
    """An agent on its way: it warms up while its starter gets hold of the key.

    Used as a context manager: left without `hand_over`, it ends the agent.
    """

    def __init__(self, home: Home, idle_s: float) -> None:
        """Start the process; it locks after `idle_s` seconds without use, 0 is never.

        Raises:
            VaultError: this system has no agents, or the process cannot be started.
            AgentRefused: something else stands where it would listen.
        """
        if not transport.IS_SUPPORTED:
            raise VaultError("This system has no resident agent yet; commands ask as they come.")
        root = address.home_root(str(home.root))
        _refuse_foreign(address.socket_path(root))
        self._line, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-P", "-m", "maskwell", "--resident", str(theirs.fileno())]
            kept = {k: v for k, v in os.environ.items() if not k.startswith(_NOT_PASSED)}
            try:
                subprocess.Popen(  # it outlives this process
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    cwd="/",
                    env=kept | _ONE_THREAD,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
            except OSError as error:
                raise VaultError(f"The agent cannot be started ({error.strerror}).") from error
        self._line.settimeout(_STARTING_S)
        transport.send(self._line, [os.fsencode(root), f"{idle_s:g}".encode()])

    def hand_over(self, key: DataKey) -> None:
        """Give the agent the key and wait until it listens.

        Raises:
            VaultError: it did not come to be.
        """
        try:
            self._line.sendall(key.raw)
            answer = self._line.recv(1000)
        except OSError:
            answer = b""
        finally:
            wipe(key.raw)
        if answer != READY:
            why = answer.decode(errors="replace") or "it ended or did not answer in time"
            raise VaultError(f"The agent did not start: {why}.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()


def _asked(home: Home, kind: bytes, *, timeout_s: float = _ANSWER_S) -> bytes | None:
    """Return what the agent answers, None when there is none."""
    root = address.home_root(str(home.root))
    connection = _connected(root)
    if connection is None:
        return None
    with connection:
        connection.settimeout(timeout_s)
        answer = b""
        with suppress(OSError):
            transport.send(connection, written(kind, root))
            while piece := connection.recv(4096):
                answer += piece
    return answer[1:] if answer.startswith(ACCEPTED) else None


def _connected(root: str) -> socket.socket | None:
    if not transport.IS_SUPPORTED:
        return None
    path = address.socket_path(root)
    _refuse_foreign(path)
    connection = transport.connect(path) if address.is_there(path) else None
    if connection is not None and transport.peer_uid(connection) != os.geteuid():
        connection.close()
        raise AgentRefused(_refused(f"what listens at {path} is another user's process"))
    return connection


def _refuse_foreign(path: str) -> None:
    if problem := address.refusal(path):
        raise AgentRefused(_refused(problem))


def _refused(problem: str) -> str:
    return f"The agent is not used: {problem}."
