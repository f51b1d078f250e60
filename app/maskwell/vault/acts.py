"""Every act that the audit trail knows, named in one place.

The stores of the vault write these entries themselves, in the transaction of the act, so that a
caller can neither forget one nor write one for something that did not happen. A test holds that
each of them is written by the act it names.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Act"]


class Act(StrEnum):
    """One kind of entry in the audit trail."""

    CREATE = "create"
    OPEN = "open"
    OPEN_FAILED = "open.failed"
    """Wrong secrets were tried since the vault was last open; written at the next opening."""
    LOCK = "lock"
    SLOT_ADD = "slot.add"
    SLOT_REMOVE = "slot.remove"
    KEY_ROTATE = "key.rotate"
    HEADER_REPAIR = "header.repair"
    """A damaged header was mended; the detail says whether it still knew the trail's end."""
    BACKUP = "backup"
    BACKUP_RESTORE = "backup.restore"
    IMPORT = "import"
    GUARD = "guard.change"
    REVEAL = "reveal"
    ENTITY_MERGE = "entity.merge"
    ENTITY_SPLIT = "entity.split"
    ENTITY_ERASE = "entity.erase"
    SUBJECT_EXPORT = "subject.export"
    HISTORY_EXPORT = "history.export"
    HISTORY_DELETE = "history.delete"
    HISTORY_RETENTION = "history.retention"
    SCOPE_KEEP = "scope.keep"
    TERM_ADD = "term.add"
    TERM_REMOVE = "term.remove"
    IGNORE_ADD = "ignore.add"
    IGNORE_REMOVE = "ignore.remove"
    CREDENTIAL_SET = "credential.set"
    CREDENTIAL_DELETE = "credential.delete"
    DESTINATION_ADD = "destination.add"
    DESTINATION_CHANGE = "destination.change"
    DESTINATION_REMOVE = "destination.remove"
    POLICY_CHANGE = "policy.change"
    SEND = "send"
    BLOCK = "block"
    """A rule or the egress rescan refused a text; nothing left."""
    FILE_SANITISE = "file.sanitise"
    FILE_RESTORE = "file.restore"
