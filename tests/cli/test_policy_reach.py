"""What a policy does to a real exchange: places it forbids, stand-ins, what does not come back."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest

from support.chat_server import ChatServer, Play

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cli.running import Cli

PROMPT = "Write a kind letter to jane.doe@example.com about card 4242 4242 4242 4242."


class Echo(ChatServer):
    """Answers with the prompt it was sent."""

    def next_play(self) -> Play:
        return Play(pieces=("Of course: ", self.received[-1].prompt))


class Listener:
    """A port of this machine that counts who connects to it, and answers nobody."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.connections = 0
        self._thread = threading.Thread(target=self._count, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1"

    def _count(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.close()


@pytest.fixture
def server() -> Iterator[Echo]:
    with Echo() as running:
        yield running


def write_policy(cli: Cli, lines: str, name: str = "matter") -> None:
    folder = cli.home / "policies"
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / f"{name}.toml").write_text(lines, "utf-8")


def add(cli: Cli, url: str, *options: str) -> None:
    added = cli(
        *("destination", "add", "acme", "--kind", "openai", "--base-url", url),
        *("--model", "small", *options),
    )
    assert added.code == 0, added.err


@pytest.mark.sec
@pytest.mark.parametrize("places", ['hosts = ["llm.example.eu"]', 'regions = ["eu"]'])
@pytest.mark.parametrize("options", [(), ("--class", "remote")])
def test_a_place_the_policy_does_not_name_is_never_connected_to(
    cli: Cli, listener: Listener, places: str, options: tuple[str, ...]
) -> None:
    write_policy(cli, f"{places}\nreview = 'never'\n")
    add(cli, listener.url, *options)

    ran = cli("ask", PROMPT, "--to", "acme", "--policy", "matter")

    assert ran.code == 4
    assert "nowhere else" in ran.err
    assert "jane.doe" not in ran.err
    assert listener.connections == 0


@pytest.mark.parametrize("places", ['hosts = ["127.0.0.1"]', 'regions = ["local"]'])
def test_a_place_the_policy_names_is_asked(cli: Cli, server: Echo, places: str) -> None:
    write_policy(cli, f"{places}\nreview = 'never'\n")
    add(cli, server.url)

    ran = cli("ask", PROMPT, "--to", "acme", "--policy", "matter")

    assert (ran.code, ran.text) == (0, f"Of course: {PROMPT}\n"), ran.err


@pytest.mark.sec
def test_no_setting_makes_another_machine_this_one(cli: Cli) -> None:
    write_policy(cli, 'regions = ["local"]\nreview = "never"\n')
    add(cli, "https://llm.example.com/v1")
    settings = cli.home / "config.toml"
    settings.write_text(settings.read_text("utf-8") + 'region = "local"\n', "utf-8")

    ran = cli("ask", PROMPT, "--to", "acme", "--policy", "matter")

    assert ran.code == 4, ran.err
    assert "nowhere else" in ran.err


def test_offline_refuses_a_remote_destination_whatever_the_policy_says(cli: Cli) -> None:
    write_policy(cli, 'hosts = ["llm.example.com"]\nreview = "never"\n')
    add(cli, "https://llm.example.com/v1")

    ran = cli("--offline", "ask", PROMPT, "--to", "acme", "--policy", "matter")

    assert ran.code == 5
    assert "Offline" in ran.err


def test_stand_ins_leave_and_the_values_come_back(cli: Cli, server: Echo) -> None:
    write_policy(cli, 'default = "surrogate"\nreview = "never"\n')
    add(cli, server.url)

    ran = cli("ask", PROMPT, "--to", "acme", "--policy", "matter")

    sent = server.received[-1].body.decode()
    assert ran.text == f"Of course: {PROMPT}\n"
    assert "jane.doe" not in sent
    assert "4242 4242 4242 4242" not in sent
    assert ".example" in sent
    assert "[EMAIL" not in sent
    shown = cli("history", "show", "1")
    assert PROMPT in shown.text


def test_the_receipt_tells_what_did_not_come_back(cli: Cli, server: Echo) -> None:
    write_policy(
        cli,
        'review = "never"\n[[rules]]\ntypes = ["CARD"]\naction = "generalise"\n'
        '[[rules]]\ntypes = ["EMAIL"]\naction = "hash"\n',
    )
    add(cli, server.url)

    ran = cli("ask", PROMPT, "--to", "acme", "--policy", "matter")

    assert "**** **** **** 4242" in ran.text
    assert "email#" in ran.text
    assert "made less exact" in ran.err
    assert "hashed" in ran.err


def test_policy_test_names_rule_and_line(cli: Cli) -> None:
    write_policy(cli, 'default = "token"\n\n[[rules]]\ntypes = ["CARD"]\naction = "mask"\n')

    ran = cli("policy", "test", "-", "--policy", "matter", "--json", stdin=PROMPT.encode())

    decided = {one["type"]: (one["action"], one["rule"]) for one in ran.json}
    assert decided == {"EMAIL": ("token", "the default"), "CARD": ("mask", "rule 1 (line 3)")}


@pytest.mark.parametrize("name", ["secrets-only", "GDPR", "hipaa", "PCI-DSS", "fine-tuning"])
def test_a_preset_is_known_by_its_usual_name(cli: Cli, name: str) -> None:
    assert cli("policy", "show", name).code == 0
