"""The vault: one encrypted database and its header, opened with one secret.

Invariant: while a `Vault` exists that may write, its process holds the writer lock; the
connection is keyed; after `close` the key is wiped and nothing can be read through it any more.
"""

from __future__ import annotations

import secrets
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Self

from maskwell.errors import VaultBusy, VaultExists, VaultMissing, VaultWriteFailed
from maskwell.vault import opening
from maskwell.vault.attempts import counted_attempt
from maskwell.vault.audit import Anchor, AuditTrail
from maskwell.vault.background import WHOLE_BYTES, BackgroundCheck
from maskwell.vault.backup import BackupReport, restore_backup, write_backup
from maskwell.vault.credentials import CredentialStore
from maskwell.vault.entities import EntityStore
from maskwell.vault.erasure import Certificate, erase
from maskwell.vault.files import private_umask
from maskwell.vault.header import Header, HeaderFile, check_seal, write_header
from maskwell.vault.history import HistoryStore
from maskwell.vault.integrity import find_problems, recover_log
from maskwell.vault.kdf import DEFAULT_KDF, KdfParameters
from maskwell.vault.keys import DataKey
from maskwell.vault.keyslots import KeySlots, new_slot
from maskwell.vault.ledger import Ledger
from maskwell.vault.lexicon import LexiconStore
from maskwell.vault.migrate import latest_version, schema_version
from maskwell.vault.people import merge, split
from maskwell.vault.records import VaultReport
from maskwell.vault.retention import apply_retention
from maskwell.vault.rotation import Rotated, rotate
from maskwell.vault.scopes import ScopeStore
from maskwell.vault.unlocking import Secret, passphrase_secret, unlock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    from maskwell.paths import Home
    from maskwell.vault.database import Database
    from maskwell.vault.lock import WriterLock

__all__ = ["Vault"]

_COUNTED = ("scopes", "entities", "tokens", "variants", "conversations", "messages", "ledger")


class Vault:
    """An open vault. Use it as a context manager, or call `close`."""

    scopes: ScopeStore
    entities: EntityStore
    history: HistoryStore
    ledger: Ledger
    lexicon: LexiconStore
    credentials: CredentialStore
    audit: AuditTrail
    slots: KeySlots

    def __init__(
        self,
        home: Home,
        database: Database,
        file: HeaderFile,
        key: DataKey,
        lock: WriterLock | None,
    ) -> None:
        self._home = home
        self._database = database
        self._file = file
        self._key = key
        self._lock = lock
        self.scopes = ScopeStore(database)
        self.entities = EntityStore(database)
        self.history = HistoryStore(database)
        self.ledger = Ledger(database)
        self.lexicon = LexiconStore(database)
        self.credentials = CredentialStore(database)
        self.audit = AuditTrail(database, self._anchored)
        self.slots = KeySlots(file, key, self.audit)
        self._check = BackgroundCheck(database, partial(opening.open_reader, home.vault, key))
        if lock is not None:
            database.after_commit = self._anchor
            if home.vault.stat().st_size > WHOLE_BYTES:
                self._check.start()

    @classmethod
    def exists(cls, home: Home) -> bool:
        """Say whether this home has a vault, whole or not."""
        return home.header.exists() or home.vault.exists()

    @classmethod
    def create(
        cls,
        home: Home,
        passphrase: str,
        *,
        kdf: KdfParameters = DEFAULT_KDF,
        key_file: Path | None = None,
    ) -> Vault:
        """Make a new vault and open it; killed on the way it leaves a whole vault or none.

        Raises:
            VaultExists: there is one; it was left alone.
            UsageError: the passphrase is empty.
            VaultWriteFailed: the disk refused; there is no vault.
        """
        secret = passphrase_secret(passphrase, key_file)
        home.make()
        with private_umask(), opening.held(home) as lock:
            if cls.exists(home):
                raise VaultExists(f"There is a vault in {home.root} already; it was left alone.")
            key = DataKey.random()
            opening.make_database(opening.next_database(home), key)
            bare = Header(vault_id=secrets.token_hex(16), schema=latest_version(), slots=())
            slot = new_slot(bare, key, secret, kdf)
            header = write_header(home.header, replace(bare, slots=(slot,), is_pending=True), key)
            return cls._settled(home, header, key, lock)

    @classmethod
    def open(
        cls,
        home: Home,
        passphrase: str,
        *,
        key_file: Path | None = None,
        read_only: bool = False,
        wait_s: float = 2.0,
    ) -> Vault:
        """Open the vault in `home`.

        Args:
            home: where it is.
            passphrase: the passphrase.
            key_file: the key file, for a vault that wants one as well.
            read_only: leave the writer lock alone, to look things up while another process
                has the vault; a write then fails with `VaultBusy`.
            wait_s: how long to wait for another process to be done, in seconds.

        Raises:
            VaultMissing: there is none.
            WrongPassphrase: no passphrase slot opens with it.
            VaultTooNew: a newer Maskwell wrote it; it was left untouched.
            VaultBusy: another process has it open.
            IntegrityError: the header or the database is damaged.
        """
        secret = passphrase_secret(passphrase, key_file)
        return cls.open_with_secret(home, secret, read_only=read_only, wait_s=wait_s)

    @classmethod
    def open_with_secret(
        cls, home: Home, secret: Secret, *, read_only: bool = False, wait_s: float = 2.0
    ) -> Vault:
        """Open the vault with a recovery code, a keyring's secret or any other slot's.

        Raises: as `open` does.
        """

        def counted(header: Header) -> DataKey:
            with counted_attempt(home.root / "vault.attempts"):
                return unlock(header, secret)

        return cls.open_with(home, counted, read_only=read_only, wait_s=wait_s)

    @classmethod
    def open_with(
        cls,
        home: Home,
        unlocker: Callable[[Header], DataKey],
        *,
        read_only: bool = False,
        wait_s: float = 2.0,
    ) -> Vault:
        """Open the vault with the key that `unlocker` gets out of its header.

        The key is derived before the lock is taken, so that nobody waits for it.

        Raises: as `open` does, and what `unlocker` raises.
        """
        if not cls.exists(home):
            raise VaultMissing(
                f"There is no vault in {home.root}; make one with `maskwell vault init`."
            )
        header = opening.read_current_header(home)
        key = unlocker(header)
        try:
            if read_only and header.schema == latest_version() and not header.is_pending:
                check_seal(header, key)
                database = opening.open_reader(home.vault, key)
                return cls(home, database, HeaderFile(home.header, header, key), key, None)
            with private_umask(), opening.held(home, wait_s=wait_s) as lock:
                header, key = opening.unlocked_header(home, header, key, unlocker)
                return cls._settled(home, header, key, lock)
        except BaseException:
            key.wipe()
            raise

    @classmethod
    def _settled(cls, home: Home, header: Header, key: DataKey, lock: WriterLock) -> Vault:
        header = opening.settle(home, header, key)
        if header.schema < latest_version():
            header = write_header(home.header, replace(header, schema=latest_version()), key)
        database = opening.open_database(home.vault, key)
        return cls(home, database, HeaderFile(home.header, header, key), key, lock)

    @property
    def is_read_only(self) -> bool:
        """Whether this vault was opened beside its writer."""
        return self._lock is None

    def close(self) -> None:
        """Close the connection, wipe the key and let others in; harmless when done already."""
        try:
            self._check.stop()
            self._database.close()
        finally:
            self._key.wipe()
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all writes of the block or none of them; inside another, a savepoint.

        Raises:
            VaultWriteFailed: the disk refused; nothing of the block was saved.
            VaultBusy: another process is writing, or the vault was opened for reading.
        """
        self._refuse_reader()
        with self._database.transaction():
            yield

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Let the block write as in a transaction, then forget all of it."""
        self._refuse_reader()
        with self._database.rehearsal():
            yield

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
        with self._database.lock:
            self._check.stop()
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
        self.audit.record("key.rotate")
        return rotated

    def backup(self, target: Path) -> BackupReport:
        """Write an encrypted backup to `target` and prove that it opens.

        Raises:
            VaultWriteFailed: the disk refused; `target` is as it was.
        """
        with self._database.lock:
            report = write_backup(self._database, self._home.header, self._key, target)
            if not self.is_read_only:
                self.audit.record("backup", "", {"bytes": report.size_bytes})
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

    def erase(self, entity_ids: Iterable[int]) -> Certificate:
        """Erase entities for good, verify it in the file's bytes, and certify it.

        Raises:
            UnknownName: one of them is not there; nothing was erased.
            IntegrityError: a value was still found afterwards.
            VaultWriteFailed: the disk refused.
        """
        self._refuse_reader()
        return erase(self._database, self.audit, self._home.vault, self._key, entity_ids)

    def apply_retention(self, keep_days: int | None = None) -> int:
        """Delete conversations unused for longer than they are to be kept; return how many."""
        self._refuse_reader()
        return apply_retention(self._database, self.history, self.audit, keep_days)

    def verify(self) -> VaultReport:
        """Check every page and count what the vault holds."""
        with self._database.lock:
            if not self._database.in_transaction and not self.is_read_only:
                recover_log(self._database)
            problems = find_problems(self._database, self._home.vault)
            counts = {} if problems else {name: self._count(name) for name in _COUNTED}
            return VaultReport(
                problems=tuple(problems),
                schema=0 if problems else schema_version(self._database),
                database_bytes=self._home.vault.stat().st_size,
                slots=tuple(str(slot.kind) for slot in self._file.header.slots),
                counts=counts,
            )

    def _count(self, table: str) -> int:
        row = self._database.row(f"SELECT count(*) FROM {table}")  # noqa: S608  # own table names
        return int(row[0]) if row else 0

    def _refuse_reader(self) -> None:
        if self.is_read_only:
            raise VaultBusy("The vault was opened for reading only; nothing was saved.")

    def _anchored(self) -> Anchor:
        header = self._file.header
        return Anchor(header.anchor_count, header.anchor)

    def _anchor(self) -> None:
        """Bring the audit chain's end into the header; if that fails, the next commit does it."""
        head = self.audit.head()
        if head != self._anchored():
            with suppress(VaultWriteFailed):
                self._file.update(anchor=head.head, anchor_count=head.count)
