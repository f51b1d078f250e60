"""The proof of an erasure: what was done and what still refers to it, never the value."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Certificate"]


@dataclass(frozen=True, slots=True)
class Certificate:
    """What an erasure did, without the value."""

    number: int
    erased_at: int
    """Milliseconds since 1970, UTC."""
    types: tuple[str, ...]
    tokens: tuple[str, ...]
    """The tokens that stood for the entity; they restore to nothing now."""
    surfaces: int
    name_words: int
    terms: int
    """How many of each were erased."""
    conversations: tuple[int, ...]
    messages: tuple[int, ...]
    ledger_entries: tuple[int, ...]
    files: tuple[int, ...]
    """What mentions one of the tokens; of files, those that were made safe or brought back."""
    file_names: tuple[str, ...]
    """Their names, protected: copies outside the vault are for their owner to find."""
    plain_conversations: tuple[int, ...]
    plain_ledger_entries: tuple[int, ...]
    """Where an erased value stands as plain words that detection had missed."""
    originals: int
    """How many kept originals of files were removed, because they may show the person."""
    scanned_bytes: int
    """How many decrypted bytes were searched afterwards, without a find."""
    kept_aside: tuple[str, ...] = ()
    """Folders beside the vault with what was there before a restore or a repair."""

    def as_json(self) -> str:
        """Return the certificate as JSON."""
        return json.dumps(asdict(self), sort_keys=True)

    def as_text(self) -> str:
        """Return the certificate for a person to read."""
        lines = [
            f"Certificate of erasure {self.number}",
            f"Types: {_listed(self.types)}",
            f"Tokens that restore to nothing now: {_listed(self.tokens)}",
            f"Erased: {self.surfaces} surfaces, {self.name_words} name words, {self.terms} terms",
            f"Conversations that mention a token: {_listed(self.conversations)}",
            f"Messages that mention a token: {_listed(self.messages)}",
            f"Ledger entries that mention a token: {_listed(self.ledger_entries)}",
            f"Files made that mention a token: {_listed(self.file_names)}",
            f"Conversations with missed plain words: {_listed(self.plain_conversations)}",
            f"Ledger entries with missed plain words: {_listed(self.plain_ledger_entries)}",
            f"Kept originals of files that were removed: {self.originals}",
            f"Searched afterwards: {self.scanned_bytes} decrypted bytes, nothing found",
            f"Earlier vaults kept in the vault's folder: {_listed(self.kept_aside)}",
            "Backups made before this erasure, and earlier vaults, still hold the values.",
        ]
        return "\n".join(lines) + "\n"


def _listed(values: Iterable[object]) -> str:
    return ", ".join(str(value) for value in values) or "none"
