"""Real vaults for the tests, made once with the cheapest permitted key derivation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.vaults import PASSPHRASE, copy_of, key_of, make_home, open_vault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maskwell.paths import Home
    from maskwell.vault import Scope, Vault


@pytest.fixture(scope="session")
def closed_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """An empty closed vault that no test changes."""
    return make_home(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def key_bytes(closed_home: Home) -> bytes:
    """The data key of every copy of that vault."""
    return key_of(closed_home)


@pytest.fixture
def home(closed_home: Home, tmp_path: Path) -> Home:
    """A closed vault of the test's own."""
    return copy_of(closed_home, tmp_path)


@pytest.fixture
def vault(home: Home, key_bytes: bytes) -> Iterator[Vault]:
    """An open vault of the test's own."""
    with open_vault(home, key_bytes) as opened:
        yield opened


@pytest.fixture
def passphrase() -> str:
    """What opens the test's own vault."""
    return PASSPHRASE


@pytest.fixture
def scope(vault: Vault) -> Scope:
    return vault.scopes.ensure("acme")
