"""Masking: tokens in place of values on the way out, values in place of tokens on the way back.

Importing this package is instant; the grammar and the vault are loaded with what needs them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maskwell.masking.known import KnownValues, retokenise
    from maskwell.masking.protecting import Marked, Protected, protect
    from maskwell.masking.receipts import Receipt, Restored
    from maskwell.masking.rendering import render
    from maskwell.masking.restoring import Restorer, StreamRestorer
    from maskwell.masking.tokens import Token

__all__ = [
    "KnownValues",
    "Marked",
    "Protected",
    "Receipt",
    "Restored",
    "Restorer",
    "StreamRestorer",
    "Token",
    "protect",
    "render",
    "retokenise",
]

_HOMES = {
    **dict.fromkeys(("KnownValues", "retokenise"), "known"),
    **dict.fromkeys(("Marked", "Protected", "protect"), "protecting"),
    "render": "rendering",
    **dict.fromkeys(("Receipt", "Restored"), "receipts"),
    **dict.fromkeys(("Restorer", "StreamRestorer"), "restoring"),
    "Token": "tokens",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
