"""One exchange with an OpenAI-compatible server, from the request to the end of its reply.

Failures before the first byte of an answer that are safe to repeat are retried with growing
pauses; after it nothing is, so no text is ever doubled.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any, cast

import httpx
import openai

from maskwell.destinations import failures
from maskwell.destinations.wire import Wire
from maskwell.errors import DestinationError, InputUnreadable, MaskwellError, StreamBroken

if TYPE_CHECKING:
    from collections.abc import Generator

    from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam

    from maskwell.config import DestinationSettings
    from maskwell.destinations.base import BeforeSend, ChatRequest

__all__ = ["Exchange", "ReplyStream"]

_RETRY_PAUSES_S = (0.5, 1.5)
_LONGEST_PAUSE_S = 10.0
"""A server that asks for a longer pause is not waited for: the user is told instead."""
_RETRIED = frozenset({408, 409, 429, 500, 502, 503, 504})
_MISSHAPEN = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What reading a malformed answer raises inside the client library."""

# With OPENAI_LOG=debug in the environment the library would print what is sent.
logging.getLogger("openai").setLevel(logging.CRITICAL)


class Exchange:
    """One request to one server."""

    def __init__(
        self, settings: DestinationSettings, key: str | None, before_send: BeforeSend | None
    ) -> None:
        self._settings = settings
        self._with_key = bool(key)
        self._wire = Wire(
            url=settings.base_url,
            timeout_s=settings.timeout_s,
            with_key=self._with_key,
            before_send=before_send,
        )
        self._client = openai.OpenAI(
            api_key=key or "none",
            base_url=settings.base_url,
            max_retries=0,
            http_client=cast("Any", self._wire.client),
        )

    def stream(self, request: ChatRequest) -> ReplyStream:
        """Return the reply; the request leaves when it is first read."""
        return ReplyStream(self._pieces(request), self._wire)

    def models(self) -> list[str]:
        """Return the names of the models the server lists."""
        try:
            return sorted(str(one.id) for one in self._client.models.list().data)
        except openai.APIStatusError as error:
            raise self._refusal(error) from error
        except openai.APIConnectionError as error:
            raise failures.unreachable(error, self._settings) from error
        except (openai.APIError, *_MISSHAPEN) as error:
            raise failures.not_a_reply("", self._settings) from error
        finally:
            self._wire.close()

    def _pieces(self, request: ChatRequest) -> Generator[str, None, None]:
        try:
            stream = self._opened(request)
            content_type = stream.response.headers.get("content-type", "").lower()
            if content_type.startswith("text/event-stream"):
                yield from self._streamed(stream)
            elif content_type.startswith("application/json"):
                yield self._whole(stream)
            else:
                raise failures.not_a_reply(content_type, self._settings)
        finally:
            self._wire.close()

    def _opened(self, request: ChatRequest) -> openai.Stream[ChatCompletionChunk]:
        """Send the request, again where that is safe, until an answer begins."""
        for pause in _RETRY_PAUSES_S:
            try:
                return self._attempt(request)
            except _TryAgain as again:
                wait = pause if again.after_s is None else again.after_s
                if wait > _LONGEST_PAUSE_S or self._wire.is_hung_up:
                    raise again.error from again
                self._wire.wait(wait)
        try:
            return self._attempt(request)
        except _TryAgain as again:
            raise again.error from again

    def _attempt(self, request: ChatRequest) -> openai.Stream[ChatCompletionChunk]:
        messages = [{"role": one.role, "content": one.content} for one in request.messages]
        try:
            return self._client.chat.completions.create(
                model=self._settings.model or "default",
                messages=cast("list[ChatCompletionMessageParam]", messages),
                stream=True,
            )
        except UnicodeEncodeError as error:
            raise InputUnreadable(
                "The text holds half a character (a lone surrogate) and cannot be sent."
            ) from error
        except openai.APIStatusError as error:
            refused = self._refusal(error)
            if error.status_code in _RETRIED and error.code != "insufficient_quota":
                raise _TryAgain(refused, failures.retry_after_s(error)) from error
            raise refused from error
        except openai.APIConnectionError as error:
            if self._wire.is_hung_up:
                raise StreamBroken("The reply was stopped before it began.") from error
            failed = failures.unreachable(error, self._settings)
            # A connection that was never made is safe to try again; silence is not.
            if failures.may_connect_later(error):
                raise _TryAgain(failed) from error
            raise failed from error

    def _refusal(self, error: openai.APIStatusError) -> DestinationError:
        return failures.refusal(error, self._settings, with_key=self._with_key)

    def _whole(self, stream: openai.Stream[ChatCompletionChunk]) -> str:
        """Return the reply of a server that does not stream."""
        try:
            reply = json.loads(stream.response.read())
            return str(reply["choices"][0]["message"]["content"] or "")
        except _MISSHAPEN as error:
            raise failures.not_a_reply("application/json", self._settings) from error
        except httpx.HTTPError as error:
            raise failures.broken(None, self._settings) from error

    def _streamed(self, stream: openai.Stream[ChatCompletionChunk]) -> Generator[str, None, None]:
        is_finished = False
        try:
            for chunk in stream:
                for choice in chunk.choices[:1]:
                    if text := choice.delta.content:
                        yield str(text)
                    is_finished = is_finished or choice.finish_reason is not None
        except (openai.APIError, *_MISSHAPEN) as error:
            if self._wire.is_hung_up:
                raise StreamBroken("The reply was stopped; what came before is kept.") from error
            raise failures.broken(error, self._settings) from error
        if not is_finished:
            raise failures.broken(None, self._settings)


class ReplyStream:
    """A reply's pieces; `close` may come from another thread while one is waited for."""

    def __init__(self, pieces: Generator[str, None, None], wire: Wire) -> None:
        self._pieces = pieces
        self._wire = wire

    def __iter__(self) -> ReplyStream:
        return self

    def __next__(self) -> str:
        return next(self._pieces)

    def close(self) -> None:
        """Cut the connection and end the reply. Closing twice is harmless."""
        self._wire.hang_up()
        try:
            self._pieces.close()
        except ValueError:
            # The reader is inside it; the cut connection wakes it, and it cleans up itself.
            return


class _TryAgain(MaskwellError):
    """An attempt failed in a way that is safe to repeat; never leaves this module."""

    def __init__(self, error: DestinationError, after_s: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.after_s = after_s
