"""A small real HTTP server that speaks both chat APIs and plays faults on demand.

Which one is told by the path: `/v1/chat/completions` or `/v1/messages`. It runs in threads
on loopback. What it received is kept byte for byte, so that a test can look at what truly
left. A `Play` says how it answers; plays are used up one per request, the last one staying.
"""

from __future__ import annotations

import json
import socket
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable


@dataclass(frozen=True)
class Play:
    """How one request is answered."""

    pieces: tuple[str, ...] = ("Hello", " there", ".")
    status: int = 200
    content_type: str = "text/event-stream"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    """Sent instead of an event stream."""
    cut_after: int | None = None
    """Close the connection without an end after this many pieces."""
    hang_after: int | None = None
    """Say nothing more after this many pieces; -1: not even the status line."""
    finish: bool = True
    """Send the finish reason and the [DONE] line."""
    raw: bytes = b""
    """Sent after the pieces, as it is."""
    answer: Callable[[str], Iterable[str | None]] | None = None
    """Makes the pieces from the last message; at a piece of None it waits for `released`."""


@dataclass(frozen=True)
class Received:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def prompt(self) -> str:
        """The last message."""
        return str(self.json["messages"][-1]["content"])


class ChatServer:
    """A context manager: the server runs while it is open."""

    def __init__(self, *plays: Play, models: tuple[str, ...] = ("small", "large")) -> None:
        self.plays = list(plays) or [Play()]
        self.models = models
        self.received: list[Received] = []
        self.released = threading.Event()
        handler = type("Handler", (_Handler,), {"owner": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def port(self) -> int:
        return self._server.server_port

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def wrap(self, context: ssl.SSLContext) -> None:
        """Speak TLS from the next connection on."""
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def next_play(self) -> Play:
        return self.plays.pop(0) if len(self.plays) > 1 else self.plays[0]


class _Handler(BaseHTTPRequestHandler):
    owner: ChatServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base's name
        """Keep the test's output clean."""

    def do_GET(self) -> None:  # the base's name
        self._keep(b"")
        listed = {
            "object": "list",
            "data": [
                {
                    "id": one,
                    "object": "model",
                    "type": "model",
                    "display_name": one,
                    "created_at": "2024-01-01T00:00:00Z",
                    "created": 1,
                    "owned_by": "us",
                }
                for one in self.owner.models
            ],
            "has_more": False,
            "first_id": None,
            "last_id": None,
        }
        play = self.owner.next_play()
        if play.body is None and play.status == 200:
            play = Play(content_type="application/json", body=json.dumps(listed).encode())
        self._answer(play)

    def do_POST(self) -> None:  # the base's name
        self._keep(self.rfile.read(int(self.headers["content-length"])))
        self._answer(self.owner.next_play())

    def _keep(self, body: bytes) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.owner.received.append(Received(self.command, self.path, headers, body))

    def _answer(self, play: Play) -> None:
        self.close_connection = True
        try:
            if play.hang_after == -1:
                self.owner.released.wait(30)
                return
            self.send_response(play.status)
            self.send_header("content-type", play.content_type)
            for name, value in play.headers.items():
                self.send_header(name, value)
            if play.body is not None:
                self.send_header("content-length", str(len(play.body)))
                self.end_headers()
                self.wfile.write(play.body)
                return
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            self._stream(play)
        except OSError:
            return

    def _stream(self, play: Play) -> None:
        pieces = play.answer(self.owner.received[-1].prompt) if play.answer else play.pieces
        voice = _ANTHROPIC if self.path.endswith("/messages") else _OPENAI
        self._tell(voice["begin"])
        for index, piece in enumerate(pieces):
            if play.hang_after == index or piece is None:
                self.owner.released.wait(30)
                if piece is not None:
                    return
                continue
            if play.cut_after == index:
                self.wfile.flush()
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self._tell([(kind, _filled(event, piece)) for kind, event in voice["piece"]])
        if play.raw:
            self._chunk(play.raw)
        if play.finish:
            self._tell(voice["end"])
        self.wfile.write(b"0\r\n\r\n")

    def _tell(self, events: list[tuple[str, Any]]) -> None:
        for kind, event in events:
            named = f"event: {kind}\n" if kind else ""
            data = event if isinstance(event, str) else json.dumps(event)
            self._chunk(f"{named}data: {data}\n\n".encode())

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()


def _filled(event: Any, piece: str) -> Any:
    """Return an event with a piece of text where it stands for one."""
    if isinstance(event, dict):
        return {key: _filled(value, piece) for key, value in event.items()}
    if isinstance(event, list):
        return [_filled(value, piece) for value in event]
    return piece if event is _TEXT else event


def _completion(delta: dict[str, Any], reason: str | None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": reason}
    return {
        "id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "small",
        "choices": [choice],
    }  # fmt: skip


_TEXT = object()
_OPENAI: dict[str, list[tuple[str, Any]]] = {
    "begin": [],
    "piece": [("", _completion({"content": _TEXT}, None))],
    "end": [("", _completion({}, "stop")), ("", "[DONE]")],
}
_ANTHROPIC: dict[str, list[tuple[str, Any]]] = {
    "begin": [
        (
            "message_start",
            {
                "type": "message_start",
                "message": {
                    "id": "m1", "type": "message", "role": "assistant", "content": [],
                    "model": "small", "stop_reason": None, "stop_sequence": None,
                    "usage": {"input_tokens": 9, "output_tokens": 1},
                },
            },
        ),
        (
            "content_block_start",
            {
                "type": "content_block_start",
                "index": 0,
                "content_block": {"type": "text", "text": ""},
            },
        ),
        ("ping", {"type": "ping"}),
    ],
    "piece": [
        (
            "content_block_delta",
            {
                "type": "content_block_delta",
                "index": 0,
                "delta": {"type": "text_delta", "text": _TEXT},
            },
        )
    ],
    "end": [
        ("content_block_stop", {"type": "content_block_stop", "index": 0}),
        (
            "message_delta",
            {
                "type": "message_delta",
                "delta": {"stop_reason": "end_turn", "stop_sequence": None},
                "usage": {"output_tokens": 12},
            },
        ),
        ("message_stop", {"type": "message_stop"}),
    ],
}  # fmt: skip
