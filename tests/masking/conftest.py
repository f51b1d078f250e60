"""A real vault for the tests of masking, made once: tests use scopes of their own."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from maskwell.paths import Home
from maskwell.vault import FLOOR_KDF, Vault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.vault import Scope

_numbers = count(1)


@pytest.fixture(scope="session")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    home = Home(tmp_path_factory.mktemp("masking"))
    with Vault.create(home, "seven quiet otters", kdf=FLOOR_KDF) as opened:
        yield opened


@pytest.fixture
def scope(vault: Vault) -> Scope:
    return vault.scopes.ensure(f"matter {next(_numbers)}")
