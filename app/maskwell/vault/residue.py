"""Is an erased value gone? Every page and the log are searched, decrypted without SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.errors import IntegrityError
from maskwell.vault.pages import decrypted_pages
from maskwell.vault.parameters import sql_text

if TYPE_CHECKING:
    from pathlib import Path

    from maskwell.vault.database import Database
    from maskwell.vault.keys import DataKey

__all__ = ["SHORTEST", "is_explained", "refuse_residue"]

_PIECE = 16
SHORTEST = 3
"""Bytes; anything shorter is in every text."""

_EXPLAINING = (
    ("entities", "key"),
    ("entities", "first_surface"),
    ("variants", "surface"),
    ("name_parts", "part"),
    ("stand_ins", "form"),
    ("lexicon_terms", "text"),
    ("lexicon_ignored", "value"),
    ("credentials", "value"),
    ("messages", "text"),
    ("messages", "applied"),
    ("conversations", "title"),
    ("ledger", "text"),
    ("ledger", "applied"),
)


def is_explained(database: Database, value: str) -> bool:
    """Say whether the value is, or is part of, something that rightly remains."""
    if len(value.encode("utf-8", "surrogatepass")) < SHORTEST:
        return True
    return any(
        database.row(
            f"SELECT 1 FROM {table} WHERE instr({column}, CAST(? AS TEXT)) LIMIT 1",  # noqa: S608  # own table names
            (sql_text(value),),
        )
        for table, column in _EXPLAINING
    )


def refuse_residue(path: Path, key: DataKey, values: list[str]) -> int:
    """Search every page and the log for the values and return how many bytes were searched."""
    pieces = [piece for value in values for piece in _pieces(value)]
    scanned = 0
    for page in decrypted_pages(path, key):
        scanned += len(page)
        if any(piece in page for piece in pieces):
            raise IntegrityError(
                "The value is erased, but still stands in the vault's file, so there is no "
                "certificate: another program is reading the vault, and with its end it goes."
            )
    return scanned


def _pieces(value: str) -> list[bytes]:
    """Return what to look for; a long value may be cut by the end of a page."""
    whole = value.encode("utf-8", "surrogatepass")
    if len(whole) < 2 * _PIECE:
        return [whole]
    return [whole[at : at + _PIECE] for at in range(0, len(whole) - _PIECE + 1, _PIECE)]
