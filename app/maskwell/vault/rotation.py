"""A new data key: the whole database is encrypted anew, and a kill at any moment leaves one key.

The new database is made beside the old one, whole, checked and synced; the new header is the
moment of change (see `opening`). Slots whose secret is not at hand cannot be carried over: the
recovery code is issued anew, and the keyring's slot is dropped until it is put back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maskwell.vault.copies import copy_database
from maskwell.vault.files import private_umask
from maskwell.vault.header import write_header
from maskwell.vault.kdf import DEFAULT_KDF
from maskwell.vault.keys import DataKey
from maskwell.vault.keyslots import new_slot
from maskwell.vault.opening import next_database, remove_database, settle
from maskwell.vault.recovery import encode_recovery, new_recovery_secret
from maskwell.vault.slots import SlotKind
from maskwell.vault.unlocking import Secret, unlock

if TYPE_CHECKING:
    from maskwell.paths import Home
    from maskwell.vault.database import Database
    from maskwell.vault.header import Header

__all__ = ["Rotated", "rotate"]


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did besides changing the key."""

    recovery_code: str | None
    """The new recovery code, when there was one before; shown once, kept nowhere."""
    dropped: tuple[str, ...]
    """The kinds of the slots that no longer open and must be added again."""


def rotate(
    home: Home, database: Database, header: Header, old_key: DataKey, secret: Secret
) -> tuple[Header, DataKey, Rotated]:
    """Encrypt the vault under a new data key; closes `database`, which the caller opens anew.

    Args:
        home: where the vault is.
        database: its open database.
        header: what its header says.
        old_key: the data key it has; still the caller's to wipe.
        secret: the passphrase, with its key file if it has one, that shall open it.

    Raises:
        WrongPassphrase: `secret` does not open the vault now.
        VaultWriteFailed: the disk refused; the old key is the key.
    """
    unlock(header, secret).wipe()
    key, waiting = DataKey.random(), next_database(home)
    try:
        with private_umask():
            remove_database(waiting)
            copy_database(database, waiting, old_key, key)
    except BaseException:
        remove_database(waiting)
        key.wipe()
        raise
    database.close()
    new_header, rotated = _slots_for(header, key, secret)
    new_header = write_header(home.header, new_header, key)
    return settle(home, new_header, key), key, rotated


def _slots_for(header: Header, key: DataKey, secret: Secret) -> tuple[Header, Rotated]:
    """Return the header of the new key, pending, and what became of the slots."""
    kinds = [slot.kind for slot in header.slots]
    kdf = next((slot.kdf for slot in header.slots if slot.kdf is not None), DEFAULT_KDF)
    fresh = replace(header, slots=(), is_pending=True)
    fresh = replace(fresh, slots=(new_slot(fresh, key, secret, kdf),))
    code = None
    if SlotKind.RECOVERY in kinds:
        recovery = new_recovery_secret()
        slot = new_slot(fresh, key, Secret(SlotKind.RECOVERY, recovery), kdf)
        fresh, code = replace(fresh, slots=(*fresh.slots, slot)), encode_recovery(recovery)
    carried = {secret.kind, SlotKind.RECOVERY}
    dropped = tuple(str(kind) for kind in dict.fromkeys(kinds) if kind not in carried)
    return fresh, Rotated(code, dropped)
