"""Two values made one and parted again, and for how long a scope's chats are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from cli.running import Cli

FIRST, SECOND = "jane.doe@example.com", "jane@example.com"


@pytest.fixture
def known(cli: Cli) -> Cli:
    """A vault that knows two addresses in one scope."""
    assert cli("redact", "--scope", "roof", stdin=f"{FIRST} or {SECOND}".encode()).code == 0
    return cli


def variants(cli: Cli, value: str) -> list[str]:
    (shown,) = cli("entity", "show", value, "--json").json
    return sorted([shown["value"], *shown["variants"]])


def test_merged_values_are_parted_again(known: Cli) -> None:
    assert known("entity", "merge", FIRST, SECOND).code == 0
    merged = variants(known, SECOND)
    ran = known("entity", "split", SECOND.upper())

    assert merged == sorted([FIRST, SECOND])
    assert ran.code == 0
    assert variants(known, FIRST) == [FIRST]
    assert variants(known, SECOND) == [SECOND]


@pytest.mark.parametrize("value", [FIRST, "nobody@example.com"])
def test_what_was_not_merged_is_not_parted(known: Cli, value: str) -> None:
    known("entity", "merge", FIRST, SECOND)

    assert known("entity", "split", value).code == 2
    assert variants(known, SECOND) == sorted([FIRST, SECOND])


def test_a_scope_has_days_of_its_own(known: Cli) -> None:
    assert known("history", "keep", "30", "--scope", "roof").code == 0
    own = known("history", "keep", "--json").json
    assert known("history", "keep", "--default", "--scope", "roof").code == 0
    general = known("history", "keep", "--json").json

    assert own == [{"scope": "roof", "days": 30, "from": "scope"}]
    assert general == [{"scope": "roof", "days": None, "from": "history.keep_days"}]


@pytest.mark.parametrize(
    "given",
    [
        ["30"],
        ["--default"],
        ["--scope", "roof"],
        ["30", "--default", "--scope", "roof"],
        ["0", "--scope", "roof"],
        ["36501", "--scope", "roof"],
        ["ten", "--scope", "roof"],
        ["30", "--scope", "nosuch"],
    ],
)
def test_days_that_cannot_be_followed_change_nothing(known: Cli, given: list[str]) -> None:
    ran = known("history", "keep", *given)

    assert ran.code == 2
    assert len(ran.err.strip().splitlines()) == 1
    assert known("history", "keep", "--json").json[0]["days"] is None
