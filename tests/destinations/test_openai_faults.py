"""Everything a server can do wrong: one sentence, the right error, and what came is kept."""

from __future__ import annotations

import json
import ssl
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from destinations.asking import REQUEST, ask, settings_for
from maskwell.destinations import build, wire
from maskwell.errors import DestinationRefused, DestinationUnreachable, StreamBroken
from support.chat_server import ChatServer, Play

if TYPE_CHECKING:
    from pathlib import Path


def refusal(status: int, code: str = "", **headers: str) -> Play:
    error = {"error": {"message": "SECRET WORDS of the server", "code": code or None}}
    return Play(
        status=status,
        content_type="application/json",
        body=json.dumps(error).encode(),
        headers=headers,
    )


@pytest.mark.parametrize(
    ("play", "key", "words"),
    [
        (refusal(401), None, "wants an API key"),
        (refusal(401, "invalid_api_key"), "sk-x", "did not accept its API key"),
        (refusal(403), "sk-x", "did not accept its API key"),
        (refusal(404, "model_not_found"), None, 'knows no model "small"'),
        (Play(status=404, content_type="text/plain", body=b"404"), None, "no chat at that address"),
        (refusal(400, "context_length_exceeded"), None, "too long for the model"),
        (refusal(413), None, "too long for the model"),
        (refusal(422, "odd_thing"), None, "status 422 (odd_thing)"),
        (refusal(400, "Not A Code!"), None, "status 400."),
        (refusal(429, "insufficient_quota"), None, "no credit left"),
        (refusal(429, **{"retry-after": "90"}), None, "try again in 90 seconds"),
        (refusal(301, location="https://evil.example.com/"), None, "never followed"),
        (refusal(307, location="/v2/chat/completions"), None, "never followed"),
    ],
)
def test_a_refusal_is_one_sentence_of_ours(play: Play, key: str | None, words: str) -> None:
    with ChatServer(play) as server:
        outcome = ask(server, key=key)

    sentence = str(outcome.error)
    assert isinstance(outcome.error, DestinationRefused)
    assert words in sentence
    assert "SECRET" not in sentence
    assert len(server.received) == 1


@pytest.mark.parametrize(
    ("play", "words"),
    [
        (Play(content_type="text/html", body=b"<html>hello</html>"), "a web page"),
        (Play(content_type="image/png", body=b"\x89PNG"), "no chat reply"),
        (Play(content_type="application/json", body=b"[]"), "no chat reply"),
        (Play(content_type="application/json", body=b'{"choices": []}'), "no chat reply"),
        (Play(content_type="application/json", body=b"{"), "no chat reply"),
    ],
)
def test_an_answer_of_the_wrong_kind_is_refused(play: Play, words: str) -> None:
    with ChatServer(play) as server:
        outcome = ask(server)

    assert isinstance(outcome.error, DestinationRefused)
    assert words in str(outcome.error)


def test_a_compressed_answer_is_refused() -> None:
    play = Play(body=b"\x1f\x8b", headers={"content-encoding": "gzip"})
    with ChatServer(play) as server:
        outcome = ask(server)

    assert isinstance(outcome.error, DestinationRefused)


@pytest.mark.parametrize(
    ("play", "words"),
    [
        (Play(cut_after=2), "broke off"),
        (Play(pieces=("Hello", " there"), finish=False), "broke off"),
        (Play(pieces=("Hello", " there"), raw=b"data: {oops\n\n"), "no reply"),
        (Play(pieces=("Hello", " there"), raw=b'data: {"choices": 7}\n\n'), "no reply"),
        (Play(pieces=("Hello", " there"), raw=b"data: \xff\xfe\n\n"), "no reply"),
        (
            Play(pieces=("Hello", " there"), raw=b'data: {"error": {"message": "x"}}\n\n'),
            "an error of the server's",
        ),
    ],
)
def test_a_reply_that_breaks_keeps_what_came(play: Play, words: str) -> None:
    with ChatServer(play) as server:
        outcome = ask(server)

    assert outcome.text == "Hello there"
    assert isinstance(outcome.error, StreamBroken)
    assert words in str(outcome.error)


def test_silence_half_way_ends_in_time_and_keeps_what_came() -> None:
    with ChatServer(Play(hang_after=1)) as server:
        outcome = ask(server, timeout_s=0.3)

    assert outcome.text == "Hello"
    assert "fell silent for 0.3 seconds" in str(outcome.error)


def test_silence_from_the_start_ends_in_time_and_is_not_repeated() -> None:
    with ChatServer(Play(hang_after=-1)) as server:
        outcome = ask(server, timeout_s=0.3)

    assert isinstance(outcome.error, DestinationUnreachable)
    assert "did not answer within 0.3 seconds" in str(outcome.error)
    assert len(server.received) == 1


@pytest.mark.usefixtures("no_pauses")
def test_nobody_listening_is_said_with_the_address() -> None:
    with ChatServer() as server:
        settings = settings_for(server)
    with pytest.raises(DestinationUnreachable, match="is it running"):
        list(build(settings).stream(REQUEST, before_send=lambda _: None))


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_is_safe_to_repeat_is_repeated(status: int) -> None:
    with ChatServer(refusal(status), refusal(status), Play()) as server:
        outcome = ask(server)

    assert outcome.text == "Hello there."
    assert [one.body for one in server.received] == outcome.bodies
    assert len(outcome.bodies) == 3


@pytest.mark.usefixtures("no_pauses")
def test_repeating_has_an_end() -> None:
    with ChatServer(refusal(503)) as server:
        outcome = ask(server)

    assert isinstance(outcome.error, DestinationUnreachable)
    assert "status 503" in str(outcome.error)
    assert len(server.received) == 3


def test_a_short_wait_the_server_asks_for_is_kept() -> None:
    with ChatServer(refusal(429, **{"retry-after": "0"}), Play()) as server:
        outcome = ask(server)

    assert outcome.text == "Hello there."


def test_nothing_is_repeated_once_an_answer_began() -> None:
    with ChatServer(Play(pieces=("Hello",), cut_after=0)) as server:
        outcome = ask(server)

    assert isinstance(outcome.error, StreamBroken)
    assert len(server.received) == 1


def test_a_reply_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MAX_REPLY_BYTES", 4 * 1024**2)
    flood = Play(pieces=("Hello",), raw=b"data: " + b"x" * 5 * 1024**2)
    with ChatServer(flood) as server:
        outcome = ask(server)

    assert outcome.text == "Hello"
    assert "grew beyond" in str(outcome.error)


@pytest.mark.sec
def test_tls_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    with ChatServer() as server:
        certify(server, tmp_path)
        outcome = ask(server, base_url=server.url.replace("http:", "https:"))

    assert isinstance(outcome.error, DestinationUnreachable)
    assert "certificate" in str(outcome.error)
    assert server.received == []


def certify(server: ChatServer, folder: Path) -> None:
    """Have the server speak TLS with a certificate it made itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    encoding: Any = serialization.Encoding.PEM
    pem = folder / "both.pem"
    pem.write_bytes(
        key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(encoding)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.wrap(context)
