"""Which tokens a kept text mentions, written down as it is stored.

This is what makes "everything that refers to this person" a look-up: erasing, the ledger's
answers and a subject's export read it instead of every text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maskwell.vault.database import Database

__all__ = [
    "labelled_token",
    "mentioned_tokens",
    "record_mentions",
    "replace_tokens",
    "token_places",
    "token_texts",
]

_TOKEN = re.compile(r"\[([A-Z]+)_([1-9][0-9]{0,17})([A-Z]{2})(?::([^\[\]\s]{1,64}))?\]")

Owner = Literal["conversation", "message", "ledger", "file"]


def mentioned_tokens(text: str) -> list[tuple[str, int, str]]:
    """Return type, number and check letters of each different token in `text`, in order."""
    found = ((match[1], int(match[2]), match[3]) for match in _TOKEN.finditer(text))
    return list(dict.fromkeys(found))


def token_texts(text: str) -> list[str]:
    """Return each different token of `text` without its label, as it stands in text."""
    return [f"[{kind}_{number}{letters}]" for kind, number, letters in mentioned_tokens(text)]


def token_places(text: str) -> list[tuple[int, int]]:
    """Return where tokens stand in `text`: first character, and one past the last."""
    return [match.span() for match in _TOKEN.finditer(text)]


def labelled_token(text: str) -> tuple[str, int, str, str] | None:
    """Return type, number, check letters and label of a text that is one token, or None."""
    match = _TOKEN.fullmatch(text.strip())
    return (match[1], int(match[2]), match[3], match[4] or "") if match else None


def replace_tokens(text: str, surfaces: Mapping[str, str]) -> str:
    """Return the text with each of these tokens, as it stands in text, replaced."""
    return _TOKEN.sub(lambda match: surfaces.get(match[0], match[0]), text)


def record_mentions(
    database: Database, owner: Owner, owner_id: int, scope_id: int, text: str
) -> None:
    """Write down the issued tokens of `text`; what only looks like a token is left out.

    Args:
        database: the open database.
        owner: the kind of thing the text belongs to.
        owner_id: its number.
        scope_id: its scope, whose tokens come before those of any other.
        text: the kept text.
    """
    database.write_many(
        f"INSERT OR IGNORE INTO {owner}_tokens (token_id, {owner}_id)"  # noqa: S608  # one of three literals
        " SELECT id, ? FROM tokens WHERE type = ? AND number = ? AND letters = ?"
        " ORDER BY scope_id = ? DESC LIMIT 1",
        [(owner_id, *token, scope_id) for token in mentioned_tokens(text)],
    )
