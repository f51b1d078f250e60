"""Asking a server and reading its reply to the end, whatever the end is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maskwell.config import DestinationSettings
from maskwell.destinations import ChatMessage, ChatRequest, build
from maskwell.errors import MaskwellError

if TYPE_CHECKING:
    from maskwell.destinations import Outgoing
    from support.chat_server import ChatServer

REQUEST = ChatRequest((ChatMessage("user", "Dear [PERSON_1QX], über 30 €?"),))


@dataclass
class Outcome:
    """What reading a reply gave."""

    pieces: list[str]
    error: MaskwellError | None
    outgoing: list[Outgoing]

    @property
    def bodies(self) -> list[bytes]:
        return [one.body for one in self.outgoing]

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def settings_for(server: ChatServer, **changes: Any) -> DestinationSettings:
    values: dict[str, Any] = {"name": "acme", "kind": "openai", "base_url": server.url}
    return DestinationSettings(**{**values, "model": "small", "timeout_s": 5.0, **changes})


def ask(server: ChatServer, *, key: str | None = None, **changes: Any) -> Outcome:
    outcome = Outcome([], None, [])
    destination = build(settings_for(server, **changes), key=key)
    try:
        for piece in destination.stream(REQUEST, before_send=outcome.outgoing.append):
            outcome.pieces.append(piece)
    except MaskwellError as error:
        outcome.error = error
    return outcome
