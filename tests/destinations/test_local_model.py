"""Real model files, loaded, streamed, stopped and lost in a process of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from maskwell.config import DestinationSettings
from maskwell.destinations import ChatMessage, ChatRequest, Outgoing, build
from maskwell.destinations.local import engine
from maskwell.destinations.local.files import described
from maskwell.errors import (
    BlockedByPolicy,
    DestinationRefused,
    DestinationUnreachable,
    InputUnreadable,
    IntegrityError,
    StreamBroken,
    UsageError,
)
from support.tiny_model import NO_SYSTEM, TEXT, write_model

if TYPE_CHECKING:
    from maskwell.destinations import Destination
    from maskwell.paths import Home

REQUEST = ChatRequest((ChatMessage("user", "Dear [PERSON_1QX], über 30 €?"),))


def local(path: Path, *, home: Home | None = None, **changes: Any) -> Destination:
    model, _ = described(path)
    values: dict[str, Any] = {"name": "here", "kind": "llama", "model": model.name, "threads": 1}
    settings = DestinationSettings(**{**values, **changes})
    return build(settings, models={model.name: model}, home=home)


def said(destination: Destination, request: ChatRequest = REQUEST) -> str:
    return "".join(destination.stream(request, before_send=lambda _: None))


def child_of(destination: Destination) -> int:
    """The process that answers for a destination."""
    return destination.opened()._engine._process.pid  # type: ignore[attr-defined]


def test_a_reply_streams_piece_by_piece(tiny: Path) -> None:
    pieces = list(local(tiny).stream(REQUEST, before_send=lambda _: None))

    assert "".join(pieces) == TEXT
    assert len(pieces) > 3


def test_before_send_sees_exactly_what_the_engine_is_asked(tiny: Path) -> None:
    seen: list[Outgoing] = []
    list(local(tiny).stream(REQUEST, before_send=seen.append))

    (outgoing,) = seen
    asked = json.loads(outgoing.body)
    assert asked["messages"] == [{"role": "user", "content": REQUEST.messages[0].content}]
    assert "über 30 €" in outgoing.body.decode()
    assert outgoing.url == ""


def test_raising_before_sending_asks_nothing_and_leaves_the_engine_ready(tiny: Path) -> None:
    def refuse(_: Outgoing) -> None:
        raise BlockedByPolicy("A known value still stands in the text.")

    destination = local(tiny)
    with pytest.raises(BlockedByPolicy):
        list(destination.stream(REQUEST, before_send=refuse))

    assert said(destination) == TEXT


def test_the_process_is_kept_between_turns_and_ends_when_released(tiny: Path) -> None:
    destination = local(tiny)
    said(destination)
    first = child_of(destination)
    said(destination)

    assert child_of(destination) == first
    engine.release()
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


def test_another_context_is_another_process(tiny: Path) -> None:
    first = child_of(local(tiny))

    assert child_of(local(tiny, context=256)) != first


def test_a_reply_without_end_is_stopped_at_once_from_another_thread(endless: Path) -> None:
    destination = local(endless)
    reply = destination.stream(REQUEST, before_send=lambda _: None)
    came = [next(reply) for _ in range(20)]
    threading.Timer(0.1, reply.close).start()
    with pytest.raises(StreamBroken, match="stopped"):
        came.extend(reply)

    assert came[0] == "Dear"
    again = destination.stream(REQUEST, before_send=lambda _: None)
    assert next(again) == "Dear"
    again.close()
    again.close()


def test_the_longest_reply_can_be_set(endless: Path) -> None:
    pieces = list(local(endless, max_tokens=3).stream(REQUEST, before_send=lambda _: None))

    assert "".join(pieces) == "Dear friend, thank"


@pytest.mark.sec
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_child_that_dies_ends_its_reply_and_the_next_one_has_a_new_child(endless: Path) -> None:
    destination = local(endless)
    reply = destination.stream(REQUEST, before_send=lambda _: None)
    came = [next(reply)]
    os.kill(child_of(destination), signal.SIGKILL)
    with pytest.raises(StreamBroken, match="ended unexpectedly"):
        came.extend(reply)

    assert came[0] == "Dear"
    again = destination.stream(REQUEST, before_send=lambda _: None)
    assert next(again) == "Dear"
    again.close()


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_child_that_hears_nothing_is_waited_for_no_longer_than_said(endless: Path) -> None:
    destination = local(endless, timeout_s=5.0)
    reply = destination.stream(REQUEST, before_send=lambda _: None)
    next(reply)
    child = child_of(destination)
    os.kill(child, signal.SIGSTOP)
    with pytest.raises(StreamBroken, match="fell silent for 5 seconds"):
        list(reply)

    os.kill(child, signal.SIGCONT)
    engine.release()


def test_a_chat_too_long_for_the_model_is_refused_and_the_engine_stays(tiny: Path) -> None:
    destination = local(tiny, context=128)
    long = ChatRequest((ChatMessage("user", "word " * 500),))
    with pytest.raises(DestinationRefused, match="too long"):
        said(destination, long)

    assert said(destination, ChatRequest((ChatMessage("user", "Hi"),))) == TEXT


def test_a_template_that_knows_no_system_message_gets_it_in_the_prompt(tmp_path: Path) -> None:
    path = write_model(tmp_path / "plain.gguf", template=NO_SYSTEM)
    messages = (ChatMessage("system", "Keep the tokens."), ChatMessage("user", "Hi"))

    assert said(local(path), ChatRequest(messages)) == TEXT


def test_a_template_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    path = write_model(tmp_path / "odd.gguf", template="{{ raise_exception('never') }}")

    with pytest.raises(DestinationRefused, match="chat template"):
        said(local(path))


@pytest.mark.sec
def test_a_template_cannot_reach_python(tmp_path: Path) -> None:
    hostile = "{{ ''.__class__.__mro__[1].__subclasses__() }}"
    path = write_model(tmp_path / "hostile.gguf", template=hostile)

    with pytest.raises(DestinationRefused, match="chat template"):
        said(local(path))


def test_a_file_without_a_template_still_answers(tmp_path: Path) -> None:
    path = write_model(tmp_path / "bare.gguf", template=None)

    assert isinstance(said(local(path, max_tokens=4)), str)


def test_half_a_character_cannot_be_sent(tiny: Path) -> None:
    with pytest.raises(InputUnreadable, match="half a character"):
        said(local(tiny), ChatRequest((ChatMessage("user", "broken \ud83d"),)))


def test_trying_a_model_loads_it(tiny: Path) -> None:
    assert local(tiny).models() == ["tiny"]


def test_a_file_the_engine_cannot_load_is_one_sentence(tmp_path: Path) -> None:
    path = write_model(tmp_path / "odd.gguf", layers=1)
    data = bytearray(path.read_bytes())
    data[data.index(b"blk.0.attn_q") : data.index(b"blk.0.attn_q") + 12] = b"blk.0.attn_z"
    path.write_bytes(data)

    with pytest.raises(DestinationRefused, match="cannot load"):
        said(local(path))


@pytest.mark.sec
def test_a_changed_file_is_refused_even_with_its_old_size_and_time(
    tmp_path: Path, home: Home
) -> None:
    home.make()
    path = write_model(tmp_path / "mine.gguf")
    destination = local(path, home=home)
    said(destination)
    engine.release()
    before = path.stat()
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    with pytest.raises(IntegrityError, match="not the file that was added"):
        said(destination)


def test_an_unchanged_file_is_not_read_again(
    tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.make()
    path = write_model(tmp_path / "mine.gguf")
    destination = local(path, home=home)
    said(destination)
    monkeypatch.setattr("maskwell.destinations.local.files.measure", pytest.fail)

    assert said(destination) == TEXT


def test_a_file_that_is_gone_is_said_with_its_place(tmp_path: Path) -> None:
    path = write_model(tmp_path / "mine.gguf")
    destination = local(path)
    path.unlink()

    with pytest.raises(DestinationUnreachable, match="is gone from"):
        said(destination)


def test_a_model_nobody_added_is_not_loaded(tiny: Path) -> None:
    settings = DestinationSettings(name="here", kind="llama", model=str(tiny))

    with pytest.raises(UsageError, match="maskwell model add"):
        said(build(settings))


def test_without_the_engine_it_says_how_to_get_it(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    destination = local(tiny)
    monkeypatch.setattr(engine, "is_installed", lambda: False)

    with pytest.raises(DestinationUnreachable, match="maskwell model engine --install"):
        said(destination)


@pytest.mark.sec
@pytest.mark.skipif(sys.platform != "linux", reason="held by Linux")
def test_the_child_is_confined_before_it_reads_the_model(tiny: Path) -> None:
    destination = local(tiny)
    said(destination)
    status = Path(f"/proc/{child_of(destination)}/status").read_text()
    held = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    sockets = [
        one
        for one in Path(f"/proc/{child_of(destination)}").glob("fd/*")
        if "socket:" in str(one.readlink())
    ]

    assert (held["Seccomp"], held["NoNewPrivs"]) == ("2", "1")
    assert sockets == []


WATCHED = """
import json, sys
from pathlib import Path
from maskwell.config import DestinationSettings
from maskwell.destinations import ChatMessage, ChatRequest, build
from maskwell.destinations.local.files import described
model, _ = described(Path(sys.argv[1]))
settings = DestinationSettings(name="h", kind="llama", model=model.name, threads=1)
here = build(settings, models={model.name: model})
reply = here.stream(ChatRequest((ChatMessage("user", "Hi"),)), before_send=lambda _: None)
first = next(reply)
child = here.opened()._engine._process.pid
print(json.dumps([first, child, [m for m in ("llama_cpp", "numpy") if m in sys.modules]]))
sys.stdout.flush()
sys.stdin.read()
"""


def test_the_engine_is_never_loaded_here_and_its_process_ends_with_this_one(
    endless: Path,
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WATCHED, str(endless)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        first, child, loaded = json.loads(parent.stdout.readline())
        parent.kill()

    assert (first, loaded) == ("Dear", [])
    for _ in range(200):
        if not Path(f"/proc/{child}").exists():
            break
        threading.Event().wait(0.05)
    else:
        pytest.fail("the child lives on without its parent")
