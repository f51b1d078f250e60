"""The way between a command and the agent: a local stream, the peer's user, open files passed on.

Everything that differs between systems is in this module. Unix sockets are here; where there
are none, or no `fork`, `IS_SUPPORTED` is false and commands do their own work. A named pipe of
Windows would be the second implementation of `listen`, `connect` and `peer_uid`.
"""

from __future__ import annotations

import os
import socket
import struct

__all__ = [
    "IS_SUPPORTED",
    "connect",
    "listen",
    "peer_uid",
    "receive",
    "receive_exactly",
    "send",
]

IS_SUPPORTED = hasattr(socket, "AF_UNIX") and hasattr(os, "fork")

_MAGIC = b"MSKW\x01"
_HEAD = struct.Struct(">5sI")
_LARGEST_BYTES = 16 << 20
_MOST_FILES = 4
_LOCAL_PEERCRED = 1


def listen(path: str) -> socket.socket:
    """Return a listening socket at `path`, with access for its owner alone."""
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
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(path)
    except OSError:
        connection.close()
        return None
    return connection


def peer_uid(connection: socket.socket) -> int:
    """Return the user id of the process at the other end, as the kernel knows it.

    Raises:
        OSError: the system does not tell.
    """
    if hasattr(socket, "SO_PEERCRED"):
        raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        return int(struct.unpack("3i", raw)[1])
    raw = connection.getsockopt(0, _LOCAL_PEERCRED, 76)  # struct xucred of the BSDs
    return int(struct.unpack_from("2I", raw)[1])


def send(connection: socket.socket, fields: list[bytes], files: list[int] | None = None) -> None:
    """Send a message of fields, none with a zero byte in it, and open files with it."""
    body = b"\0".join(fields)
    data = _HEAD.pack(_MAGIC, len(body)) + body
    sent = socket.send_fds(connection, [data], files) if files else 0
    connection.sendall(data[sent:])


def receive(connection: socket.socket) -> tuple[list[bytes], list[int]]:
    """Return the fields of one message and the descriptors of the files that came with it.

    Raises:
        ValueError: it is no message, is too large or was cut short.
        OSError: the connection failed.
    """
    head, files, _, _ = socket.recv_fds(connection, _HEAD.size, _MOST_FILES)
    head += receive_exactly(connection, _HEAD.size - len(head))
    magic, length = _HEAD.unpack(head)
    if magic != _MAGIC or length > _LARGEST_BYTES:
        raise ValueError("no message of ours")
    return receive_exactly(connection, length).split(b"\0"), files


def receive_exactly(connection: socket.socket, length: int) -> bytes:
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
