"""R41: every change to the audit trail is noticed, and the first bad entry named."""

from __future__ import annotations

import shutil

import pytest

from maskwell.vault import Vault
from maskwell.vault.header import read_header
from maskwell.vault.keys import DataKey

BEFORE = 3
"""Entries of the fixture's vault: made, locked, opened."""
ENTRIES = BEFORE + 12


def reopened(home, key_bytes) -> Vault:
    return Vault.open_with(home, lambda _header: DataKey(bytearray(key_bytes)))


def vault_end(home) -> int:
    """Return how many entries the header remembers."""
    return read_header(home.header).anchor_count


@pytest.fixture
def trail(vault):
    """A vault with a dozen entries and without the triggers that would protect them."""
    for number in range(ENTRIES - BEFORE):
        vault.audit.record("reveal", f"[PERSON_{number + 1}QX]", {"purpose": "call back"})
    vault._database.write("DROP TRIGGER audit_is_append_only")
    vault._database.write("DROP TRIGGER audit_stays_as_written")
    return vault


def test_what_was_recorded_comes_back_newest_first(vault):
    vault.audit.record("open")
    vault.audit.record("reveal", "[CARD_1QX]", {"purpose": "refund"})

    reveal, opened = vault.audit.entries(2)

    assert (reveal.id, reveal.event, reveal.subject) == (BEFORE + 2, "reveal", "[CARD_1QX]")
    assert reveal.detail == {"purpose": "refund"}
    assert opened.event == "open"


def test_an_entry_is_undone_with_its_transaction(vault):
    with vault.rehearsal():
        vault.audit.record("reveal")

    assert vault.audit.head().count == BEFORE
    assert vault.audit.verify().is_whole


@pytest.mark.sec
def test_chain_an_untouched_trail_is_whole_after_reopening(trail, home, key_bytes):
    trail.close()

    with reopened(home, key_bytes) as vault:
        report = vault.audit.verify()

    assert report.is_whole
    assert report.entries == ENTRIES + len(["lock", "open"])


def report_after(trail, *statements: tuple[object, ...]):
    """Check the chain with some changes made to it, and take them back."""
    with trail.rehearsal():
        for statement, *numbers in statements:
            trail._database.write(statement, numbers)
        return trail.audit.verify()


@pytest.mark.sec
@pytest.mark.parametrize(
    "change",
    ["at = at + 1", "event = 'x'", "subject = 'x'", "detail = '[]'", "mac = zeroblob(32)"],
)
def test_chain_an_edited_entry_is_named(trail, change):
    for at in range(1, ENTRIES + 1):
        statement = "UPDATE audit SET " + change + " WHERE id = ?"

        assert report_after(trail, (statement, at)).first_bad == at


@pytest.mark.sec
def test_chain_a_deleted_entry_is_named(trail):
    for at in range(1, ENTRIES + 1):
        assert report_after(trail, ("DELETE FROM audit WHERE id = ?", at)).first_bad == at


@pytest.mark.sec
def test_chain_a_deletion_with_renumbering_is_noticed(trail):
    for at in range(1, ENTRIES):
        report = report_after(
            trail,
            ("DELETE FROM audit WHERE id = ?", at),
            ("UPDATE audit SET id = id - 1 WHERE id > ?", at),
        )

        assert report.first_bad == at


@pytest.mark.sec
def test_chain_an_entry_of_another_past_of_the_same_vault_is_noticed(trail):
    """Genuine by itself and with the right number, but it followed other entries."""
    database = trail._database
    with trail.rehearsal():
        database.write("DELETE FROM audit WHERE id >= 9")
        for subject in ("[CARD_1QX]", "[CARD_2QX]"):
            trail.audit.record("reveal", subject, {"purpose": "another past"})
        (other,) = database.rows("SELECT at, event, subject, detail, mac FROM audit WHERE id = 10")
    database.write(
        "UPDATE audit SET at = ?, event = ?, subject = ?, detail = ?, mac = ? WHERE id = 10", other
    )

    report = trail.audit.verify()

    assert report.first_bad == 10


@pytest.mark.sec
def test_chain_two_exchanged_entries_are_noticed(trail):
    for at in range(1, ENTRIES):
        report = report_after(
            trail,
            ("UPDATE audit SET id = -1 WHERE id = ?", at),
            ("UPDATE audit SET id = ? WHERE id = ?", at, at + 1),
            ("UPDATE audit SET id = ? WHERE id = -1", at + 1),
        )

        assert report.first_bad == at


@pytest.mark.sec
def test_chain_a_truncated_tail_is_noticed(trail):
    for left in range(ENTRIES):
        report = report_after(trail, ("DELETE FROM audit WHERE id > ?", left))

        assert report.first_bad == left + 1
        assert "missing" in report.problem


@pytest.mark.sec
def test_chain_a_tail_written_anew_is_noticed(trail):
    """Even with the chain's key: the header remembers what the last entry was."""
    trail._database.write("DELETE FROM audit WHERE id > ?", [ENTRIES - 2])
    trail._database.after_commit = lambda: None
    for _ in range(2):
        trail.audit.record("reveal", "[PERSON_99QX]")

    assert trail.audit.verify().first_bad == ENTRIES


@pytest.mark.sec
def test_chain_a_database_put_back_from_an_earlier_day_is_noticed(vault, home, key_bytes, tmp_path):
    vault.audit.record("reveal", "[PERSON_1QX]")
    vault.close()
    earlier = vault_end(home)
    shutil.copy(home.vault, tmp_path / "earlier.db")
    with reopened(home, key_bytes) as later:
        later.audit.record("export")
    shutil.copy(tmp_path / "earlier.db", home.vault)

    with reopened(home, key_bytes) as rolled_back:
        report = rolled_back.audit.verify()
        rolled_back.audit.record("reveal", "[PERSON_2QX]")

        assert report.first_bad == earlier + 1
        assert not rolled_back.audit.verify().is_whole
    assert vault_end(home) > earlier


@pytest.mark.sec
def test_chain_an_anchor_left_behind_by_a_killed_process_is_caught_up(vault, home, key_bytes):
    vault._database.after_commit = lambda: None
    vault.audit.record("reveal", "[PERSON_1QX]")
    vault.close()

    with reopened(home, key_bytes) as later:
        assert later.audit.verify().is_whole
        later.audit.record("reveal", "[PERSON_2QX]")
        assert later._anchored() == later.audit.head()
