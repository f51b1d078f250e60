"""The chat on the screen and the stored ones, as the screens ask for them.

Everything here may take time; the screens call it from worker threads.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from maskwell.errors import UsageError, VaultLocked
from maskwell.tui.turns import ShownTurn, marked_prompt, marked_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maskwell.config import Settings
    from maskwell.conversation import Conversation, Turn
    from maskwell.entity_types import EntityType
    from maskwell.masking import Protected
    from maskwell.shield import Data, Plan, Reply, Shield
    from maskwell.vault import Applied, Kept
    from maskwell.vault import Conversation as Stored

__all__ = ["REACH_WORDS", "ChatDesk", "ChatEntry", "when_words"]

REACH_WORDS = {"local": "this machine", "trusted": "this network", "remote": "the internet"}
_OWN_SCOPE = "chat-"


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


class ChatDesk:
    """One chat at a time in an open vault; what is opened and how is the inheritor's."""

    settings: Settings

    def __init__(self) -> None:
        self._conversation: Conversation | None = None
        self.is_temporary = False

    @property
    @abstractmethod
    def shield(self) -> Shield:
        """The open shield.

        Raises:
            VaultLocked: there is none.
        """

    @property
    def is_by_hand(self) -> bool:
        """Whether the user carries prompt and reply themselves."""
        return self.settings.destination(self.chat.destination).kind == "clipboard"

    @property
    def chat(self) -> Conversation:
        """The chat on the screen.

        Raises:
            VaultLocked: the vault is not open.
        """
        if self._conversation is None:
            raise VaultLocked("The vault is locked; give its passphrase.")
        return self._conversation

    def new_chat(self, *, temporary: bool = False, matter: str | None = None) -> None:
        """Begin a chat; with a matter, its people have the tokens they have there."""
        from maskwell.conversation import Conversation  # noqa: PLC0415  # after the first screen

        self._conversation = Conversation.start(self.shield, temporary=temporary, scope=matter)
        self._conversation.on_screen = True
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
        receipt = None
        if turn.role == "assistant":
            receipt = restored.receipt.of_exchange(self._prompt_before(turn))
            marked = marked_text(restored)
        else:
            marked = marked_prompt(restored, turn.kept, self._left_for)
        return ShownTurn(turn.role, self.heading(turn.role), marked, receipt, turn.is_complete)

    def _prompt_before(self, turn: Turn) -> list[Kept]:
        """Return the prompt that a reply answers, if there is one."""
        before = self.chat.turns.before(turn)
        return [before.kept] if before is not None and before.role == "user" else []

    def _left_for(self, kept: Kept, one: Applied) -> str:
        """Return what left in place of one value."""
        if one.rendering is not None:
            return one.rendering
        token = kept.text[one.start : one.end]
        if one.action != "keep":
            return token
        restored = self.shield.restore(
            token, scope=self.chat.scope, on_screen=self.chat.on_screen, is_stored=True
        )
        return restored.text

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

    @property
    def matter(self) -> str:
        """The matter this chat belongs to; "" when it is on its own."""
        scope = self.chat.scope
        return "" if scope.startswith(_OWN_SCOPE) else scope

    def matters(self) -> list[str]:
        """Return the names of the matters there are."""
        names = (one.name for one in self.shield.vault.scopes.all())
        return sorted(name for name in names if not name.startswith(_OWN_SCOPE))

    def export(self, *, restored: bool) -> str:
        """Return this chat as Markdown, about to be saved; the audit trail says so.

        Args:
            restored: with the real values, guarded ones included; else as it was sent.
        """
        from maskwell.shield.exporting import export_chat  # noqa: PLC0415  # not at start

        def text_of(kept: Kept, scope: str) -> str:
            if not restored:
                return kept.text
            return self.shield.restore(kept.text, scope=scope, is_stored=True).text

        if self.chat.id is None:
            raise UsageError("There is nothing to save yet; this chat has no stored messages.")
        return export_chat(self.shield, self.chat.id, text_of, restored=restored).as_markdown()

    def reveal(self, tokens: Sequence[str], purpose: str) -> None:
        """Show the guarded values of this chat until it is left or goes on.

        The audit trail has why, and which: what comes after that is guarded again.
        """
        vault = self.shield.vault
        vault.guard.note(vault.scopes.get(self.chat.scope), tokens, purpose=purpose)
        self.chat.on_screen = False

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

    # -- the next prompt ----------------------------------------------------------------

    def plan(self, text: str, data: Sequence[Data] = ()) -> Plan:
        """Return what would be done to a prompt; `data` is what in it the user did not write."""
        self.chat.on_screen = True
        return self.chat.plan(text, data=data)

    def resend(self) -> Reply:
        """Send the last prompt again, which got no reply.

        Raises: as `Conversation.resend` does.
        """
        self.chat.on_screen = True
        return self.chat.resend()

    def quoted(self, plan: Plan) -> Plan:
        """Return the plan with what is suspicious in it set apart as data."""
        return self.shield.quoted(plan)

    def same_kind(self, plan: Plan, index: int) -> list[str]:
        """Return the other values of a finding's kind: those of the prompt, then the known."""
        kind, here = plan.items[index].finding.entity_type, plan.surface(index)
        found = [
            plan.surface(number)
            for number, item in enumerate(plan.items)
            if item.finding.entity_type is kind
        ]
        vault = self.shield.vault
        if plan.scope in {one.name for one in vault.scopes.all()}:
            scope = vault.scopes.get(plan.scope)
            known = vault.entities.surfaces(scope)
            found += [one.surface for one in known if one.entity_type is kind]
        return [value for value in dict.fromkeys(found) if value != here]

    def preview(self, plan: Plan) -> Protected:
        """Return exactly what would leave."""
        return self.shield.preview(plan)

    def ignore(self, value: str) -> None:
        """Never find this value again."""
        self.shield.vault.lexicon.ignore(value)

    def remember(self, value: str, entity_type: EntityType) -> None:
        """Always find this value from now on."""
        self.shield.vault.lexicon.add_term(value, entity_type)


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
