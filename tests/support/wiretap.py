"""Every byte that leaves, as it leaves: a relay between a client and a server on loopback.

And `forms_of`, an oracle of its own: the ways a value could be written on a wire, made with
nothing of the code under test.
"""

from __future__ import annotations

import base64
import json
import socket
import threading
from contextlib import suppress
from typing import Self
from urllib.parse import quote, quote_plus


class Wiretap:
    """A context manager that relays connections to `port` and keeps what clients send."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._sent: list[bytes] = []
        self._threads: list[threading.Thread] = []
        self.connections = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}/v1"

    @property
    def sent(self) -> bytes:
        """All bytes of all clients."""
        with self._lock:
            return b"".join(self._sent)

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def _start(self, work: object, *given: object) -> None:
        thread = threading.Thread(target=work, args=given, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._start(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", self._target)) as server:
            back = threading.Thread(target=self._relay, args=(server, client), daemon=True)
            back.start()
            self._relay(client, server, is_client=True)
            back.join(30)

    def _relay(self, source: socket.socket, sink: socket.socket, is_client: bool = False) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                if is_client:
                    with self._lock:
                        self._sent.append(data)
                sink.sendall(data)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)


def forms_of(value: str) -> set[bytes]:
    """Return how a value may stand in bytes: plain, in other encodings, escaped, or coded."""
    plain = value.encode()
    forms = {
        plain,
        value.encode("utf-16-le"),
        value.encode("utf-16-be"),
        plain.hex().encode(),
        plain.hex().upper().encode(),
        plain.hex(" ").encode(),
        quote(value, safe="").encode(),
        quote_plus(value).encode(),
        json.dumps(value)[1:-1].encode(),
        json.dumps(json.dumps(value))[3:-3].encode(),
        "".join(f"&#{ord(c)};" for c in value).encode(),
        "".join(f"\\u{ord(c):04x}" for c in value).encode(),
        "".join(f"%{byte:02X}" for byte in plain).encode(),
        value[::-1].encode(),
        base64.b32encode(plain).rstrip(b"="),
    }
    for before in (b"", b"x", b"xx"):
        # What stands before a value in a base64 text moves its letters; the ends may differ.
        whole = base64.b64encode(before + plain)
        inner = whole[-(-len(before) * 8 // 6) : len(before + plain) * 8 // 6]
        forms |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return {form for form in forms if len(form) >= 6}
