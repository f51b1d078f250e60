"""The vault: one encrypted database and its header, opened with one secret.

Invariant: while a `Vault` exists, its process holds the writer lock and the connection is
keyed; after `close` the key is wiped and nothing can be read through it any more.
"""

from __future__ import annotations

import secrets
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Self

from maskwell.errors import (
    IntegrityError,
    UsageError,
    VaultExists,
    VaultMissing,
    VaultTooNew,
    WrongPassphrase,
)
from maskwell.vault.credentials import CredentialStore
from maskwell.vault.database import PAGE_BYTES, Database
from maskwell.vault.entities import EntityStore
from maskwell.vault.failures import DAMAGED
from maskwell.vault.files import private_umask, sync_folder
from maskwell.vault.header import Header, check_seal, read_header, write_header
from maskwell.vault.history import HistoryStore
from maskwell.vault.integrity import check_whole, find_problems, recover_log
from maskwell.vault.kdf import DEFAULT_KDF, KdfParameters, passphrase_bytes
from maskwell.vault.keys import DataKey
from maskwell.vault.ledger import Ledger
from maskwell.vault.lexicon import LexiconStore
from maskwell.vault.lock import WriterLock
from maskwell.vault.migrate import TOO_NEW, latest_version, migrate, refuse_newer, schema_version
from maskwell.vault.records import VaultReport, now_ms
from maskwell.vault.scopes import ScopeStore
from maskwell.vault.slots import PASSPHRASE, unwrap, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType

    from maskwell.paths import Home

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

    def __init__(
        self, home: Home, database: Database, header: Header, key: DataKey, lock: WriterLock
    ) -> None:
        self._home = home
        self._database = database
        self._header = header
        self._key = key
        self._lock = lock
        self.scopes = ScopeStore(database)
        self.entities = EntityStore(database)
        self.history = HistoryStore(database)
        self.ledger = Ledger(database)
        self.lexicon = LexiconStore(database)
        self.credentials = CredentialStore(database)

    @classmethod
    def exists(cls, home: Home) -> bool:
        """Say whether this home has a vault, whole or not."""
        return home.header.exists() or home.vault.exists()

    @classmethod
    def create(cls, home: Home, passphrase: str, *, kdf: KdfParameters = DEFAULT_KDF) -> Vault:
        """Make a new vault and open it.

        The database is made under another name and the header last but one, so that a killed
        creation leaves either nothing or a vault that opens.

        Raises:
            VaultExists: there is one; it was left alone.
            UsageError: the passphrase is empty.
            VaultWriteFailed: the disk refused; there is no vault.
        """
        if not passphrase:
            raise UsageError("The passphrase is empty; give one with at least one character.")
        home.make()
        with private_umask(), _held(home) as lock:
            if cls.exists(home):
                raise VaultExists(f"There is a vault in {home.root} already; it was left alone.")
            key = DataKey.random()
            _make_database(_unfinished(home), key)
            _make_header(home, key, passphrase, kdf)
            _finish_creation(home)
            return cls._open_with(home, read_header(home.header), key, lock)

    @classmethod
    def open(cls, home: Home, passphrase: str) -> Vault:
        """Open the vault in `home`.

        Raises:
            VaultMissing: there is none.
            WrongPassphrase: no passphrase slot opens with it.
            VaultTooNew: a newer Maskwell wrote it; it was left untouched.
            VaultBusy: another process has it open.
            IntegrityError: the header or the database is damaged.
        """
        return cls.open_with(home, partial(_unlock, passphrase=passphrase))

    @classmethod
    def open_with(cls, home: Home, unlock: Callable[[Header], DataKey]) -> Vault:
        """Open the vault in `home` with the key that `unlock` gets out of its header.

        Raises: as `open` does, and what `unlock` raises.
        """
        if not cls.exists(home):
            raise VaultMissing(
                f"There is no vault in {home.root}; make one with `maskwell vault init`."
            )
        header = read_header(home.header)
        if header.schema > latest_version():
            raise VaultTooNew(TOO_NEW)
        with private_umask(), _held(home) as lock:
            header = read_header(home.header)
            key = unlock(header)
            check_seal(header, key)
            _finish_creation(home)
            return cls._open_with(home, header, key, lock)

    @classmethod
    def _open_with(cls, home: Home, header: Header, key: DataKey, lock: WriterLock) -> Vault:
        database = open_database(home.vault, key)
        try:
            if schema_version(database) < latest_version():
                if header.schema < latest_version():
                    header = write_header(home.header, _raised(header), key)
                migrate(database)
        except BaseException:
            database.close()
            raise
        return cls(home, database, header, key, lock)

    def close(self) -> None:
        """Close the connection, wipe the key and let others in; harmless when done already."""
        try:
            self._database.close()
        finally:
            self._key.wipe()
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
            VaultBusy: another process is writing.
        """
        with self._database.transaction():
            yield

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Let the block write as in a transaction, then forget all of it."""
        with self._database.rehearsal():
            yield

    def verify(self) -> VaultReport:
        """Check every page and count what the vault holds."""
        with self._database.lock:
            if not self._database.in_transaction:
                recover_log(self._database)
            problems = find_problems(self._database, self._home.vault)
            counts = {} if problems else {name: self._count(name) for name in _COUNTED}
            return VaultReport(
                problems=tuple(problems),
                schema=0 if problems else schema_version(self._database),
                database_bytes=self._home.vault.stat().st_size,
                slots=tuple(slot.kind for slot in self._header.slots),
                counts=counts,
            )

    def _count(self, table: str) -> int:
        row = self._database.row(f"SELECT count(*) FROM {table}")  # noqa: S608  # own table names
        return int(row[0]) if row else 0


@contextmanager
def _held(home: Home) -> Iterator[WriterLock]:
    """Hold the writer lock, and keep it only if the block succeeds."""
    lock = WriterLock(home.root / "vault.lock")
    lock.acquire()
    try:
        yield lock
    except BaseException:
        lock.release()
        raise


def _unfinished(home: Home) -> Path:
    return home.vault.with_name(f"{home.vault.name}.new")


def _make_database(path: Path, key: DataKey) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        with suppress(FileNotFoundError):
            path.with_name(name).unlink()
    database = Database.connect(path, key)
    try:
        migrate(database)
    finally:
        database.close()


def _make_header(home: Home, key: DataKey, passphrase: str, kdf: KdfParameters) -> None:
    bare = Header(vault_id=secrets.token_hex(16), schema=latest_version(), slots=())
    slot = wrap(
        key,
        passphrase_bytes(passphrase),
        slot_id=1,
        kind=PASSPHRASE,
        kdf=kdf,
        binding=bare.binding,
        created_at=now_ms(),
    )
    write_header(
        home.header, Header(vault_id=bare.vault_id, schema=bare.schema, slots=(slot,)), key
    )


def _finish_creation(home: Home) -> None:
    """Give a newly made database its name; also after a creation that was killed just before."""
    unfinished = _unfinished(home)
    if unfinished.exists() and not home.vault.exists():
        unfinished.replace(home.vault)
        sync_folder(home.root)


def _unlock(header: Header, passphrase: str) -> DataKey:
    secret = passphrase_bytes(passphrase)
    for slot in header.slots:
        if slot.kind == PASSPHRASE:
            key = unwrap(slot, secret, binding=header.binding)
            if key is not None:
                return key
    raise WrongPassphrase("The passphrase does not open this vault.")


def open_database(path: Path, key: DataKey) -> Database:
    if not path.exists():
        raise IntegrityError(
            f"The vault's database {path.name} is missing; restore a backup with "
            "`maskwell vault restore FILE`."
        )
    if path.stat().st_size < PAGE_BYTES:  # SQLite would take it for a new database
        raise IntegrityError(DAMAGED)
    database = Database.connect(path, key)
    try:
        refuse_newer(database)
        recover_log(database)
        check_whole(database, path)
    except BaseException:
        database.close()
        raise
    return database


def _raised(header: Header) -> Header:
    return Header(
        vault_id=header.vault_id,
        schema=latest_version(),
        slots=header.slots,
        anchor=header.anchor,
        anchor_count=header.anchor_count,
    )
