"""How a vault's files come to be, take each other's place, and are opened.

A new database always appears under the name `vault.db.next`, whole and synced, before the
header that opens it says `pending` and replaces the old header. That replacement is the one
moment of change: before it the old vault is there, after it the new one, and what is left to do
(the rename) is done by whoever opens next. Creating, rotating and restoring all go this way.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from maskwell.errors import IntegrityError, VaultTooNew
from maskwell.vault.background import WHOLE_BYTES, is_due, note_whole_check
from maskwell.vault.database import PAGE_BYTES, Database
from maskwell.vault.failures import DAMAGED, disk_errors
from maskwell.vault.files import sync_file, sync_folder
from maskwell.vault.header import Header, check_seal, read_header, write_header
from maskwell.vault.integrity import check_fast, check_whole, recover_log
from maskwell.vault.lock import WriterLock
from maskwell.vault.migrate import TOO_NEW, latest_version, migrate, refuse_newer, schema_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from maskwell.paths import Home
    from maskwell.vault.keys import DataKey

__all__ = [
    "held",
    "make_database",
    "next_database",
    "open_database",
    "open_reader",
    "read_current_header",
    "remove_database",
    "settle",
    "unlocked_header",
]


def next_database(home: Home) -> Path:
    """Return where a database waits that is to take the vault's place."""
    return home.vault.with_name(f"{home.vault.name}.next")


@contextmanager
def held(home: Home, *, wait_s: float | None = None) -> Iterator[WriterLock]:
    """Hold the writer lock, and keep it only if the block succeeds."""
    lock = WriterLock(home.root / "vault.lock")
    lock.acquire(wait_s=wait_s)
    try:
        yield lock
    except BaseException:
        lock.release()
        raise


def read_current_header(home: Home) -> Header:
    """Read the header and refuse one of a newer program before anything else is done."""
    header = read_header(home.header)
    if header.schema > latest_version():
        raise VaultTooNew(TOO_NEW)
    return header


def unlocked_header(
    home: Home, header: Header, key: DataKey, unlock: Callable[[Header], DataKey]
) -> tuple[Header, DataKey]:
    """Return header and key as they are now that the lock is held."""
    current = read_current_header(home)
    if current != header and not _is_sealed(current, key):
        key.wipe()
        key = unlock(current)
    check_seal(current, key)
    return current, key


def _is_sealed(header: Header, key: DataKey) -> bool:
    try:
        check_seal(header, key)
    except IntegrityError:
        return False
    return True


def settle(home: Home, header: Header, key: DataKey) -> Header:
    """Finish a change that was cut short, or clear away one that never took place."""
    waiting = next_database(home)
    with disk_errors("The vault's database could not be put in place"):
        if not header.is_pending:
            remove_database(waiting)
            return header
        if waiting.exists():
            remove_database(home.vault, but_the_file=True)
            waiting.replace(home.vault)
            sync_folder(home.root)
    return write_header(home.header, replace(header, is_pending=False), key)


def make_database(path: Path, key: DataKey) -> None:
    """Make an empty database with the newest schema, synced to disk."""
    remove_database(path)
    database = Database.connect(path, key)
    try:
        migrate(database)
        note_whole_check(database)
    finally:
        database.close()
    sync_file(path)


def remove_database(path: Path, *, but_the_file: bool = False) -> None:
    """Remove a database and its log, or only the log."""
    endings = ("-wal", "-shm") if but_the_file else ("", "-wal", "-shm")
    for ending in endings:
        with suppress(FileNotFoundError):
            path.with_name(f"{path.name}{ending}").unlink()


def open_database(path: Path, key: DataKey) -> Database:
    """Open an existing database, check it as the design asks, and bring it up to date.

    Raises:
        IntegrityError: it is missing or damaged.
        VaultTooNew: its schema is newer than this program; it was left untouched.
    """
    database = _connect_existing(path, key)
    try:
        refuse_newer(database)
        recover_log(database)
        check_fast(database, path)
        is_large = path.stat().st_size > WHOLE_BYTES
        if not is_large or schema_version(database) < latest_version() or is_due(database):
            check_whole(database, path)
            migrate(database)
            if is_large:
                note_whole_check(database)
    except BaseException:
        database.close()
        raise
    return database


def open_reader(path: Path, key: DataKey) -> Database:
    """Open a database for reading beside its writer.

    Raises:
        IntegrityError: it is missing or damaged.
    """
    database = _connect_existing(path, key)
    try:
        database.is_reader = True
        database.rows("PRAGMA query_only = ON")
        if path.stat().st_size <= WHOLE_BYTES and database.rows("PRAGMA quick_check") != [("ok",)]:
            raise IntegrityError(DAMAGED)  # noqa: TRY301  # the one thing to decide here
    except BaseException:
        database.close()
        raise
    return database


def _connect_existing(path: Path, key: DataKey) -> Database:
    try:
        length = path.stat().st_size
    except OSError:
        raise IntegrityError(
            f"The vault's database {path.name} is missing; restore a backup with "
            "`maskwell vault restore FILE`."
        ) from None
    if length < PAGE_BYTES:  # SQLite would take it for a new database
        raise IntegrityError(DAMAGED)
    return Database.connect(path, key)
