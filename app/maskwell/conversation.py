"""One chat: its turns, what may be sent next, and what is kept of it.

Invariant: only protected text is stored, and it is stored before it is sent and as soon as
it came, so a crash or a broken stream loses nothing that was seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Self, cast, overload
from uuid import uuid4

from maskwell.errors import UsageError
from maskwell.masking import retokenise
from maskwell.shield import Data, Message, Plan, Reply, Shield
from maskwell.shield.moving import Places, as_elsewhere
from maskwell.vault import Kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.errors import MaskwellError
    from maskwell.masking import Protected, Restored
    from maskwell.shield.moving import Place
    from maskwell.vault import Message as StoredMessage
    from maskwell.vault import Scope
    from maskwell.vault.history import Role

__all__ = ["Conversation", "Turn", "first_fitting"]

_TITLE_CHARS = 60
_CHARS_PER_TOKEN = 3
"""Fewer than a token of prose has, so that what is thought to fit does."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation, as it is kept."""

    role: Role
    kept: Kept
    is_complete: bool = True
    place: Place | None = None
    """Where it was sent to or came from; None when that is nowhere yet."""


class Turns(Sequence[Turn]):
    """The turns of a chat: the stored ones, read as they are asked for, and the new ones.

    A value: what is said later is in another one.
    """

    def __init__(
        self,
        past: Sequence[StoredMessage] = (),
        places: Places | None = None,
        new: tuple[Turn, ...] = (),
        made: dict[int, Turn] | None = None,
    ) -> None:
        self._past = past
        self._places = places
        self._new = new
        self._made = {} if made is None else made

    def __len__(self) -> int:
        return len(self._past) + len(self._new)

    @overload
    def __getitem__(self, index: int) -> Turn: ...

    @overload
    def __getitem__(self, index: slice) -> list[Turn]: ...

    def __getitem__(self, index: int | slice) -> Turn | list[Turn]:
        numbers = range(len(self))[index]
        if isinstance(numbers, range):
            return [self._one(number) for number in numbers]
        return self._one(numbers)

    def with_turn(self, turn: Turn) -> Turns:
        """Return these turns and one more."""
        return Turns(self._past, self._places, (*self._new, turn), self._made)

    def before(self, turn: Turn) -> Turn | None:
        """Return the turn before one of these; None for the first."""
        made = ((number, one) for number, one in list(self._made.items()) if one is turn)
        new = ((len(self._past) + at, one) for at, one in enumerate(self._new) if one is turn)
        number = next((number for number, _ in chain(made, new)), 0)
        return self[number - 1] if number else None

    def _one(self, number: int) -> Turn:
        if number >= len(self._past):
            return self._new[number - len(self._past)]
        if number not in self._made:
            message = self._past[number]
            place = self._places.of(message) if self._places else None
            is_complete = message.state == "complete"
            role = cast("Role", message.role)
            self._made[number] = Turn(role, message.kept, is_complete, place)
        return self._made[number]


class Conversation:
    """A chat with one destination in one scope; stored as it goes unless it is temporary."""

    def __init__(
        self,
        shield: Shield,
        *,
        scope: str,
        destination: str,
        policy: str,
        conversation_id: int | None = None,
        is_stored: bool = True,
        turns: Turns | None = None,
    ) -> None:
        self.shield = shield
        self.scope = scope
        self.destination = destination
        self.policy = policy
        self.id = conversation_id
        """The vault's number for it; None until something was said, or when not stored."""
        self.turns = turns or Turns()
        self.on_screen = False
        """Whether restored text goes to a screen, where guarded values stay masked."""
        self.left_out = 0
        """How many of the oldest turns were not sent along last, for want of room."""
        self._is_stored = is_stored

    @classmethod
    def start(
        cls,
        shield: Shield,
        *,
        destination: str | None = None,
        policy: str | None = None,
        scope: str | None = None,
        temporary: bool = False,
    ) -> Self:
        """Begin a chat; it has a scope of its own unless one is named.

        A temporary chat leaves no messages in the history; the ledger still tells what left.
        """
        defaults = shield.settings.default
        return cls(
            shield,
            scope=scope or f"chat-{uuid4().hex[:12]}",
            destination=destination or defaults.destination,
            policy=policy or defaults.policy,
            is_stored=not temporary,
        )

    @classmethod
    def resume(cls, shield: Shield, conversation_id: int) -> Self:
        """Go on with a stored chat.

        Raises:
            UnknownName: no conversation has that number.
        """
        stored = shield.vault.history.conversation(conversation_id)
        places = Places(shield.vault.ledger.places(conversation_id))
        turns = Turns(shield.vault.history.paged(conversation_id), places)
        return cls(
            shield,
            scope=stored.scope,
            destination=stored.destination,
            policy=stored.policy,
            conversation_id=conversation_id,
            turns=turns,
        )

    # -- sending ----------------------------------------------------------------------

    def plan(self, text: str, *, data: Sequence[Data] = ()) -> Plan:
        """Return what would be done to the next prompt; nothing is written.

        `data` are the stretches of it that the user pasted or that came from files; the guard
        looks for orders to a model in them.
        """
        return self.shield.plan(
            text, scope=self.scope, policy=self.policy, destination=self.destination, data=data
        )

    def send(self, plan: Plan) -> Reply:
        """Send the next prompt and return the reply, which is restored as it streams.

        The prompt is stored first. When sending fails the prompt stays as the last turn and
        `resend` tries again.

        Raises:
            BlockedByPolicy: a rule forbids sending; nothing was written or sent.
        """
        protected = self.shield.apply(plan)
        self._store("user", protected.kept, place=self._place(plan.destination))
        return self._exchange()

    def resend(self) -> Reply:
        """Send again a last prompt that got no reply.

        Raises:
            UsageError: the last turn is not a prompt of the user's.
        """
        if not self.turns or self.turns[-1].role != "user":
            raise UsageError("There is no unanswered prompt to send again.")
        return self._exchange()

    def hand_over(self, plan: Plan) -> tuple[Protected, int]:
        """Protect the next prompt for carrying elsewhere by hand; store and record it.

        Returns:
            The protected text and the number of its ledger entry, which is pending until
            `handed_over` says what became of it.
        """
        protected = self.shield.apply(plan)
        self._store("user", protected.kept, place=self._place(plan.destination))
        entry = self.shield.hand_over(
            protected,
            destination=self.destination,
            conversation_id=self.id,
            policy=plan.policy,
        )
        return protected, entry

    def handed_over(self, entry: int, *, how: str) -> None:
        """Settle a hand-over: the text was copied or shown for copying."""
        self.shield.vault.ledger.finish(entry, "sent", detail=how)

    def receive(self, reply_text: str) -> Restored:
        """Take a reply the user brought back by hand, store it, and return it restored."""
        scope = self._scope()
        kept = retokenise(self.shield.vault, scope, reply_text)
        self._store("assistant", kept, place=self._place(self.destination))
        return self.shield.restore(reply_text, scope=self.scope, on_screen=self.on_screen)

    # -- showing ----------------------------------------------------------------------

    def restored(self, turn: Turn) -> Restored:
        """Return a turn as its reader should see it, with the real values."""
        scope = self._scope()
        return self.shield.restore(
            turn.kept.text, scope=scope.name, on_screen=self.on_screen, is_stored=True
        )

    def restored_turns(self) -> Iterator[tuple[Turn, Restored]]:
        """Yield every turn with its restored form."""
        for turn in self.turns:
            yield turn, self.restored(turn)

    def _scope(self) -> Scope:
        return self.shield.vault.scopes.ensure(self.scope)

    def _exchange(self) -> Reply:
        settings = self.shield.settings.destinations.get(self.destination)
        room = settings.context * _CHARS_PER_TOKEN * 3 // 4 if settings else 0
        self.left_out = first_fitting(self.turns, room) if room else 0
        reply = self.shield.send(
            [self._message(turn) for turn in self.turns[self.left_out :]],
            scope=self.scope,
            policy=self.policy,
            destination=self.destination,
            conversation_id=self.id,
            on_screen=self.on_screen,
        )
        reply.on_end(self._keep_reply)
        return reply

    def _message(self, turn: Turn) -> Message:
        """Return a turn as it may go to where the chat goes now, which may be elsewhere."""
        here = self._place(self.destination)
        if here is None or turn.place == here:
            return Message(turn.role, turn.kept)
        policy = self.shield.policy(self.policy)
        index = self.shield.index(self._scope())
        return Message(turn.role, as_elsewhere(turn.kept, policy, here, index))

    def _place(self, destination: str) -> Place | None:
        settings = self.shield.settings.destinations.get(destination)
        return (settings.name, settings.reach) if settings else None

    def _keep_reply(self, reply: Reply, _error: MaskwellError | None) -> None:
        if reply.protected:
            kept = retokenise(self.shield.vault, self._scope(), reply.protected)
            place = self._place(self.destination)
            self._store("assistant", kept, place=place, is_complete=reply.state == "complete")

    def _store(
        self, role: Role, kept: Kept, *, place: Place | None, is_complete: bool = True
    ) -> None:
        self.turns = self.turns.with_turn(Turn(role, kept, is_complete, place))
        if not self._is_stored:
            return
        history = self.shield.vault.history
        with self.shield.vault.transaction():
            if self.id is None:
                self.id = history.start(
                    scope=self._scope(),
                    title=_title_of(kept),
                    destination=self.destination,
                    policy=self.policy,
                ).id
            history.append(self.id, role, kept, state="complete" if is_complete else "partial")


def first_fitting(turns: Sequence[Turn], room_chars: int) -> int:
    """Return the first turn to send so that what is sent fits into the destination's context.

    Whole exchanges are left out, the oldest first, and never the last prompt. What is left out
    stays in the history; a token that stood in it goes on meaning the same. Once there is no
    more room a quarter of it is freed at once, so that the beginning of what is sent stays the
    same for the turns that follow, and a provider's prompt cache with it.
    """
    sizes = [len(turn.kept.text) for turn in turns]
    first = held = 0
    for index, size in enumerate(sizes):
        held += size
        if held <= room_chars:
            continue
        while first < index and (held > room_chars * 3 // 4 or turns[first].role != "user"):
            held -= sizes[first]
            first += 1
    return first


def _title_of(kept: Kept) -> Kept:
    """Return the first line, cut between words and never inside a token."""
    line = kept.text.strip().partition("\n")[0]
    offset = len(kept.text) - len(kept.text.lstrip())
    end = len(line)
    if end > _TITLE_CHARS:
        end = line.rfind(" ", 0, _TITLE_CHARS) if " " in line[:_TITLE_CHARS] else _TITLE_CHARS
    for one in kept.applied:
        if one.start - offset < end < one.end - offset:
            end = one.end - offset
    applied = tuple(
        replace(one, start=one.start - offset, end=one.end - offset)
        for one in kept.applied
        if one.end - offset <= end
    )
    return Kept(line[:end] + ("…" if end < len(line) else ""), applied)
