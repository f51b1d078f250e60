"""R6: damage to the closed vault's files is always noticed, and never changes them."""

from __future__ import annotations

import random

import pytest

from maskwell.entity_types import EntityType
from maskwell.errors import IntegrityError
from maskwell.vault import Vault
from maskwell.vault.header import read_header
from maskwell.vault.keys import DataKey
from maskwell.vault.mending import corrected, remains
from maskwell.vault.opening import open_database

from .conftest import open_vault

PAGE = 4096


@pytest.fixture
def filled(home, key_bytes):
    """A closed vault of some dozens of pages, free ones among them."""
    with open_vault(home, key_bytes) as vault:
        scope = vault.scopes.ensure("acme")
        with vault.transaction():
            for number in range(1, 600):
                vault.entities.add(
                    scope,
                    EntityType.ORG,
                    f"firm {number}",
                    f"Firm {number}",
                    number=number,
                    check="QX",
                )
        vault._database.write("DELETE FROM variants WHERE id > 300")
    return home


def damage(content: bytes, source: random.Random) -> bytes:
    """Flip one bit, cut the end off (every third time at a page), or add to it."""
    kind = source.randrange(4)
    if kind == 0:
        return content[: source.randrange(len(content))]
    if kind == 1:
        return content[: PAGE * source.randrange(len(content) // PAGE)]
    if kind == 2 and source.random() < 0.2:
        return content + source.randbytes(source.choice([1, PAGE]))
    at = source.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << source.randrange(8)]) + content[at + 1 :]


def notice_all(filled, key: bytes, times: int) -> None:
    source = random.Random(6)
    whole = filled.vault.read_bytes()
    for number in range(times):
        damaged = damage(whole, source)
        filled.vault.write_bytes(damaged)

        with pytest.raises(IntegrityError) as caught:
            open_database(filled.vault, DataKey(bytearray(key)))

        assert caught.value.exit_code == 7
        assert filled.vault.read_bytes() == damaged, f"damage {number} was touched"


@pytest.mark.sec
def test_flip_every_damage_to_the_database_is_noticed(filled, key_bytes):
    notice_all(filled, key_bytes, times=50)


@pytest.mark.sec
@pytest.mark.full
def test_flip_a_thousand_damages_are_noticed(filled, key_bytes):
    notice_all(filled, key_bytes, times=1000)


@pytest.mark.sec
def test_flip_truncation_at_every_page_boundary_is_noticed(filled, key_bytes):
    whole = filled.vault.read_bytes()
    for pages in range(len(whole) // PAGE):
        filled.vault.write_bytes(whole[: pages * PAGE])

        with pytest.raises(IntegrityError, match="vault restore"):
            open_database(filled.vault, DataKey(bytearray(key_bytes)))


EVERY_BYTE = pytest.param(1, marks=pytest.mark.full)


@pytest.mark.sec
@pytest.mark.parametrize("step", [9, EVERY_BYTE])
def test_flip_a_changed_byte_of_the_header_is_noticed_without_the_passphrase(home, step):
    whole = home.header.read_bytes()
    for at in range(0, len(whole), step):
        home.header.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])

        with pytest.raises(IntegrityError):
            read_header(home.header)


@pytest.mark.sec
@pytest.mark.parametrize("step", [29, EVERY_BYTE])
def test_flip_a_changed_byte_of_the_header_can_be_undone(home, step):
    whole, header = home.header.read_bytes(), read_header(home.header)
    source = random.Random(step)
    for at in range(0, len(whole), step):
        changed = bytes([whole[at] ^ source.randrange(1, 256)])

        assert corrected(whole[:at] + changed + whole[at + 1 :]) == header


@pytest.mark.sec
@pytest.mark.parametrize("step", [29, EVERY_BYTE])
def test_flip_two_bytes_of_the_header_leave_all_slots_but_one(home, key_bytes, step):
    with open_vault(home, key_bytes) as vault:
        vault.slots.new_recovery_code()
    whole, slots = home.header.read_bytes(), set(read_header(home.header).slots)
    at_id = whole.index(b'"vault_id"')
    for at in [*range(0, at_id - 1, step), *range(at_id + 45, len(whole) - 1, step)]:
        left = remains(whole[:at] + b"\0\0" + whole[at + 2 :])

        assert left is not None
        assert len(slots & set(left.slots)) >= len(slots) - 1


@pytest.mark.sec
@pytest.mark.parametrize("step", [9, EVERY_BYTE])
def test_flip_a_truncation_of_the_header_is_noticed(home, step):
    whole = home.header.read_bytes()
    for length in range(0, len(whole), step):
        home.header.write_bytes(whole[:length])

        with pytest.raises(IntegrityError, match="vault restore"):
            read_header(home.header)


@pytest.mark.sec
def test_flip_a_missing_file_is_an_integrity_failure(home):
    kept = home.header.read_bytes()
    home.header.unlink()
    with pytest.raises(IntegrityError, match="header"):
        Vault.open(home, "any")

    home.header.write_bytes(kept)
    home.vault.unlink()

    with pytest.raises(IntegrityError, match="missing"):
        open_database(home.vault, DataKey.random())
    assert not home.vault.exists()


@pytest.mark.sec
def test_flip_damage_while_open_is_noticed_by_verify(filled, key_bytes):
    with open_vault(filled, key_bytes) as vault:
        with filled.vault.open("r+b") as handle:
            handle.seek(20 * PAGE + 99)
            handle.write(b"damage")

        report = vault.verify()

    assert not report.is_healthy
    assert report.counts == {}
