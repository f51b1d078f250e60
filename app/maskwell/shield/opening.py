"""Opening a vault to be used: with its passphrase, with its key, or made new.

Whatever way it was opened, it was settled (`settling`) before anything is done with it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from maskwell import destinations
from maskwell.config import Settings, load_settings
from maskwell.errors import VaultLocked
from maskwell.paths import Home, find_home
from maskwell.shield.foreseeing import Foreseen
from maskwell.shield.reading import Reader
from maskwell.shield.settling import settle
from maskwell.vault import DEFAULT_KDF, Vault

if TYPE_CHECKING:
    import os
    from pathlib import Path
    from types import TracebackType

    from maskwell.detection import Detector
    from maskwell.shield.knowledge import ScopeIndex
    from maskwell.vault.keys import DataKey

__all__ = ["OpenVault"]


class OpenVault:
    """A vault that is open, who reads texts for it, and the settings it is used under."""

    def __init__(
        self,
        home: Home,
        vault: Vault,
        settings: Settings,
        *,
        offline: bool = False,
        detector: Detector | None = None,
        reader: Reader | None = None,
    ) -> None:
        self.home = home
        self.vault = vault
        self.settings = settings
        self.offline = offline
        self._reader = reader or Reader(detector)
        self._indexes: dict[int, ScopeIndex] = {}
        settle(vault, home, settings)
        self._foreseen = Foreseen()

    @classmethod
    def open(
        cls,
        home: str | os.PathLike[str] | None = None,
        passphrase: str | None = None,
        *,
        offline: bool = False,
        detector: Detector | None = None,
        read_only: bool = False,
        key_file: Path | None = None,
        reader: Reader | None = None,
    ) -> Self:
        """Open the vault in `home` (default: `MASKWELL_HOME`, else the platform's folder).

        With `read_only` it can restore while another process writes, and mint nothing. A vault
        that wants a key file as well gets it as `key_file`.

        Raises:
            VaultMissing, VaultLocked, WrongPassphrase, VaultTooNew, VaultBusy,
            IntegrityError, ConfigError: as their names say; nothing was changed.
        """
        where = find_home(home)
        settings = load_settings(where)
        if passphrase is None:
            raise VaultLocked("The vault is locked; give its passphrase.")
        vault = Vault.open(where, passphrase, read_only=read_only, key_file=key_file)
        return cls(where, vault, settings, offline=offline, detector=detector, reader=reader)

    @classmethod
    def open_unlocked(
        cls,
        home: Home,
        key: DataKey,
        *,
        how: str = "",
        offline: bool = False,
        read_only: bool = False,
        is_told: bool = True,
        reader: Reader | None = None,
    ) -> Self:
        """Open the vault with its data key, beside other processes that have it open too.

        Args:
            home: where it is.
            key: the data key, taken over and wiped on closing.
            how: what the key was got with, for the audit trail.
            offline: no destination beyond this machine may be reached.
            read_only: restore only, mint nothing.
            is_told: take the opening into the audit trail.
            reader: who reads the texts; this process by default.

        Raises: as `open` does.
        """
        settings = load_settings(home)
        vault = Vault.open_unlocked(home, key, read_only=read_only, how=how, is_told=is_told)
        return cls(home, vault, settings, offline=offline, reader=reader)

    @classmethod
    def create(
        cls,
        home: str | os.PathLike[str] | None,
        passphrase: str,
        *,
        offline: bool = False,
        detector: Detector | None = None,
        reader: Reader | None = None,
    ) -> Self:
        """Make a new vault in `home` and open it.

        Raises:
            VaultExists: there is one already; it was not touched.
        """
        where = find_home(home)
        settings = load_settings(where)
        kdf = replace(DEFAULT_KDF, memory_kib=settings.vault.kdf_memory_mib * 1024)
        vault = Vault.create(where, passphrase, kdf=kdf)
        return cls(where, vault, settings, offline=offline, detector=detector, reader=reader)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self, reason: str = "") -> None:
        """Close the vault and drop its key. Closing twice is harmless.

        Args:
            reason: why, for the audit trail, as `Session.close` has it; "" when the user was done.
        """
        self._indexes.clear()
        try:
            destinations.release()
        finally:
            self.vault.close(reason)
