"""Guarded values on the command line: whole in a pipe, masked on a terminal until revealed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cli.running import PASSPHRASE
from cli.test_terminal import ended, spawn
from maskwell.paths import Home
from maskwell.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

    from cli.running import Cli

CARD = "4111 1111 1111 1111"
LETTER = f"Refund {CARD} to jane.doe@example.com.\n"


@pytest.fixture
def safe(cli: Cli, tmp_path: Path) -> Cli:
    """A command line beside a protected letter."""
    (tmp_path / "letter.txt").write_text(LETTER)
    assert cli("redact", "letter.txt", "-o", "safe.txt", "--scope", "acme").code == 0
    return cli


def reveals(cli: Cli) -> list[dict[str, object]]:
    """Return what the audit trail says of reveals, the latest first."""
    rows = json.loads(cli("audit", "show", "--json").text)
    return [row["detail"] for row in rows if row["event"] == "reveal"]


def test_a_pipe_gets_the_value_and_a_terminal_the_mask(safe: Cli) -> None:
    piped = safe("restore", "safe.txt", "--scope", "acme")
    child = spawn("restore", "safe.txt", "--scope", "acme")
    code = ended(child)

    assert piped.text == LETTER
    assert code == 0
    assert CARD not in child.before
    assert "••••]" in child.before
    assert "jane.doe@example.com" in child.before
    assert reveals(safe) == []


def test_a_terminal_gets_the_value_for_a_reason_that_is_kept(safe: Cli) -> None:
    child = spawn("restore", "safe.txt", "--scope", "acme", "--reveal", "--purpose", "refund 7")
    code = ended(child)

    (told,) = reveals(safe)
    assert code == 0
    assert CARD in child.before
    assert told["purpose"] == "refund 7"


def test_an_entity_is_shown_without_its_guarded_value_until_revealed(safe: Cli) -> None:
    hidden = safe("entity", "show", CARD, "--json")
    listed = safe("entity", "list", "--json")
    refused = safe("entity", "show", CARD, "--reveal")
    shown = safe("entity", "show", CARD, "--reveal", "--purpose", "refund 7", "--json")

    assert CARD not in hidden.text + listed.text
    assert hidden.json[0]["guarded"] is True
    assert (refused.code, "--purpose" in refused.err) == (2, True)
    assert shown.json[0]["value"] == CARD
    assert reveals(safe) == [{"purpose": "refund 7", "type": "CARD"}]


def test_types_are_guarded_and_freed_by_name(safe: Cli) -> None:
    safe("entity", "guard", "EMAIL")
    safe("entity", "guard", "card", "--remove")

    guarded = [row["type"] for row in safe("entity", "guard", "--json").json]

    assert guarded == ["EMAIL", "ID", "SECRET"]
    assert CARD in safe("entity", "list", "--json").text


def test_all_that_is_held_about_someone_is_written_for_them(safe: Cli) -> None:
    as_json = safe("entity", "export", "jane.doe@example.com", "--json")
    as_markdown = safe("entity", "export", "jane.doe@example.com")
    protected = safe("entity", "export", "jane.doe@example.com", "--protected", "--json")

    assert as_json.json[0]["key"] == "jane.doe@example.com"
    assert "# jane.doe@example.com" in as_markdown.text
    assert "jane.doe" not in protected.text


def test_another_vault_is_taken_in(safe: Cli, tmp_path: Path) -> None:
    safe("vault", "backup", "b.backup")
    other = Home(tmp_path / "other")
    Vault.restore_backup(tmp_path / "b.backup", other, PASSPHRASE)
    with Vault.open(other, PASSPHRASE) as vault:
        vault.lexicon.add_term("Project Heron")
    (tmp_path / "theirs").write_text(PASSPHRASE)

    ran = safe("vault", "import", str(other.root), "--their-passphrase-file", "theirs", "--json")

    assert ran.code == 0, ran.err
    assert (ran.json["scopes"], ran.json["terms"], ran.json["tokens"]) == ({"acme": "acme"}, 1, 0)
    assert "Project Heron" in safe("entity", "list", "--own").text
