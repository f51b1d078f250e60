"""Key slots: each holds the data key wrapped under one secret, as LUKS does.

Adding, changing or removing a slot never touches the data. What a slot says about itself
(kind, derivation, salt) and which vault it belongs to is bound into the wrapping as associated
data, so a slot cannot be weakened, moved or relabelled without failing to open.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from maskwell.vault.kdf import KdfParameters, derive
from maskwell.vault.keys import DataKey, wipe

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PASSPHRASE", "Slot", "canonical", "unwrap", "wrap"]

PASSPHRASE = "passphrase"  # noqa: S105  # a slot's kind, not a secret

SALT_BYTES = 32
NONCE_BYTES = 12


def canonical(value: object) -> bytes:
    """Return the one JSON spelling of `value`: sorted keys, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


@dataclass(frozen=True, slots=True)
class Slot:
    """One way into the vault."""

    id: int
    kind: str
    kdf: KdfParameters
    salt: bytes
    nonce: bytes
    wrapped: bytes
    """The 32-byte data key and its 16-byte tag."""
    created_at: int
    """Milliseconds since 1970, UTC."""

    def described(self) -> dict[str, Any]:
        """Return everything but the ciphertext: what the wrapping vouches for."""
        return {
            "created_at": self.created_at,
            "id": self.id,
            "kdf": {
                "memory_kib": self.kdf.memory_kib,
                "name": "argon2id",
                "parallelism": self.kdf.parallelism,
                "time_cost": self.kdf.time_cost,
            },
            "kind": self.kind,
            "salt": _base64(self.salt),
        }

    def as_json(self) -> dict[str, Any]:
        """Return the slot as the header stores it."""
        return self.described() | {"nonce": _base64(self.nonce), "wrapped": _base64(self.wrapped)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Slot:
        """Read a slot back.

        Raises:
            KeyError, TypeError, ValueError, UsageError: it is not a slot this program wrote.
        """
        kdf = stored["kdf"]
        if kdf["name"] != "argon2id":
            raise ValueError("unknown key derivation")
        return cls(
            id=int(stored["id"]),
            kind=str(stored["kind"]),
            kdf=KdfParameters(
                memory_kib=int(kdf["memory_kib"]),
                time_cost=int(kdf["time_cost"]),
                parallelism=int(kdf["parallelism"]),
            ),
            salt=_bytes(stored["salt"], SALT_BYTES),
            nonce=_bytes(stored["nonce"], NONCE_BYTES),
            wrapped=_bytes(stored["wrapped"], 48),
            created_at=int(stored["created_at"]),
        )


def wrap(
    key: DataKey,
    secret: bytes,
    *,
    slot_id: int,
    kind: str,
    kdf: KdfParameters,
    binding: bytes,
    created_at: int,
) -> Slot:
    """Return a new slot that opens with `secret`.

    Args:
        key: the vault's data key.
        secret: what the user has, as bytes.
        slot_id: a number no other slot of this header has.
        kind: what the secret is.
        kdf: what deriving from it costs.
        binding: the header's format, version and vault id, in canonical form.
        created_at: milliseconds since 1970, UTC.
    """
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    bare = Slot(slot_id, kind, kdf, salt, nonce, b"", created_at)
    wrapping = derive(secret, salt, kdf)
    try:
        wrapped = AESGCM(wrapping).encrypt(nonce, key.raw, _associated(bare, binding))
    finally:
        wipe(wrapping)
    return Slot(slot_id, kind, kdf, salt, nonce, wrapped, created_at)


def unwrap(slot: Slot, secret: bytes, *, binding: bytes) -> DataKey | None:
    """Return the data key, or None when `secret` is not this slot's."""
    wrapping = derive(secret, slot.salt, slot.kdf)
    key = bytearray(32)
    try:
        AESGCM(wrapping).decrypt_into(slot.nonce, slot.wrapped, _associated(slot, binding), key)
    except InvalidTag:
        return None
    finally:
        wipe(wrapping)
    return DataKey(key)


def _associated(slot: Slot, binding: bytes) -> bytes:
    return binding + canonical(slot.described())


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _bytes(stored: str, length: int) -> bytes:
    value = base64.b64decode(stored, validate=True)
    if len(value) != length or _base64(value) != stored:
        raise ValueError("a field of the wrong length")
    return value
