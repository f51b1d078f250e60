"""What truly leaves: every byte on the wire over many chats, searched for planted values."""

from __future__ import annotations

import base64
import itertools
import random
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from maskwell.config import DestinationSettings
from maskwell.conversation import Conversation
from maskwell.errors import BlockedByPolicy
from support.chat_server import ChatServer, Play
from support.wiretap import Wiretap, forms_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maskwell.shield import Shield

TOKEN = re.compile(r"\[[A-Z]+_\d+[A-Z]{2}(?::\w+)?\]")
FIRST = ("Elena", "Martin", "Priya", "Thomas", "Sofia", "Daniel", "Hannah", "Carlos")
LAST = ("Whitfield", "Okafor", "Lindqvist", "Moreau", "Petrova", "Castellanos", "Brandt")
FRAMES = (
    "Please write a short, friendly letter to {name} ({email}).",
    "Our customer {name}, phone {phone}, paid with card {card}; thank them.",
    "Summarise: {name} wrote from {email} that the invoice of IBAN {iban} is paid.",
    'Fix this JSON: {{"user": "{email}", "card": "{card}", "ip": "{ip}"}}',
    "The server {ip} logged a sign-in of {email}; is that worrying, {name} asks?",
    "Why does this fail?\n```\nAPI_KEY={secret}\ncurl https://example.com -u {email}\n```",
)
CARDS = ("4111 1111 1111 1111", "5555555555554444", "3782 822463 10005", "6011111111111117")
IBANS = ("DE89370400440532013000", "GB82 WEST 1234 5698 7654 32", "FR1420041010050500013M02606")


@dataclass
class Plant:
    """Makes prompts with values, and remembers the values."""

    rng: random.Random

    def __post_init__(self) -> None:
        self.values: set[str] = set()

    def prompt(self) -> str:
        rng = self.rng
        first, last = rng.choice(FIRST), rng.choice(LAST)
        values = {
            "name": f"{first} {last}",
            "email": f"{first}.{last}{rng.randint(10, 9999)}@example.com".lower(),
            "phone": f"(212) 555-01{rng.randint(10, 99)}",
            "card": rng.choice(CARDS),
            "iban": rng.choice(IBANS),
            "ip": f"198.51.100.{rng.randint(2, 250)}",
            "secret": "sk-" + "".join(rng.choices("abcdefghijkmnpqrstuvwxyz23456789", k=40)),
        }
        frame = rng.choice(FRAMES)
        used = {key: value for key, value in values.items() if f"{{{key}}}" in frame}
        self.values |= set(used.values())
        return frame.format(**used)

    def in_disguise(self) -> str:
        """A prompt with an address that was sent as a token before, now in base64."""
        known = [one for one in sorted(self.values) if "@" in one]
        hidden = base64.b64encode(self.rng.choice(known).encode()).decode()
        return f"What does {hidden} say?"


def echo(prompt: str) -> Iterable[str]:
    """Answer with the prompt's tokens, in pieces that cut them."""
    reply = "Dear " + ", ".join(dict.fromkeys(TOKEN.findall(prompt))) + ", thank you."
    return [reply[at : at + 5] for at in range(0, len(reply), 5)]


def run(shield: Shield, prompts: int, seed: int) -> tuple[Wiretap, Plant, int]:
    """Hold chats of ten turns with both APIs; some requests are tried twice."""
    plant, blocked = Plant(random.Random(seed)), 0
    busy = Play(
        status=429, content_type="application/json", body=b"{}", headers={"retry-after": "0"}
    )
    with ChatServer(Play(answer=echo)) as server, Wiretap(server.port) as tap:
        chat = None
        for number in range(prompts):
            if number % 10 == 0:
                kind = ("openai", "anthropic")[number // 10 % 2]
                chat = begun(shield, kind, tap.url)
            assert chat is not None
            if number % 7 == 3:
                server.plays = [busy, Play(answer=echo)]
            is_disguised = number % 10 == 9
            text = plant.in_disguise() if is_disguised else plant.prompt()
            try:
                for _ in chat.send(chat.plan(text)):
                    pass
            except BlockedByPolicy:
                assert is_disguised
                blocked += 1
    return tap, plant, blocked


def begun(shield: Shield, kind: str, url: str) -> Conversation:
    lab = DestinationSettings(name="lab", kind=kind, base_url=url, model="small")
    known = {**shield.settings.destinations, "lab": replace(lab, given_class="remote")}
    shield.settings = replace(shield.settings, destinations=known)
    return Conversation.start(shield, destination="lab", scope="acme")


def leaked(sent: bytes, values: Iterable[str]) -> list[str]:
    """Return the values found, as they are written, in lower case, or without spaces."""
    folded = sent.lower()
    squeezed = re.sub(rb"[\s-]+", b"", folded)
    found = []
    for value in values:
        forms = forms_of(value) | forms_of(value.casefold())
        bare = re.sub(r"[\s-]+", "", value).lower().encode()
        is_written = any(form in sent or form.lower() in folded for form in forms)
        if is_written or (len(bare) >= 10 and bare in squeezed):
            found.append(value)
    return found


@pytest.mark.sec
@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize(
    "prompts", [30, pytest.param(500, marks=pytest.mark.full)], ids=["some", "all"]
)
def test_egress_no_planted_value_is_on_the_wire(shield: Shield, prompts: int) -> None:
    tap, plant, blocked = run(shield, prompts, seed=prompts)

    assert tap.connections >= prompts - blocked
    assert len(tap.sent) > 400 * prompts
    assert TOKEN.search(tap.sent.decode(errors="replace"))
    assert blocked > 0
    assert leaked(tap.sent, plant.values) == []


def test_the_oracle_finds_what_is_there() -> None:
    value = "elena.brandt7@example.com"
    wire = b"... " + base64.b64encode(b"ab " + value.encode()) + b" ..."

    assert leaked(wire, [value]) == [value]
    assert leaked(b'{"to": "' + value.upper().encode() + b'"}', [value]) == [value]
    assert leaked(b"4111-1111-1111-1111", ["4111 1111 1111 1111"]) == ["4111 1111 1111 1111"]
    assert leaked(b"nothing here", [value]) == []


@pytest.mark.sec
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("base_url", "{url}/jane.doe@example.com"),
        ("model", "jane.doe@example.com"),
        ("model", "amFuZS5kb2VAZXhhbXBsZS5jb20="),
    ],
)
def test_egress_address_and_fields_are_rescanned_too(shield: Shield, key: str, value: str) -> None:
    shield.protect("Write to jane.doe@example.com.", scope="acme")
    with ChatServer() as server:
        chat = begun(shield, "openai", server.url)
        settings = replace(
            shield.settings.destination("lab"), **{key: value.format(url=server.url)}
        )
        known = {**shield.settings.destinations, "lab": settings}
        shield.settings = replace(shield.settings, destinations=known)
        with pytest.raises(BlockedByPolicy, match="which the vault knows"):
            list(chat.send(chat.plan("Hello there")))

        assert server.received == []


@pytest.mark.parametrize("kind", ["openai", "anthropic"])
def test_what_was_sent_once_is_sent_again_byte_for_byte(shield: Shield, kind: str) -> None:
    with ChatServer(Play(answer=echo)) as server:
        chat = begun(shield, kind, server.url)
        for text in (
            "Write to Elena Brandt, elena.brandt@example.com.",
            "Now tell Martin Moreau (martin@example.com) too; Elena knows.",
            "And elena.brandt@example.com again.",
        ):
            "".join(chat.send(chat.plan(text)))

    bodies = [one.body for one in server.received]
    for earlier, later in itertools.pairwise(bodies):
        messages = earlier[earlier.index(b'"messages"') :].rpartition(b"}]")[0]
        assert messages in later
        assert earlier.partition(b'"messages"')[0] == later.partition(b'"messages"')[0]
