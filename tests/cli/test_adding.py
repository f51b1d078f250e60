"""Adding a destination: what is wrong with an address is told before it is in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.model_server import ModelServer

if TYPE_CHECKING:
    from cli.running import Cli

OFFICE = ("destination", "add", "office", "--kind", "openai", "--model", "small", "--base-url")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://llm.example.com:99999/v1", "a port from 1 to 65535"),
        ("http://8.8.8.8/v1", "public address"),
    ],
)
def test_an_address_that_cannot_be_used_is_not_added(bare: Cli, address: str, words: str) -> None:
    added = bare(*OFFICE, address, "--class", "trusted")

    assert added.code == 2
    assert words in added.err
    assert not (bare.home / "config.toml").exists()


@pytest.mark.parametrize(
    ("address", "is_told"),
    [("http://llm.example.com/v1", True), ("http://llm.local/v1", False)],
)
def test_what_can_be_read_on_the_way_is_told(bare: Cli, address: str, *, is_told: bool) -> None:
    added = bare(*OFFICE, address, "--class", "trusted")

    assert added.code == 0
    assert ("http:// can be read on the way" in added.err) == is_told


FROM_EARLIER = """\
[destinations.street]
kind = "openai"
base_url = "http://8.8.8.8/v1"
model = "m"
class = "trusted"

[destinations.harbour]
kind = "openai"
base_url = "https://llm.example.com:99999/v1"
model = "m"
"""


@pytest.mark.sec
def test_one_from_earlier_where_nothing_may_be_sent_is_refused_alone(cli: Cli) -> None:
    config = cli.home / "config.toml"
    with ModelServer() as server:
        here = f'[destinations.here]\nkind = "openai"\nbase_url = "{server.url}"\nmodel = "m"\n'
        config.write_text(FROM_EARLIER + here)

        assert cli("destination", "list").code == 0
        assert cli("destination", "test", "here").code == 0
        for name, words in (("street", "public address"), ("harbour", "port from 1 to 65535")):
            for used in (
                cli("destination", "test", name),
                cli("ask", "--to", name, "--yes", stdin=b"Hello there."),
            ):
                assert used.code == 2
                assert f'"{name}" ' in used.err
                assert words in used.err
                assert f"maskwell destination add {name} --base-url" in used.err


def test_doctor_names_the_ones_where_nothing_may_be_sent(bare: Cli) -> None:
    bare.home.mkdir(mode=0o700)
    (bare.home / "config.toml").write_text(FROM_EARLIER)

    told = bare("doctor", "--json")

    ill = {one["name"]: one["advice"] for one in told.json["checks"] if not one["healthy"]}
    assert told.code == 1
    assert set(ill) == {"destination street", "destination harbour"}
    assert "public address" in ill["destination street"]


def test_ones_from_earlier_are_mended_one_by_one(cli: Cli) -> None:
    config = cli.home / "config.toml"
    config.write_text(FROM_EARLIER)

    assert cli("destination", "remove", "street").code == 0
    mended = cli("destination", "add", "harbour", "--base-url", "https://llm.example.com/v1")

    assert mended.code == 0
    assert "street" not in config.read_text()
    assert "99999" not in config.read_text()
    assert cli("doctor").code == 0
