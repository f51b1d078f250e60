"""R8: a migration killed at any statement leaves the old schema or the new one."""

from __future__ import annotations

import pytest

from maskwell.vault.database import Database
from maskwell.vault.keys import DataKey
from maskwell.vault.migrate import latest_version, migrate, schema_version, shipped_migrations

STATEMENTS = sum(1 + len(step.statements) for step in shipped_migrations())


def schema_of(database: Database) -> list[object]:
    return database.rows("SELECT name, sql FROM sqlite_schema ORDER BY name")


def reference_schemas(folder) -> dict[int, list[object]]:
    """Return the schema as it is after each version, 0 included."""
    key, steps = DataKey.random(), shipped_migrations()
    database = Database.connect(folder / "reference.db", key)
    schemas = {0: schema_of(database)}
    for count, step in enumerate(steps, start=1):
        migrate(database, steps[:count])
        schemas[step.version] = schema_of(database)
    database.close()
    return schemas


def kill_at(worker, home, key_bytes, folder, statements) -> None:
    schemas = reference_schemas(folder)
    for statement in statements:
        for name in ("vault.db", "vault.db-wal", "vault.db-shm"):
            (home.root / name).unlink(missing_ok=True)
        worker.start("migrate", home, statement)
        assert worker.rest() == []

        database = Database.connect(home.vault, DataKey(bytearray(key_bytes)))
        version = schema_version(database)
        assert schema_of(database) == schemas[version], f"killed at statement {statement}"
        assert migrate(database) == latest_version()
        assert schema_of(database) == schemas[latest_version()]
        database.close()


@pytest.mark.sec
def test_migrate_killed_at_some_statements_leaves_old_or_new(worker, home, key_bytes, tmp_path):
    kill_at(worker, home, key_bytes, tmp_path, range(1, STATEMENTS + 1, 5))


@pytest.mark.sec
@pytest.mark.full
def test_migrate_killed_at_every_statement_leaves_old_or_new(worker, home, key_bytes, tmp_path):
    kill_at(worker, home, key_bytes, tmp_path, range(1, STATEMENTS + 1))
