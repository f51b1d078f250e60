"""llama.cpp's own server, with a model file of ours, as a destination with OpenAI's API."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from maskwell.config import DestinationSettings
from maskwell.destinations import ChatMessage, ChatRequest, build
from support.tiny_model import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REQUEST = ChatRequest((ChatMessage("user", "Dear [PERSON_1QX]?"),))


@pytest.fixture(scope="module")
def server(tiny: Path) -> Iterator[str]:
    pytest.importorskip("uvicorn")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "llama_cpp.server", "--model", str(tiny)]
    options = ["--port", str(port), "--n_ctx", "512", "--n_threads", "1", "--model_alias", "tiny"]
    with subprocess.Popen(
        [*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/v1/models", process)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the server ended"
        try:
            if httpx.get(url, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    pytest.fail("the server did not start")


def test_it_lists_its_model_and_streams_its_reply(server: str) -> None:
    settings = DestinationSettings(name="lab", kind="openai", base_url=server, model="tiny")
    destination = build(settings)
    models = destination.models()
    pieces = list(destination.stream(REQUEST, before_send=lambda _: None))

    assert models == ["tiny"]
    assert "".join(pieces).strip() == TEXT
    assert len(pieces) > 3
