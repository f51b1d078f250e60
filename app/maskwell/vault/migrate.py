"""Bringing the schema up to date: numbered SQL files, each applied whole or not at all.

The schema's version is SQLite's `user_version`. A file's statements and the new version are
one transaction, so a process killed at any statement leaves the old schema or the new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as sqlcipher

from maskwell.errors import VaultTooNew

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from maskwell.vault.database import Database

__all__ = [
    "Migration",
    "latest_version",
    "migrate",
    "refuse_newer",
    "schema_version",
    "shipped_migrations",
]

TOO_NEW = (
    "This vault was written by a newer Maskwell and was left untouched; update Maskwell to open it."
)


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: the version it leads to and the statements that lead there."""

    version: int
    statements: tuple[str, ...]


@cache
def shipped_migrations() -> tuple[Migration, ...]:
    """Return the migrations of this program, oldest first."""
    folder = files("maskwell.vault.migrations")
    named = sorted(
        (entry.name, entry.read_text("utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".sql")
    )
    return tuple(Migration(int(name[:4]), _statements(sql)) for name, sql in named)


def latest_version() -> int:
    """Return the schema version this program writes."""
    return shipped_migrations()[-1].version


def schema_version(database: Database) -> int:
    """Return the version of the schema that is there; 0 is an empty database."""
    row = database.row("PRAGMA user_version")
    return int(row[0]) if row else 0


def refuse_newer(database: Database) -> None:
    """Stop before anything is touched when a newer program made the schema.

    Raises:
        VaultTooNew: it did.
    """
    if schema_version(database) > latest_version():
        raise VaultTooNew(TOO_NEW)


def migrate(
    database: Database,
    migrations: Sequence[Migration] | None = None,
    *,
    after_statement: Callable[[str], None] = lambda _statement: None,
) -> int:
    """Apply what is missing and return the version reached.

    Args:
        database: an open database.
        migrations: the steps, oldest first; by default those shipped.
        after_statement: called after each statement, before the step is committed; the fault
            tests end the process here.

    Raises:
        VaultTooNew: the schema is newer than this program; nothing was changed.
    """
    steps = shipped_migrations() if migrations is None else migrations
    current = schema_version(database)
    if current > steps[-1].version:
        raise VaultTooNew(TOO_NEW)
    for step in steps:
        if step.version > current:
            _apply(database, step, after_statement)
    return max(current, steps[-1].version)


def _apply(database: Database, step: Migration, after_statement: Callable[[str], None]) -> None:
    with database.transaction():
        for statement in (*step.statements, f"PRAGMA user_version = {step.version}"):
            database.rows(statement)
            after_statement(statement)


def _statements(sql: str) -> tuple[str, ...]:
    """Cut a file into statements; a `;` inside a trigger's body does not end one."""
    found: list[str] = []
    pending = ""
    for line in sql.splitlines(keepends=True):
        if line.lstrip().startswith("--"):
            continue
        pending += line
        if pending.strip() and sqlcipher.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return tuple(found)
