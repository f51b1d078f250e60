"""The vault: the only place where real values are kept, always encrypted.

`Vault` is the way in. Everything it keeps except entities, terms and credentials is tokenised
text, so that locking or erasing makes all the rest anonymous at once.
"""

from maskwell.vault.kdf import DEFAULT_KDF, FLOOR_KDF, KdfParameters
from maskwell.vault.records import (
    Applied,
    Conversation,
    EntitySummary,
    Kept,
    LedgerEntry,
    Message,
    Scope,
    Variant,
    VaultReport,
)
from maskwell.vault.vault import Vault

__all__ = [
    "DEFAULT_KDF",
    "FLOOR_KDF",
    "Applied",
    "Conversation",
    "EntitySummary",
    "KdfParameters",
    "Kept",
    "LedgerEntry",
    "Message",
    "Scope",
    "Variant",
    "Vault",
    "VaultReport",
]
