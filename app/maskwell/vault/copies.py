"""Whole copies of the open database: encrypted like it, checked, synced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as sqlcipher

from maskwell.errors import IntegrityError
from maskwell.vault.database import Database
from maskwell.vault.failures import disk_errors, translate
from maskwell.vault.files import sync_file, sync_folder
from maskwell.vault.integrity import find_problems, recover_log
from maskwell.vault.keys import wipe

if TYPE_CHECKING:
    from pathlib import Path

    from maskwell.vault.keys import DataKey

__all__ = ["copy_database", "table_counts"]


def copy_database(
    database: Database, target: Path, key: DataKey, new_key: DataKey | None = None
) -> None:
    """Write a copy of `database` to `target`, under `new_key` if one is given, and check it.

    Args:
        database: the open database.
        target: where the copy goes; nothing is there yet.
        key: the data key of `database`.
        new_key: the data key of the copy.

    Raises:
        VaultWriteFailed: the disk refused.
        IntegrityError: the copy is not whole or not equal.
    """
    database.rows("VACUUM INTO ?", (str(target),))
    if new_key is not None:
        _rekey(target, key, new_key)
    copy = Database.connect(target, new_key or key)
    try:
        recover_log(copy)
        if find_problems(copy, target) or table_counts(copy) != table_counts(database):
            raise IntegrityError("The copy of the vault is not whole; nothing was changed.")
    finally:
        copy.close()
    with disk_errors("The copy of the vault could not be written"):
        sync_file(target)
        sync_folder(target.parent)


def table_counts(database: Database) -> dict[str, int]:
    """Return how many rows each table has."""
    tables = database.rows(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite%' ORDER BY name"
    )
    return {
        name: database.rows(f'SELECT count(*) FROM "{name}"')[0][0]  # noqa: S608  # names out of the schema
        for (name,) in tables
    }


def _rekey(path: Path, key: DataKey, new_key: DataKey) -> None:
    """Encrypt the database at `path`, which nobody else has open, under another key."""
    literal, new_literal = key.database_key(), new_key.database_key()
    try:
        connection = sqlcipher.connect(str(path), isolation_level=None)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute("PRAGMA cipher_memory_security = ON")
            connection.set_key(literal)
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.reset_key(new_literal)
        finally:
            connection.close()
    except (sqlcipher.Error, sqlcipher.Warning) as error:
        raise translate(error) from None
    finally:
        wipe(literal)
        wipe(new_literal)
