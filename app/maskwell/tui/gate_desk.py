"""How the vault is opened from the screens: by passphrase, recovery code, agent or keyring.

Everything here may take time; the screens call it from worker threads.
"""

from __future__ import annotations

import os
import re
from abc import abstractmethod
from contextlib import suppress
from typing import TYPE_CHECKING

from maskwell.agent import address
from maskwell.errors import MaskwellError
from maskwell.tui.chat_desk import ChatDesk

if TYPE_CHECKING:
    from pathlib import Path

    from maskwell.paths import Home
    from maskwell.shield import Shield
    from maskwell.tui.beside import BesideReader
    from maskwell.vault.systemkeyring import Keyring

__all__ = ["GateDesk"]

_RECOVERY = re.compile(r"(?:[0-9A-Za-z]{5}[- ]){7}[0-9A-Za-z]{5}")


class GateDesk(ChatDesk):
    """The ways into the vault; the open one is the inheritor's."""

    home: Home
    offline: bool
    _shield: Shield | None
    _key_file: Path | None

    def __init__(self) -> None:
        super().__init__()
        self.keyring: Keyring | None = None
        """Used in place of the system's keyring, None being that one."""

    @abstractmethod
    def _beside(self) -> BesideReader:
        """Return what searches texts for this vault, in a process of its own if they are long."""

    @property
    def has_keyring(self) -> bool:
        """Whether the system's keyring may open the vault; read without opening anything."""
        return self._has_way(b'"keyring"')

    @property
    def has_recovery(self) -> bool:
        """Whether a recovery code opens the vault."""
        return self._has_way(b'"recovery"')

    def _has_way(self, kind: bytes) -> bool:
        try:
            return kind in self.home.header.read_bytes()
        except OSError:
            return False

    def open(self, passphrase: str) -> None:
        """Open the vault with what was typed; takes as long as the key derivation.

        A recovery code, typed as it is written, opens it too.
        """
        from maskwell.shield import Shield  # noqa: PLC0415  # after the first screen
        from maskwell.vault import Vault, recovery_secret  # noqa: PLC0415  # likewise

        if _RECOVERY.fullmatch(passphrase.strip()):
            vault = Vault.open_with_secret(self.home, recovery_secret(passphrase))
            shield = Shield(
                self.home, vault, self.settings, offline=self.offline, reader=self._beside()
            )
        else:
            shield = Shield.open(
                self.home.root,
                passphrase,
                offline=self.offline,
                key_file=self._key_file,
                reader=self._beside(),
            )
        self._use(shield)

    def _use(self, shield: Shield) -> None:
        """Begin a chat in what was opened; one that is open already is closed, key and all."""
        before, self._shield = self._shield, shield
        if before is not None:
            before.close()
        self.new_chat()

    @property
    def has_agent(self) -> bool:
        """Whether an agent may keep the vault unlocked; nobody is asked."""
        if os.name != "posix":
            return False
        return address.is_there(address.socket_path(address.home_root(str(self.home.root))))

    def open_with_agent(self) -> bool:
        """Open the vault with the agent's key, beside whatever else has it open.

        Returns:
            Whether there was an agent.

        Raises:
            AgentRefused: what stands in its place is not the user's own.
        """
        from maskwell.agent.client import unlocked_key  # noqa: PLC0415  # after the first screen
        from maskwell.shield import Shield  # noqa: PLC0415  # likewise

        key = unlocked_key(self.home)
        if key is None:
            return False
        shield = Shield.open_unlocked(
            self.home, key, how="agent", offline=self.offline, reader=self._beside()
        )
        self._use(shield)
        return True

    def lock_agent(self) -> None:
        """Have the agent, if there is one, drop its key too."""
        from maskwell.agent.client import lock_agent  # noqa: PLC0415  # after the first screen

        if self.has_agent:
            with suppress(MaskwellError):
                lock_agent(self.home)

    def open_with_keyring(self) -> None:
        """Open the vault with what the system's keyring holds for it."""
        from maskwell.shield import Shield  # noqa: PLC0415  # after the first screen
        from maskwell.vault import Vault  # noqa: PLC0415  # likewise

        vault = Vault.open_with_keyring(self.home, self.keyring)
        shield = Shield(
            self.home, vault, self.settings, offline=self.offline, reader=self._beside()
        )
        self._use(shield)

    def offers_keyring(self) -> bool:
        """Whether there is a keyring that may be used; may wait for the desktop's answer."""
        from maskwell.vault.systemkeyring import (  # noqa: PLC0415  # loads the desktop's parts
            find_keyring,
            refuse_foreign,
        )

        try:
            refuse_foreign(self.keyring or find_keyring())
        except MaskwellError:
            return False
        return True

    def use_keyring(self) -> None:
        """Let the system's keyring open the vault too."""
        self.shield.vault.use_keyring(self.keyring)

    def new_recovery_code(self) -> str:
        """Return a recovery code; it is kept nowhere, and an older one no longer opens."""
        return self.shield.vault.slots.new_recovery_code()

    def create(self, passphrase: str) -> None:
        """Make the vault and open it."""
        from maskwell.shield import Shield  # noqa: PLC0415  # after the first screen

        shield = Shield.create(
            self.home.root, passphrase, offline=self.offline, reader=self._beside()
        )
        self._use(shield)
