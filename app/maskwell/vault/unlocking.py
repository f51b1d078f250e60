"""What a person has, turned into the secret of a slot, and a slot into the data key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.errors import UsageError, WrongPassphrase
from maskwell.vault.attempts import counted_attempt
from maskwell.vault.kdf import passphrase_bytes
from maskwell.vault.keyfile import read_key_file
from maskwell.vault.recovery import decode_recovery
from maskwell.vault.slots import SlotKind, unwrap

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from maskwell.paths import Home
    from maskwell.vault.header import Header
    from maskwell.vault.keys import DataKey
    from maskwell.vault.slots import Slot

__all__ = [
    "Secret",
    "opened_slot",
    "passphrase_secret",
    "recovery_secret",
    "unlock",
    "unlocker_for",
]

_REFUSALS = {
    SlotKind.PASSPHRASE: "The passphrase does not open this vault.",
    SlotKind.KEY_FILE: "The passphrase and the key file together do not open this vault.",
    SlotKind.RECOVERY: "The recovery code does not open this vault.",
    SlotKind.KEYRING: (
        "What the system's keyring holds does not open this vault; use the passphrase."
    ),
}


@dataclass(frozen=True, slots=True)
class Secret:
    """The bytes that open slots of one kind."""

    kind: SlotKind
    material: bytes

    def __repr__(self) -> str:
        return f"Secret({self.kind})"


def passphrase_secret(passphrase: str, key_file: Path | None = None) -> Secret:
    """Return the secret of a passphrase, with a key file where one is used.

    Raises:
        UsageError: the passphrase is empty.
        InputUnreadable: the key file cannot be read.
    """
    if not passphrase:
        raise UsageError("The passphrase is empty; give one with at least one character.")
    if key_file is None:
        return Secret(SlotKind.PASSPHRASE, passphrase_bytes(passphrase))
    return Secret(SlotKind.KEY_FILE, read_key_file(key_file) + passphrase_bytes(passphrase))


def recovery_secret(untrusted_code: str) -> Secret:
    """Return the secret of a recovery code as it was typed.

    Raises:
        UsageError: it is mistyped; the message says where.
    """
    return Secret(SlotKind.RECOVERY, decode_recovery(untrusted_code))


def unlock(header: Header, secret: Secret) -> DataKey:
    """Return the data key that `secret` opens.

    Raises:
        WrongPassphrase: no slot of its kind opens with it.
    """
    return opened_slot(header, secret)[1]


def opened_slot(header: Header, secret: Secret) -> tuple[Slot, DataKey]:
    """Return the slot that `secret` opens, and the data key that was in it.

    Raises:
        WrongPassphrase: no slot of its kind opens with it.
    """
    slots = [slot for slot in header.slots if slot.kind is secret.kind]
    for slot in slots:
        key = unwrap(slot, secret.material, binding=header.binding)
        if key is not None:
            return slot, key
    kinds = {slot.kind for slot in header.slots}
    if secret.kind is SlotKind.PASSPHRASE and not slots and SlotKind.KEY_FILE in kinds:
        raise WrongPassphrase("This vault opens with a passphrase and a key file; give both.")
    raise WrongPassphrase(_REFUSALS[secret.kind])


def unlocker_for(home: Home, secret: Secret) -> Callable[[Header], DataKey]:
    """Return what gets the data key of the vault in `home` with `secret`.

    It raises `WrongPassphrase` as `unlock` does, and counts how often.
    """

    def counted(header: Header) -> DataKey:
        with counted_attempt(home.root / "vault.attempts"):
            return unlock(header, secret)

    return counted
