"""Key slots: each holds the data key wrapped under one secret, as LUKS does.

Adding, changing or removing a slot never touches the data. What a slot says about itself
(kind, derivation, salt) and which vault it belongs to is bound into the wrapping as associated
data, so a slot cannot be weakened, moved or relabelled without failing to open.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from maskwell.vault.kdf import KdfParameters, derive
from maskwell.vault.keys import DataKey, wipe

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Slot", "SlotKind", "canonical", "unwrap", "wrap"]

SALT_BYTES = 32
NONCE_BYTES = 12
_HKDF_PURPOSE = b"maskwell/1/slot"


class SlotKind(StrEnum):
    """What the secret of a slot is."""

    PASSPHRASE = "passphrase"  # noqa: S105  # a kind, not a secret
    KEY_FILE = "passphrase+keyfile"
    RECOVERY = "recovery"
    KEYRING = "keyring"

    @property
    def is_typed(self) -> bool:
        """Whether a person makes the secret up, so that guessing it must be made costly."""
        return self in {SlotKind.PASSPHRASE, SlotKind.KEY_FILE}


def canonical(value: object) -> bytes:
    """Return the one JSON spelling of `value`: sorted keys, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


@dataclass(frozen=True, slots=True)
class Slot:
    """One way into the vault."""

    id: int
    kind: SlotKind
    kdf: KdfParameters | None
    """What deriving costs; None for random secrets, which are only expanded (HKDF-SHA256)."""
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
            "kdf": _describe_kdf(self.kdf),
            "kind": str(self.kind),
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
        slot = cls(
            id=int(stored["id"]),
            kind=SlotKind(stored["kind"]),
            kdf=_read_kdf(stored["kdf"]),
            salt=_bytes(stored["salt"], SALT_BYTES),
            nonce=_bytes(stored["nonce"], NONCE_BYTES),
            wrapped=_bytes(stored["wrapped"], 48),
            created_at=int(stored["created_at"]),
        )
        if slot.kind.is_typed != (slot.kdf is not None):
            raise ValueError("a derivation that does not fit the kind")
        return slot


def wrap(
    key: DataKey,
    secret: bytes,
    *,
    slot_id: int,
    kind: SlotKind,
    kdf: KdfParameters | None,
    binding: bytes,
    created_at: int,
) -> Slot:
    """Return a new slot that opens with `secret`.

    Args:
        key: the vault's data key.
        secret: what the user has, as bytes.
        slot_id: a number no other slot of this header has.
        kind: what the secret is.
        kdf: what deriving from it costs; None for a random secret.
        binding: the header's format, version and vault id, in canonical form.
        created_at: milliseconds since 1970, UTC.
    """
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    bare = Slot(slot_id, kind, kdf, salt, nonce, b"", created_at)
    wrapping = _wrapping_key(secret, bare)
    try:
        wrapped = AESGCM(wrapping).encrypt(nonce, key.raw, _associated(bare, binding))
    finally:
        wipe(wrapping)
    return replace(bare, wrapped=wrapped)


def unwrap(slot: Slot, secret: bytes, *, binding: bytes) -> DataKey | None:
    """Return the data key, or None when `secret` is not this slot's."""
    wrapping = _wrapping_key(secret, slot)
    key = bytearray(32)
    try:
        AESGCM(wrapping).decrypt_into(slot.nonce, slot.wrapped, _associated(slot, binding), key)
    except InvalidTag:
        return None
    finally:
        wipe(wrapping)
    return DataKey(key)


def _wrapping_key(secret: bytes, slot: Slot) -> bytearray:
    if slot.kdf is not None:
        return derive(secret, slot.salt, slot.kdf)
    expand = HKDF(algorithm=SHA256(), length=32, salt=slot.salt, info=_HKDF_PURPOSE)
    return bytearray(expand.derive(secret))


def _associated(slot: Slot, binding: bytes) -> bytes:
    return binding + canonical(slot.described())


def _describe_kdf(kdf: KdfParameters | None) -> dict[str, object]:
    if kdf is None:
        return {"name": "hkdf-sha256"}
    return {
        "memory_kib": kdf.memory_kib,
        "name": "argon2id",
        "parallelism": kdf.parallelism,
        "time_cost": kdf.time_cost,
    }


def _read_kdf(stored: Mapping[str, Any]) -> KdfParameters | None:
    if stored == _describe_kdf(None):
        return None
    if stored["name"] != "argon2id":
        raise ValueError("unknown key derivation")
    return KdfParameters(
        memory_kib=int(stored["memory_kib"]),
        time_cost=int(stored["time_cost"]),
        parallelism=int(stored["parallelism"]),
    )


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _bytes(stored: str, length: int) -> bytes:
    value = base64.b64decode(stored, validate=True)
    if len(value) != length or _base64(value) != stored:
        raise ValueError("a field of the wrong length")
    return value
