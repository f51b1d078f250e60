"""Changing who can open the vault: slots come and go, the data stays as it is."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.errors import UnknownName, UsageError
from maskwell.vault.acts import Act
from maskwell.vault.kdf import DEFAULT_KDF
from maskwell.vault.records import moment, now_ms
from maskwell.vault.recovery import encode_recovery, new_recovery_secret
from maskwell.vault.slots import SlotKind, wrap
from maskwell.vault.unlocking import Secret, passphrase_secret

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from maskwell.vault.audit import AuditTrail
    from maskwell.vault.database import Database
    from maskwell.vault.header import Header, HeaderFile
    from maskwell.vault.kdf import KdfParameters
    from maskwell.vault.keys import DataKey
    from maskwell.vault.slots import Slot

__all__ = ["KeySlots", "SlotInfo", "new_slot"]


@dataclass(frozen=True, slots=True)
class SlotInfo:
    """One way into the vault, without its ciphertext."""

    id: int
    kind: SlotKind
    kdf: KdfParameters | None
    created_at: datetime


def new_slot(header: Header, key: DataKey, secret: Secret, kdf: KdfParameters) -> Slot:
    """Return a slot for `secret` that fits this header."""
    return wrap(
        key,
        secret.material,
        slot_id=header.next_slot_id(),
        kind=secret.kind,
        kdf=kdf if secret.kind.is_typed else None,
        binding=header.binding,
        created_at=now_ms(),
    )


class KeySlots:
    """The slots of one open vault. Every change is in the audit trail, or was not made.

    Where the disk refuses either of the two, the slots are as they were.
    """

    def __init__(
        self, database: Database, file: HeaderFile, key: DataKey, audit: AuditTrail
    ) -> None:
        self._database = database
        self._file = file
        self._key = key
        self._audit = audit

    def all(self) -> list[SlotInfo]:
        """Return the slots, oldest first."""
        return [
            SlotInfo(slot.id, slot.kind, slot.kdf, moment(slot.created_at))
            for slot in self._file.header.slots
        ]

    def add(self, secret: Secret, *, kdf: KdfParameters = DEFAULT_KDF) -> SlotInfo:
        """Add a way in beside those there are, and return it."""
        return self._put(secret, kdf, instead_of=frozenset())

    def change_passphrase(
        self,
        passphrase: str,
        *,
        key_file: Path | None = None,
        kdf: KdfParameters = DEFAULT_KDF,
    ) -> SlotInfo:
        """Let this passphrase, with this key file if one is given, open in place of the old.

        This is also how derivation parameters are raised: give the same passphrase again. The
        new slot and the end of the old ones are one replacement of the header file.

        Raises:
            UsageError: the passphrase is empty.
            InputUnreadable: the key file cannot be read.
        """
        typed = frozenset({SlotKind.PASSPHRASE, SlotKind.KEY_FILE})
        return self._put(passphrase_secret(passphrase, key_file), kdf, instead_of=typed)

    def new_recovery_code(self) -> str:
        """Return a new recovery code; an older one no longer opens. It is not kept anywhere."""
        secret = new_recovery_secret()
        self._put(
            Secret(SlotKind.RECOVERY, secret),
            DEFAULT_KDF,
            instead_of=frozenset({SlotKind.RECOVERY}),
        )
        return encode_recovery(secret)

    def put_keyring(self, secret: Secret) -> SlotInfo:
        """Let what the system's keyring now holds open in place of what it held before."""
        return self._put(secret, DEFAULT_KDF, instead_of=frozenset({SlotKind.KEYRING}))

    def remove(self, slot_id: int) -> None:
        """Take a way in away.

        Raises:
            UnknownName: there is no such slot.
            UsageError: without it no passphrase would open the vault.
        """
        with self._turn():
            slots = self._file.header.slots
            gone = [slot for slot in slots if slot.id == slot_id]
            left = [slot for slot in slots if slot.id != slot_id]
            if not gone:
                raise UnknownName(f"There is no key slot {slot_id}; list them with `vault status`.")
            if not any(slot.kind.is_typed for slot in left):
                raise UsageError(
                    "That is the last slot that opens with a passphrase; add another one first."
                )
            self._keep(Act.SLOT_REMOVE, gone[0], tuple(left))

    def _put(self, secret: Secret, kdf: KdfParameters, instead_of: frozenset[SlotKind]) -> SlotInfo:
        with self._turn():
            header = self._file.header
            slot = new_slot(header, self._key, secret, kdf)
            kept = tuple(old for old in header.slots if old.kind not in instead_of)
            self._keep(Act.SLOT_ADD, slot, (*kept, slot))
        return SlotInfo(slot.id, slot.kind, slot.kdf, moment(slot.created_at))

    @contextmanager
    def _turn(self) -> Iterator[None]:
        # All in one turn: whoever came in between could keep the entry out of the trail.
        with self._database.lock, self._database.turn(), self._file.lock:
            self._database.refuse_reader()
            yield

    def _keep(self, act: Act, slot: Slot, slots: tuple[Slot, ...]) -> None:
        """Take a change into the trail, then into the header.

        The header has its room on the disk by then: a commit that finds none leaves it alone,
        and one that was made is followed by a renaming only.
        """
        with self._file.ready(slots=slots) as put, self._database.transaction(put):
            self._audit.record(act, str(slot.kind), {"slot": slot.id})
