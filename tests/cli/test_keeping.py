"""Keys, backups, erasure and the audit trail through the command line."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from cli.running import PASSPHRASE
from maskwell.paths import Home
from maskwell.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

    from cli.running import Cli

TEXT = b"Write to jane.doe@example.com on 4 May 2031."
VALUE = "jane.doe@example.com"
NEW = "five loud herons"


@pytest.fixture
def used(cli: Cli) -> Cli:
    """A vault that has sent something by hand."""
    assert cli("ask", "--scope", "roof", stdin=TEXT).code == 0
    return cli


def test_a_new_passphrase_replaces_the_old(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "new").write_text(NEW)

    changed = cli("vault", "passphrase", "--new-passphrase-file", "new")

    assert changed.code == 0
    assert cli("vault", "verify").code == 3
    assert cli("--passphrase-file", "new", "vault", "verify").code == 0


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_code(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new").write_text(NEW)
    (tmp_path / "code").write_text(cli("vault", "recovery").text)
    monkeypatch.delenv("MASKWELL_PASSPHRASE_FILE")

    changed = cli(
        "vault", "passphrase", "--recovery-code-file", "code", "--new-passphrase-file", "new"
    )

    assert changed.code == 0
    assert cli("--passphrase-file", "new", "vault", "verify").code == 0


def test_a_new_recovery_code_ends_the_old_one(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "new").write_text(NEW)
    (tmp_path / "code").write_text(cli("vault", "recovery").text)
    cli("vault", "recovery")

    ran = cli("vault", "passphrase", "--recovery-code-file", "code", "--new-passphrase-file", "new")

    assert ran.code == 3
    assert "recovery code does not open" in ran.err


def test_rotating_keeps_everything_and_prints_the_new_code(used: Cli) -> None:
    old = used("vault", "recovery").text

    ran = used("vault", "rotate")

    assert ran.code == 0
    assert ran.text != old
    assert ran.text.count("-") == old.count("-")
    assert used("history", "list", "--json").json[0]["title"] == TEXT.decode()


def test_a_backup_comes_back_elsewhere(used: Cli, tmp_path: Path) -> None:
    made = used("vault", "backup", "kept.backup", "--json")
    shutil.rmtree(used.home)

    back = used("vault", "restore", "kept.backup")

    assert (made.code, back.code) == (0, 0)
    assert made.json["rows"]["messages"] == 1
    assert VALUE.encode() not in (tmp_path / "kept.backup").read_bytes()
    assert VALUE in used("history", "show", "1").text


def test_a_backup_replaces_a_vault_only_when_told(used: Cli) -> None:
    used("vault", "backup", "kept.backup")

    refused = used("vault", "restore", "kept.backup")
    done = used("vault", "restore", "kept.backup", "--replace")

    assert (refused.code, done.code) == (3, 0)
    assert "is kept in" in done.err


def test_what_is_no_backup_ends_with_6(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_bytes(TEXT)

    assert cli("vault", "restore", "letter.txt", "--replace").code == 6


def test_an_entity_is_shown_by_its_value(used: Cli) -> None:
    (entity,) = used("entity", "show", VALUE, "--json").json

    assert (entity["type"], entity["scopes"]) == ("EMAIL", ["roof"])


def test_an_unknown_value_is_never_repeated(used: Cli) -> None:
    ran = used("entity", "show", "nobody@example.com")

    assert ran.code == 2
    assert "nobody" not in ran.err


def test_two_values_become_one(used: Cli) -> None:
    used("redact", "--scope", "roof", stdin=b"Or jane@example.com.")

    ran = used("entity", "merge", VALUE, "jane@example.com")

    emails = used("entity", "list", "--type", "EMAIL", "--json").json
    assert ran.code == 0
    assert len(emails) == 1


def test_erasing_asks_first(used: Cli) -> None:
    ran = used("entity", "erase", VALUE)

    assert ran.code == 2
    assert "--yes" in ran.err
    assert VALUE in used("history", "show", "1").text


@pytest.mark.sec
def test_erase_forgets_a_person_everywhere_and_certifies_it(used: Cli) -> None:
    ran = used("entity", "erase", VALUE, "--yes", "--json")

    everything = [
        used("history", "show", "1").text,
        used("history", "list").text,
        used("ledger", "show", "1").text,
        used("entity", "list").text,
    ]
    assert ran.code == 0
    assert ran.json["types"] == ["EMAIL"]
    assert not [text for text in [*everything, ran.text, ran.err] if VALUE in text]


def test_the_ledger_answers_who_was_told_about_someone(used: Cli) -> None:
    (told,) = used("ledger", "about", VALUE, "--json").json

    assert told["destination"] == "clipboard"
    assert told["entries"] == [1]
    assert [token for token in told["quasi_identifiers"] if token.startswith("[DATE_")]


def test_the_ledger_is_exported_whole_and_without_values(used: Cli) -> None:
    used("ask", stdin=b"Another one for tom@example.com.")

    ran = used("ledger", "export")

    assert [line["id"] for line in ran.lines] == [1, 2]
    assert "[EMAIL_" in ran.lines[1]["text"]
    assert VALUE not in ran.text


def test_the_audit_trail_tells_what_was_done(used: Cli) -> None:
    used("vault", "recovery")

    events = {one["event"] for one in used("audit", "show", "--json").json}
    verified = used("audit", "verify", "--json")

    assert "slot.add" in events
    assert verified.code == 0
    assert verified.json["whole"] is True


def test_an_export_of_the_audit_trail_is_in_order(used: Cli) -> None:
    used("vault", "recovery")

    numbers = [line["id"] for line in used("audit", "export").lines]

    assert numbers == sorted(numbers)
    assert numbers


@pytest.mark.sec
def test_chain_a_changed_entry_ends_with_7(used: Cli) -> None:
    used("vault", "recovery")
    with Vault.open(Home(used.home), PASSPHRASE) as vault, vault.transaction():
        guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
        for (name,) in vault._database.rows(guards):
            vault._database.write(f"DROP TRIGGER {name}")
        vault._database.write("UPDATE audit SET event = 'nothing' WHERE id = 1")

    ran = used("audit", "verify")

    assert ran.code == 7
    assert "Entry 1" in ran.err
