"""A chat behind an address: any server with OpenAI's API, or Anthropic's.

This module is light; the client library, half a second of loading, comes with the first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maskwell.config import DestinationSettings
    from maskwell.destinations.base import BeforeSend, ChatRequest
    from maskwell.destinations.exchange import Exchange, ReplyStream

__all__ = ["HttpChat"]


class HttpChat:
    """A chat at an address, with or without a key."""

    is_interactive = False

    def __init__(self, settings: DestinationSettings, *, key: str | None = None) -> None:
        self._settings = settings
        self._key = key

    @property
    def name(self) -> str:
        """What the user calls it."""
        return self._settings.name

    @property
    def kind(self) -> str:
        """`openai` or `anthropic`."""
        return self._settings.kind

    @property
    def reach(self) -> str:
        """How far text goes: `local`, `trusted` or `remote`."""
        return self._settings.reach

    @property
    def model(self) -> str:
        """The model asked for."""
        return self._settings.model

    def stream(self, request: ChatRequest, *, before_send: BeforeSend) -> ReplyStream:
        """Return the reply as it streams; see `Destination.stream`."""
        return self._exchange(before_send).stream(request)

    def models(self) -> list[str]:
        """Return the models the server lists: tries address and key, and sends no text.

        Raises:
            DestinationError: as its subclass says.
        """
        return self._exchange(None).models()

    def _exchange(self, before_send: BeforeSend | None) -> Exchange:
        made: type[Exchange]
        if self._settings.kind == "anthropic":
            from maskwell.destinations.anthropic_exchange import (  # noqa: PLC0415  # loads it
                AnthropicExchange,
            )

            made = AnthropicExchange
        else:
            from maskwell.destinations.openai_exchange import (  # noqa: PLC0415  # likewise
                OpenAIExchange,
            )

            made = OpenAIExchange
        return made(self._settings, self._key, before_send)
