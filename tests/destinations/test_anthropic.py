"""Talking to Anthropic's API over a real connection."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from destinations.asking import REQUEST, ask, settings_for
from maskwell.config import load_settings
from maskwell.destinations import ChatMessage, ChatRequest, Outgoing, build
from maskwell.errors import BlockedByPolicy
from support.chat_server import ChatServer, Play

if TYPE_CHECKING:
    from maskwell.paths import Home


def test_a_reply_streams_piece_by_piece() -> None:
    with ChatServer(Play(pieces=("Dear", " [PERSON_1QX]", " — 你好"))) as server:
        outcome = ask(server, kind="anthropic")

    assert outcome.pieces == ["Dear", " [PERSON_1QX]", " — 你好"]
    assert outcome.error is None


def test_the_request_is_the_conversation_and_nothing_more() -> None:
    with ChatServer() as server:
        outcome = ask(server, kind="anthropic")

    (received,) = server.received
    assert received.path == "/v1/messages"
    assert received.json == {
        "model": "small",
        "max_tokens": 4096,
        "stream": True,
        "messages": [{"role": "user", "content": REQUEST.messages[0].content}],
    }
    assert outcome.bodies == [received.body]


def test_what_the_system_says_is_the_system_prompt_and_goes_first() -> None:
    turns = (("system", "Be kind."), ("user", "Hi"), ("assistant", "Hello"), ("user", "Bye"))
    request = ChatRequest(tuple(ChatMessage(role, text) for role, text in turns))
    with ChatServer() as server:
        list(build(settings_for(server, kind="anthropic")).stream(request, before_send=print))

    sent = server.received[0].json
    assert sent["system"] == [{"type": "text", "text": "Be kind."}]
    assert [(one["role"], one["content"]) for one in sent["messages"]] == list(turns[1:])
    body = server.received[0].body
    assert body.index(b"Be kind.") < body.index(b"Hi") < body.index(b"Bye")


def test_headers_hold_the_key_and_the_version_and_nothing_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-from-elsewhere")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "token-from-elsewhere")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://192.0.2.1")
    monkeypatch.setenv("ANTHROPIC_CUSTOM_HEADERS", "X-Mine: 1")
    with ChatServer() as server:
        outcome = ask(server, kind="anthropic", key="sk-invented")

    headers = server.received[0].headers
    keys = {name: value for name, value in headers.items() if "sk-invented" in value}
    assert set(headers) - set(keys) == {
        "host", "accept", "connection", "content-type", "content-length",
        "user-agent", "accept-encoding", "anthropic-version",
    }  # fmt: skip
    assert keys.items() <= {
        ("x-api-key", "sk-invented"), ("authorization", "Bearer sk-invented"),
    }  # fmt: skip
    assert keys
    assert "elsewhere" not in str(headers)
    assert "sk-invented" not in str(outcome.outgoing)


@pytest.mark.sec
def test_without_a_key_none_of_the_environment_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-from-elsewhere")
    monkeypatch.setenv("ANTHROPIC_AUTH_TOKEN", "token-from-elsewhere")
    with ChatServer() as server:
        ask(server, kind="anthropic")

    assert not {"authorization", "x-api-key"} & set(server.received[0].headers)


@pytest.mark.sec
def test_egress_raising_before_sending_stops_the_request_with_its_own_sentence() -> None:
    def refuse(_: Outgoing) -> None:
        raise BlockedByPolicy("A known value still stands in the text.")

    with ChatServer() as server:
        destination = build(settings_for(server, kind="anthropic"))
        with pytest.raises(BlockedByPolicy, match="known value"):
            list(destination.stream(REQUEST, before_send=refuse))

        assert server.received == []


def test_an_address_that_ends_in_v1_is_the_same_address() -> None:
    with ChatServer() as server:
        assert server.url.endswith("/v1")
        ask(server, kind="anthropic", base_url=server.url + "/")

    assert server.received[0].path == "/v1/messages"


def test_a_model_s_thinking_is_no_part_of_its_reply() -> None:
    thought = {
        "type": "content_block_delta", "index": 0,
        "delta": {"type": "thinking_delta", "thinking": "Hmm."},
    }  # fmt: skip
    raw = b"event: content_block_delta\ndata: " + json.dumps(thought).encode() + b"\n\n"
    with ChatServer(Play(pieces=("Hello.",), raw=raw)) as server:
        outcome = ask(server, kind="anthropic")

    assert (outcome.pieces, outcome.error) == (["Hello."], None)


def test_a_reply_that_comes_whole_is_understood() -> None:
    reply = {"type": "message", "content": [{"type": "text", "text": "All at once."}]}
    play = Play(content_type="application/json", body=json.dumps(reply).encode())
    with ChatServer(play) as server:
        outcome = ask(server, kind="anthropic")

    assert outcome.pieces == ["All at once."]


def test_a_probe_lists_the_models_and_sends_no_text() -> None:
    with ChatServer() as server:
        models = build(settings_for(server, kind="anthropic"), key="sk-invented").models()

    assert models == ["large", "small"]
    assert [one.method for one in server.received] == ["GET"]


def test_the_address_needs_not_be_given(home: Home) -> None:
    home.make()
    home.config.write_text('[destinations.claude]\nkind = "anthropic"\nmodel = "small"\n')

    assert load_settings(home).destination("claude").base_url == "https://api.anthropic.com"


@pytest.mark.usefixtures("no_pauses")
def test_an_overloaded_service_is_asked_again() -> None:
    busy = Play(status=529, content_type="application/json", body=b'{"type": "error"}')
    with ChatServer(busy, Play()) as server:
        outcome = ask(server, kind="anthropic")

    assert outcome.text == "Hello there."
