"""Policies: which action each kind of finding gets for each destination.

Importing this package is instant; reading files is loaded when a policy is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.policy.model import Action, Decision, Policy, Reach, Rule, describe

if TYPE_CHECKING:
    from maskwell.policy.loading import load_policy, parse_policy, preset_names

__all__ = [
    "Action",
    "Decision",
    "Policy",
    "Reach",
    "Rule",
    "describe",
    "load_policy",
    "parse_policy",
    "preset_names",
]


def __getattr__(name: str) -> object:
    if name in ("load_policy", "parse_policy", "preset_names"):
        from maskwell.policy import loading  # noqa: PLC0415  # TOML and files wait for their use

        return getattr(loading, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
