"""One HTTP connection that does only what it was asked to.

Redirects are not followed, proxies and keys in the environment are not used, certificates
are checked, every wait has an end, and a reply has a largest size. Headers that tell about
this machine are left out. The exact body is shown to the caller before it leaves.
"""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING, Any

import httpx

from maskwell.errors import DestinationRefused, StreamBroken

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

    from maskwell.destinations.base import BeforeSend

__all__ = ["MAX_REPLY_BYTES", "Wire"]

CONNECT_TIMEOUT_S = 10.0
MAX_REPLY_BYTES = 64 * 1024 * 1024
_HEADERS = frozenset(
    {"host", "accept", "connection", "content-type", "content-length", "authorization"}
)


class Wire:
    """The connection of one reply. `hang_up` may be called from any thread."""

    def __init__(
        self, *, url: str, timeout_s: float, with_key: bool, before_send: BeforeSend | None
    ) -> None:
        self._before_send = before_send
        self._headers = _HEADERS if with_key else _HEADERS - {"authorization"}
        self._hung_up = threading.Event()
        self._sockets: list[socket.socket] = []
        self.client = httpx.Client(
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(timeout_s, connect=CONNECT_TIMEOUT_S),
            verify=_certificates() if url.startswith("https:") else False,
            event_hooks={"request": [self._on_request], "response": [self._on_response]},
        )

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

    def _on_request(self, request: httpx.Request) -> None:
        for name in list(request.headers):
            if name.lower() not in self._headers:
                del request.headers[name]
        request.headers["user-agent"] = "maskwell"
        request.headers["accept-encoding"] = "identity"
        request.extensions = {**request.extensions, "trace": self._on_trace}
        if self._before_send is not None:
            self._before_send(request.read())
        self._check()

    def _on_trace(self, event: str, info: dict[str, Any]) -> None:
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._sockets.append(info["return_value"].get_extra_info("socket"))
            self._check()

    def _check(self) -> None:
        if self.is_hung_up:
            raise StreamBroken("The reply was stopped before it began.")

    def _on_response(self, response: httpx.Response) -> None:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise DestinationRefused(
                "The server answered in a compressed form that was not asked for."
            )
        response.stream = _Limited(response.stream)


class _Limited(httpx.SyncByteStream):
    """A response body that ends in an error when it grows beyond all measure."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._stream:
            size += len(chunk)
            if size > MAX_REPLY_BYTES:
                raise StreamBroken(
                    f"The reply grew beyond {MAX_REPLY_BYTES // 1024**2} MiB and was stopped; "
                    "what came before is kept."
                )
            yield chunk

    def close(self) -> None:
        self._stream.close()


def _certificates() -> ssl.SSLContext:
    """Return a context that trusts the public roots and those this system trusts."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context
