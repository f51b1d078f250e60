"""Talking to an OpenAI-compatible server over a real connection: the good days."""

from __future__ import annotations

import json
import subprocess
import sys
import threading

import pytest

from destinations.asking import REQUEST, ask, settings_for
from maskwell.config import DestinationSettings
from maskwell.destinations import ChatMessage, ChatRequest, Outgoing, build
from maskwell.errors import BlockedByPolicy, InputUnreadable, OfflineRefused, StreamBroken
from support.chat_server import ChatServer, Play


def test_a_reply_streams_piece_by_piece() -> None:
    with ChatServer(Play(pieces=("Dear", " [PERSON_1QX]", " — 你好"))) as server:
        outcome = ask(server)

    assert outcome.pieces == ["Dear", " [PERSON_1QX]", " — 你好"]
    assert outcome.error is None


def test_the_request_is_the_conversation_and_nothing_more() -> None:
    with ChatServer() as server:
        ask(server)

    (received,) = server.received
    assert received.path == "/v1/chat/completions"
    assert received.json == {
        "model": "small",
        "messages": [{"role": "user", "content": REQUEST.messages[0].content}],
        "stream": True,
    }


def test_before_send_sees_the_exact_bytes_that_arrive() -> None:
    with ChatServer() as server:
        outcome = ask(server)

    assert outcome.bodies == [server.received[0].body]
    assert "über 30 €" in outcome.bodies[0].decode()


def test_raising_before_sending_stops_the_request() -> None:
    def refuse(_: Outgoing) -> None:
        raise BlockedByPolicy("A known value still stands in the text.")

    with ChatServer() as server:
        destination = build(settings_for(server))
        with pytest.raises(BlockedByPolicy):
            list(destination.stream(REQUEST, before_send=refuse))

        assert server.received == []


def test_nothing_is_sent_until_the_reply_is_read() -> None:
    with ChatServer() as server:
        reply = build(settings_for(server)).stream(REQUEST, before_send=lambda _: None)
        reply.close()

        assert server.received == []


def test_the_key_travels_as_a_bearer() -> None:
    with ChatServer() as server:
        ask(server, key="sk-invented")

    assert server.received[0].headers["authorization"] == "Bearer sk-invented"


def test_without_a_key_no_authorisation_is_sent() -> None:
    with ChatServer() as server:
        ask(server)

    assert "authorization" not in server.received[0].headers


def test_headers_tell_nothing_about_the_machine_or_its_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-invented")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-invented")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Mine: 1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-from-elsewhere")
    with ChatServer() as server:
        ask(server)

    headers = server.received[0].headers
    assert set(headers) == {
        "host", "accept", "connection", "content-type", "content-length",
        "user-agent", "accept-encoding",
    }  # fmt: skip
    assert headers["user-agent"] == "maskwell"


@pytest.mark.sec
def test_tls_proxies_in_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with ChatServer() as server:
        outcome = ask(server)

    assert outcome.text == "Hello there."


def test_a_whole_conversation_goes_in_order() -> None:
    turns = (("system", "Be kind."), ("user", "Hi"), ("assistant", "Hello"), ("user", "Bye"))
    request = ChatRequest(tuple(ChatMessage(role, text) for role, text in turns))
    with ChatServer() as server:
        list(build(settings_for(server)).stream(request, before_send=lambda _: None))

    sent = server.received[0].json["messages"]
    assert [(one["role"], one["content"]) for one in sent] == list(turns)


def test_a_server_that_does_not_stream_is_understood() -> None:
    reply = {"choices": [{"message": {"role": "assistant", "content": "All at once."}}]}
    play = Play(content_type="application/json", body=json.dumps(reply).encode())
    with ChatServer(play) as server:
        outcome = ask(server)

    assert outcome.pieces == ["All at once."]


def test_reading_on_after_the_end_is_harmless() -> None:
    with ChatServer() as server:
        reply = build(settings_for(server)).stream(REQUEST, before_send=lambda _: None)
        list(reply)

        assert list(reply) == []


def test_closing_early_cuts_the_connection() -> None:
    with ChatServer(Play(hang_after=2)) as server:
        reply = build(settings_for(server)).stream(REQUEST, before_send=lambda _: None)
        first = next(reply)
        reply.close()
        reply.close()

    assert first == "Hello"


def test_closing_from_another_thread_wakes_a_waiting_reader() -> None:
    with ChatServer(Play(hang_after=1)) as server:
        settings = settings_for(server, timeout_s=60.0)
        reply = build(settings).stream(REQUEST, before_send=lambda _: None)
        first = next(reply)
        threading.Timer(0.1, reply.close).start()
        with pytest.raises(StreamBroken, match="stopped"):
            next(reply)

    assert first == "Hello"


def test_closing_from_another_thread_ends_the_wait_for_the_first_word() -> None:
    with ChatServer(Play(hang_after=-1)) as server:
        settings = settings_for(server, timeout_s=60.0)
        reply = build(settings).stream(REQUEST, before_send=lambda _: None)
        threading.Timer(0.3, reply.close).start()
        with pytest.raises(StreamBroken, match="stopped"):
            next(reply)


def test_half_a_character_cannot_be_sent() -> None:
    request = ChatRequest((ChatMessage("user", "broken \ud83d"),))
    with ChatServer() as server:
        with pytest.raises(InputUnreadable, match="half a character"):
            list(build(settings_for(server)).stream(request, before_send=lambda _: None))

        assert server.received == []


def test_a_probe_lists_the_models_and_sends_no_text() -> None:
    with ChatServer() as server:
        models = build(settings_for(server)).models()

    assert models == ["large", "small"]
    assert [(one.method, one.path) for one in server.received] == [("GET", "/v1/models")]


@pytest.mark.sec
@pytest.mark.parametrize("url", ["https://llm.example.com/v1", "http://192.0.2.7/v1"])
def test_offline_refuses_what_is_not_on_this_machine(url: str) -> None:
    settings = DestinationSettings(name="x", kind="openai", base_url=url, given_class="trusted")

    with pytest.raises(OfflineRefused, match="not on this machine"):
        build(settings, offline=True)


WATCHED = """
import sys
seen = []
sys.addaudithook(lambda e, a: seen.append(e) if e.startswith("socket.") else None)
from maskwell.config import DestinationSettings
from maskwell.destinations import build
from maskwell.errors import OfflineRefused
settings = DestinationSettings(name="x", kind="openai", base_url="https://llm.example.com/v1")
try:
    build(settings, offline=True)
except OfflineRefused:
    print(sorted(set(seen)), [m for m in ("openai", "httpx") if m in sys.modules])
"""


@pytest.mark.sec
def test_offline_refuses_before_any_look_up_or_connection() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[] []"


@pytest.mark.sec
def test_offline_reaches_this_machine_without_a_look_up() -> None:
    with ChatServer() as server:
        url = server.url.replace("127.0.0.1", "localhost")
        destination = build(settings_for(server, base_url=url), offline=True)
        pieces = list(destination.stream(REQUEST, before_send=lambda _: None))

    assert "".join(pieces) == "Hello there."
    assert server.received[0].headers["host"].startswith("127.0.0.1:")


@pytest.mark.sec
def test_tls_a_proxy_is_used_when_our_own_settings_name_it() -> None:
    with ChatServer() as proxy:
        outcome = ask(
            proxy,
            base_url="http://llm.example.com/v1",
            given_class="trusted",
            proxy=proxy.url.removesuffix("/v1"),
        )

    assert outcome.text == "Hello there."
    assert proxy.received[0].path == "http://llm.example.com/v1/chat/completions"


@pytest.mark.sec
def test_offline_refuses_a_proxy_that_is_not_on_this_machine() -> None:
    settings = DestinationSettings(
        name="x",
        kind="openai",
        base_url="http://127.0.0.1:9/v1",
        proxy="http://proxy.example.com:3128",
    )

    with pytest.raises(OfflineRefused):
        build(settings, offline=True)
