"""What is done to a vault as a whole: checking, rotating, backing up, joining, forgetting."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from maskwell.errors import IntegrityError, VaultWriteFailed
from maskwell.vault import opening
from maskwell.vault.acts import Act
from maskwell.vault.backup import BackupReport, restore_backup, write_backup
from maskwell.vault.erasure import erase
from maskwell.vault.importing import other_vault
from maskwell.vault.integrity import find_problems, recover_log
from maskwell.vault.joining import Joined, join
from maskwell.vault.migrate import schema_version
from maskwell.vault.people import merge, split
from maskwell.vault.records import VaultReport
from maskwell.vault.retention import apply_retention
from maskwell.vault.rotation import Rotated, rotate
from maskwell.vault.searching import search_messages
from maskwell.vault.session import Session
from maskwell.vault.slots import SlotKind
from maskwell.vault.subject import Subject, export_subject
from maskwell.vault.systemkeyring import forget_secret, secret_stored
from maskwell.vault.unlocking import Secret, passphrase_secret, unlock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from maskwell.paths import Home
    from maskwell.vault.certificate import Certificate
    from maskwell.vault.keyslots import SlotInfo
    from maskwell.vault.records import Message
    from maskwell.vault.slots import Slot
    from maskwell.vault.systemkeyring import Keyring

__all__ = ["UpkeptSession"]

_COUNTED = ("scopes", "entities", "tokens", "variants", "conversations", "messages", "ledger")


class UpkeptSession(Session):
    """A session with the work that concerns the whole vault."""

    def rotate(self, passphrase: str, *, key_file: Path | None = None) -> Rotated:
        """Encrypt everything under a new data key; killed on the way, old or new key is the key.

        Args:
            passphrase: the passphrase that opens the vault, and shall go on doing so.
            key_file: the key file that goes with it, if there is one.

        Raises:
            WrongPassphrase: they do not open the vault.
            VaultWriteFailed: the disk refused; the old key is the key.
        """
        self._refuse_reader()
        secret = passphrase_secret(passphrase, key_file)
        self._check.stop()  # it may be waiting for the lock to write what it found
        with self._database.lock, self._database.turn():
            try:
                return self._rotate(secret)
            except BaseException:
                if not self._database.is_open:
                    self.close()  # opening again finds out which key it is, and finishes
                raise

    def _rotate(self, secret: Secret) -> Rotated:
        recover_log(self._database)
        header, key, rotated = rotate(
            self._home, self._database, self._file.header, self._key, secret
        )
        self._key.take(key)
        self._file.renew(header)
        self._database.take(opening.open_database(self._home.vault, self._key))
        self._note_identity()
        self.audit.record(Act.KEY_ROTATE)
        return rotated

    def use_keyring(self, keyring: Keyring | None = None) -> SlotInfo:
        """Let the system's keyring open the vault too.

        Raises:
            VaultError: there is no keyring that keeps secrets encrypted, it did not answer, or
                the vault cannot be written; keyring and slots are as they were.
        """
        self._refuse_reader()
        stored = secret_stored(self._file.header.vault_id, keyring)
        # In one turn, so that nobody can keep what went wrong from being undone.
        with stored as secret, self._database.lock, self._database.turn():
            before = self._file.header.slots
            try:
                slot = self.slots.put_keyring(secret)
            except BaseException:
                self._take_keyring_back(before)
                raise
        self.keyring, self._is_keyring_used = keyring, True
        return slot

    def _take_keyring_back(self, before: tuple[Slot, ...]) -> None:
        """Have the slots of the keyring be those of before; nobody could use another."""
        with self._file.lock, suppress(VaultWriteFailed):
            others = [slot for slot in self._file.header.slots if slot.kind is not SlotKind.KEYRING]
            slots = (*others, *(slot for slot in before if slot.kind is SlotKind.KEYRING))
            if slots != self._file.header.slots:
                self._file.update(slots=slots)

    def forget_keyring(self, keyring: Keyring | None = None) -> None:
        """Let the keyring open the vault no more; its slot goes even when the keyring is gone.

        Raises:
            VaultError: the slot is gone, but the keyring could not be cleared.
        """
        self._refuse_reader()
        for slot in self.slots.all():
            if slot.kind is SlotKind.KEYRING:
                self.slots.remove(slot.id)
        forget_secret(self._file.header.vault_id, keyring)

    def backup(self, target: Path) -> BackupReport:
        """Write an encrypted backup to `target` and prove that it opens.

        Raises:
            VaultWriteFailed: the disk refused; `target` is as it was.
        """
        with self._database.lock, self._database.turn():
            report = write_backup(self._database, self._home.header, self._key, target)
            if not self.is_read_only:
                self.audit.record(Act.BACKUP, "", {"bytes": report.size_bytes})
        return report

    @staticmethod
    def restore_backup(
        source: Path,
        home: Home,
        passphrase: str,
        *,
        key_file: Path | None = None,
        is_replacing: bool = False,
    ) -> Path | None:
        """Put the vault of a backup in `home`; return where the one that was there is kept.

        Raises: as `backup.restore_backup` does.
        """
        secret = passphrase_secret(passphrase, key_file)
        return restore_backup(
            source, home, lambda header: unlock(header, secret), is_replacing=is_replacing
        )

    def import_vault(
        self, source: Path, passphrase: str, *, key_file: Path | None = None
    ) -> Joined:
        """Take in all of another vault: people, chats, ledger, files and own words.

        Args:
            source: a backup of it, or its folder.
            passphrase: the other vault's passphrase.
            key_file: the key file that goes with it, if there is one.

        Raises: as `importing.other_vault` does, and VaultWriteFailed; nothing was taken in.
        """
        self._refuse_reader()
        secret = passphrase_secret(passphrase, key_file)
        with other_vault(source, self._home, lambda header: unlock(header, secret)) as opened:
            other, vault_id = opened
            return join(self._database, self.audit, other, vault_id=vault_id)

    def merge(self, kept_id: int, other_id: int) -> None:
        """Let two entities be one from now on; tokens that are out keep restoring as they did.

        Raises:
            UnknownName: one of them is not there.
            UsageError: they are one already, or of different types.
        """
        merge(self._database, self.audit, kept_id, other_id)

    def split(self, other_id: int) -> None:
        """Undo the merging of `other_id`.

        Raises:
            UnknownName: it was not merged.
        """
        split(self._database, self.audit, other_id)

    def export_subject(self, entity_id: int, *, restored: bool = True) -> Subject:
        """Return everything the vault holds about one entity; the audit trail says so.

        Args:
            entity_id: the entity.
            restored: with its own values; everyone else stays a token either way.

        Raises:
            UnknownName: there is no such entity.
        """
        self._refuse_reader()
        return export_subject(self._database, self.ledger, self.audit, entity_id, restored=restored)

    def erase(self, entity_ids: Iterable[int]) -> Certificate:
        """Erase entities for good, verify it in the file's bytes, and certify it.

        Raises:
            UnknownName: one of them is not there; nothing was erased.
            IntegrityError: a value was still found afterwards.
            VaultWriteFailed: the disk refused.
        """
        self._refuse_reader()
        with self._database.lock, self._database.turn():
            return erase(self._database, self.audit, self._home.vault, self._key, entity_ids)

    def apply_retention(self, keep_days: int | None = None) -> int:
        """Delete conversations unused for longer than they are to be kept; return how many."""
        self._refuse_reader()
        return apply_retention(self._database, self.history, self.audit, keep_days)

    def search(self, query: str, *, limit: int = 100) -> list[Message]:
        """Return the messages whose reader sees all words of `query`, newest first.

        Real values are found by their tokens, in every scope.
        """
        return search_messages(self._database, self.history, query, limit=limit)

    def verify(self) -> VaultReport:
        """Check every page and count what the vault holds."""
        with self._database.lock, self._database.turn():
            if not self._database.in_transaction and not self.is_read_only:
                recover_log(self._database)
            problems = self._problems()
            counts = {} if problems else {name: self._count(name) for name in _COUNTED}
            return VaultReport(
                problems=tuple(problems),
                schema=0 if problems else schema_version(self._database),
                database_bytes=self._home.vault.stat().st_size,
                slots=tuple(str(slot.kind) for slot in self._file.header.slots),
                counts=counts,
            )

    def _problems(self) -> list[str]:
        """Return what is wrong; a page too damaged to be read ends the checking itself."""
        try:
            return find_problems(self._database, self._home.vault, beside_writer=self.is_read_only)
        except IntegrityError as error:
            return [str(error)]

    def _count(self, table: str) -> int:
        row = self._database.row(f"SELECT count(*) FROM {table}")  # noqa: S608  # own table names
        return int(row[0]) if row else 0
