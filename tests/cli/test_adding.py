"""Adding a destination: what is wrong with an address is told before it is in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
