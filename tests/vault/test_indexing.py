"""The index of words becomes one piece behind everybody's back, and is whole at every moment."""

import os
import random
import signal
import time

import pytest

from maskwell.vault import Kept, Vault, indexing
from maskwell.vault.ahead import OpenedAhead
from maskwell.vault.indexing import merge_index
from maskwell.vault.keys import DataKey
from support.vaults import open_vault


def pieces(vault) -> int:
    return vault._database.row("SELECT count(DISTINCT segid) FROM message_words_idx")[0]


def write(vault, count: int, *, first: int = 0) -> None:
    """Write messages, each its own commit so that the index gets pieces."""
    scope = vault.scopes.ensure("acme")
    talk = vault.history.start(scope=scope, title=Kept("t"), destination="d", policy="p")
    for number in range(first, first + count):
        filler = " ".join(random.Random(number).choices("abcdefgh", k=4))
        vault.history.append(talk.id, "user", Kept(f"number{number} roof {filler}"))


def shared_vault(home, key_bytes) -> Vault:
    return Vault.open_unlocked(home, DataKey(bytearray(key_bytes)))


def is_whole(vault) -> bool:
    """Whether the index says of itself that it is; it raises where it is not."""
    vault._database.write("INSERT INTO message_words (message_words) VALUES ('integrity-check')")
    return True


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(indexing, "_FEWEST", 20)
    monkeypatch.setattr(indexing, "_STEP_PAGES", 1)


@pytest.fixture
def filled(vault):
    write(vault, 70)
    assert pieces(vault) > 1
    return vault


def test_after_many_messages_the_index_becomes_one_piece_and_finds_the_same(filled):
    found = [one.id for one in filled.search("roof", limit=1000)]

    assert merge_index(filled._database, within_s=60)

    assert pieces(filled) == 1
    assert [one.id for one in filled.search("roof", limit=1000)] == found
    assert len(found) == 70
    assert is_whole(filled)


def test_after_few_messages_nothing_is_done(filled):
    merge_index(filled._database, within_s=60)
    write(filled, 8, first=100)
    before = pieces(filled)

    assert merge_index(filled._database, within_s=60)

    assert pieces(filled) == before > 1


def test_what_is_not_done_in_time_is_gone_on_with(filled):
    rounds = 1
    while not merge_index(filled._database, within_s=0):
        rounds += 1

    assert rounds > 1
    assert pieces(filled) == 1


def test_closing_merges_it(filled, home, key_bytes):
    filled.close()

    with open_vault(home, key_bytes) as vault:
        assert pieces(vault) == 1


def test_locking_does_not_wait_for_it(filled, home, key_bytes):
    filled.close("idle")

    with open_vault(home, key_bytes) as vault:
        assert pieces(vault) > 1


def test_whoever_opens_ahead_merges_it(filled, home, key_bytes):
    filled.close("idle")
    ahead = OpenedAhead(home, DataKey(bytearray(key_bytes)))

    taken = ahead.take()

    assert taken is not None
    with taken as vault:
        assert pieces(vault) == 1


def test_closing_does_not_wait_for_somebody_who_writes(filled, home, key_bytes):
    filled.close("idle")
    shared = shared_vault(home, key_bytes)
    with shared_vault(home, key_bytes) as other, other.transaction():
        other.scopes.ensure("meanwhile")
        shared.tidy(60)

        assert pieces(other) > 1
    shared.close()


def test_an_erased_persons_words_are_gone_from_the_merged_index(filled):
    talk = filled.history.conversations()[0]
    filled.history.delete(talk.id)

    merge_index(filled._database, within_s=60)

    assert filled.search("roof") == []
    assert is_whole(filled)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the process that is killed is forked")
@pytest.mark.parametrize("after_s", [0.0, 0.002, 0.005, 0.01, 0.02])
def test_killed_while_merging_the_index_is_whole(vault, home, key_bytes, after_s):
    write(vault, 120)
    vault.close("idle")
    reader, writer = os.pipe()
    pid = os.fork()
    if not pid:
        opened = open_vault(home, key_bytes)
        os.write(writer, b"!")
        while True:
            merge_index(opened._database, within_s=1)
            opened._database.write("DELETE FROM facts WHERE name = 'words_merged_to'")
            write(opened, 2, first=1000)
    os.read(reader, 1)
    time.sleep(after_s)

    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)

    with open_vault(home, key_bytes) as again:
        assert is_whole(again)
        assert len(again.search("roof", limit=100)) == 100
        assert merge_index(again._database, within_s=60)
        assert not again.verify().problems
