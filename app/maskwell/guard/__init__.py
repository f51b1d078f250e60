"""The guard: what is suspicious in, what leaks out, what a reply may do, and how much.

Importing this room loads neither numpy nor the model; the first inspection does.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maskwell.guard.egress import KnownValueScanner, Leak, scan_request
    from maskwell.guard.inspection import Source, inspect
    from maskwell.guard.limits import DEFAULT_LIMITS, LimitGate, Limits, Usage
    from maskwell.guard.links import Link
    from maskwell.guard.reply import ReplyReport, inspect_reply
    from maskwell.guard.warning import SUSPICIOUS_FROM, GuardWarning, Inspection, Kind

__all__ = [
    "DEFAULT_LIMITS",
    "SUSPICIOUS_FROM",
    "GuardWarning",
    "Inspection",
    "Kind",
    "KnownValueScanner",
    "Leak",
    "LimitGate",
    "Limits",
    "Link",
    "ReplyReport",
    "Source",
    "Usage",
    "inspect",
    "inspect_reply",
    "scan_request",
]

_HOME = {
    "DEFAULT_LIMITS": "limits",
    "GuardWarning": "warning",
    "Inspection": "warning",
    "Kind": "warning",
    "KnownValueScanner": "egress",
    "Leak": "egress",
    "LimitGate": "limits",
    "Limits": "limits",
    "Link": "links",
    "ReplyReport": "reply",
    "SUSPICIOUS_FROM": "warning",
    "Source": "inspection",
    "Usage": "limits",
    "inspect": "inspection",
    "inspect_reply": "reply",
    "scan_request": "egress",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
