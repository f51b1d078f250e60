"""The key file: something to have besides the passphrase.

Any file of some length will do; its SHA-256 is put before the passphrase's bytes, so neither
opens anything without the other. A file made here holds 32 random bytes as text.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from typing import TYPE_CHECKING

from maskwell.errors import InputUnreadable, UsageError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["make_key_file", "read_key_file"]

_SMALLEST_BYTES = 32
_LARGEST_BYTES = 1 << 20
_BINARY = getattr(os, "O_BINARY", 0)


def make_key_file(path: Path) -> None:
    """Make a new key file, readable by its owner alone; never over another file.

    Raises:
        UsageError: there is a file already.
        InputUnreadable: it cannot be written.
    """
    content = f"maskwell key file 1\n{secrets.token_hex(32)}\n".encode()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    except FileExistsError:
        raise UsageError(f"There is a file {path} already; it was left alone.") from None
    except OSError as error:
        raise InputUnreadable(f"The key file {path} cannot be made ({error.strerror}).") from None
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read_key_file(path: Path) -> bytes:
    """Return what a key file contributes: the 32 bytes of its digest.

    Raises:
        InputUnreadable: it cannot be read, or has fewer than 32 bytes or more than 1 MiB.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_BYTES + 1)
    except OSError as error:
        raise InputUnreadable(f"The key file {path} cannot be read ({error.strerror}).") from None
    if not _SMALLEST_BYTES <= len(content) <= _LARGEST_BYTES:
        raise InputUnreadable(f"The key file {path} must have between 32 bytes and 1 MiB.")
    return hashlib.sha256(content).digest()
