"""The agent's process from its beginning to its end.

It is started before the key is there, so that it warms up while the key is derived; the key
comes over the pair of sockets it was started with. Whoever started it and dies before handing
the key over ends it.
"""

from __future__ import annotations

import fcntl
import gc
import os
import socket
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from maskwell.agent import address, transport
from maskwell.agent.holding import HeldKey, open_ahead
from maskwell.agent.memory import harden
from maskwell.agent.requests import KEY_BYTES, READY
from maskwell.agent.resident import Resident
from maskwell.errors import MaskwellError
from maskwell.vault.header import check_seal, read_header
from maskwell.vault.keys import DataKey

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["live"]

_LARGEST_LOG_BYTES = 1 << 20


def live(
    descriptor: int,
    *,
    warm: Callable[[], None],
    rehearse: Callable[[], None],
    work: Callable[[list[str], int | None], int],
) -> int:
    """Be the agent until it is locked, and return the exit code.

    Args:
        descriptor: the socket to whoever started this process.
        warm: loads what every command would load.
        rehearse: touches in a new process what most commands touch.
        work: see `Errand`.
    """
    harden()
    os.umask(0o077)
    starter = socket.socket(fileno=descriptor)
    try:
        (root_name, idle), _ = transport.receive(starter)
        warm()
        key = bytearray(transport.receive_exactly(starter, KEY_BYTES))
    except (ValueError, OSError):
        return 1  # the passphrase was wrong, or whoever asked is gone
    held = HeldKey(os.fsdecode(root_name), key)
    try:
        return _listen(starter, held, float(idle), work, partial(_prepare, held, rehearse))
    finally:
        held.wipe()


def _listen(
    starter: socket.socket,
    held: HeldKey,
    idle_s: float,
    work: Callable[[list[str], int | None], int],
    prepare: Callable[[], None],
) -> int:
    path = address.socket_path(held.root)
    if not _fits(held.root, bytes(held.key)):
        return _say(starter, "the key does not fit the vault")
    try:
        address.prepare_folder(path)
        claim = _claim(path)
        if problem := address.refusal(path) or ("" if claim else "another agent has begun already"):
            return _say(starter, problem)
        with suppress(FileNotFoundError):
            os.unlink(path)  # noqa: PTH108  # left behind by an agent that was killed
        listener = transport.listen(path)
    except OSError as error:
        return _say(starter, f"{path} cannot be made ({error.strerror})")
    gc.collect()
    gc.freeze()  # a child that collects must not touch, and so copy, what it shares with us
    resident = Resident(
        listener,
        held,
        idle_s=idle_s,
        work=work,
        fits=lambda key: _fits(held.root, key),
        prepare=prepare,
    )
    _note(held.root, f"unlocked in process {os.getpid()}")
    _say(starter, READY.decode())
    try:
        why = resident.serve()
    finally:
        os.unlink(path)  # noqa: PTH108  # no pathlib needed
    _note(held.root, f"locked: {why}")
    return 0


def _prepare(held: HeldKey, rehearse: Callable[[], None]) -> None:
    """Get a spare ready."""
    with suppress(Exception):  # the command opens it, and says what is wrong
        open_ahead(held)
    with suppress(Exception):  # a module may be gone since an upgrade, and the command says so
        rehearse()


def _fits(root: str, key: bytes) -> bool:
    """Say whether this is the key that sealed the header of the vault there is."""
    try:
        check_seal(read_header(Path(root) / "vault.header"), DataKey(bytearray(key)))
    except (MaskwellError, ValueError):
        return False
    return True


def _claim(path: str) -> int | None:
    """Return a lock that says this process is the agent there, None when another is."""
    handle = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def _say(starter: socket.socket, sentence: str) -> int:
    with suppress(OSError):
        starter.sendall(sentence.encode())
    starter.close()
    return 1


def _note(root: str, what: str) -> None:
    """Add a line to the home's log; nothing of what the agent was asked is ever in it."""
    log = Path(root) / "maskwell.log"
    with suppress(OSError):
        is_full = log.exists() and log.stat().st_size > _LARGEST_LOG_BYTES
        mode = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if is_full else os.O_APPEND)
        with os.fdopen(os.open(log, mode, 0o600), "w", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} agent {what}\n")
