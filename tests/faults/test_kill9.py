"""R1: a process killed at any moment loses nothing it had called saved, and keeps no half."""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict

import pytest

from maskwell.vault import Vault
from maskwell.vault.keys import DataKey

ROWS_A_TRANSACTION = 3


def kill_while_writing(worker, home, random_source) -> set[str]:
    """Kill a writer at a random moment and return what it had acknowledged."""
    pid = worker.start("write", home)
    saved = [worker.line() for _ in range(random_source.randint(1, 12))]
    time.sleep(random_source.random() * 0.02)
    saved += worker.kill(pid)
    return {line.removeprefix("saved ") for line in saved if line.startswith("saved ")}


def stored_transactions(home, key) -> dict[str, int]:
    """Return how many rows of each transaction are there."""
    counts: dict[str, int] = defaultdict(int)
    with Vault.open_with(home, lambda _header: DataKey(bytearray(key))) as vault:
        for (text,) in vault._database.rows("SELECT text FROM messages"):
            counts[text.split()[0].rpartition(":")[0]] += 1
        found = len(vault.history.search(["word"], limit=10**9))
        assert found == sum(
            "word" in row[0] for row in vault._database.rows("SELECT text FROM messages")
        )
        assert_people_are_whole(vault._database, counts)
    return counts


def assert_people_are_whole(database, counts) -> None:
    """Each transaction's people are there with token, surface and name, or not at all."""
    for sql in (
        "SELECT key FROM entities",
        "SELECT e.key FROM tokens t JOIN entities e ON e.id = t.entity_id",
        "SELECT v.surface FROM tokens t JOIN variants v ON v.token_id = t.id",
        "SELECT substr(p.part, 6) FROM tokens t JOIN name_parts p ON p.token_id = t.id",
    ):
        names = Counter(row[0].rpartition(":")[0] for row in database.rows(sql))
        assert names == counts, sql


def survive(worker, home, key, kills: int) -> None:
    source = random.Random(20261122)
    acknowledged: set[str] = set()
    for _ in range(kills):
        acknowledged |= kill_while_writing(worker, home, source)
    counts = stored_transactions(home, key)

    assert len(acknowledged) >= kills
    assert acknowledged <= counts.keys()
    assert set(counts.values()) == {ROWS_A_TRANSACTION}


@pytest.mark.sec
def test_kill9_loses_no_acknowledged_row_and_keeps_no_half_transaction(worker, home, key_bytes):
    survive(worker, home, key_bytes, kills=8)


@pytest.mark.sec
@pytest.mark.full
def test_kill9_a_thousand_times(worker, home, key_bytes):
    survive(worker, home, key_bytes, kills=1000)
