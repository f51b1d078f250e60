"""The one connection to SQLCipher, opened in a fixed order and shared under one lock.

The order is a security requirement: quiet the cipher's log, lock its memory, key the
connection before anything is read, prove that it is keyed, and only then use it. Every
statement goes through `Database`, so that every library error is translated and every thread
waits its turn.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager, nullcontext, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as sqlcipher

from maskwell.errors import IntegrityError, VaultBusy, VaultLocked, VaultWriteFailed
from maskwell.vault.failures import DAMAGED, translate
from maskwell.vault.files import private_umask
from maskwell.vault.keys import DataKey, wipe
from maskwell.vault.parameters import sql_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

__all__ = ["Database", "sql_text"]

_Row = tuple[Any, ...]

PAGE_BYTES = 4096
_BUSY_TIMEOUT_S = 2.0
_CACHED_STATEMENTS = 8
"""Every prepared statement holds on to some of the connection's small-memory pool; once that is
used up, each statement locks and unlocks pages of memory of its own, which costs more."""
_NO_ROOM = (10, 13, 14)
"""SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN."""
_PLAIN_MAGIC = b"SQLite format 3\x00"


class Database:
    """A keyed connection, usable from any thread; one statement or transaction at a time."""

    def __init__(self, connection: Any) -> None:  # sqlcipher3 ships no types
        self._connection: Any = connection
        self._lock = threading.RLock()
        self._depth = 0
        self._is_doomed = False
        self._damage = ""
        self.generation = 0
        """Grows when something that was seen may be undone: what is remembered of it is void."""
        self.was_seen_inside = False
        """Whether somebody outside remembers what the open transaction has written so far."""
        self.is_reader = False
        """Whether this connection reads beside a writer; it then refuses every transaction."""
        self.after_commit: Callable[[], None] = lambda: None
        self.turn: Callable[[], AbstractContextManager[None]] = nullcontext
        """Entered around every outermost transaction and every single write."""

    @classmethod
    def connect(cls, path: Path, key: DataKey) -> Database:
        """Open or create the database at `path`, keyed, in the order the design gives.

        Raises:
            IntegrityError: the file is not this key's database, is damaged, or is not encrypted.
            VaultWriteFailed: the file cannot be opened.
        """
        _refuse_plain_file(path)
        try:
            with private_umask():
                connection = _connected(path, key)
        except (sqlcipher.Error, sqlcipher.Warning) as error:
            raise translate(error) from None
        return cls(connection)

    @property
    def lock(self) -> threading.RLock:
        """Held during every statement; take it to keep several together."""
        return self._lock

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[_Row]:
        """Run one statement and return all its rows."""
        with self._lock:
            try:
                return self._live().execute(sql, parameters).fetchall()  # type: ignore[no-any-return]  # untyped library
            except (sqlcipher.Error, sqlcipher.Warning) as error:
                raise translate(error) from None

    def row(self, sql: str, parameters: Sequence[object] = ()) -> _Row | None:
        """Run one statement and return its first row, or None."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def write(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run one changing statement and return the row id it inserted; 0 if it changed nothing."""
        with self._lock:
            if self._depth:
                return self._written(sql, parameters)
            with self.turn():
                return self._written(sql, parameters)

    def _written(self, sql: str, parameters: Sequence[object]) -> int:
        try:
            cursor = self._live().execute(sql, parameters)
            return int(cursor.lastrowid or 0) if cursor.rowcount > 0 else 0
        except (sqlcipher.Error, sqlcipher.Warning) as error:
            raise translate(error) from None

    def write_many(self, sql: str, parameters: Iterable[Sequence[object]]) -> int:
        """Run one changing statement once for each row of parameters; return how many changed."""
        with self._lock, self._outermost():
            try:
                return max(0, int(self._live().executemany(sql, parameters).rowcount))
            except (sqlcipher.Error, sqlcipher.Warning) as error:
                raise translate(error) from None

    @contextmanager
    def transaction(self, then: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Keep all writes of the block or none; a block inside another is a savepoint.

        Args:
            then: called once they are kept, before anybody else has a turn.
        """
        with self._lock, self._outermost():
            self._begin()
            try:
                yield
                self._end()
            except BaseException:
                self._undo()
                raise
            finally:
                self._depth -= 1
            then()
            if not self._depth:
                self.after_commit()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Keep the few writes of one record together, at no cost inside a transaction.

        A savepoint for every record would make a thousand of them eight times slower. Instead,
        when such a block fails, the transaction around it can only be rolled back.
        """
        with self._lock:
            if not self._depth:
                with self.transaction():
                    yield
                return
            try:
                yield
            except BaseException:
                self._is_doomed = True
                raise

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Let the block write as in a transaction, then forget all of it."""
        with self._lock, self._outermost():
            self._begin()
            try:
                yield
            finally:
                self._undo()
                self._depth -= 1

    @property
    def is_open(self) -> bool:
        """Whether there is a connection."""
        return self._connection is not None

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction or rehearsal is under way."""
        return self._depth > 0

    def take(self, other: Database) -> None:
        """Go on with the connection of another database object, which must not be used any more."""
        with self._lock:
            self.close()
            self._connection, other._connection = other._connection, None

    def condemn(self, problem: str) -> None:
        """Refuse everything from now on: a check has found damage."""
        self._damage = problem

    def refuse_reader(self) -> None:
        """Stop whoever wants to write with a connection that reads beside a writer.

        Raises:
            VaultBusy: this is one.
        """
        if self.is_reader:
            raise VaultBusy("The vault was opened for reading only; nothing was saved.")

    def interrupt(self) -> None:
        """Stop the statement another thread is running here."""
        connection = self._connection
        if connection is not None:
            with suppress(sqlcipher.Error):  # closed by its own thread meanwhile
                connection.interrupt()

    def shrink(self) -> None:
        """Wipe and give back the pages that are kept decrypted for the next statement."""
        self.rows("PRAGMA shrink_memory")

    def close(self) -> None:
        """Write the log back into the database and close; harmless when closed already."""
        with self._lock:
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()

    def _outermost(self) -> AbstractContextManager[None]:
        """Return this process's turn to write, unless a transaction has it already."""
        return nullcontext() if self._depth else self.turn()

    def _live(self) -> Any:
        if self._connection is None:
            raise VaultLocked("The vault is closed; unlock it again.")
        if self._damage:
            raise IntegrityError(self._damage)
        return self._connection

    def _begin(self) -> None:
        self.refuse_reader()
        name = f"SAVEPOINT s{self._depth}" if self._depth else "BEGIN IMMEDIATE"
        self.rows(name)
        if not self._depth:
            self.was_seen_inside = False
        self._depth += 1

    def _end(self) -> None:
        if self._is_doomed:
            raise VaultWriteFailed("A record was refused half-way, so nothing was saved.")
        self.rows(f"RELEASE s{self._depth - 1}" if self._depth > 1 else "COMMIT")

    def _undo(self) -> None:
        """Roll back; SQLite may have done it already after a disk error."""
        self._is_doomed = False
        if self.was_seen_inside:
            self.generation += 1
        connection = self._connection
        if connection is None or not connection.in_transaction:
            return
        if self._depth > 1:
            name = f"s{self._depth - 1}"
            self.rows(f"ROLLBACK TO {name}")
            self.rows(f"RELEASE {name}")
        else:
            self.rows("ROLLBACK")


def _refuse_plain_file(path: Path) -> None:
    try:
        with path.open("rb") as handle:
            start = handle.read(len(_PLAIN_MAGIC))
    except OSError:
        return  # connect() says what is wrong with it
    if start == _PLAIN_MAGIC:
        raise IntegrityError(
            f"{path.name} is not encrypted and so is not a Maskwell vault; move it away."
        )


def _connected(path: Path, key: DataKey) -> Any:
    """Return a keyed connection.

    The log's index is a file that other processes share. Where a full disk has no room for it,
    it is kept in this process's memory, and nobody else can use the vault meanwhile.
    """
    try:
        return _keyed(path, key)
    except sqlcipher.Error as error:
        if getattr(error, "sqlite_errorcode", None) not in _NO_ROOM:
            raise
    return _keyed(path, key, is_alone=True)


def _keyed(path: Path, key: DataKey, *, is_alone: bool = False) -> Any:
    connection = sqlcipher.connect(
        str(path),
        isolation_level=None,
        check_same_thread=False,
        timeout=_BUSY_TIMEOUT_S,
        cached_statements=_CACHED_STATEMENTS,
    )
    try:
        _prepare(connection, key, is_alone=is_alone)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Any, key: DataKey, *, is_alone: bool) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute("PRAGMA cipher_memory_security = ON")
    literal = key.database_key()
    try:
        connection.set_key(literal)
    finally:
        wipe(literal)
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise IntegrityError("This Python's SQLite cannot encrypt; reinstall Maskwell.")
    connection.text_factory = partial(str, encoding="utf-8", errors="surrogatepass")
    if is_alone:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    for pragma, wanted in (
        ("journal_mode = WAL", "wal"),
        ("synchronous = FULL", 2),
        ("trusted_schema = OFF", 0),
        ("temp_store = MEMORY", 2),
        ("foreign_keys = ON", 1),
        ("secure_delete = ON", 1),
        ("cell_size_check = ON", 1),
    ):
        connection.execute(f"PRAGMA {pragma}")
        name = pragma.partition(" ")[0]
        if connection.execute(f"PRAGMA {name}").fetchone() != (wanted,):
            raise IntegrityError(DAMAGED)
