"""All that can go wrong with any destination: one sentence, exit 5, and a chat that goes on.

Each fault is met by a real conversation over a real connection or a real model process. After
it the chat must hold what was asked and what came, and sending again must work.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from maskwell.config import DestinationSettings
from maskwell.conversation import Conversation
from maskwell.destinations import wire
from maskwell.destinations.local import engine
from maskwell.destinations.local.files import described
from maskwell.errors import MaskwellError
from maskwell.shield import Shield
from maskwell.shield.destination_keys import forget_key, key_kept
from support.chat_server import ChatServer, Play
from support.tiny_model import write_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from maskwell.detection import Detector

PROMPT = "Write a line to jane.doe@example.com about invoice 7."
KINDS = ("openai", "anthropic")


def refusal(status: int, code: str = "", **headers: str) -> Play:
    error = {"type": code or None, "code": code or None, "message": "SECRET WORDS of the server"}
    return Play(
        status=status,
        content_type="application/json",
        body=json.dumps({"type": "error", "error": error}).encode(),
        headers=headers,
    )


def at_event(kind: str, raw: bytes) -> Play:
    return Play(pieces=("Hello", " there"), raw=b"event: " + kind.encode() + b"\ndata: " + raw)


@dataclass(frozen=True)
class Fault:
    id: str
    play: Play
    words: str
    came: str = ""
    key: str | None = None


FAULTS = [
    Fault("no key", refusal(401, "authentication_error"), "wants an API key"),
    Fault("wrong key", refusal(401, "authentication_error"), "did not accept", key="sk-x"),
    Fault("forbidden", refusal(403, "permission_error"), "did not accept", key="sk-x"),
    Fault("unknown model", refusal(404, "not_found_error"), 'knows no model "small"'),
    Fault("wrong path", Play(status=404, content_type="text/html", body=b"?"), "no chat at that"),
    Fault("a web page", Play(content_type="text/html", body=b"<html>"), "a web page"),
    Fault("a picture", Play(content_type="image/png", body=b"\x89PNG"), "no chat reply"),
    Fault("no json", Play(content_type="application/json", body=b"{"), "no chat reply"),
    Fault("odd json", Play(content_type="application/json", body=b"[7]"), "no chat reply"),
    Fault("limit, told when", refusal(429, **{"retry-after": "90"}), "again in 90 seconds"),
    Fault("limit, not told when", refusal(429, "rate_limit_error"), "again in a while"),
    Fault("no credit", refusal(400, "billing_error"), "no credit left"),
    Fault("too large", refusal(413, "request_too_large"), "too long for the model"),
    Fault("a fault of theirs", refusal(500, "api_error"), "status 500"),
    Fault("overloaded", refusal(529, "overloaded_error"), "status 529"),
    Fault("sent elsewhere", refusal(307, location="https://evil.example.com/"), "never followed"),
    Fault("silence", Play(hang_after=-1), "did not answer within 0.4"),
    Fault("silence half way", Play(hang_after=1), "fell silent", "Hello"),
    Fault("cut off", Play(cut_after=2), "broke off", "Hello there"),
    Fault("no end", Play(finish=False), "broke off", "Hello there."),
    Fault("half a chunk", at_event("content_block_delta", b'{"type": "cont'), "", "Hello there"),
    Fault("no text", at_event("content_block_delta", b"\xff\xfe\n\n"), "no reply", "Hello there"),
    Fault("an error inside", at_event("error", b'{"error": {"type": "x"}}\n\n'), "", "Hello there"),
]  # fmt: skip


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, detector: Detector) -> Iterator[Shield]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MASKWELL_VAULT_KDF_MEMORY_MIB", "64")
        home = tmp_path_factory.mktemp("faults") / "home"
        with Shield.create(home, "seven quiet otters", detector=detector) as shield:
            yield shield


@pytest.fixture
def chat_to(opened: Shield) -> Callable[..., Conversation]:
    def start(settings: DestinationSettings, **more: Any) -> Conversation:
        known = {**opened.settings.destinations, "lab": settings}
        opened.settings = replace(opened.settings, destinations=known, **more)
        return Conversation.start(opened, destination="lab")

    return start


def failure_of(chat: Conversation) -> tuple[MaskwellError, str]:
    """Send the prompt; return how it failed and what came."""
    reply = chat.send(chat.plan(PROMPT))
    with pytest.raises(MaskwellError) as caught:
        list(reply)
    return caught.value, reply.protected


def check_one_sentence(error: MaskwellError) -> None:
    sentence = str(error)
    assert sentence.endswith((".", "?"))
    assert "\n" not in sentence
    assert "SECRET" not in sentence
    assert "jane.doe" not in sentence


def check_goes_on(chat: Conversation, came: str) -> None:
    """The prompt is there, what came is there as broken off, and another attempt works."""
    roles = [(turn.role, turn.is_complete) for turn in chat.turns]
    assert roles == [("user", True), *([("assistant", False)] if came else [])]
    assert chat.restored(chat.turns[0]).text == PROMPT
    if came:
        assert chat.turns[1].kept.text == came
        reply = chat.send(chat.plan("Go on."))
    else:
        reply = chat.resend()
    assert "".join(reply)
    assert reply.state == "complete"


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", FAULTS, ids=[one.id for one in FAULTS])
def test_a_fault_of_a_server_is_one_sentence_and_the_chat_goes_on(
    fault: Fault, kind: str, chat_to: Callable[..., Conversation]
) -> None:
    with ChatServer(fault.play) as server:
        chat = chat_to(
            DestinationSettings(
                name="lab", kind=kind, base_url=server.url, model="small", timeout_s=0.4
            )
        )
        if fault.key:
            with key_kept(chat.shield.vault.credentials, "lab", server.url, fault.key):
                pass
        error, came = failure_of(chat)
        forget_key(chat.shield.vault.credentials, "lab")
        server.plays = [Play()]
        server.released.set()

        check_one_sentence(error)
        assert fault.words in str(error)
        assert (error.exit_code, came) == (5, fault.came)
        check_goes_on(chat, came)


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("kind", KINDS)
def test_a_server_that_is_not_there_is_one_sentence_and_the_chat_goes_on(
    kind: str, chat_to: Callable[..., Conversation]
) -> None:
    with ChatServer() as server:
        gone = DestinationSettings(name="lab", kind=kind, base_url=server.url, model="small")
    chat = chat_to(gone)
    error, came = failure_of(chat)

    check_one_sentence(error)
    assert ("is it running" in str(error), error.exit_code) == (True, 5)
    with ChatServer() as server:
        chat_to(replace(gone, base_url=server.url))
        check_goes_on(chat, came)


@pytest.mark.parametrize("kind", KINDS)
def test_a_reply_without_end_is_stopped_and_what_came_is_kept(
    kind: str, chat_to: Callable[..., Conversation], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "MAX_REPLY_BYTES", 1024**2)
    flood = Play(pieces=("Hello",), raw=b"data: " + b"x" * 2 * 1024**2)
    with ChatServer(flood) as server:
        chat = chat_to(
            DestinationSettings(name="lab", kind=kind, base_url=server.url, model="small")
        )
        error, came = failure_of(chat)
        server.plays = [Play()]

        check_one_sentence(error)
        assert ("grew beyond" in str(error), error.exit_code, came) == (True, 5, "Hello")
        check_goes_on(chat, came)


@pytest.mark.full
@pytest.mark.parametrize("kind", KINDS)
def test_a_stream_of_100_mb_is_stopped_at_64(
    kind: str, chat_to: Callable[..., Conversation]
) -> None:
    piece = "x" * 1024**2
    with ChatServer(Play(answer=lambda _: (piece for _ in range(100)))) as server:
        chat = chat_to(
            DestinationSettings(name="lab", kind=kind, base_url=server.url, model="small")
        )
        error, came = failure_of(chat)

    assert "grew beyond 64 MiB" in str(error)
    assert len(came) >= 60 * 1024**2


def damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100_000])


def replaced(path: Path) -> None:
    write_model(path, reply=("Evil",))


def no_model(path: Path) -> None:
    path.write_bytes(b"<html>")


def lost(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("happens", "words", "code"),
    [
        (damaged, "not the file that was added", 7),
        (no_model, "not the file that was added", 7),
        (replaced, "not the file that was added", 7),
        (lost, "is gone from", 5),
    ],
    ids=["truncated", "not a model", "changed", "gone"],
)
def test_a_fault_of_a_model_file_is_one_sentence_and_the_chat_goes_on(
    happens: Callable[[Path], None],
    words: str,
    code: int,
    tmp_path: Path,
    chat_to: Callable[..., Conversation],
) -> None:
    path = write_model(tmp_path / "mine.gguf")
    model, _ = described(path)
    chat = chat_to(
        DestinationSettings(name="lab", kind="llama", model="mine", threads=1),
        models={"mine": model},
    )
    sound = path.read_bytes()
    happens(path)
    error, came = failure_of(chat)
    path.write_bytes(sound)

    check_one_sentence(error)
    assert (words in str(error), error.exit_code, came) == (True, code, "")
    check_goes_on(chat, came)
    engine.release()


def test_an_engine_that_is_ended_half_way_is_one_sentence_and_the_chat_goes_on(
    endless: Path, chat_to: Callable[..., Conversation]
) -> None:
    model, _ = described(endless)
    chat = chat_to(
        DestinationSettings(name="lab", kind="llama", model="endless", threads=1, max_tokens=40),
        models={"endless": model},
    )
    reply = chat.send(chat.plan(PROMPT))
    next(reply)
    engine.release()
    with pytest.raises(MaskwellError) as caught:
        list(reply)

    check_one_sentence(caught.value)
    assert caught.value.exit_code == 5
    check_goes_on(chat, reply.protected)
    engine.release()
