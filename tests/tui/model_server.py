"""A small real server on loopback that answers chats as a model would: with the tokens it got.

`answer` makes the reply's pieces from the last message; the server streams them as the
OpenAI protocol does. What it received is kept byte for byte.
"""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TOKEN = re.compile(r"\[[A-Z]+_\d+[A-Z]{2}(?::\w+)?\]")


def polite(prompt: str) -> Iterable[str]:
    """Answer with every token of the prompt, in pieces that cut them."""
    tokens = list(dict.fromkeys(TOKEN.findall(prompt)))
    reply = "Dear " + ", ".join(tokens) + ",\n\n**thank you** for writing."
    return [reply[at : at + 7] for at in range(0, len(reply), 7)]


class ModelServer:
    """A context manager: the server runs while it is open."""

    def __init__(self, answer: Callable[[str], Iterable[str]] = polite) -> None:
        self.answer = answer
        self.received: list[bytes] = []
        self.going_on = threading.Event()
        """Set it to let a reply that waits go on; `None` as a piece waits."""
        handler = type("Handler", (_Handler,), {"owner": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def config(self) -> str:
        """Settings that make this server the default destination."""
        url = f"http://127.0.0.1:{self._server.server_port}/v1"
        return (
            '[default]\ndestination = "desk"\n'
            f'[destinations.desk]\nkind = "openai"\nbase_url = "{url}"\nmodel = "small"\n'
        )

    @property
    def prompts(self) -> list[str]:
        """The last message of each request."""
        return [json.loads(body)["messages"][-1]["content"] for body in self.received]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.going_on.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    owner: ModelServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base's name
        """Keep the test's output clean."""

    def do_POST(self) -> None:  # the base's name
        body = self.rfile.read(int(self.headers["content-length"]))
        self.owner.received.append(body)
        self.close_connection = True
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        try:
            for piece in self.owner.answer(json.loads(body)["messages"][-1]["content"]):
                if piece is None:
                    self.owner.going_on.wait(30)
                else:
                    self._event({"delta": {"content": piece}, "finish_reason": None})
            self._event({"delta": {}, "finish_reason": "stop"})
            self.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            return

    def _event(self, choice: dict[str, Any]) -> None:
        event = {
            "id": "c1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "small",
            "choices": [{"index": 0, **choice}],
        }
        self.wfile.write(b"data: " + json.dumps(event).encode() + b"\n\n")
        self.wfile.flush()
