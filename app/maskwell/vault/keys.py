"""The data key and what is derived from it; wiped when the vault closes.

One random 32-byte data key opens the vault. It is never used itself: the database and the
header's seal each get their own key by HKDF-SHA256, so that neither says anything about the
other. Python cannot promise that no copy is left in memory; every copy
made here lives in a `bytearray` and is overwritten.
"""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

__all__ = ["DataKey", "wipe"]

_HEX = b"0123456789abcdef"


def wipe(buffer: bytearray) -> None:
    """Overwrite every byte of `buffer` with zero."""
    for index in range(len(buffer)):
        buffer[index] = 0


class DataKey:
    """The 32 bytes that open one vault. Takes ownership of the buffer it is given."""

    __slots__ = ("_key",)

    def __init__(self, key: bytearray) -> None:
        if len(key) != 32:
            raise ValueError("a data key has 32 bytes")
        self._key = key

    @classmethod
    def random(cls) -> DataKey:
        """Return a new key from the system's random source."""
        return cls(bytearray(secrets.token_bytes(32)))

    @property
    def raw(self) -> bytearray:
        """The key itself, to be wrapped in a slot. Not a copy."""
        return self._key

    def copy(self) -> DataKey:
        """Return the same key in memory of its own."""
        return DataKey(bytearray(self._key))

    def database_key(self) -> bytearray:
        """Return SQLCipher's raw key literal, `x'<64 hex digits>'`; the caller wipes it.

        Built byte by byte because a raw key of any other length would silently become a
        passphrase, and because `hex()` would leave a copy that cannot be wiped.
        """
        derived = self.database_bytes()
        literal = bytearray(b"x'" + bytes(64) + b"'")
        for index, value in enumerate(derived):
            literal[2 + 2 * index] = _HEX[value >> 4]
            literal[3 + 2 * index] = _HEX[value & 15]
        wipe(derived)
        return literal

    def database_bytes(self) -> bytearray:
        """Return the 32 bytes of SQLCipher's raw key; the caller wipes them."""
        return self._subkey(b"maskwell/1/database")

    def header_key(self) -> bytearray:
        """Return the key that seals the header file."""
        return self._subkey(b"maskwell/1/header")

    def take(self, other: DataKey) -> None:
        """Become the other key, which must not be used any more."""
        wipe(self._key)
        self._key = other._key

    def wipe(self) -> None:
        """Overwrite the key; the object is useless afterwards."""
        wipe(self._key)

    def _subkey(self, purpose: bytes) -> bytearray:
        return bytearray(HKDFExpand(algorithm=SHA256(), length=32, info=purpose).derive(self._key))
