"""One real vault, made with the cheapest permitted key derivation and copied for each test."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from maskwell.paths import Home
from maskwell.vault import FLOOR_KDF, Vault
from maskwell.vault.header import read_header
from maskwell.vault.keys import DataKey
from maskwell.vault.unlocking import passphrase_secret, unlock

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["PASSPHRASE", "copy_of", "key_of", "make_home", "open_vault"]

PASSPHRASE = "correct horse, battery staple"


def make_home(folder: Path) -> Home:
    """Return a home in `folder` with an empty closed vault."""
    home = Home(folder / "home")
    Vault.create(home, PASSPHRASE, kdf=FLOOR_KDF).close()
    return home


def key_of(home: Home) -> bytes:
    """Return the data key of a vault and of all its copies, so that most tests derive nothing."""
    return bytes(unlock(read_header(home.header), passphrase_secret(PASSPHRASE)).raw)


def copy_of(home: Home, folder: Path) -> Home:
    """Return a copy of a closed vault, a test's own."""
    copy = folder / "home"
    shutil.copytree(home.root, copy)
    copy.chmod(0o700)
    return Home(copy)


def open_vault(home: Home, key: bytes) -> Vault:
    """Open a vault without deriving anything."""
    return Vault.open_with(home, lambda _header: DataKey(bytearray(key)))
