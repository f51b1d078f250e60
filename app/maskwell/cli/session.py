"""What the options before the command chose: the home, the passphrase, offline or not.

Every command gets it as typer's context object. The engine loads only when it is asked for,
and the detector while the key is derived.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from maskwell.agent.memory import harden
from maskwell.cli.passphrases import PassphraseSource
from maskwell.cli.terminal import can_ask, confirm, say
from maskwell.errors import VaultMissing
from maskwell.paths import find_home

if TYPE_CHECKING:
    from collections.abc import Callable

    from maskwell.cli.unlocking import Unlocked
    from maskwell.config import Settings
    from maskwell.paths import Home
    from maskwell.shield import Shield
    from maskwell.vault import Vault

__all__ = ["Session"]


@dataclass
class Session:
    """One run of one command."""

    home_choice: str | None = None
    offline: bool = False
    passphrase: PassphraseSource = field(default_factory=PassphraseSource)
    key_file: str | None = None
    uses_agent: bool = True
    _kept: Unlocked | None = field(default=None, repr=False)

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
        if not self.has_vault:
            self._offer(offer_vault)
            create: Callable[[], Shield] = self.make
        else:
            create = partial(self._opened, read_only=read_only)
        if not detecting:
            return create()
        from maskwell.detection import shared_detector  # noqa: PLC0415  # not needed for help

        with ThreadPoolExecutor(1) as beside:
            loading = beside.submit(shared_detector)
            shield = create()
            try:
                loading.result()
            except BaseException:
                shield.close()
                raise
        return shield

    def open_vault(self) -> Vault:
        """Open the vault alone, for work that no other process may get in the way of.

        Raises:
            VaultMissing, VaultLocked, WrongPassphrase …: as `Shield.open` says.
        """
        from maskwell.cli.unlocking import given_secret, refuse_missing  # noqa: PLC0415  # SQLCipher
        from maskwell.vault import Vault  # noqa: PLC0415  # likewise

        refuse_missing(self.home)
        return Vault.open_with_secret(self.home, given_secret(self))

    def keep_key(self) -> None:
        """Get at the key now, once, for a vault that is opened again and again.

        Raises:
            VaultMissing, VaultLocked, WrongPassphrase …: as `Shield.open` says.
        """
        from maskwell.cli.unlocking import unlocked  # noqa: PLC0415  # loads SQLCipher

        self._kept = unlocked(self)

    def _opened(self, *, read_only: bool) -> Shield:
        from maskwell.agent.client import unlocked_vault  # noqa: PLC0415  # loads SQLCipher
        from maskwell.cli.unlocking import Unlocked, unlocked  # noqa: PLC0415  # likewise
        from maskwell.shield import Shield  # noqa: PLC0415  # loads the vault and the policies

        harden()
        settings = self.settings
        found = self._kept or unlocked(self)
        if self._kept:
            found = Unlocked(found.key.copy(), found.how)
        elif found.is_from_agent and not read_only and (vault := unlocked_vault(self.home)):
            found.key.wipe()
            return Shield(self.home, vault, settings, offline=self.offline)
        return Shield.open_unlocked(
            self.home,
            found.key,
            how=found.how,
            offline=self.offline,
            read_only=read_only,
            is_told=not found.is_from_agent,
        )

    def make(self) -> Shield:
        """Make the vault and open it.

        Raises:
            VaultExists, VaultLocked, UsageError …: as `Shield.create` says.
        """
        from maskwell.shield import Shield  # noqa: PLC0415  # loads the vault and the policies

        harden()
        return Shield.create(self.home.root, self.passphrase.choose(), offline=self.offline)

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
