"""What every destination takes and gives, whatever it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["BeforeSend", "ChatMessage", "ChatRequest", "Destination", "Outgoing", "ReplyPieces"]


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message of a request, as it leaves."""

    role: str
    """`system`, `user` or `assistant`."""
    content: str


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """The whole conversation as one request; the last message is the new one."""

    messages: tuple[ChatMessage, ...]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One attempt at a request: everything about to leave, but for the API key itself."""

    body: bytes
    """The exact bytes."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names and values; where the destination's own key stood in one, it is left out."""
    url: str = ""
    """The address with its query; "" when nothing goes over a network."""


class ReplyPieces(Protocol):
    """A reply's text, piece by piece as it streams."""

    def __iter__(self) -> Iterator[str]: ...  # the class says it

    def __next__(self) -> str: ...  # the class says it

    def close(self) -> None:
        """Stop the reply. May be called twice, and from another thread than the reader's."""


if TYPE_CHECKING:
    BeforeSend = Callable[[Outgoing], None]
    """Called with every attempt before it leaves; raising stops it."""


class Destination(Protocol):
    """A place that answers a chat."""

    @property
    def name(self) -> str:
        """What the user calls it."""

    @property
    def kind(self) -> str:
        """What it is made of: `openai`, `anthropic`, `llama`, `clipboard`."""

    @property
    def reach(self) -> str:
        """How far text goes: `local`, `trusted` or `remote`."""

    @property
    def model(self) -> str:
        """The model that answers, "" when it is not known."""

    @property
    def is_interactive(self) -> bool:
        """Whether the user carries text there and back by hand; then `stream` is not for it."""

    def models(self) -> list[str]:
        """Return the models it lists, which tries address and key and sends no text.

        Raises:
            DestinationError: as its subclass says.
        """

    def stream(self, request: ChatRequest, *, before_send: BeforeSend) -> ReplyPieces:
        """Return the reply; nothing is sent until it is first read.

        Raises (from reading):
            DestinationError: as its subclass says. After StreamBroken, what came is valid.
            Whatever `before_send` raises: nothing was sent in that attempt.
        """
