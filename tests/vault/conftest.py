"""Real vaults for the tests, made once with the cheapest permitted key derivation."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from maskwell.paths import Home
from maskwell.vault import FLOOR_KDF, Vault
from maskwell.vault.header import read_header
from maskwell.vault.keys import DataKey
from maskwell.vault.unlocking import passphrase_secret, unlock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maskwell.vault import Scope

PASSPHRASE = "correct horse, battery staple"


@pytest.fixture(scope="session")
def closed_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """An empty closed vault that no test changes."""
    home = Home(tmp_path_factory.mktemp("template") / "home")
    Vault.create(home, PASSPHRASE, kdf=FLOOR_KDF).close()
    return home


@pytest.fixture(scope="session")
def key_bytes(closed_home: Home) -> bytes:
    """The data key of every copy of that vault, so that most tests derive nothing."""
    header = read_header(closed_home.header)
    return bytes(unlock(header, passphrase_secret(PASSPHRASE)).raw)


@pytest.fixture
def home(closed_home: Home, tmp_path: Path) -> Home:
    """A closed vault of the test's own."""
    copy = tmp_path / "home"
    shutil.copytree(closed_home.root, copy)
    copy.chmod(0o700)
    return Home(copy)


@pytest.fixture
def vault(home: Home, key_bytes: bytes) -> Iterator[Vault]:
    """An open vault of the test's own."""
    with Vault.open_with(home, lambda _header: DataKey(bytearray(key_bytes))) as opened:
        yield opened


@pytest.fixture
def passphrase() -> str:
    """What opens the test's own vault."""
    return PASSPHRASE


@pytest.fixture
def scope(vault: Vault) -> Scope:
    return vault.scopes.ensure("acme")
