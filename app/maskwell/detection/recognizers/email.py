"""E-mail addresses: candidates are the "@" signs; each side is read outwards from there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maskwell.detection.recognizers.base import Match, Recognizer
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.detection.scan import Scan

__all__ = ["EmailRecognizer"]

_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~\-]{1,64}\Z")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w\-]{0,61}[^\W_])?\.){1,8}[^\W\d_][\w\-]{0,61}[^\W_]")
_LEADING_NOISE = ".!#$%&'*+/=?^`{|}~-"
_ASSIGNMENT = re.compile(r".*[=|]|.*(?:mailto)?[:/]")


class EmailRecognizer(Recognizer):
    """Finds e-mail addresses, internationalised ones too."""

    name = "email"
    entity_types = (EntityType.EMAIL,)

    def find(self, scan: Scan) -> Iterator[Match]:
        """Yield the addresses around every "@"."""
        text = scan.text
        at = text.find("@")
        while at >= 0:
            span = _address_around(text, at)
            if span:
                yield Match(*span, EntityType.EMAIL, 0.95, self.name, "the shape of an e-mail")
            at = text.find("@", at + 1)


def _address_around(text: str, at: int) -> tuple[int, int] | None:
    domain = _DOMAIN.match(text, at + 1)
    if not domain:
        return None
    low = max(0, at - 64)
    local = _LOCAL.search(text, low, at)
    if not local:
        return None
    value = local.group()
    kept = _ASSIGNMENT.sub("", value, count=1).lstrip(_LEADING_NOISE)
    if not kept or kept.endswith("."):
        return None
    return at - len(kept), domain.end()
