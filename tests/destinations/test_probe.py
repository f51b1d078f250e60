"""Model servers on this machine are found when asked for, and by their list of models alone."""

from __future__ import annotations

import socket

from maskwell.destinations.probe import probe
from support.chat_server import ChatServer, Play


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def test_a_server_that_answers_is_found_with_its_models() -> None:
    with ChatServer(models=("llama3.2", "qwen3")) as server:
        found = probe({"ollama": server.port, "lm-studio": free_port()})

    (one,) = found
    assert (one.name, one.base_url) == ("ollama", f"http://127.0.0.1:{server.port}/v1")
    assert one.models == ("llama3.2", "qwen3")
    assert [(one.method, one.path) for one in server.received] == [("GET", "/v1/models")]


def test_what_is_no_model_server_is_not_offered() -> None:
    with ChatServer(Play(content_type="text/html", body=b"<html>")) as server:
        assert probe({"llama.cpp": server.port}) == []


def test_nobody_there_is_nobody_found() -> None:
    assert probe({"ollama": free_port()}) == []
