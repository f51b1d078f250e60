"""What the options before the command chose: the home, the passphrase, offline or not.

Every command gets it as typer's context object. The engine loads only when it is asked for,
and the detector while the key is derived.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from maskwell.cli.passphrases import PassphraseSource
from maskwell.cli.terminal import can_ask, confirm, say
from maskwell.errors import VaultMissing
from maskwell.paths import find_home

if TYPE_CHECKING:
    from collections.abc import Callable

    from maskwell.config import Settings
    from maskwell.paths import Home
    from maskwell.shield import Shield

__all__ = ["Session"]


@dataclass
class Session:
    """One run of one command."""

    home_choice: str | None = None
    offline: bool = False
    passphrase: PassphraseSource = field(default_factory=PassphraseSource)

    @cached_property
    def home(self) -> Home:
        """The user's folder."""
        return find_home(self.home_choice)

    @cached_property
    def settings(self) -> Settings:
        """The user's settings."""
        from maskwell.config import load_settings  # noqa: PLC0415  # not needed for help

        return load_settings(self.home)

    @property
    def has_vault(self) -> bool:
        """Whether there is a vault to open."""
        from maskwell.vault import Vault  # noqa: PLC0415  # loads SQLCipher

        return Vault.exists(self.home)

    def open(
        self, *, detecting: bool = False, offer_vault: bool = False, read_only: bool = False
    ) -> Shield:
        """Open the vault.

        Args:
            detecting: load the detector too, beside the key derivation.
            read_only: only restore; another process may write meanwhile.
            offer_vault: when there is none and someone is there to ask, offer to make one.

        Raises:
            VaultMissing, VaultLocked, WrongPassphrase …: as `Shield.open` says.
        """
        from maskwell.detection import shared_detector  # noqa: PLC0415  # not needed for help
        from maskwell.shield import Shield  # noqa: PLC0415  # loads the vault and the policies

        make: Callable[[str], Shield]
        if self.has_vault:
            passphrase = self.passphrase.get()
            make = partial(Shield.open, self.home.root, offline=self.offline, read_only=read_only)
        else:
            self._offer(offer_vault)
            passphrase = self.passphrase.choose()
            make = partial(Shield.create, self.home.root, offline=self.offline)
        if not detecting:
            return make(passphrase)
        with ThreadPoolExecutor(1) as beside:
            loading = beside.submit(shared_detector)
            shield = make(passphrase)
            try:
                loading.result()
            except BaseException:
                shield.close()
                raise
        return shield

    def _offer(self, offer_vault: bool) -> None:
        if offer_vault and not self.passphrase.is_given and can_ask():
            say(
                "There is no vault yet. It keeps what tokens stand for, encrypted, in "
                f"{self.home.root}."
            )
            if confirm("Make one now?", default=True):
                return
        raise VaultMissing(
            f"There is no vault in {self.home.root}; make one with: maskwell vault init."
        )
