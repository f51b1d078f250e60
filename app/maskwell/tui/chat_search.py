"""Searching stored chats by what their reader sees: plain words and real values alike.

The history holds tokens only. A word is therefore looked for twice: as it stands, and as the
tokens of every known value it is part of; a chat is found when one of its messages has all
the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.masking import Token

if TYPE_CHECKING:
    from maskwell.shield import Shield
    from maskwell.vault import Message

__all__ = ["matching_messages"]

_MOST_TOKENS = 200
"""A word that is part of more values than this says too little to search by."""


def matching_messages(shield: Shield, words: str, *, limit: int = 200) -> list[Message]:
    """Return the messages that hold all of `words`, newest first."""
    found: dict[int, Message] | None = None
    values = _known_values(shield)
    for word in words.split():
        hits = _hits(shield, word, values, limit)
        found = hits if found is None else {n: m for n, m in found.items() if n in hits}
        if not found:
            return []
    return sorted((found or {}).values(), key=lambda message: -message.id)


def _hits(
    shield: Shield, word: str, values: list[tuple[str, str]], limit: int
) -> dict[int, Message]:
    history = shield.vault.history
    hits = {message.id: message for message in history.search([word], limit=limit)}
    folded = word.casefold()
    tokens = dict.fromkeys(token for surface, token in values if folded in surface)
    for token in list(tokens)[:_MOST_TOKENS]:
        hits |= {message.id: message for message in history.search([token], limit=limit)}
    return hits


def _known_values(shield: Shield) -> list[tuple[str, str]]:
    """Return (folded surface, token) of everything the vault knows, in every scope."""
    return [
        (variant.surface.casefold(), Token(variant.entity_type, variant.number, variant.check).text)
        for scope in shield.vault.scopes.all()
        for variant in shield.vault.entities.surfaces(scope)
    ]
