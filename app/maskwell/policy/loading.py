"""Policies from TOML: shipped presets, the user's own by name, or any file by its path.

Invariant: a file with a mistake is never half-followed; the error names the file, the line
and, where a word is wrong, the nearest valid one.
"""

from __future__ import annotations

import os
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from maskwell.entity_types import EntityType
from maskwell.errors import ConfigError, InputUnreadable, UnknownName
from maskwell.paths import asset
from maskwell.policy.lines import line_of
from maskwell.policy.model import DEPTHS, Action, Policy, Reach, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maskwell.paths import Home

__all__ = ["load_policy", "parse_policy", "preset_names"]

_SUFFIX = ".toml"
_KEYS = (
    *("title", "description", "default", "review", "without_review", "suspicious"),
    *("hosts", "regions", "rules"),
)
_RULE_KEYS = ("action", "types", "subtypes", "destinations", "to")
_REVIEWS = ("always", "uncertain", "not-local", "never")
_WITHOUT_REVIEW = ("send", "refuse")
_SUSPICIOUS = ("warn", "quote", "block")
_TYPES = tuple(str(one) for one in EntityType if one is not EntityType.LITERAL)


def preset_names(home: Home | None = None) -> list[str]:
    """Return the names of the shipped policies, and of the user's own where a home is given."""
    names = {
        entry.name.removesuffix(_SUFFIX)
        for entry in asset("policies").iterdir()
        if entry.name.endswith(_SUFFIX)
    }
    if home is not None and home.policies.is_dir():
        names |= {path.stem for path in home.policies.glob(f"*{_SUFFIX}")}
    return sorted(names)


def load_policy(name_or_path: str, *, home: Home | None = None) -> Policy:
    """Return a policy by the name of a preset or of the user's own, or by a file's path.

    The user's own policies come before presets of the same name. A preset is also known by its
    name with hyphens or capitals ("secrets-only", "GDPR").

    Raises:
        UnknownName: there is no such policy; the message lists near names.
        ConfigError: the file has a mistake.
        InputUnreadable: the file cannot be read.
    """
    if name_or_path.endswith(_SUFFIX) or os.sep in name_or_path:
        path = Path(name_or_path).expanduser()
        return parse_policy(_read(path), name=path.stem, source=str(path))
    file_name = name_or_path + _SUFFIX
    if home is not None and (own := home.policies / file_name).is_file():
        return parse_policy(_read(own), name=name_or_path, source=str(own))
    names = preset_names(home)
    spelled = name_or_path.casefold().replace("-", "_").replace(" ", "_")
    if spelled != name_or_path and spelled in names:
        return load_policy(spelled, home=home)
    if name_or_path not in names:
        near = get_close_matches(name_or_path, names, n=3) or names
        raise UnknownName(
            f"There is no policy named {name_or_path!r}; did you mean {' or '.join(near)}?"
        )
    source = f"the shipped policy {name_or_path}"
    return parse_policy(
        asset("policies", file_name).read_text("utf-8"), name=name_or_path, source=source
    )


def parse_policy(toml_text: str, *, name: str, source: str) -> Policy:
    """Return the policy a TOML text describes.

    Raises:
        ConfigError: it has a mistake; the message names `source` and the line.
    """
    try:
        table = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{source} is not valid TOML: {error}.") from error
    return _Reader(toml_text, source).policy(table, name)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError as error:
        raise UnknownName(f"There is no policy file {path}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputUnreadable(f"The policy file {path} cannot be read as text.") from error


class _Reader:
    """Reads one policy's tables and knows where each of their words stands."""

    def __init__(self, toml_text: str, source: str) -> None:
        self._toml_text = toml_text
        self._source = source

    def policy(self, table: dict[str, Any], name: str) -> Policy:
        self._check_keys(table, _KEYS, "a policy", rule=None)
        rules = table.get("rules", [])
        if not isinstance(rules, list) or not all(isinstance(one, dict) for one in rules):
            raise self._mistake("'rules' must be written as [[rules]] tables", "rules", rule=None)
        return Policy(
            name=name,
            title=self._text(table, "title", name),
            description=self._text(table, "description", ""),
            rules=tuple(self._rule(rule, index) for index, rule in enumerate(rules)),
            default=self._action(table.get("default", "token"), "default", rule=None),
            review=cast(
                "Literal['always', 'uncertain', 'not-local', 'never']",
                self._word(table.get("review", "always"), _REVIEWS, "review", rule=None),
            ),
            without_review=cast(
                "Literal['send', 'refuse']",
                self._word(
                    table.get("without_review", "send"),
                    _WITHOUT_REVIEW,
                    "without_review",
                    rule=None,
                ),
            ),
            hosts=self._places(table, "hosts"),
            regions=self._places(table, "regions"),
            suspicious=cast(
                "Literal['warn', 'quote', 'block']",
                self._word(table.get("suspicious", "warn"), _SUSPICIOUS, "suspicious", rule=None),
            ),
        )

    def _rule(self, table: dict[str, Any], index: int) -> Rule:
        self._check_keys(table, _RULE_KEYS, "a rule", rule=index)
        if "action" not in table:
            raise self._mistake(f"rule {index + 1} has no action", "", rule=index)
        action = self._action(table["action"], "action", rule=index)
        return Rule(
            action=action,
            to=self._depth(table, action, index),
            line=line_of(self._toml_text, "", index),
            types=frozenset(
                EntityType(self._word(word, _TYPES, "types", rule=index))
                for word in self._words(table, "types", index)
            ),
            subtypes=frozenset(self._words(table, "subtypes", index)),
            destinations=frozenset(self._destinations(table, index)),
        )

    def _destinations(self, table: dict[str, Any], index: int) -> Iterable[str]:
        """Return the words as they are: names of destinations cannot be known here."""
        for word in self._words(table, "destinations", index):
            near = get_close_matches(word, list(Reach), n=1, cutoff=0.8)
            if near and word not in near:
                raise self._mistake(
                    f"{word!r} is too near to the class {str(near[0])!r} to be told from it",
                    word,
                    rule=index,
                )
            yield word

    def _action(self, value: object, key: str, *, rule: int | None) -> Action:
        return Action(self._word(value, tuple(map(str, Action)), key, rule=rule))

    def _depth(self, table: dict[str, Any], action: Action, index: int) -> str:
        if "to" not in table:
            return ""
        if action is not Action.GENERALISE:
            raise self._mistake(
                "'to' says how far to generalise; this rule's action is another", "to", rule=index
            )
        return self._word(table["to"], tuple(DEPTHS), "to", rule=index)

    def _places(self, table: dict[str, Any], key: str) -> frozenset[str]:
        words = table.get(key, [])
        if not isinstance(words, list) or not all(isinstance(w, str) and w for w in words):
            raise self._mistake(f"{key!r} must be a list of words", key, rule=None)
        return frozenset(word.casefold() for word in words)

    def _word(self, value: object, valid: tuple[str, ...], key: str, *, rule: int | None) -> str:
        if isinstance(value, str) and value in valid:
            return value
        if not isinstance(value, str):
            raise self._mistake(f"{key!r} must be one of {', '.join(valid)}", key, rule=rule)
        folded = {word.casefold(): word for word in valid}
        near = get_close_matches(value.casefold(), folded, n=1, cutoff=0.5)
        hint = f"did you mean {folded[near[0]]!r}?" if near else f"use one of {', '.join(valid)}"
        raise self._mistake(f"{value!r} is not a valid word for {key!r}; {hint}", value, rule=rule)

    def _words(self, table: dict[str, Any], key: str, index: int) -> list[str]:
        words = table.get(key, [])
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise self._mistake(f"{key!r} must be a list of words", key, rule=index)
        return cast("list[str]", words)

    def _text(self, table: dict[str, Any], key: str, default: str) -> str:
        value = table.get(key, default)
        if not isinstance(value, str):
            raise self._mistake(f"{key!r} must be a text", key, rule=None)
        return value

    def _check_keys(
        self, table: dict[str, Any], valid: tuple[str, ...], what: str, *, rule: int | None
    ) -> None:
        for key in table:
            if key not in valid:
                near = get_close_matches(key, valid, n=1, cutoff=0.5)
                hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(valid)}"
                raise self._mistake(f"{key!r} is no key of {what}; {hint}", key, rule=rule)

    def _mistake(self, what: str, word: str, *, rule: int | None) -> ConfigError:
        line = line_of(self._toml_text, word, rule)
        end = "" if what.endswith("?") else "."
        return ConfigError(f"{self._source}, line {line}: {what}{end}")
