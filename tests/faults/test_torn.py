"""R2: whatever becomes of the write-ahead log, what opens is a committed prefix."""

from __future__ import annotations

import random
import shutil

import pytest

from maskwell.vault import Kept
from maskwell.vault.keys import DataKey
from maskwell.vault.opening import open_database

from .conftest import open_vault

COMMITS = 40


@pytest.fixture
def crashed(home, key_bytes, tmp_path):
    """The files of a vault whose process died with forty commits in its log."""
    with open_vault(home, key_bytes) as vault:
        scope = vault.scopes.ensure("acme")
        conversation = vault.history.start(
            scope=scope, title=Kept("t"), destination="d", policy="p"
        )
        for number in range(COMMITS):
            with vault.transaction():
                for part in range(3):
                    vault.history.append(conversation.id, "user", Kept(f"{number} {part}"))
        shutil.copytree(home.root, tmp_path / "crashed")
    return tmp_path / "crashed"


def tear(log: bytes, source: random.Random) -> bytes:
    """Damage a log as a power cut does: cut off, zeroed, overwritten or flipped."""
    at = source.randrange(len(log))
    length = source.choice([1, 16, 512, 4096])
    return source.choice(
        [
            lambda: log[:at],
            lambda: log[:at] + bytes(min(length, len(log) - at)) + log[at + length :],
            lambda: log[:at] + source.randbytes(min(length, len(log) - at)) + log[at + length :],
            lambda: log[:at] + bytes([log[at] ^ 1 << source.randrange(8)]) + log[at + 1 :],
        ]
    )()


def survive(crashed, key, tmp_path, times: int) -> None:
    source = random.Random(2)
    log = (crashed / "vault.db-wal").read_bytes()
    prefixes = set()
    for number in range(times):
        torn = tmp_path / f"torn{number}"
        torn.mkdir()
        shutil.copy(crashed / "vault.db", torn)
        (torn / "vault.db-wal").write_bytes(tear(log, source))
        database = open_database(torn / "vault.db", DataKey(bytearray(key)))
        texts = [row[0] for row in database.rows("SELECT text FROM messages ORDER BY id")]
        database.close()
        whole, rest = divmod(len(texts), 3)
        assert rest == 0
        assert texts == [f"{n} {part}" for n in range(whole) for part in range(3)]
        prefixes.add(whole)
        shutil.rmtree(torn)

    assert len(prefixes) > min(times, COMMITS) // 4


@pytest.mark.sec
def test_torn_logs_give_a_committed_prefix(crashed, key_bytes, tmp_path):
    survive(crashed, key_bytes, tmp_path, times=40)


@pytest.mark.sec
@pytest.mark.full
def test_torn_logs_two_thousand_times(crashed, key_bytes, tmp_path):
    survive(crashed, key_bytes, tmp_path, times=2000)
