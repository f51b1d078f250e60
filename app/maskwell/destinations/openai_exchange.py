"""OpenAI's chat completions, as its official client speaks them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import openai

from maskwell.destinations.exchange import END, Exchange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.destinations.base import ChatRequest

__all__ = ["OpenAIExchange"]

# With OPENAI_LOG=debug in the environment the library would print what is sent.
logging.getLogger("openai").setLevel(logging.CRITICAL)


class OpenAIExchange(Exchange):
    """One request to a server with OpenAI's API."""

    library = openai

    def made_client(self, key: str, http_client: Any) -> Any:
        """Return OpenAI's client."""
        return openai.OpenAI(
            api_key=key,
            base_url=self._settings.base_url,
            max_retries=0,
            http_client=http_client,
        )

    def asked(self, request: ChatRequest) -> Any:
        """Send the conversation as it is."""
        messages: Any = [{"role": one.role, "content": one.content} for one in request.messages]
        more: dict[str, Any] = {}
        if self._settings.max_tokens:
            more["max_tokens"] = self._settings.max_tokens
        return self._client.chat.completions.create(
            model=self._settings.model or "default", messages=messages, stream=True, **more
        )

    def events(self, stream: Any) -> Iterator[str | None]:
        """Yield the first choice's text."""
        for chunk in stream:
            for choice in chunk.choices[:1]:
                if text := choice.delta.content:
                    yield str(text)
                if choice.finish_reason is not None:
                    yield END

    def whole(self, reply: Any) -> str:
        """Return the first choice's text."""
        return str(reply["choices"][0]["message"]["content"] or "")
