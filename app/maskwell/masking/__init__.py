"""Masking: tokens in place of values on the way out, values in place of tokens on the way back."""

from maskwell.masking.known import KnownValues, retokenise
from maskwell.masking.protecting import Marked, Protected, protect
from maskwell.masking.rendering import render
from maskwell.masking.restoring import Receipt, Restored, Restorer, StreamRestorer
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
