"""Payloads that are not text though they are written as text: encoded bytes inside a string."""

from __future__ import annotations

import re

__all__ = ["is_payload"]

_LONGEST_WORD_CHARS = 240
_DATA_URI = re.compile(r"\s*data:[^,]{0,200};\s*base64\s*,", re.IGNORECASE)
_ENCODED = re.compile(rf"\s*[A-Za-z0-9+/_\-]{{{_LONGEST_WORD_CHARS},}}={{0,2}}\s*\Z")
_WRAPPED = re.compile(r"(?:\s*[A-Za-z0-9+/]{60,}\s*\n){4,}\s*[A-Za-z0-9+/]*={0,2}\s*\Z")


def is_payload(text: str) -> bool:
    """Whether the whole text is base64 of something: a data URI, or a very long run.

    What it holds cannot be read here, so a format drops it.
    """
    head = text[:1000]
    if _DATA_URI.match(head):
        return True
    if len(text) < _LONGEST_WORD_CHARS or " " in head.strip():
        return False
    return bool(_ENCODED.match(text) or _WRAPPED.match(text))
