"""The vault: the only place where real values are kept, always encrypted.

`Vault` is the way in. Everything it keeps except entities, terms and credentials is tokenised
text, so that locking or erasing makes all the rest anonymous at once.
"""

from maskwell.vault.about import Told
from maskwell.vault.audit import AuditEntry, AuditReport
from maskwell.vault.backup import BackupReport
from maskwell.vault.certificate import Certificate
from maskwell.vault.filelog import FileEntry
from maskwell.vault.guarding import DEFAULT_GUARDED, Guard
from maskwell.vault.issuing import NewToken
from maskwell.vault.joining import Joined
from maskwell.vault.kdf import DEFAULT_KDF, FLOOR_KDF, KdfParameters
from maskwell.vault.keyfile import make_key_file
from maskwell.vault.keyslots import SlotInfo
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
from maskwell.vault.repairing import Repaired
from maskwell.vault.rotation import Rotated
from maskwell.vault.slots import SlotKind
from maskwell.vault.stand_ins import StandIn
from maskwell.vault.subject import Subject
from maskwell.vault.unlocking import Secret, passphrase_secret, recovery_secret
from maskwell.vault.vault import Vault

__all__ = [
    "DEFAULT_GUARDED",
    "DEFAULT_KDF",
    "FLOOR_KDF",
    "Applied",
    "AuditEntry",
    "AuditReport",
    "BackupReport",
    "Certificate",
    "Conversation",
    "EntitySummary",
    "FileEntry",
    "Guard",
    "Joined",
    "KdfParameters",
    "Kept",
    "LedgerEntry",
    "Message",
    "NewToken",
    "Repaired",
    "Rotated",
    "Scope",
    "Secret",
    "SlotInfo",
    "SlotKind",
    "StandIn",
    "Subject",
    "Told",
    "Variant",
    "Vault",
    "VaultReport",
    "make_key_file",
    "passphrase_secret",
    "recovery_secret",
]
