"""Ways into the vault from the command line: none encrypts it anew, and one always stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell.vault.header import read_header

if TYPE_CHECKING:
    from pathlib import Path

    from cli.running import Cli


def kinds(cli: Cli) -> list[str]:
    return [str(slot.kind) for slot in read_header(cli.home / "vault.header").slots]


@pytest.fixture
def key_file(cli: Cli, tmp_path: Path) -> str:
    """A key file that the vault asks for besides the passphrase."""
    path = str(tmp_path / "key")
    assert cli("vault", "keyfile", "make", path).code == 0
    assert cli("vault", "keyfile", "add", path).code == 0
    return path


def test_a_key_file_is_asked_for_besides_the_passphrase(cli: Cli, key_file: str) -> None:
    without = cli("entity", "list")
    with_it = cli("--key-file", key_file, "entity", "list")

    assert kinds(cli) == ["passphrase+keyfile"]
    assert (without.code, with_it.code) == (3, 0)
    assert "passphrase and a key file" in without.err


def test_a_key_file_can_be_named_by_the_environment(
    cli: Cli, key_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASKWELL_KEY_FILE", key_file)

    assert cli("redact", stdin=b"Jane Doe\n").code == 0


def test_another_file_is_no_key_file(cli: Cli, key_file: str, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("x" * 64)

    ran = cli("--key-file", str(other), "entity", "list")

    assert ran.code == 3
    assert "together do not open" in ran.err


def test_a_key_file_is_never_written_over(cli: Cli, key_file: str) -> None:
    assert cli("vault", "keyfile", "make", key_file).code == 2


def test_a_key_file_goes_with_itself_in_hand(cli: Cli, key_file: str) -> None:
    blind = cli("vault", "keyfile", "remove")
    done = cli("--key-file", key_file, "vault", "keyfile", "remove")

    assert blind.code == 2
    assert "--key-file FILE" in blind.err
    assert done.code == 0
    assert kinds(cli) == ["passphrase"]
    assert cli("entity", "list").code == 0


def test_a_new_passphrase_keeps_the_key_file(cli: Cli, key_file: str, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.write_text("eight quiet otters\n")

    done = cli("--key-file", key_file, "vault", "passphrase", "--new-passphrase-file", str(new))

    assert done.code == 0
    assert kinds(cli) == ["passphrase+keyfile"]
    opened = cli("--key-file", key_file, "--passphrase-file", str(new), "entity", "list")
    assert opened.code == 0


def test_rotating_keeps_the_key_file(cli: Cli, key_file: str) -> None:
    done = cli("--key-file", key_file, "vault", "rotate")

    assert done.code == 0
    assert cli("--key-file", key_file, "entity", "list").code == 0


def test_a_recovery_code_can_be_taken_back(cli: Cli, tmp_path: Path) -> None:
    code = tmp_path / "code"
    code.write_text(cli("vault", "recovery").text)
    assert kinds(cli) == ["passphrase", "recovery"]

    done = cli("vault", "recovery", "--remove")

    assert done.code == 0
    assert kinds(cli) == ["passphrase"]
    again = cli("vault", "passphrase", "--recovery-code-file", str(code))
    assert again.code == 3


def test_a_backup_is_put_back_with_the_recovery_code(cli: Cli, tmp_path: Path) -> None:
    code = tmp_path / "code"
    code.write_text(cli("vault", "recovery").text)
    cli("vault", "backup", str(tmp_path / "copy"))
    (cli.home / "vault.header").write_bytes(b"damaged")
    assert cli("entity", "list").code == 7

    done = cli("vault", "restore", str(tmp_path / "copy"), "--replace",
               "--recovery-code-file", str(code))  # fmt: skip

    assert done.code == 0
    assert cli("entity", "list").code == 0


def test_without_a_keyring_the_commands_say_so(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")

    for word in ("add", "check"):
        ran = cli("vault", "keyring", word)
        assert ran.code == 3
        assert "use the passphrase" in ran.err
    assert kinds(cli) == ["passphrase"]


def test_a_keyring_that_is_gone_leaves_the_passphrase(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    from maskwell.paths import Home
    from maskwell.vault import Secret, SlotKind, Vault

    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    with Vault.open(Home(cli.home), "seven quiet otters") as vault:
        vault.slots.put_keyring(Secret(SlotKind.KEYRING, bytes(32)))

    given = cli("entity", "list")
    monkeypatch.delenv("MASKWELL_PASSPHRASE_FILE")
    asked = cli("entity", "list")

    assert given.code == 0
    assert asked.code == 3
    assert "no keyring" in asked.err
    assert "needs its passphrase" in asked.err


def test_status_tells_of_the_agent(cli: Cli) -> None:
    assert cli("vault", "status", "--json").json["agent"] is None
    assert "the vault is locked" in cli("vault", "status").text
