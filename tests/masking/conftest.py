"""A real vault for the tests of masking, made once: tests use scopes of their own."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from maskwell.entity_types import EntityType
from maskwell.masking.linking import tokens_for
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


@pytest.fixture(scope="session")
def cast_scope(vault: Vault) -> Scope:
    """The scope in which the corpus's people have their tokens."""
    return vault.scopes.ensure("the cast")


@pytest.fixture(scope="session")
def codes(vault: Vault, cast_scope: Scope) -> dict[str, str]:
    """What stands for the names in the corpus's braces."""
    wanted = {
        "P": (EntityType.PERSON, "Jane Doe"),
        "L": (EntityType.PERSON, "Doe"),
        "E": (EntityType.EMAIL, "jane@example.com"),
        "C": (EntityType.CARD, "4111 1111 1111 1111"),
        "O": (EntityType.ORG, "Example Ltd"),
    }
    elsewhere = (EntityType.PERSON, "Someone Else")
    with vault.transaction():
        tokens = tokens_for(vault, cast_scope, wanted.values())
        other = tokens_for(vault, vault.scopes.ensure("elsewhere"), [elsewhere])
    codes = {name: tokens[surface].code for name, surface in wanted.items()}
    codes["F"] = other[elsewhere].code
    return codes | _mangled(codes["P"])


def _mangled(code: str) -> dict[str, str]:
    """Return the spellings of one code that the corpus asks for by name."""
    stem, rest = code.split("_")
    return {
        "p": code.lower(),
        "P_spaced": f"{stem} _ {rest}",
        "P_letters": " ".join(code),
        "P_escaped": f"{stem}\\_{rest}",
        "P_percent": f"{stem}%5F{rest}",
        "P_json": f"{stem}\\u005f{rest}",
        "P_wide": "".join(chr(ord(one) + 0xFEE0) for one in code),
        "P_bold": f"{stem}_**{rest}**",
        "P_newline": f"{stem}_\n{rest}",
        "P_broken": f"{stem[:3]}\n{stem[3:]}_{rest}",
        "P_hyphen": f"{stem}-{rest}",
        "P_dash": f"{stem}\u2013{rest}",
        "P_space": f"{stem} {rest}",
        "P_zero": f"{stem}_\u200b{rest}",
        "P_nbsp": f"{stem}&nbsp;{rest}",
    }
