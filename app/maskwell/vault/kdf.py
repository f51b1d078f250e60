"""Turning a passphrase into a key: Argon2id (RFC 9106), with a floor and a ceiling.

The parameters are stored beside every slot, so a vault made on a small machine opens on a
large one and can be raised later. Below the floor nothing is derived at all: a header that
asks for less was made by someone else.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw

from maskwell.errors import UsageError, VaultError

__all__ = ["CEILING_KIB", "DEFAULT_KDF", "FLOOR_KDF", "KdfParameters", "derive"]

CEILING_KIB = 4 * 1024 * 1024
"""The most memory a header may ask for (4 GiB): more is damage, not caution."""

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class KdfParameters:
    """What one Argon2id derivation costs.

    Args:
        memory_kib: memory in KiB, from 64 MiB to 4 GiB.
        time_cost: passes over that memory, 3 to 64.
        parallelism: lanes, 4 to 64.

    Raises:
        UsageError: a number below the floor or over the ceiling.
    """

    memory_kib: int
    time_cost: int
    parallelism: int

    def __post_init__(self) -> None:
        if not (
            64 * 1024 <= self.memory_kib <= CEILING_KIB
            and 3 <= self.time_cost <= 64
            and 4 <= self.parallelism <= 64
        ):
            raise UsageError(
                "The key derivation needs at least 64 MiB, 3 passes and 4 lanes, "
                "and at most 4 GiB, 64 passes and 64 lanes."
            )


DEFAULT_KDF = KdfParameters(memory_kib=256 * 1024, time_cost=3, parallelism=4)
FLOOR_KDF = KdfParameters(memory_kib=64 * 1024, time_cost=3, parallelism=4)


def passphrase_bytes(passphrase: str) -> bytes:
    """Return the passphrase as NFC UTF-8, so that every keyboard types the same bytes."""
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")


def derive(secret: bytes, salt: bytes, parameters: KdfParameters) -> bytearray:
    """Derive 32 key bytes from `secret` with Argon2id version 0x13.

    Raises:
        VaultError: the machine cannot give the memory the parameters ask for.
    """
    try:
        key = hash_secret_raw(
            secret,
            salt,
            time_cost=parameters.time_cost,
            memory_cost=parameters.memory_kib,
            parallelism=parameters.parallelism,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    except HashingError as error:
        raise VaultError(
            f"Deriving the key needs {parameters.memory_kib // 1024} MiB of free memory; "
            "close other programs and try again."
        ) from error
    return bytearray(key)
