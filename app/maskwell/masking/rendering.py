"""Rebuilding exactly what was sent from what is stored of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.masking.token_book import TokenBook
from maskwell.policy import Action

if TYPE_CHECKING:
    from maskwell.vault import Applied, Kept, Scope, Vault

__all__ = ["render"]


def render(vault: Vault, scope: Scope, kept: Kept) -> str:
    """Return the text as it was sent, character by character.

    A value that was kept and has been erased since stays its token: it cannot be rebuilt.
    """
    book = TokenBook(vault, scope)
    pieces: list[str] = []
    place = 0
    for applied in kept.applied:
        pieces += (kept.text[place : applied.start], _sent(book, kept.text, applied))
        place = applied.end
    pieces.append(kept.text[place:])
    return "".join(pieces)


def _sent(book: TokenBook, text: str, applied: Applied) -> str:
    if applied.rendering is not None:
        return applied.rendering
    token = text[applied.start : applied.end]
    if applied.action != Action.KEEP:
        return token
    surface = book.surface(token[1:-1])
    return token if surface is None else surface
