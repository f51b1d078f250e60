"""Anthropic's messages, as its official client speaks them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import anthropic
from anthropic.types import Message, RawMessageStreamEvent

from maskwell.destinations.exchange import END, Exchange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.destinations.base import ChatRequest

__all__ = ["AnthropicExchange"]

DEFAULT_MAX_TOKENS = 4096
"""This API wants a limit with every request; it is what every model of its takes."""

# With ANTHROPIC_LOG=debug in the environment the library would print what is sent.
logging.getLogger("anthropic").setLevel(logging.CRITICAL)


class AnthropicExchange(Exchange):
    """One request to Anthropic's API."""

    library = anthropic
    headers = frozenset({"anthropic-version"})

    def made_client(self, key: str, http_client: Any) -> Any:
        """Return Anthropic's client; what it finds in the environment never leaves."""
        return anthropic.Anthropic(
            api_key=key,
            base_url=self._settings.base_url.rstrip("/").removesuffix("/v1"),
            max_retries=0,
            http_client=http_client,
        )

    def asked(self, request: ChatRequest) -> Any:
        """Send the conversation with its system messages as the system prompt.

        The fields go out in the order of the messages, system first, since that is how what
        was sent is looked up for the ledger.
        """
        system = [one.content for one in request.messages if one.role == "system"]
        turns = [
            {"role": one.role, "content": one.content}
            for one in request.messages
            if one.role != "system"
        ]
        blocks = [{"type": "text", "text": text} for text in system]
        return self._client.post(
            "/v1/messages",
            cast_to=Message,
            body={
                "model": self._settings.model,
                "max_tokens": self._settings.max_tokens or DEFAULT_MAX_TOKENS,
                "stream": True,
                **({"system": blocks} if blocks else {}),
                "messages": turns,
            },
            stream=True,
            stream_cls=anthropic.Stream[RawMessageStreamEvent],
        )

    def events(self, stream: Any) -> Iterator[str | None]:
        """Yield the text of text blocks; a model's thinking is no part of its reply."""
        for event in stream:
            if event.type == "content_block_delta" and event.delta.type == "text_delta":
                yield str(event.delta.text)
            elif event.type == "message_stop":
                yield END

    def whole(self, reply: Any) -> str:
        """Return the text of all text blocks."""
        return "".join(one["text"] for one in reply["content"] if one["type"] == "text")
