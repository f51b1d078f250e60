"""The way between a command and the agent: a local stream, the peer's user, open files passed on.

Everything that differs between systems is in this module. Unix sockets are here; where there
are none, or no `fork`, `IS_SUPPORTED` is false and commands do their own work. A named pipe of
Windows would be the second implementation of `listen`, `reach` and `peer_uid`.

A command's short way goes through here, so this module loads the interpreter's own sockets; what
the standard module puts around them takes longer to load than the rest of that way.
"""

from __future__ import annotations

import _socket
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import socket

__all__ = [
    "IS_SUPPORTED",
    "connect",
    "listen",
    "peer_uid",
    "reach",
    "receive",
    "receive_exactly",
    "send",
]

IS_SUPPORTED = hasattr(_socket, "AF_UNIX") and hasattr(os, "fork")

_MAGIC = b"MSKW\x01"
_LENGTH_BYTES = 4
_LARGEST_BYTES = 16 << 20
_MOST_FILES = 4
_LOCAL_PEERCRED = 1
_INT_BYTES = 4
"""What C's `int` has on every system with Unix sockets."""


def listen(path: str) -> socket.socket:
    """Return a listening socket at `path`, with access for its owner alone."""
    import socket  # noqa: PLC0415  # not on a command's short way

    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        listener.bind(path)
        listener.listen(64)
    except BaseException:
        listener.close()
        raise
    finally:
        os.umask(before)
    listener.setblocking(False)
    return listener


def connect(path: str) -> socket.socket | None:
    """Return a connection to whoever listens at `path`; None when nobody does."""
    import socket  # noqa: PLC0415  # not on a command's short way

    connection = reach(path)
    return None if connection is None else socket.socket(fileno=connection.detach())


def reach(path: str) -> _socket.socket | None:
    """Return what `connect` does, as the interpreter's bare socket: `close` it yourself."""
    connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        connection.connect(path)
    except OSError:
        connection.close()
        return None
    return connection


def peer_uid(connection: _socket.socket) -> int:
    """Return the user id of the process at the other end, as the kernel knows it.

    Raises:
        OSError: the system does not tell.
    """
    if hasattr(_socket, "SO_PEERCRED"):  # three ints: process, user, group
        raw = connection.getsockopt(_socket.SOL_SOCKET, _socket.SO_PEERCRED, 12)
    else:  # struct xucred of the BSDs: version, user …
        raw = connection.getsockopt(0, _LOCAL_PEERCRED, 76)
    return int.from_bytes(raw[4:8], sys.byteorder)


def send(connection: _socket.socket, fields: list[bytes], files: list[int] | None = None) -> None:
    """Send a message of fields, none with a zero byte in it, and open files with it."""
    body = b"\0".join(fields)
    data = _MAGIC + len(body).to_bytes(_LENGTH_BYTES, "big") + body
    sent = 0
    if files:
        rights = b"".join(file.to_bytes(_INT_BYTES, sys.byteorder) for file in files)
        passed = (_socket.SOL_SOCKET, _socket.SCM_RIGHTS, rights)
        sent = connection.sendmsg([data], [passed])
    connection.sendall(data[sent:])


def receive(connection: socket.socket) -> tuple[list[bytes], list[int]]:
    """Return the fields of one message and the descriptors of the files that came with it.

    Raises:
        ValueError: it is no message, is too large or was cut short.
        OSError: the connection failed.
    """
    import socket  # noqa: PLC0415  # not on a command's short way

    whole = len(_MAGIC) + _LENGTH_BYTES
    head, files, _, _ = socket.recv_fds(connection, whole, _MOST_FILES)
    head += receive_exactly(connection, whole - len(head))
    length = int.from_bytes(head[len(_MAGIC) :], "big")
    if not head.startswith(_MAGIC) or length > _LARGEST_BYTES:
        raise ValueError("no message of ours")
    return receive_exactly(connection, length).split(b"\0"), files


def receive_exactly(connection: _socket.socket, length: int) -> bytes:
    """Return the next `length` bytes.

    Raises:
        ValueError: the other side ended before.
    """
    data = b""
    while len(data) < length:
        piece = connection.recv(min(length - len(data), 1 << 16))
        if not piece:
            raise ValueError("the message was cut short")
        data += piece
    return data
