"""A small real server on loopback that gives out files as a model hub does."""

from __future__ import annotations

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

REVISION = "0123456789abcdef0123456789abcdef01234567"


class HubServer:
    """A context manager; `files` are served at `REVISION` of any repository."""

    def __init__(self, files: dict[str, bytes], *, promised: str = "") -> None:
        self.files = files
        self.promised = promised
        """The SHA-256 it names for every file, when not the true one."""
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        handler = type("Handler", (_Handler,), {"owner": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    owner: HubServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base's name
        """Keep the test's output clean."""

    def do_HEAD(self) -> None:  # the base's name
        self._answer(with_body=False)

    def do_GET(self) -> None:  # the base's name
        self._answer(with_body=True)

    def _answer(self, *, with_body: bool) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.owner.asked.append((self.command, self.path, headers))
        self.close_connection = True
        _where, _, name = self.path.partition("?")[0].partition(f"/resolve/{REVISION}/")
        data = self.owner.files.get(name)
        if data is None:
            self.send_response(404)
            self.send_header("x-error-code", "EntryNotFound" if name else "RevisionNotFound")
            self.send_header("content-length", "0")
            self.end_headers()
            return
        digest = self.owner.promised or hashlib.sha256(data).hexdigest()
        self.send_response(200)
        self.send_header("connection", "close")
        self.send_header("x-repo-commit", REVISION)
        self.send_header("etag", f'"{digest}"')
        self.send_header("x-linked-etag", f'"{digest}"')
        self.send_header("x-linked-size", str(len(data)))
        self.send_header("content-length", str(len(data)))
        self.send_header("content-type", "application/octet-stream")
        self.end_headers()
        if with_body:
            self.wfile.write(data)
