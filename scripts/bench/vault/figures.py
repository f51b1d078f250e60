"""Prints what the vault costs: opening, looking up, adding, restoring, searching, rotating.

    .venv/bin/python scripts/bench/vault/figures.py [--entities 1000000] [--messages 100000]

The peer is plain SQLite from the standard library with the same schema and the same statements,
unencrypted: the ratio is the price of encryption, locked memory and the checks.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from maskwell.entity_types import EntityType
from maskwell.paths import Home
from maskwell.vault import DEFAULT_KDF, FLOOR_KDF, Kept, NewToken, Scope, Vault
from maskwell.vault.audit import Anchor, AuditTrail
from maskwell.vault.database import Database
from maskwell.vault.entities import EntityStore
from maskwell.vault.history import HistoryStore
from maskwell.vault.kdf import derive
from maskwell.vault.keys import DataKey
from maskwell.vault.migrate import shipped_migrations
from maskwell.vault.scopes import ScopeStore
from maskwell.vault.words import indexed

if TYPE_CHECKING:
    from collections.abc import Callable

PERSON = EntityType.PERSON
BATCH = 10_000
WORDS = [f"{a}{b}" for a in ("lor", "ips", "dol", "sit", "am", "con") for b in range(400)]


Cost = tuple[float, float]
"""Milliseconds of wall time and of this process's processor time."""


def timed(work: Callable[[], object], times: int = 1, per: int = 1) -> Cost:
    """Return the medians of `times` runs, each divided by `per`."""
    walls, processors = [], []
    for _ in range(times):
        wall, processor = time.perf_counter(), time.process_time()
        work()
        walls.append((time.perf_counter() - wall) * 1000 / per)
        processors.append((time.process_time() - processor) * 1000 / per)
    return statistics.median(walls), statistics.median(processors)


def show(what: str, cost: Cost, limit: float | None = None, peer: Cost | None = None) -> None:
    """Print one row of the table; the ratio is of processor times."""
    limit_text = "" if limit is None else f"{limit:g}"
    peer_text = "" if peer is None else f"{peer[1]:>9.2f}{cost[1] / peer[1]:>6.1f}x"
    print(f"{what:<54}{cost[0]:>9.2f}{cost[1]:>9.2f}{limit_text:>7}{peer_text}", flush=True)


def plain_database(path: Path) -> Database:
    """Return the same schema in an unencrypted file."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    database = Database(connection)
    for step in shipped_migrations():
        for statement in step.statements:
            if "secure-delete" not in statement:  # the standard library's FTS5 may be too old
                database.rows(statement)
    return database


def fill_entities(database: Database, scope: Scope, first: int, count: int) -> None:
    """Put entities in as the store would, many rows a statement."""
    for start in range(first, first + count, BATCH):
        numbers = range(start, min(start + BATCH, first + count))
        with database.transaction():
            database.write_many(
                "INSERT INTO entities (id, type, key, first_surface, created_at)"
                " VALUES (?, 'PERSON', ?, ?, 0)",
                ((n, f"person number {n}", f"Person Number {n}") for n in numbers),
            )
            database.write_many(
                "INSERT INTO tokens (id, scope_id, type, number, letters, entity_id, issued_at)"
                " VALUES (?, ?, 'PERSON', ?, ?, ?, 0)",
                ((n, scope.id, n, f"{'BCDFGHJK'[n % 8]}Q", n) for n in numbers),
            )
            database.write_many(
                "INSERT INTO variants (token_id, scope_id, type, label, surface)"
                " VALUES (?, ?, 'PERSON', '', ?)",
                ((n, scope.id, f"Person Number {n}") for n in numbers),
            )


def fill_messages(history: HistoryStore, database: Database, scope: Scope, count: int) -> None:
    """Put messages of forty words in; one in a thousand holds a word of its own."""
    source = random.Random(1)
    talk = history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
    for start in range(1, count + 1, BATCH):
        texts = {
            number: " ".join(source.choices(WORDS, k=40))
            + f" [PERSON_{1 + number % 5000}BQ]"
            + (" needle" if number % 1000 == 0 else "")
            for number in range(start, min(start + BATCH, count + 1))
        }
        with database.transaction():
            database.write_many(
                "INSERT INTO messages (id, conversation_id, role, text, applied, state,"
                " created_at) VALUES (?, ?, 'user', ?, '[]', 'complete', 0)",
                ((number, talk.id, text) for number, text in texts.items()),
            )
            database.write_many(
                "INSERT INTO message_words (rowid, words) VALUES (?, ?)",
                ((number, indexed(text)) for number, text in texts.items()),
            )


def reopened(home: Home, key: bytes) -> Vault:
    """Open the vault without deriving anything."""
    return Vault.open_with(home, lambda _header: DataKey(bytearray(key)))


def opening(home: Home, key: bytes) -> Cost:
    """Return what opening costs beside the key derivation."""
    reopened(home, key).close()
    return timed(lambda: reopened(home, key).close(), 7)


def add_new(database: Database, scope: Scope, first: int) -> None:
    """Add a thousand new entities in one transaction."""
    new = [
        NewToken(
            PERSON, f"added person {n}", f"Added Person {n}", n, "XZ", parts=("added", "person")
        )
        for n in range(first, first + 1000)
    ]
    with database.transaction():
        EntityStore(database).add_many(scope, new)


def compare(vault: Vault, plain: Database, entities: int, messages: int) -> None:
    """Fill both and print the rows that have a peer."""
    ours = vault._database  # noqa: SLF001  # the same statements go to both
    trail = AuditTrail(plain, lambda: Anchor(0, ""))
    scopes = vault.scopes.ensure("bench"), ScopeStore(plain, trail).ensure("bench")
    stores = EntityStore(ours), EntityStore(plain)
    started = time.perf_counter()
    for database, scope in zip((ours, plain), scopes, strict=True):
        fill_entities(database, scope, 1, 10_000)
    rows = [timed(lambda s=s, c=c: s.surfaces(c), 5) for s, c in zip(stores, scopes, strict=True)]
    show("all surfaces of a scope with 10,000 variants", rows[0], None, rows[1])
    others = vault.scopes.ensure("many"), ScopeStore(plain, trail).ensure("many")
    for database, scope in zip((ours, plain), others, strict=True):
        fill_entities(database, scope, 10_001, entities - 10_000)
    print(f"  ({entities:,} entities filled in {time.perf_counter() - started:.0f} s)")
    source = random.Random(2)
    wanted = [f"Person Number {source.randrange(10_001, entities)}" for _ in range(2000)]
    rows = [
        timed(lambda s=s, c=c: [s.find(c, PERSON, w) for w in wanted], 3, len(wanted))
        for s, c in zip(stores, others, strict=True)
    ]
    show(f"one look-up among {entities:,} entities", rows[0], 0.2, rows[1])
    firsts = iter(range(10_000_000, 20_000_000, 1000))
    rows = [
        timed(lambda d=d, c=c: add_new(d, c, next(firsts)), 5)
        for d, c in zip((ours, plain), scopes, strict=True)
    ]
    show("1,000 new entities in one transaction", rows[0], 150, rows[1])
    histories = vault.history, HistoryStore(plain, trail)
    for history, database, scope in zip(histories, (ours, plain), scopes, strict=True):
        fill_messages(history, database, scope, messages)
    for name, words in (
        ("a rare word", ["needle"]),
        ("a token", ["[PERSON_77BQ]"]),
        ("two frequent words", [WORDS[3], WORDS[9]]),
    ):
        rows = [timed(lambda h=h, w=words: h.search(w, limit=50), 5) for h in histories]
        show(f"searching {messages:,} messages for {name}", rows[0], 50, rows[1])
    for name, query in (
        ("a real value", "Person Number 77"),
        ("a real value and a word", f"person number 77 {WORDS[3]}"),
        ("the beginning of real values", "person num"),
    ):
        cost = timed(lambda q=query: vault.search(q, limit=50), 5)
        show(f"searching {messages:,} messages for {name}", cost, 50)


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--entities", type=int, default=1_000_000)
    options.add_argument("--messages", type=int, default=100_000)
    arguments = options.parse_args()
    print(f"{'milliseconds':<54}{'wall':>9}{'cpu':>9}{'limit':>7}{'plain':>9}{'ratio':>7}")
    for name, kdf in (("the floor, 64 MiB", FLOOR_KDF), ("the default, 256 MiB", DEFAULT_KDF)):
        show(f"deriving a key at {name}", timed(lambda k=kdf: derive(b"x", bytes(32), k), 3))
    folder = Path(tempfile.mkdtemp(prefix="maskwell-bench-"))
    try:
        measure(folder, arguments.entities, arguments.messages)
    finally:
        shutil.rmtree(folder)


def measure(folder: Path, entities: int, messages: int) -> None:
    """Make the vault and its plain peer in `folder` and print all the rows."""
    home = Home(folder / "home")
    with Vault.create(home, "bench", kdf=FLOOR_KDF) as vault:
        key = bytes(vault._key.raw)  # noqa: SLF001  # so that opening can be timed alone
    show("opening an empty vault, beside the derivation", opening(home, key), 50)
    plain = plain_database(folder / "plain.db")
    with reopened(home, key) as vault:
        compare(vault, plain, entities, messages)
    plain.close()
    size = home.vault.stat().st_size / 1e6
    show(f"opening that vault of {size:.0f} MB, beside the derivation", opening(home, key), 50)
    with reopened(home, key) as vault:
        show("reading every page of it (verify)", timed(vault.verify))


if __name__ == "__main__":
    main()
