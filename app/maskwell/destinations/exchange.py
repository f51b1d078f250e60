"""One exchange with an HTTP model server, from the request to the end of its reply.

Failures before the first byte of an answer that are safe to repeat are retried with growing
pauses; after it nothing is, so no text is ever doubled. What one API says differently from
another is in the subclasses.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from maskwell.destinations import failures
from maskwell.destinations.wire import Wire, http_of
from maskwell.errors import DestinationError, InputUnreadable, MaskwellError, StreamBroken

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from maskwell.config import DestinationSettings
    from maskwell.destinations.base import BeforeSend, ChatRequest

__all__ = ["END", "Exchange", "ReplyStream"]

_RETRY_PAUSES_S = (0.5, 1.5)
_LONGEST_PAUSE_S = 10.0
"""A server that asks for a longer pause is not waited for: the user is told instead."""
_RETRIED = frozenset({408, 409, 429, 500, 502, 503, 504, 529})
_MISSHAPEN = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What reading a malformed answer raises inside the client library."""
END = None
"""What `events` yields when the server said that the reply is complete."""


class Exchange(ABC):
    """One request to one server."""

    library: Any
    """The API's official client library."""
    headers: frozenset[str] = frozenset()
    """What it sends beside what every request needs."""

    def __init__(
        self, settings: DestinationSettings, key: str | None, before_send: BeforeSend | None
    ) -> None:
        self._settings = settings
        self._with_key = bool(key)
        self._wire = Wire(
            http_of(self.library.DefaultHttpxClient),
            url=settings.base_url,
            timeout_s=settings.timeout_s,
            headers=self.headers,
            key=key,
            proxy=settings.proxy,
            before_send=before_send,
        )
        self._client = self.made_client(key or "none", self._wire.client)

    # -- what an API says in its own way ----------------------------------------------

    @abstractmethod
    def made_client(self, key: str, http_client: Any) -> Any:
        """Return the library's client; it retries nothing."""

    @abstractmethod
    def asked(self, request: ChatRequest) -> Any:
        """Send the request and return the library's stream."""

    @abstractmethod
    def events(self, stream: Any) -> Iterator[str | None]:
        """Yield the pieces of text in a stream, and `END` when the server says it is over."""

    @abstractmethod
    def whole(self, reply: Any) -> str:
        """Return the text of a reply that came as one JSON value."""

    # -- what is the same for all -----------------------------------------------------

    def stream(self, request: ChatRequest) -> ReplyStream:
        """Return the reply; the request leaves when it is first read."""
        return ReplyStream(self._pieces(request), self._wire)

    def models(self) -> list[str]:
        """Return the names of the models the server lists."""
        try:
            return sorted(str(one.id) for one in self._client.models.list().data)
        except self.library.APIStatusError as error:
            raise self._refusal(error) from error
        except self.library.APIConnectionError as error:
            raise failures.ours(error) or failures.unreachable(error, self._settings) from error
        except (self.library.APIError, *_MISSHAPEN) as error:
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

    def _opened(self, request: ChatRequest) -> Any:
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

    def _attempt(self, request: ChatRequest) -> Any:
        try:
            return self.asked(request)
        except UnicodeEncodeError as error:
            raise InputUnreadable(
                "The text holds half a character (a lone surrogate) and cannot be sent."
            ) from error
        except self.library.APIStatusError as error:
            refused = self._refusal(error)
            if error.status_code in _RETRIED and failures.code_of(error) != "insufficient_quota":
                raise _TryAgain(refused, failures.retry_after_s(error)) from error
            raise refused from error
        except self.library.APIConnectionError as error:
            if ours := failures.ours(error):
                raise ours from error
            if self._wire.is_hung_up:
                raise StreamBroken("The reply was stopped before it began.") from error
            failed = failures.unreachable(error, self._settings)
            # A connection that was never made is safe to try again; silence is not.
            if failures.may_connect_later(error):
                raise _TryAgain(failed) from error
            raise failed from error

    def _refusal(self, error: Any) -> DestinationError:
        return failures.refusal(error, self._settings, with_key=self._with_key)

    def _whole(self, stream: Any) -> str:
        """Return the reply of a server that does not stream."""
        try:
            return self.whole(json.loads(stream.response.read()))
        except _MISSHAPEN as error:
            raise failures.not_a_reply("application/json", self._settings) from error
        except self._http_error as error:
            raise failures.broken(None, self._settings) from error

    def _streamed(self, stream: Any) -> Generator[str, None, None]:
        is_finished = False
        try:
            for text in self.events(stream):
                if text:
                    yield text
                is_finished = is_finished or text is END
        except (self.library.APIError, self._http_error, *_MISSHAPEN) as error:
            if ours := failures.ours(error):
                raise ours from error
            if self._wire.is_hung_up:
                raise StreamBroken("The reply was stopped; what came before is kept.") from error
            raise failures.broken(error, self._settings) from error
        if not is_finished:
            raise failures.broken(None, self._settings)

    @property
    def _http_error(self) -> Any:
        return http_of(self.library.DefaultHttpxClient).HTTPError


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
