"""Limits at the door: refused before a byte leaves, counted over restarts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from maskwell.config import DestinationSettings
from maskwell.conversation import Conversation
from maskwell.errors import DestinationRefused, InputTooLarge
from maskwell.shield.limiting import Meter, estimated_tokens
from support.chat_server import ChatServer, Play

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.shield import Shield

NOON = 1_800_000_000.0
DAY_S = 86_400


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer(*[Play(pieces=("Yes.",))] * 6) as running:
        yield running


def chat(shield: Shield, server: ChatServer, **limits: float) -> Conversation:
    place = DestinationSettings(
        name="acme",
        kind="openai",
        base_url=server.url,
        model="small",
        **limits,  # type: ignore[arg-type]  # each test names one limit
    )
    shield.settings = replace(shield.settings, destinations={"acme": place})
    return Conversation.start(shield, destination="acme")


def say(talk: Conversation, text: str = "Is it?") -> None:
    list(talk.send(talk.plan(text)))


@pytest.mark.sec
def test_limits_hold_a_long_prompt_before_anything_leaves(
    shield: Shield, server: ChatServer
) -> None:
    talk = chat(shield, server, max_input_chars=10)

    with pytest.raises(InputTooLarge, match="at most 10"):
        say(talk, "Is it really so?")

    assert server.received == []


@pytest.mark.sec
def test_limits_hold_the_request_over_the_rate(shield: Shield, server: ChatServer) -> None:
    talk = chat(shield, server, requests_per_minute=2)
    say(talk)
    say(talk)

    with pytest.raises(DestinationRefused, match="2 requests of this minute"):
        say(talk)

    assert len(server.received) == 2


@pytest.mark.sec
def test_limits_hold_the_request_over_the_days_tokens(shield: Shield, server: ChatServer) -> None:
    talk = chat(shield, server, tokens_per_day=40)
    say(talk)

    with pytest.raises(DestinationRefused, match="40 tokens of today"):
        say(talk)

    assert len(server.received) == 1


@pytest.mark.sec
def test_limits_hold_the_request_over_the_days_budget(shield: Shield, server: ChatServer) -> None:
    talk = chat(shield, server, spend_per_day=1.0, price_in=20_000.0)
    say(talk)

    with pytest.raises(DestinationRefused, match="budget of 1"):
        say(talk)

    assert len(server.received) == 1


def test_a_refused_prompt_can_be_sent_again_later(shield: Shield, server: ChatServer) -> None:
    talk = chat(shield, server, requests_per_minute=1)
    say(talk)
    with pytest.raises(DestinationRefused):
        say(talk)

    later = chat(shield, server)
    later.turns, later.id, later.scope = talk.turns, talk.id, talk.scope
    list(later.resend())

    assert [turn.role for turn in later.turns] == ["user", "assistant", "user", "assistant"]


def test_what_a_request_took_is_counted_with_its_reply(shield: Shield) -> None:
    place = DestinationSettings(name="acme", kind="openai", price_in=2.0, price_out=10.0)

    Meter(shield.vault, place, clock=lambda: NOON).count(body_bytes=4000, reply_bytes=400)

    used = shield.vault.usage.of("acme")
    assert (used.tokens, used.cost_millionths) == (1100, 2000 + 1000)


def test_a_new_day_begins_with_a_whole_budget(shield: Shield) -> None:
    place = DestinationSettings(name="acme", kind="openai", tokens_per_day=1000)
    Meter(shield.vault, place, clock=lambda: NOON).count(body_bytes=4000, reply_bytes=0)
    today = Meter(shield.vault, place, clock=lambda: NOON)
    tomorrow = Meter(shield.vault, place, clock=lambda: NOON + DAY_S)

    tomorrow.admit(input_chars=10, body_bytes=40)

    with pytest.raises(DestinationRefused):
        today.admit(input_chars=10, body_bytes=40)


def test_a_token_is_about_four_bytes_and_a_rest_is_one_more() -> None:
    assert [estimated_tokens(count) for count in (0, 1, 4, 5)] == [0, 1, 1, 2]
