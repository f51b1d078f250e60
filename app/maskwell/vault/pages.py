"""Reading the encrypted file page by page, without SQLite.

This is the file's format spelled out: SQLCipher 4 with a raw key. Every page of 4096 bytes ends
in 80 reserved bytes, a 16-byte IV and the HMAC-SHA512 of what stands before it; the rest is
AES-256-CBC. Page 1 begins with the 16-byte salt in place of SQLite's magic. In the write-ahead
log the same pages stand behind a 32-byte header, each with a 24-byte frame header.

Used to prove that something is gone from the very bytes, freed pages and log included.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from maskwell.vault.database import PAGE_BYTES
from maskwell.vault.keys import wipe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maskwell.vault.keys import DataKey

__all__ = ["decrypted_pages"]

_RESERVED = 80
_IV = 16
_SALT = 16
_LOG_HEADER = 32
_FRAME_HEADER = 24


def decrypted_pages(path: Path, key: DataKey) -> Iterator[bytes]:
    """Yield the content of every page in the database file, then in its log."""
    raw = key.database_bytes()
    try:
        for number, page in enumerate(_blocks(path, 0, 0)):
            yield _decrypted(page, raw, is_first=number == 0)
        log = path.with_name(f"{path.name}-wal")
        for frame in _blocks(log, _LOG_HEADER, _FRAME_HEADER):
            is_first = int.from_bytes(frame[:4], "big") == 1
            yield _decrypted(frame[_FRAME_HEADER:], raw, is_first=is_first)
    finally:
        wipe(raw)


def _blocks(path: Path, start: int, extra: int) -> Iterator[bytes]:
    if not path.exists():
        return
    with path.open("rb") as file:
        file.seek(start)
        while len(block := file.read(PAGE_BYTES + extra)) == PAGE_BYTES + extra:
            yield block


def _decrypted(page: bytes, raw: bytearray, *, is_first: bool) -> bytes:
    body = page[_SALT if is_first else 0 : PAGE_BYTES - _RESERVED]
    iv = page[PAGE_BYTES - _RESERVED : PAGE_BYTES - _RESERVED + _IV]
    decryptor = Cipher(AES256(bytes(raw)), CBC(iv)).decryptor()
    return decryptor.update(body) + decryptor.finalize()
