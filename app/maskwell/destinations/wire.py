"""One HTTP connection that does only what it was asked to.

Redirects are not followed, proxies and keys in the environment are not used, certificates
are checked, every wait has an end, and a reply has a largest size. Headers that tell about
this machine are left out. All that leaves is shown to the caller before it does.
"""

from __future__ import annotations

import importlib
import socket
import threading
from typing import TYPE_CHECKING, Any

from maskwell.destinations.base import Outgoing
from maskwell.errors import DestinationRefused, StreamBroken

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

    from maskwell.destinations.base import BeforeSend

__all__ = ["MAX_REPLY_BYTES", "Wire", "certificates", "http_of"]

CONNECT_TIMEOUT_S = 10.0
MAX_REPLY_BYTES = 64 * 1024 * 1024
_HEADERS = frozenset({"host", "accept", "connection", "content-type", "content-length"})
_KEY_HEADERS = frozenset({"authorization", "x-api-key"})
"""Sent only where the destination's own key stands in them, not one from the environment."""


def http_of(client_class: type) -> Any:
    """Return the HTTP package a library's client class comes from; any client must, too."""
    bases = [base.__module__.partition(".")[0] for base in client_class.__mro__]
    return importlib.import_module(next(name for name in bases if name.startswith("httpx")))


class Wire:
    """The connection of one reply. `hang_up` may be called from any thread."""

    def __init__(
        self,
        http: Any,
        *,
        url: str,
        timeout_s: float,
        headers: frozenset[str] = frozenset(),
        key: str | None = None,
        proxy: str = "",
        before_send: BeforeSend | None,
    ) -> None:
        """Prepare a connection.

        Args:
            http: the package of the HTTP client, as `http_of` gives it.
            url: the address it is for.
            timeout_s: the longest silence.
            headers: what may be sent beside what every request needs, in lower case.
            key: the API key, which is left out of what `before_send` is shown.
            proxy: the address of the proxy to go through, "" for none.
            before_send: is shown every request.
        """
        self._before_send = before_send
        self._headers = _HEADERS | headers
        self._key = key
        self._hung_up = threading.Event()
        self._sockets: list[socket.socket] = []
        self.client = http.Client(
            trust_env=False,
            follow_redirects=False,
            timeout=http.Timeout(timeout_s, connect=CONNECT_TIMEOUT_S),
            # An attempt never meets the dying connection of the one before.
            limits=http.Limits(max_keepalive_connections=0),
            verify=certificates(http) if url.startswith("https:") else False,
            proxy=proxy or None,
            event_hooks={"request": [self._on_request], "response": [self._on_response]},
        )
        self._stream_class = _limited_stream(http)

    @property
    def is_hung_up(self) -> bool:
        """Whether `hang_up` was called."""
        return self._hung_up.is_set()

    def wait(self, seconds: float) -> None:
        """Wait, or less when hung up meanwhile."""
        self._hung_up.wait(seconds)

    def hang_up(self) -> None:
        """Cut the connection, waking a thread that reads from it."""
        self._hung_up.set()
        for one in self._sockets:
            try:
                # The base class's method: an SSL socket's own would pull the session from
                # under the reading thread.
                socket.socket.shutdown(one, socket.SHUT_RDWR)
            except OSError:
                continue

    def close(self) -> None:
        """Release everything; by the reading thread, when it is done."""
        self._sockets.clear()
        self.client.close()

    def _on_request(self, request: Any) -> None:
        for name, value in list(request.headers.items()):
            is_ours = self._key and name.lower() in _KEY_HEADERS and self._key in value
            if name.lower() not in self._headers and not is_ours:
                del request.headers[name]
        request.headers["user-agent"] = "maskwell"
        request.headers["accept-encoding"] = "identity"
        request.extensions = {**request.extensions, "trace": self._on_trace}
        if self._before_send is not None:
            self._before_send(self._outgoing(request))
        self._check()

    def _outgoing(self, request: Any) -> Outgoing:
        headers = {
            name: value.replace(self._key, "") if self._key else value
            for name, value in request.headers.items()
        }
        return Outgoing(request.read(), headers, str(request.url))

    def _on_trace(self, event: str, info: dict[str, Any]) -> None:
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._sockets.append(info["return_value"].get_extra_info("socket"))
            self._check()

    def _check(self) -> None:
        if self.is_hung_up:
            raise StreamBroken("The reply was stopped before it began.")

    def _on_response(self, response: Any) -> None:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise DestinationRefused(
                "The server answered in a compressed form that was not asked for."
            )
        response.stream = self._stream_class(response.stream)


def _limited_stream(http: Any) -> Any:
    """Return a class of response bodies that end in an error when they grow beyond all measure."""

    class Limited(http.SyncByteStream):  # type: ignore[misc]  # its base is known when it runs
        def __init__(self, stream: Any) -> None:
            self._stream = stream

        def __iter__(self) -> Iterator[bytes]:
            size = 0
            for chunk in self._stream:
                size += len(chunk)
                if size > MAX_REPLY_BYTES:
                    raise StreamBroken(
                        f"The reply grew beyond {MAX_REPLY_BYTES // 1024**2} MiB and was "
                        "stopped; what came before is kept."
                    )
                yield chunk

        def close(self) -> None:
            self._stream.close()

    return Limited


def certificates(http: Any) -> ssl.SSLContext:
    """Return a context that trusts the public roots and those this system trusts."""
    context: ssl.SSLContext = http.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context
