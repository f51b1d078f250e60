"""Mistakes in policy files name the file, the line and the nearest valid word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell.errors import ConfigError, InputUnreadable, UnknownName
from maskwell.policy import Action, load_policy, parse_policy, preset_names

if TYPE_CHECKING:
    from pathlib import Path

    from maskwell.paths import Home

GOOD = """\
title = "Mine"
default = "token"

[[rules]]
types = ["CARD"]
action = "mask"

[[rules]]
types = ["PERSON", "ORG"]
destinations = ["local", "office"]
action = "keep"
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('default = "token"', 'default = "tokn"', 2, "did you mean 'token'?"),
        ('default = "token"', "default = 3", 2, "'default' must be one of"),
        ('title = "Mine"', "title = 1", 1, "'title' must be a text"),
        ('title = "Mine"', 'titel = "Mine"', 1, "did you mean 'title'?"),
        ('title = "Mine"', 'review = "alway"', 1, "did you mean 'always'?"),
        ('title = "Mine"', 'without_review = "no"', 1, "'without_review'"),
        ('types = ["CARD"]', 'types = ["CRAD"]', 5, "did you mean 'CARD'?"),
        ('types = ["CARD"]', 'types = ["card"]', 5, "did you mean 'CARD'?"),
        ('types = ["CARD"]', 'types = "CARD"', 5, "'types' must be a list of words"),
        ('types = ["CARD"]', 'types = ["LITERAL"]', 5, "'LITERAL' is not a valid word"),
        ('types = ["CARD"]', 'type = ["CARD"]', 5, "did you mean 'types'?"),
        ('action = "mask"', 'action = "maks"', 6, "did you mean 'mask'?"),
        ('action = "mask"', 'action = "mask"\nto = "month"', 7, "'to' says how far"),
        ('action = "mask"', 'action = "generalise"\nto = "mont"', 7, "did you mean 'month'?"),
        ('title = "Mine"', 'hosts = "example.com"', 1, "'hosts' must be a list of words"),
        ('title = "Mine"', 'region = ["eu"]', 1, "did you mean 'regions'?"),
        ('action = "mask"', "", 4, "rule 1 has no action"),
        ('"ORG"]', '"ROG"]', 9, "did you mean 'ORG'?"),
        ('["local", "office"]', '["locale"]', 10, "'local'"),
        ('action = "keep"', 'action = "keeep"', 11, "did you mean 'keep'?"),
    ],
)
def test_a_mistake_names_its_line_and_the_nearest_word(
    old: str, new: str, line: int, words: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_policy(GOOD.replace(old, new), name="mine", source="mine.toml")

    message = str(caught.value)
    assert message.startswith(f"mine.toml, line {line}: ")
    assert words in message


def test_a_word_in_a_comment_is_not_taken_for_the_mistake() -> None:
    text = '# tokn is no word\ntitle = "x" # tokn\ndefault = "tokn"\n'
    with pytest.raises(ConfigError, match="line 3"):
        parse_policy(text, name="mine", source="mine.toml")


def test_broken_toml_names_the_file_and_line() -> None:
    with pytest.raises(ConfigError, match=r"mine\.toml is not valid TOML.*line 1"):
        parse_policy("title = = 3\n", name="mine", source="mine.toml")


def test_rules_must_be_tables() -> None:
    with pytest.raises(ConfigError, match="must be written as"):
        parse_policy("rules = 3", name="mine", source="mine.toml")


def test_a_policy_file_is_loaded_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD, "utf-8")
    policy = load_policy(str(path))

    assert (policy.name, policy.title, len(policy.rules)) == ("mine", "Mine", 2)


def test_the_users_own_policy_comes_before_a_preset_of_its_name(home: Home) -> None:
    home.policies.mkdir(parents=True)
    (home.policies / "strict.toml").write_text(GOOD, "utf-8")
    (home.policies / "own.toml").write_text('default = "drop"', "utf-8")

    assert load_policy("strict", home=home).title == "Mine"
    assert load_policy("own", home=home).default is Action.DROP
    assert "own" in preset_names(home)


def test_an_unknown_policy_lists_near_names() -> None:
    with pytest.raises(UnknownName, match="did you mean everyday"):
        load_policy("evryday")


def test_a_missing_file_is_an_unknown_name(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="no policy file"):
        load_policy(str(tmp_path / "none.toml"))


def test_a_binary_file_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputUnreadable, match=r"bad\.toml"):
        load_policy(str(path))
