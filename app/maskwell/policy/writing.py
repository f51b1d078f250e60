"""Changing a policy's file: its comments stay, and it is replaced whole or not at all.

A shipped policy is never changed: the user gets a file of their own with the same name, which
comes before it. Invariant: what is written is a policy that was read and found valid before.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maskwell.errors import ConfigError
from maskwell.paths import asset
from maskwell.policy.loading import load_policy, parse_policy
from maskwell.policy.model import Reach

if TYPE_CHECKING:
    from maskwell.entity_types import EntityType
    from maskwell.paths import Home
    from maskwell.policy.model import Action, Policy

__all__ = ["forget_own_policy", "has_own_policy", "set_action", "set_policy_key"]


def has_own_policy(home: Home, name: str) -> bool:
    """Say whether the user has a file of their own for this policy."""
    return _own(home, name).is_file()


def forget_own_policy(home: Home, name: str) -> None:
    """Delete the user's own file, so that the shipped policy of that name is used again.

    Raises:
        ConfigError: it cannot be deleted.
    """
    try:
        _own(home, name).unlink(missing_ok=True)
    except OSError as error:
        raise ConfigError(f"{_own(home, name)} cannot be deleted ({error.strerror}).") from error


def set_policy_key(home: Home, name: str, key: str, value: str) -> Policy:
    """Set one of a policy's own keys, such as `default` or `review`; return the policy.

    Raises:
        UnknownName: there is no such policy.
        ConfigError: the policy as it would be is not valid; nothing was changed.
    """
    document = _document(home, name)
    document[key] = value
    return _replaced(home, name, document)


def set_action(
    home: Home,
    name: str,
    entity_type: EntityType,
    action: Action,
    *,
    reach: Reach | None = None,
) -> Policy:
    """Let a policy do `action` to a type from now on; return the policy.

    A rule for exactly this type and reach is changed where it stands. Where there is none, or
    a rule before it decides, one is put first.

    Args:
        home: where the user's policies are.
        name: the policy's name.
        entity_type: the type.
        action: what to do with it.
        reach: only for destinations of this class; None for all.

    Raises:
        UnknownName: there is no such policy.
        ConfigError: the policy as it would be is not valid; nothing was changed.
    """
    import tomlkit  # noqa: PLC0415  # only what changes a policy needs it

    document = _document(home, name)
    rules: Any = document.setdefault("rules", tomlkit.aot())
    for index, rule in enumerate(list(rules)):
        if _is_for(rule, entity_type, reach):
            rule["action"] = str(action)
            if _decides(document, name, entity_type, action, reach):
                return _replaced(home, name, document)
            del rules[index]
            break
    rules.insert(0, _rule(tomlkit.table(), entity_type, action, reach))
    return _replaced(home, name, document)


def _rule(table: Any, entity_type: EntityType, action: Action, reach: Reach | None) -> Any:
    table["types"] = [str(entity_type)]
    if reach is not None:
        table["destinations"] = [str(reach)]
    table["action"] = str(action)
    return table


def _is_for(rule: Any, entity_type: EntityType, reach: Reach | None) -> bool:
    wanted = [] if reach is None else [str(reach)]
    return (
        list(rule.get("types", [])) == [str(entity_type)]
        and list(rule.get("destinations", [])) == wanted
        and not rule.get("subtypes")
    )


def _decides(
    document: Any, name: str, entity_type: EntityType, action: Action, reach: Reach | None
) -> bool:
    """Say whether the type now gets the action wherever it was meant to."""
    import tomlkit  # noqa: PLC0415  # only what changes a policy needs it

    policy = parse_policy(tomlkit.dumps(document), name=name, source=name)
    meant = Reach if reach is None else (reach,)
    return all(
        policy.decide(entity_type, destination="", reach=one).action is action for one in meant
    )


def _own(home: Home, name: str) -> Path:
    return home.policies / f"{name}.toml"


def _document(home: Home, name: str) -> Any:
    """Return the user's own file, or the shipped one, as a document that keeps its comments."""
    import tomlkit  # noqa: PLC0415  # only what changes a policy needs it

    load_policy(name, home=home)
    own = _own(home, name)
    text = (own if own.is_file() else asset("policies", f"{name}.toml")).read_text("utf-8")
    return tomlkit.parse(text)


def _replaced(home: Home, name: str, document: Any) -> Policy:
    import tomlkit  # noqa: PLC0415  # only what changes a policy needs it

    text, target = tomlkit.dumps(document), _own(home, name)
    policy = parse_policy(text, name=name, source=str(target))
    home.make()
    try:
        home.policies.mkdir(mode=0o700, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=home.policies, prefix=".policy-", delete=False
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(target)
    except OSError as error:
        raise ConfigError(f"The policy file {target} cannot be written.") from error
    return policy
