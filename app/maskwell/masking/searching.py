"""Text made comparable for a search that minds neither case nor lone surrogates.

Invariant: every character keeps its place, so a hit's places are places of the text itself.
"""

from __future__ import annotations

import re

__all__ = ["comparable"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def comparable(text: str) -> str:
    """Return the text without case and lone surrogates, every character in its place."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := one.lower()) == 1 else one for one in text)
    return lowered if lowered.isascii() else _SURROGATE.sub("\ufffd", lowered)
