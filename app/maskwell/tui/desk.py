"""What the screens ask of the core, in one place; everything here may take time.

The screens call it from worker threads and never touch the shield themselves. Locking drops
the shield and the conversation, so nothing that was restored can be reached any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.config import load_settings
from maskwell.errors import MaskwellError, VaultLocked
from maskwell.tui.chat_desk import REACH_WORDS, ChatEntry, when_words
from maskwell.tui.folder_desk import FolderDesk
from maskwell.tui.gate_desk import GateDesk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from maskwell.config import Settings
    from maskwell.detection import Detector
    from maskwell.paths import Home
    from maskwell.shield import Data, Plan, Shield
    from maskwell.shield.places import Found
    from maskwell.tui.beside import BesideReader

__all__ = ["REACH_WORDS", "ChatEntry", "Desk", "when_words"]


class Desk(GateDesk):
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
        self.ports: Mapping[str, int] = {}
        """Where model servers are looked for, by name; the usual ports when empty."""
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

    def lock(self, reason: str = "") -> None:
        """Close the vault and forget the chat.

        Args:
            reason: why, for the audit trail, as `Session.close` has it; "" when the app ends.
        """
        self._conversation = None
        shield, self._shield = self._shield, None
        try:
            try:
                self.stop_reading()
            finally:  # a search that could not be ended keeps no vault open
                if shield is not None:
                    shield.close(reason)
        finally:  # whatever became of the vault here
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

    def servers_here(self) -> list[Found]:
        """Return the model servers that answer on this machine's usual ports."""
        from maskwell.shield.places import PORTS, probe  # noqa: PLC0415  # not at start

        return probe(self.ports or PORTS)

    def add_server(self, server: Found, model: str) -> str:
        """Make a server that was found a destination, and return its name."""
        from maskwell.config import write_setting  # noqa: PLC0415  # not at start

        table = {"kind": "openai", "base_url": server.base_url, "model": model}
        write_setting(self.home, ("destinations", server.name), table)
        self.reread()
        return server.name

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
