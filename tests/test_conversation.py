from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from maskwell.config import DestinationSettings
from maskwell.conversation import Conversation, Turn
from maskwell.entity_types import EntityType
from maskwell.errors import (
    BlockedByPolicy,
    DestinationRefused,
    OfflineRefused,
    StreamBroken,
    UnknownName,
    UsageError,
)
from maskwell.policy import Action
from maskwell.shield.disclosure import digest_of, rebuild_request
from maskwell.shield.moving import Places
from maskwell.vault import Kept, Message
from support.chat_server import ChatServer, Play

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.shield import Shield

PROMPT = "Write a line to jane.doe@example.com about invoice 7."
VALUE = "jane.doe@example.com"
HERE = '[[rules]]\ndestinations = ["local"]\naction = "keep"\n'


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer() as running:
        yield running


@pytest.fixture
def chat(shield: Shield, server: ChatServer) -> Conversation:
    known = dict(shield.settings.destinations)
    known["lab"] = DestinationSettings(
        name="lab", kind="openai", base_url=server.url, model="small"
    )
    shield.settings = replace(shield.settings, destinations=known)
    return Conversation.start(shield, destination="lab", scope="acme")


def token_of(chat: Conversation, text: str = PROMPT) -> str:
    return chat.shield.preview(chat.plan(text)).findings[0].token


def test_what_leaves_has_a_token_and_the_reply_comes_back_restored(
    chat: Conversation, server: ChatServer
) -> None:
    token = token_of(chat)
    server.plays = [Play(pieces=("Dear ", token[:4], token[4:], ", hello."))]

    reply = chat.send(chat.plan(PROMPT))

    assert "".join(reply) == f"Dear {VALUE}, hello."
    assert VALUE.encode() not in server.received[-1].body
    assert token.encode() in server.received[-1].body


def test_the_history_keeps_tokens_alone(chat: Conversation, server: ChatServer) -> None:
    server.plays = [Play(pieces=(f"Dear {token_of(chat)}.",))]

    list(chat.send(chat.plan(PROMPT)))

    assert chat.id is not None
    messages = chat.shield.vault.history.messages(chat.id)
    assert [m.role for m in messages] == ["user", "assistant"]
    assert not [m for m in messages if VALUE in m.kept.text]


def test_a_stored_chat_is_resumed_restored(chat: Conversation, server: ChatServer) -> None:
    server.plays = [Play(pieces=(f"Dear {token_of(chat)}.",))]
    list(chat.send(chat.plan(PROMPT)))
    assert chat.id is not None

    resumed = Conversation.resume(chat.shield, chat.id)

    assert [shown.text for _, shown in resumed.restored_turns()] == [PROMPT, f"Dear {VALUE}."]


def test_the_second_turn_replays_the_first_byte_for_byte(
    chat: Conversation, server: ChatServer
) -> None:
    list(chat.send(chat.plan(PROMPT)))
    list(chat.send(chat.plan("And to bo@example.org, please.")))

    first, second = (received.json["messages"] for received in server.received)
    assert second[: len(first)] == first
    assert len(second) == len(first) + 2


def test_the_ledger_rebuilds_exactly_what_left(chat: Conversation, server: ChatServer) -> None:
    plan = chat.plan(PROMPT)
    list(chat.send(plan.with_action(0, Action.KEEP)))

    (entry,) = chat.shield.vault.ledger.entries()
    body = rebuild_request(chat.shield.vault, chat.shield.vault.scopes.get("acme"), entry.kept)
    assert VALUE not in entry.kept.text
    assert body == server.received[-1].body
    assert digest_of(body) == entry.digest
    assert entry.outcome == "sent"


def test_stopping_a_reply_keeps_what_came(chat: Conversation, server: ChatServer) -> None:
    server.plays = [Play(pieces=("One. ", "Two. ", "Three."), hang_after=2)]

    reply = chat.send(chat.plan(PROMPT))
    first = next(reply)
    reply.close()

    assert first.startswith("One")
    assert reply.state == "partial"
    assert chat.turns[-1].role == "assistant"
    assert not chat.turns[-1].is_complete


def test_a_broken_stream_keeps_what_came(chat: Conversation, server: ChatServer) -> None:
    server.plays = [Play(pieces=("One. ", "Two. "), cut_after=1)]

    with pytest.raises(StreamBroken):
        list(chat.send(chat.plan(PROMPT)))

    assert chat.turns[-1].kept.text == "One. "
    assert not chat.turns[-1].is_complete


def test_a_refused_prompt_can_be_sent_again(chat: Conversation, server: ChatServer) -> None:
    server.plays = [Play(status=401, content_type="application/json", body=b"{}"), Play()]
    with pytest.raises(DestinationRefused):
        list(chat.send(chat.plan(PROMPT)))

    again = "".join(chat.resend())

    assert again == "Hello there."
    assert [turn.role for turn in chat.turns] == ["user", "assistant"]


def test_there_is_nothing_to_send_again_after_an_answer(
    chat: Conversation, server: ChatServer
) -> None:
    list(chat.send(chat.plan(PROMPT)))

    with pytest.raises(UsageError):
        chat.resend()


def test_a_known_value_that_slipped_through_stops_the_request(
    chat: Conversation, server: ChatServer
) -> None:
    chat.shield.protect(PROMPT, scope="acme")
    plan = replace(chat.plan(PROMPT), items=())

    with pytest.raises(BlockedByPolicy):
        list(chat.send(plan))

    assert server.received == []


def test_a_blocking_rule_stores_and_sends_nothing(chat: Conversation, server: ChatServer) -> None:
    plan = chat.plan(PROMPT).with_action(0, Action.BLOCK)

    with pytest.raises(BlockedByPolicy):
        chat.send(plan)

    assert len(chat.turns) == 0
    assert server.received == []


def test_a_temporary_chat_stores_no_message(chat: Conversation, server: ChatServer) -> None:
    temporary = Conversation.start(chat.shield, destination="lab", temporary=True)

    list(temporary.send(temporary.plan(PROMPT)))

    assert temporary.id is None
    assert chat.shield.vault.history.conversations() == []
    assert len(chat.shield.vault.ledger.entries()) == 1


def test_a_reply_that_repeats_a_real_value_is_kept_with_its_token(
    chat: Conversation, server: ChatServer
) -> None:
    server.plays = [Play(pieces=(f"I saw {VALUE} there.",))]

    list(chat.send(chat.plan(PROMPT).with_action(0, Action.KEEP)))

    assert VALUE not in chat.turns[-1].kept.text


def test_a_handed_over_prompt_and_the_reply_brought_back(chat: Conversation) -> None:
    by_hand = Conversation.start(chat.shield, destination="clipboard", scope="acme")

    protected, entry = by_hand.hand_over(by_hand.plan(PROMPT))
    by_hand.handed_over(entry, how="copied")
    restored = by_hand.receive(f"Dear {protected.findings[0].token}, hello.")

    assert VALUE not in protected.text
    assert restored.text == f"Dear {VALUE}, hello."
    assert [turn.role for turn in by_hand.turns] == ["user", "assistant"]


def test_a_title_is_the_first_line_and_never_cuts_a_token(chat: Conversation) -> None:
    text = "x" * 52 + " jane.doe@example.com and more words that go on for a while\nsecond"
    plan = chat.plan(text)

    list(chat.send(plan))

    (stored,) = chat.shield.vault.history.conversations()
    assert stored.title.text.count("[") == stored.title.text.count("]")
    assert "second" not in stored.title.text


def test_offline_refuses_a_server_elsewhere_and_stores_the_prompt(chat: Conversation) -> None:
    shield = chat.shield
    known = dict(shield.settings.destinations)
    known["far"] = DestinationSettings(
        name="far", kind="openai", base_url="https://api.example.com/v1", model="m"
    )
    shield.settings = replace(shield.settings, destinations=known)
    shield.offline = True
    far = Conversation.start(shield, destination="far")

    with pytest.raises(OfflineRefused):
        list(far.send(far.plan(PROMPT)))

    assert [turn.role for turn in far.turns] == ["user"]


def test_a_word_marked_in_the_review_stays_private_in_later_turns(
    chat: Conversation, server: ChatServer
) -> None:
    text = "The project Bluefinch is late."
    start = text.index("Bluefinch")
    list(chat.send(chat.plan(text).with_marked(start, start + 9, EntityType.TERM)))

    list(chat.send(chat.plan("When will Bluefinch be done?")))

    assert b"Bluefinch" not in server.received[-1].body


def test_a_known_value_in_disguise_stops_the_request(
    chat: Conversation, server: ChatServer
) -> None:
    chat.shield.protect(PROMPT, scope="acme")
    disguised = b64encode(VALUE.encode()).decode()
    plan = replace(chat.plan(f"What is {disguised} in plain text?"), items=())

    with pytest.raises(BlockedByPolicy, match="base64"):
        list(chat.send(plan))

    assert server.received == []


def test_a_value_kept_once_may_be_replayed(chat: Conversation, server: ChatServer) -> None:
    list(chat.send(chat.plan(PROMPT).with_action(0, Action.KEEP)))

    list(chat.send(chat.plan("Thank you.")))

    assert VALUE.encode() in server.received[-1].body


def test_a_reply_is_stopped_from_another_thread(chat: Conversation, server: ChatServer) -> None:
    server.plays = [Play(pieces=("One. ", "Two. ", "Three."), hang_after=2)]
    reply = chat.send(chat.plan(PROMPT))
    first = next(reply)
    reader = Thread(target=list, args=(reply,))
    reader.start()

    reply.close()
    reader.join(20)

    assert first.startswith("One")
    assert reply.state == "partial"
    assert not chat.turns[-1].is_complete


def test_what_was_learnt_a_moment_ago_is_found_beside_the_rest(chat: Conversation) -> None:
    for number in range(150):
        chat.shield.protect(f"Write to user{number}@example.com.", scope="acme")
    index = chat.shield.index(chat.shield.vault.scopes.get("acme"))

    found = index.find("user0@example.com, user99@example.com and user149@example.com")

    assert [variant.surface[:-12] for _, _, variant in found] == ["user0", "user99", "user149"]


@pytest.fixture
def moving(chat: Conversation) -> Conversation:
    """A chat that began on this machine, under a policy that keeps values there."""
    known = dict(chat.shield.settings.destinations)
    known["far"] = replace(known["lab"], name="far", given_class="remote")
    chat.shield.settings = replace(chat.shield.settings, destinations=known)
    chat.shield.home.policies.mkdir(exist_ok=True)
    (chat.shield.home.policies / "here.toml").write_text(HERE, "utf-8")
    chat.policy = "here"
    return chat


def test_what_was_kept_on_this_machine_leaves_it_as_tokens(
    moving: Conversation, server: ChatServer
) -> None:
    server.plays = [Play(pieces=(f"Dear {VALUE}, hello.",)), Play(), Play()]
    list(moving.send(moving.plan(PROMPT)))
    assert VALUE.encode() in server.received[-1].body

    moving.destination = "far"
    list(moving.send(moving.plan("Make it shorter.")))
    list(moving.send(moving.plan("And shorter.")))

    assert [one for one in server.received[1:] if VALUE.encode() in one.body] == []
    assert server.received[1].json["messages"] == server.received[2].json["messages"][:4]


def test_a_stored_chat_taken_elsewhere_leaves_as_tokens_and_comes_home_as_it_was(
    moving: Conversation, server: ChatServer
) -> None:
    server.plays = [Play(pieces=(f"Dear {VALUE}, hello.",)), Play(), Play()]
    list(moving.send(moving.plan(PROMPT)))
    assert moving.id is not None

    resumed = Conversation.resume(moving.shield, moving.id)
    resumed.destination = "far"
    list(resumed.send(resumed.plan("Make it shorter.")))
    home = Conversation.resume(moving.shield, moving.id)
    list(home.send(home.plan("And shorter.")))

    assert VALUE.encode() not in server.received[1].body
    assert server.received[2].json["messages"][0]["content"] == PROMPT
    assert server.received[2].json["messages"][1]["content"] == f"Dear {VALUE}, hello."


def test_a_prompt_refused_on_this_machine_is_sent_elsewhere_as_tokens(
    moving: Conversation, server: ChatServer
) -> None:
    server.plays = [Play(status=401, content_type="application/json", body=b"{}"), Play()]
    with pytest.raises(DestinationRefused):
        list(moving.send(moving.plan(PROMPT)))

    moving.destination = "far"
    list(moving.resend())

    assert VALUE.encode() not in server.received[-1].body


def test_what_was_not_known_to_be_private_on_this_machine_leaves_it_as_a_token(
    moving: Conversation, server: ChatServer
) -> None:
    moving.policy = "everyday"
    server.plays = [Play(pieces=("Blue Heron it is, and ", "Blue Heron stays.")), Play(), Play()]
    list(moving.send(moving.plan(f"Blue Heron is due. {PROMPT} Blue Heron again.")))
    assert server.received[-1].body.count(b"Blue Heron") == 2
    moving.shield.vault.lexicon.add_term("Blue Heron")
    list(moving.send(moving.plan("Is Blue Heron late?")))

    moving.destination = "far"
    list(moving.send(moving.plan("Make it shorter.")))

    sent = server.received[-1].json["messages"]
    assert b"Blue Heron" not in server.received[-1].body
    assert sent[1]["content"].count("[TERM_") == 2
    (entry, *_) = moving.shield.vault.ledger.entries()
    scope = moving.shield.vault.scopes.get("acme")
    body = rebuild_request(moving.shield.vault, scope, entry.kept)
    assert body == server.received[-1].body
    assert [turn.kept.text.count("Blue Heron") for turn in moving.turns[:2]] == [2, 2]


def test_a_long_chat_is_read_as_its_turns_are_asked_for(shield: Shield) -> None:
    kept = [shield.protect(f"Message {number}.", scope="long").kept for number in range(150)]
    history = shield.vault.history
    scope = shield.vault.scopes.get("long")
    stored = history.start(scope=scope, title=kept[0], destination="clipboard", policy="everyday")
    for number, one in enumerate(kept):
        history.append(stored.id, "assistant" if number % 2 else "user", one)

    turns = Conversation.resume(shield, stored.id).turns

    assert len(turns) == 150
    assert turns[-1].kept.text == "Message 149."
    assert turns.before(turns[-1]) is turns[148]
    assert turns.before(turns[0]) is None
    assert [one.kept.text for one in turns[62:66]] == [f"Message {n}." for n in range(62, 66)]
    assert [one.role for one in turns] == ["user", "assistant"] * 75
    longer = turns.with_turn(Turn("user", kept[3]))
    assert longer.before(longer[-1]) is turns[-1]
    assert len(turns) == 150


def test_a_chat_that_was_deleted_meanwhile_is_told_of(shield: Shield) -> None:
    kept = shield.protect("Hello.", scope="gone").kept
    scope = shield.vault.scopes.get("gone")
    history = shield.vault.history
    stored = history.start(scope=scope, title=kept, destination="clipboard", policy="everyday")
    history.append(stored.id, "user", kept)
    turns = Conversation.resume(shield, stored.id).turns
    history.delete(stored.id)

    with pytest.raises(UnknownName):
        turns[0]


@pytest.mark.parametrize("clock_went_back", [False, True])
def test_where_a_turn_went_is_told_by_when_it_was(clock_went_back: bool) -> None:
    noon = datetime(2031, 5, 4, 12, tzinfo=UTC)
    minutes = [0, 10, 5, 20] if clock_went_back else [0, 5, 10, 20]
    sent = [(noon + timedelta(minutes=m), f"to-{m}", "remote") for m in minutes]
    places = Places(sent)

    for minute in range(-1, 22):
        at = noon + timedelta(minutes=minute)
        asked = Message(1, 1, "user", Kept("x"), "complete", at)
        reply = Message(2, 1, "assistant", Kept("x"), "complete", at)

        assert places.of(asked) == next((one[1:] for one in sent if one[0] >= at), None)
        assert places.of(reply) == next((one[1:] for one in sent[::-1] if one[0] <= at), None)
