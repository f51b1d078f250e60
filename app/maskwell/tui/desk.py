"""What the screens ask of the core, in one place; everything here may take time.

The screens call it from worker threads and never touch the shield themselves. Locking drops
the shield and the conversation, so nothing that was restored can be reached any more.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from maskwell.agent import address
from maskwell.config import load_settings
from maskwell.errors import MaskwellError, VaultLocked
from maskwell.tui.folder_desk import FolderDesk
from maskwell.tui.values import MarkedText, Value

if TYPE_CHECKING:
    from pathlib import Path

    from maskwell.config import Settings
    from maskwell.conversation import Conversation, Turn
    from maskwell.entity_types import EntityType
    from maskwell.masking import Protected, Receipt, Restored
    from maskwell.paths import Home
    from maskwell.shield import Plan, Shield
    from maskwell.vault import Conversation as Stored

__all__ = ["REACH_WORDS", "ChatEntry", "Desk", "ShownTurn", "marked_text", "when_words"]

_RECOVERY = re.compile(r"(?:[0-9A-Za-z]{5}[- ]){7}[0-9A-Za-z]{5}")
REACH_WORDS = {"local": "this machine", "trusted": "this network", "remote": "the internet"}


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """One turn as the thread shows it."""

    role: str
    heading: str
    marked: MarkedText
    receipt: Receipt | None = None
    is_complete: bool = True
    """False when the reply ended early."""


@dataclass(frozen=True, slots=True)
class ChatEntry:
    """One stored chat as the list shows it."""

    id: int
    title: str
    """Restored: it may hold real values."""
    destination: str
    when: str
    snippet: str = ""
    """Where a search found its words, restored."""


def marked_text(restored: Restored) -> MarkedText:
    """Return restored text with its private values, ready to be shown."""
    return MarkedText(restored.text, tuple(Value(*span) for span in restored.spans))


class Desk:
    """The user's open vault and the chat on the screen."""

    def __init__(
        self, home: Home, settings: Settings, *, offline: bool, key_file: Path | None = None
    ) -> None:
        self.home = home
        self._key_file = key_file
        self.settings = settings
        self.offline = offline
        self._shield: Shield | None = None
        self._conversation: Conversation | None = None
        self.is_temporary = False
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
        try:
            return b'"keyring"' in self.home.header.read_bytes()
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
            self._shield = Shield(self.home, vault, self.settings, offline=self.offline)
        else:
            self._shield = Shield.open(
                self.home.root, passphrase, offline=self.offline, key_file=self._key_file
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
        self._shield = Shield.open_unlocked(self.home, key, how="agent", offline=self.offline)
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

        vault = Vault.open_with_keyring(self.home)
        self._shield = Shield(self.home, vault, self.settings, offline=self.offline)
        self.new_chat()

    def create(self, passphrase: str) -> None:
        """Make the vault and open it."""
        from maskwell.shield import Shield  # noqa: PLC0415  # after the first screen

        self._shield = Shield.create(self.home.root, passphrase, offline=self.offline)
        self.new_chat()

    def lock(self) -> None:
        """Close the vault and forget the chat."""
        self._conversation = None
        shield, self._shield = self._shield, None
        if shield is not None:
            shield.close()

    def close(self) -> None:
        """Stop the watched folder and lock: the app ends."""
        self.folder.stop()
        self.lock()

    # -- the chat ---------------------------------------------------------------------

    @property
    def chat(self) -> Conversation:
        """The chat on the screen.

        Raises:
            VaultLocked: the vault is not open.
        """
        if self._conversation is None:
            raise VaultLocked("The vault is locked; give its passphrase.")
        return self._conversation

    def new_chat(self, *, temporary: bool = False) -> None:
        """Begin a chat."""
        from maskwell.conversation import Conversation  # noqa: PLC0415  # after the first screen

        self._conversation = Conversation.start(self.shield, temporary=temporary)
        self._conversation.on_screen = True
        self.folder.nudge()
        self.is_temporary = temporary

    def resume(self, conversation_id: int) -> None:
        """Go on with a stored chat."""
        from maskwell.conversation import Conversation  # noqa: PLC0415  # after the first screen

        self._conversation = Conversation.resume(self.shield, conversation_id)
        self._conversation.on_screen = True
        self.is_temporary = False

    def shown(self, turn: Turn) -> ShownTurn:
        """Return one turn with its values put back."""
        restored = self.chat.restored(turn)
        receipt = restored.receipt if turn.role == "assistant" else None
        marked = marked_text(restored)
        return ShownTurn(turn.role, self.heading(turn.role), marked, receipt, turn.is_complete)

    def heading(self, role: str) -> str:
        """Return who speaks, as the thread heads a message."""
        if role == "user":
            return "You"
        return "Reply" if self.is_by_hand else self.chat.destination

    def entries(self, limit: int = 200) -> list[ChatEntry]:
        """Return the stored chats, newest first, with their titles restored."""
        return [self._entry(one) for one in self.shield.vault.history.conversations(limit)]

    def search(self, words: str) -> list[ChatEntry]:
        """Return the chats that hold all of `words`, real values included, newest first."""
        if not words.strip():
            return self.entries(50)
        found: dict[int, ChatEntry] = {}
        for message in self.shield.vault.search(words, limit=200):
            if message.conversation_id not in found:
                stored = self.shield.vault.history.conversation(message.conversation_id)
                text = self._on_screen(message.kept.text, stored.scope)
                snippet = _snippet(text, words.split(maxsplit=1)[0])
                found[stored.id] = replace(self._entry(stored), snippet=snippet)
        return list(found.values())

    def rename(self, title: str) -> None:
        """Give this chat another title; what is private in it is kept as tokens."""
        chat = self.chat
        if chat.id is not None:
            kept = self.shield.protect(title, scope=chat.scope, policy=chat.policy).kept
            self.shield.vault.history.rename(chat.id, kept)

    def delete(self) -> None:
        """Delete this chat for good and begin another."""
        if self.chat.id is not None:
            self.shield.vault.history.delete(self.chat.id)
        self.new_chat()

    def _entry(self, stored: Stored) -> ChatEntry:
        title = self._on_screen(stored.title.text, stored.scope)
        return ChatEntry(stored.id, title, stored.destination, when_words(stored.updated_at))

    def _on_screen(self, kept_text: str, scope: str) -> str:
        """Return kept text with its values put back, guarded ones as dots."""
        return self.shield.restore(kept_text, scope=scope, on_screen=True, is_stored=True).text

    def plan(self, text: str) -> Plan:
        """Return what would be done to a prompt."""
        return self.chat.plan(text)

    def preview(self, plan: Plan) -> Protected:
        """Return exactly what would leave."""
        return self.shield.preview(plan)

    def ignore(self, value: str) -> None:
        """Never find this value again."""
        self.shield.vault.lexicon.ignore(value)

    def remember(self, value: str, entity_type: EntityType) -> None:
        """Always find this value from now on."""
        self.shield.vault.lexicon.add_term(value, entity_type)

    # -- where it goes ------------------------------------------------------------------

    @property
    def is_by_hand(self) -> bool:
        """Whether the user carries prompt and reply themselves."""
        return self.settings.destination(self.chat.destination).kind == "clipboard"

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
        self.settings = load_settings(self.home)
        if self._shield is not None:
            self._shield.settings = self.settings


def when_words(moment: datetime) -> str:
    """Return a time as a list shows it: the hour today, else the day."""
    local, now = moment.astimezone(), datetime.now().astimezone()
    if local.date() == now.date():
        return f"today {local:%H:%M}"
    return f"{local:%d %b}" if local.year == now.year else f"{local:%d %b %Y}"


def _snippet(text: str, word: str, *, around: int = 28) -> str:
    """Return the line's part around the word, on one line."""
    at = max(text.casefold().find(word.casefold()), 0)
    start, end = max(at - around, 0), at + len(word) + around
    middle = " ".join(text[start:end].split())
    return ("…" if start else "") + middle + ("…" if end < len(text) else "")
