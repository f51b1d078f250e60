"""Policies: which action each kind of finding gets for each destination."""

from maskwell.policy.loading import load_policy, parse_policy, preset_names
from maskwell.policy.model import Action, Decision, Policy, Reach, Rule, describe

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
