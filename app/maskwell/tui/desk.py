"""What the screens ask of the core, in one place; everything here may take time.

The screens call it from worker threads and never touch the shield themselves. Locking drops
the shield and the conversation, so nothing that was restored can be reached any more.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from maskwell.agent import address
from maskwell.config import load_settings
from maskwell.errors import MaskwellError, VaultLocked
from maskwell.tui.chat_desk import REACH_WORDS, ChatDesk, ChatEntry, when_words
from maskwell.tui.folder_desk import FolderDesk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from maskwell.config import Settings
    from maskwell.detection import Detector
    from maskwell.paths import Home
    from maskwell.shield import Data, Plan, Shield
    from maskwell.tui.beside import BesideReader
    from maskwell.vault.systemkeyring import Keyring

__all__ = ["REACH_WORDS", "ChatEntry", "Desk", "when_words"]

_RECOVERY = re.compile(r"(?:[0-9A-Za-z]{5}[- ]){7}[0-9A-Za-z]{5}")


class Desk(ChatDesk):
    """The user's open vault and the chat on the screen."""

    def __init__(
        self,
        home: Home,
        settings: Settings,
        *,
        offline: bool,
        key_file: Path | None = None,
        detector: Detector | None = None,
    ) -> None:
        super().__init__()
        self.home = home
        self._key_file = key_file
        self.settings = settings
        self.offline = offline
        self._shield: Shield | None = None
        self._detector = detector
        self._reader: BesideReader | None = None
        self.keyring: Keyring | None = None
        """Used in place of the system's keyring, None being that one."""
        self.locks_agent = False
        """Whether the next locking is to lock the agent too."""
        self.folder = FolderDesk(self)
        """The watched folder; it outlives the screen that shows it."""

    # -- the vault --------------------------------------------------------------------

    @property
    def has_vault(self) -> bool:
        """Whether there is a vault to unlock."""
        return self.home.header.exists() or self.home.vault.exists()

    @property
    def open_shield(self) -> Shield | None:
        """The open shield, None while the vault is locked."""
        return self._shield

    @property
    def shield(self) -> Shield:
        """The open shield.

        Raises:
            VaultLocked: there is none.
        """
        if self._shield is None:
            raise VaultLocked("The vault is locked; give its passphrase.")
        return self._shield

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
            self._shield = Shield(
                self.home, vault, self.settings, offline=self.offline, reader=self._beside()
            )
        else:
            self._shield = Shield.open(
                self.home.root,
                passphrase,
                offline=self.offline,
                key_file=self._key_file,
                reader=self._beside(),
            )
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
        self._shield = Shield.open_unlocked(
            self.home, key, how="agent", offline=self.offline, reader=self._beside()
        )
        self.new_chat()
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
        self._shield = Shield(
            self.home, vault, self.settings, offline=self.offline, reader=self._beside()
        )
        self.new_chat()

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

        self._shield = Shield.create(
            self.home.root, passphrase, offline=self.offline, reader=self._beside()
        )
        self.new_chat()

    def _beside(self) -> BesideReader:
        """Return a reader that has processes beside this one search."""
        from maskwell.tui.beside import BesideReader  # noqa: PLC0415  # after the first screen

        self._reader = BesideReader(self._detector)
        return self._reader

    def expect_prompt(self) -> None:
        """Have what searches prompts ready: somebody is writing one."""
        if self._reader is not None:
            self._reader.expect()

    def plan(
        self,
        text: str,
        data: Sequence[Data] = (),
        tell: Callable[[int, int], None] = lambda _some, _of: None,
    ) -> Plan:
        """Return what would be done to a prompt, as `ChatDesk.plan` does.

        Args:
            text: the prompt.
            data: what in it the user did not write.
            tell: told from this thread how many characters of how many have been read.

        Raises:
            Interrupted: `cancel_looking` was called meanwhile.
        """
        if self._reader is None:
            return super().plan(text, data)
        with self._reader.prompt(tell):
            return super().plan(text, data)

    def cancel_looking(self) -> None:
        """End a search for private values that is under way."""
        if self._reader is not None:
            self._reader.cancel()

    def stop_reading(self) -> None:
        """End whatever is searched, and search nothing more in this open vault."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

    def lock(self) -> None:
        """Close the vault and forget the chat."""
        self.stop_reading()
        self._conversation = None
        shield, self._shield = self._shield, None
        if shield is not None:
            shield.close()
        if self.locks_agent:
            self.locks_agent = False
            self.lock_agent()

    def close(self) -> None:
        """Stop the watched folder and lock: the app ends."""
        self.folder.stop()
        self.lock()

    # -- where it goes ------------------------------------------------------------------

    @property
    def reach(self) -> str:
        """How far the next prompt will travel: `local`, `trusted` or `remote`."""
        return self.settings.destination(self.chat.destination).reach

    def policies(self) -> list[tuple[str, str]]:
        """Return the names of the policies there are, each with a line about it."""
        from maskwell.policy import preset_names  # noqa: PLC0415  # not at start

        own = sorted(path.stem for path in self.home.policies.glob("*.toml"))
        names = dict.fromkeys([*preset_names(), *own])
        return [(name, self._policy_title(name)) for name in names]

    def _policy_title(self, name: str) -> str:
        try:
            return self.shield.policy(name).title
        except MaskwellError as error:
            return str(error)

    def use_destination(self, name: str) -> None:
        """Send this chat's next prompts elsewhere."""
        self.settings.destination(name)
        self.chat.destination = name

    def use_policy(self, name: str) -> None:
        """Decide about this chat's next prompts by another policy."""
        self.shield.policy(name)
        self.chat.policy = name

    def save(self, section: str, key: str, value: str | int) -> None:
        """Write one setting to the user's file and use it from now on."""
        from maskwell.config import write_setting  # noqa: PLC0415  # not at start

        write_setting(self.home, (section, key), value)
        self.reread()

    def reread(self) -> None:
        """Use the user's file as it is now; another program may have changed it.

        Raises:
            ConfigError: something in it is wrong; what held before holds on.
        """
        self.settings = load_settings(self.home)
        if self._shield is not None:
            self._shield.settings = self.settings
