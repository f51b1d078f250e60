"""What a watched folder remembers between runs, without a name or a value in it.

It stands beside the copies, so it must tell their reader nothing: contents and sources are
known by keyed digests, whose key is in the vault, and copies by the names they have anyway.
Invariant: a copy that has its name is in the journal, as promised or as done; so a run that was
killed between the two is completed by the next, and no file gets two copies.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import secrets
import sqlite3
from contextlib import closing
from threading import Lock
from typing import TYPE_CHECKING

from maskwell.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from maskwell.shield import Shield
    from maskwell.watching.arrivals import Look

__all__ = ["Journal", "journal_key"]

_CREDENTIAL = "watching:journal"
_TABLES = """
CREATE TABLE IF NOT EXISTS owner (mark BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS copies (
  content BLOB PRIMARY KEY, output TEXT NOT NULL, digest BLOB NOT NULL, is_done INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS handled (stamp BLOB PRIMARY KEY) WITHOUT ROWID;
"""


def journal_key(shield: Shield) -> bytes:
    """Return the key of this vault's journals, made when there is none."""
    held = shield.vault.credentials.get(_CREDENTIAL)
    if held is None:
        held = secrets.token_hex(32)
        shield.vault.credentials.set(_CREDENTIAL, held)
    return bytes.fromhex(held)


class Journal:
    """The journal of one folder of copies. Any thread may use it.

    Args:
        path: its file; the caller holds the folder's lock.
        key: see `journal_key`.

    Raises:
        UsageError: the journal was written with another vault.
        OSError: the disk refused.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._key = key
        self._lock = Lock()
        try:
            self._connection = _connect(path)
        except sqlite3.Error as error:
            raise _refused(error) from error
        mark = self._digest(b"owner")
        row = self._connection.execute("SELECT mark FROM owner").fetchone()
        if row is None:
            self._change("INSERT INTO owner VALUES (?)", mark)
        elif row[0] != mark:
            self.close()
            raise UsageError(
                "The folder of the copies was filled with another vault; choose another --out."
            )
        rows = self._connection.execute("SELECT stamp FROM handled")
        self._handled = {bytes(stamp) for (stamp,) in rows}

    def close(self) -> None:
        """Close the file; harmless when done already."""
        with self._lock:
            self._connection.close()

    def content(self, data: bytes, *, under: str) -> bytes:
        """Return the keyed digest of a file's bytes, as treated `under` a policy and a mode."""
        return self._digest(b"content", under.encode(), data)

    def stamp(self, relative: str, look: Look) -> bytes:
        """Return the keyed digest of a source's name and look."""
        name = relative.encode("utf-8", "surrogatepass")
        return self._digest(b"stamp", name, repr(look).encode())[:16]

    def copy_of(self, content: bytes) -> tuple[str, bytes, bool] | None:
        """Return the output's path, its SHA-256 and whether it is done; None when unknown."""
        with self._lock:
            row = self._connection.execute(
                "SELECT output, digest, is_done FROM copies WHERE content = ?", (content,)
            ).fetchone()
        return (str(row[0]), bytes(row[1]), bool(row[2])) if row else None

    def promise(self, content: bytes, output: str, digest: bytes) -> None:
        """Note that a copy is about to get its name."""
        self._change("INSERT OR REPLACE INTO copies VALUES (?, ?, ?, 0)", content, output, digest)

    def keep(self, content: bytes) -> None:
        """Note that the promised copy has its name."""
        self._change("UPDATE copies SET is_done = 1 WHERE content = ?", content)

    def forget(self, content: bytes) -> None:
        """Take a promise or a copy back."""
        self._change("DELETE FROM copies WHERE content = ?", content)

    def is_handled(self, stamp: bytes) -> bool:
        """Whether a source that looks like this needs no more work."""
        return stamp in self._handled

    def handle(self, stamp: bytes) -> None:
        """Note that a source needs no more work as long as it looks like this."""
        self._change("INSERT OR IGNORE INTO handled VALUES (?)", stamp)
        self._handled.add(stamp)

    def _change(self, sql: str, *values: object) -> None:
        with self._lock:
            try:
                self._connection.execute(sql, values)
            except sqlite3.Error as error:
                raise _refused(error) from error

    def _digest(self, *pieces: bytes) -> bytes:
        seal = hmac.new(self._key, digestmod=hashlib.sha256)
        for piece in pieces:
            seal.update(len(piece).to_bytes(8, "big") + piece)
        return seal.digest()


def _refused(error: sqlite3.Error) -> OSError:
    kind = errno.ENOSPC if "full" in str(error) else errno.EIO
    return OSError(kind, f"the journal cannot be written: {error}")


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    try:
        # One process at a time has it, so no memory is shared and network folders will do.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        # A power cut may take the last lines with it; the copies are then found by their bytes.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(_TABLES)
        with closing(connection.execute("SELECT count(*) FROM owner")) as rows:
            rows.fetchone()
    except BaseException:
        connection.close()
        raise
    return connection
