"""A command line with a real vault behind it: made once with the KDF's floor, then copied."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from cli.running import PASSPHRASE, Cli
from maskwell.paths import Home
from maskwell.vault import FLOOR_KDF, Vault

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def made_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("vault") / "home"
    Vault.create(Home(root), PASSPHRASE, kdf=FLOOR_KDF).close()
    return root


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """A command line in an empty folder, without a vault or a passphrase."""
    monkeypatch.chdir(tmp_path)
    return Cli(monkeypatch, tmp_path / "home")


@pytest.fixture
def cli(bare: Cli, made_vault: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """A command line with a vault and its passphrase at hand."""
    shutil.copytree(made_vault, bare.home)
    bare.home.chmod(0o700)
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(f"{PASSPHRASE}\n")
    monkeypatch.setenv("MASKWELL_PASSPHRASE_FILE", str(passphrase))
    return bare
