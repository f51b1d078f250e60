"""One exchange with a destination: rescan, record, send, restore, settle.

Invariant: `before_send` runs for every attempt, and unless the rescan passes and the ledger
has the exact bytes, the attempt is stopped before a byte leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maskwell.destinations import ChatMessage, ChatRequest
from maskwell.masking import StreamRestorer, render
from maskwell.policy import Action
from maskwell.shield.disclosure import alone, digest_of, kept_request
from maskwell.shield.knowledge import check_egress, check_request
from maskwell.shield.refusing import refusals_noted
from maskwell.shield.reply import Reply
from maskwell.vault import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from maskwell.destinations import Destination, Outgoing
    from maskwell.detection import Finding
    from maskwell.entity_types import EntityType
    from maskwell.errors import MaskwellError
    from maskwell.shield.knowledge import ScopeIndex
    from maskwell.shield.limiting import Meter
    from maskwell.vault import Scope, Vault
    from maskwell.vault.history import Role
    from maskwell.vault.ledger import Outcome

__all__ = ["MODEL_NOTE", "Exchange", "Message"]

MODEL_NOTE = (
    "Words in square brackets such as [PERSON_7QX] stand for something private. "
    "Wherever you mention one, write it exactly as it stands."
)
"""Sent as the system message of a request that holds tokens."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a request: who speaks, and what is kept of it."""

    role: Role
    kept: Kept


class Exchange:
    """One request to one destination, from its turns to its settled ledger entries."""

    def __init__(
        self,
        vault: Vault,
        destination: Destination,
        messages: Sequence[Message],
        *,
        index: ScopeIndex,
        scope: Scope,
        policy: str,
        conversation_id: int | None,
        guarded: frozenset[EntityType] = frozenset(),
        detect: Callable[[str], Sequence[Finding]] | None = None,
        meter: Meter | None = None,
    ) -> None:
        self._vault = vault
        self._destination = destination
        self._index = index
        self._scope = scope
        self._policy = policy
        self._conversation_id = conversation_id
        self._guarded = guarded
        self._detect = detect
        self._meter = meter
        self._sent_bytes = 0
        self._messages = _with_note(messages)
        self._texts = [render(vault, scope, message.kept) for message in self._messages]
        self._entries: list[int] = []

    def reply(self) -> Reply:
        """Return the reply; the request goes out when it is first read."""
        turns = zip(self._messages, self._texts, strict=True)
        request = ChatRequest(tuple(ChatMessage(m.role, text) for m, text in turns))
        chunks = self._destination.stream(request, before_send=self._before_send)
        restorer = StreamRestorer(self._vault, self._scope, guarded=self._guarded)
        sent = [message.kept for message in self._messages]
        return Reply(iter(chunks), restorer, self._settle, self._detect, sent=sent)

    def _before_send(self, outgoing: Outgoing) -> None:
        body = outgoing.body
        self._settle_retried()
        with refusals_noted(self._vault, self._destination.name, cause="egress"):
            check_egress(self._index, self._messages[-1].kept, self._texts[-1])
            passed = [*self._texts[:-1], *self._kept_values()]
            check_request(self._vault, self._scope, outgoing, passed)
        if self._meter is not None:
            self._meter.admit(input_chars=len(self._texts[-1]), body_bytes=len(body))
        sent = [(text, m.kept) for text, m in zip(self._texts, self._messages, strict=True)]
        entry = self._vault.ledger.begin(
            destination=self._destination.name,
            reach=self._destination.reach,
            model=self._destination.model,
            scope=self._scope,
            conversation_id=self._conversation_id,
            policy=self._policy,
            kept=kept_request(body, sent),
            byte_count=len(body),
            digest=digest_of(body),
        )
        self._entries.append(entry)
        self._sent_bytes += len(body)

    def _kept_values(self) -> list[str]:
        """Return the values of the new turn that leave because policy or user said so."""
        kept = self._messages[-1].kept
        return [
            render(self._vault, self._scope, alone(kept, one))
            for one in kept.applied
            if one.action == Action.KEEP
        ]

    def _settle_retried(self) -> None:
        for entry in self._entries:
            self._vault.ledger.finish(entry, "failed", detail="tried again")
        self._entries.clear()

    def _settle(self, reply: Reply, error: MaskwellError | None) -> None:
        """Say in the ledger how the last attempt ended; bytes that left stay told."""
        outcome: Outcome = "sent" if reply.state == "complete" or reply.protected else "cancelled"
        detail = "" if reply.state == "complete" else "stopped"
        if error is not None:
            outcome = "sent" if reply.protected else "failed"
            detail = type(error).__name__
        for entry in self._entries:
            self._vault.ledger.finish(entry, outcome, detail=detail)
        self._entries.clear()
        if self._meter is not None and self._sent_bytes:
            reply_bytes = len(reply.protected.encode("utf-8", "surrogatepass"))
            self._meter.count(body_bytes=self._sent_bytes, reply_bytes=reply_bytes)


def _holds_tokens(message: Message) -> bool:
    """Whether a turn leaves with tokens in it; what is kept or stood in for has none."""
    return any(one.rendering is None and one.action != Action.KEEP for one in message.kept.applied)


def _with_note(messages: Sequence[Message]) -> list[Message]:
    if any(map(_holds_tokens, messages)):
        return [Message("system", Kept(MODEL_NOTE)), *messages]
    return list(messages)
