"""Logins beside whom they belong to: "Zora Wren (zwren)".

A word in small letters in brackets is a login where it is built from the name before the bracket;
"Zora Wren (retired)" is not. Invariant: what is yielded stands right behind a finding.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from maskwell.detection.recognizers.base import Match
from maskwell.entity_types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["logins_beside_names"]

_LOGIN = re.compile(
    r" [(\[](?:@|(?:login|user|uid|id)[: ] ?)?(?P<login>[a-z][a-z0-9._\-]{2,24})[)\]]"
)
_PART = re.compile(r"[^\W\d_]{3,}")
_TELLING: Final = 4
"""Letters of a name that a login holds, or all of it where it is shorter."""


def logins_beside_names(found: list[Match], text: str) -> list[Match]:
    """Return sorted, non-overlapping findings with the logins that stand behind their names."""
    more = list(_logins(found, text))
    return sorted([*found, *more], key=lambda match: match.start) if more else found


def _logins(found: list[Match], text: str) -> Iterator[Match]:
    for index, match in enumerate(found):
        if match.entity_type is not EntityType.PERSON or text[match.end : match.end + 1] != " ":
            continue
        login = _LOGIN.match(text, match.end)
        if not login or not _is_built_from(login["login"], text[match.start : match.end]):
            continue
        start, end = login.span("login")
        if index + 1 == len(found) or found[index + 1].start >= end:
            reason = "built from the name before it"
            yield Match(start, end, EntityType.USERNAME, 0.75, "username", reason)


def _is_built_from(login: str, name: str) -> bool:
    letters = re.sub(r"[^a-z]", "", login)
    return any(part[:_TELLING] in letters for part in _PART.findall(name.lower()))
