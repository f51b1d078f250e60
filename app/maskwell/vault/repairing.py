"""Mending a damaged header with a secret that still opens what is left of it.

Nothing is written before a slot has opened, and before its key has opened the database. What
the header was like is kept beside, and the audit trail tells of the mending: it may have lost
what the header remembered of that trail's end.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maskwell.errors import IntegrityError, VaultError, WrongPassphrase
from maskwell.vault import opening
from maskwell.vault.acts import Act
from maskwell.vault.anchoring import load_anchor
from maskwell.vault.attempts import counted_attempt
from maskwell.vault.audit import Anchor, AuditTrail
from maskwell.vault.failures import DAMAGED, disk_errors
from maskwell.vault.files import folder_aside, private_umask, sync_file, sync_folder
from maskwell.vault.header import check_seal, read_header, write_header
from maskwell.vault.mending import corrected, remains
from maskwell.vault.migrate import latest_version
from maskwell.vault.unlocking import opened_slot

if TYPE_CHECKING:
    from pathlib import Path

    from maskwell.paths import Home
    from maskwell.vault.database import Database
    from maskwell.vault.header import Header
    from maskwell.vault.keys import DataKey
    from maskwell.vault.slots import Slot
    from maskwell.vault.unlocking import Secret

__all__ = ["Repaired", "is_damaged", "repair_header"]

_LOST = (
    "Nothing that opens the vault is left in its header; put it back from a backup with "
    "`maskwell vault restore FILE`, which opens with its passphrase or, with "
    "--recovery-code-file, with the recovery code."
)
_UNOPENED = (
    "What is left of the damaged header does not open with that: check it, try the recovery code "
    "with --recovery-code-file, or put a backup back with `maskwell vault restore FILE`."
)


@dataclass(frozen=True, slots=True)
class Repaired:
    """What became of a damaged header."""

    slots: tuple[str, ...]
    """The kinds of the slots that are left."""
    is_exact: bool
    """Whether it is again what it was, by its own checksum and seal."""
    is_end_lost: bool
    """Whether nothing remembers any more where the audit trail ended."""
    aside: Path
    """The folder in which the damaged header is kept."""


def is_damaged(home: Home) -> bool:
    """Say whether the header of the vault in `home` cannot be read as it stands.

    Raises:
        VaultTooNew: a newer program wrote it.
    """
    try:
        read_header(home.header)
    except IntegrityError:
        return True
    return False


def repair_header(home: Home, secret: Secret) -> Repaired:
    """Mend the damaged header of the vault in `home`.

    Where it cannot be made what it was, only the slot that opened stays: nothing vouches for
    the others, and one of them may have been put there from an older header.

    Raises:
        IntegrityError: too little is left, or the database is damaged as well.
        WrongPassphrase: no slot that is left opens with `secret`.
        VaultTooNew: a newer program wrote the header; it was left as it is.
        VaultWriteFailed: the disk refused; the damaged header is as it was.
    """
    with private_umask(), opening.held(home) as lock:
        try:
            return _repaired(home, secret)
        finally:
            lock.release()


def _repaired(home: Home, secret: Secret) -> Repaired:
    with disk_errors("The vault's header cannot be read"):
        raw = home.header.read_bytes() if home.header.exists() else b""
    exact = corrected(raw)
    header = exact or remains(raw)
    if header is None:
        raise IntegrityError(_LOST)
    slot, key = _opened(home, header, secret)
    try:
        if exact is not None:
            check_seal(exact, key)
        else:
            header = replace(header, slots=(slot,))
        mended, is_end_lost = _fitting(home, header, key, is_exact=exact is not None)
        aside = _kept_aside(home)
        write_header(home.header, mended, key)
    finally:
        key.wipe()
    kinds = tuple(str(slot.kind) for slot in mended.slots)
    return Repaired(kinds, exact is not None, is_end_lost, aside)


def _opened(home: Home, header: Header, secret: Secret) -> tuple[Slot, DataKey]:
    with counted_attempt(home.root / "vault.attempts"):
        try:
            return opened_slot(header, secret)
        except WrongPassphrase:
            raise WrongPassphrase(_UNOPENED) from None


def _fitting(home: Home, header: Header, key: DataKey, *, is_exact: bool) -> tuple[Header, bool]:
    """Return the header that fits the database, and whether the audit trail's end is lost.

    The key is the proof of which database is the header's: the vault's own, or one that was
    about to take its place. Where the trail ended, only a header whose seal holds can say, or
    the keyring: anybody could have written a header that is left without its seal.
    """
    database, is_pending = _database_of(home, key, is_pending=is_exact and header.is_pending)
    try:
        anchor = Anchor(header.anchor_count, header.anchor) if is_exact else _elsewhere(header)
        audit = AuditTrail(database, lambda: anchor)
        is_known = bool(anchor.count) and audit.continues(anchor)
        if is_known or not is_exact:
            detail = {"exact": is_exact, "end_known": is_known, "slots": len(header.slots)}
            audit.record(Act.HEADER_REPAIR, "", detail)
            anchor = audit.head()
    finally:
        database.close()
    fitting = replace(
        header,
        schema=latest_version(),
        anchor=anchor.head,
        anchor_count=anchor.count,
        is_pending=is_pending,
    )
    return fitting, not is_exact and not is_known


def _elsewhere(header: Header) -> Anchor:
    """Return what the keyring remembers of the trail's end; an empty anchor when it does not."""
    with suppress(VaultError):
        return load_anchor(header.vault_id) or Anchor(0, "")
    return Anchor(0, "")


def _database_of(home: Home, key: DataKey, *, is_pending: bool) -> tuple[Database, bool]:
    """Open the database that the key opens; the one about to take its place first if it was."""
    places = [(home.vault, False), (opening.next_database(home), True)]
    for path, is_next in reversed(places) if is_pending else places:
        if path.exists():
            try:
                return opening.open_database(path, key), is_next
            except IntegrityError:
                continue
    raise IntegrityError(DAMAGED)


def _kept_aside(home: Home) -> Path:
    with disk_errors("The damaged header could not be kept"):
        aside = folder_aside(home.root)
        shutil.copy2(home.header, aside / home.header.name)
        sync_file(aside / home.header.name)
        sync_folder(aside)
    return aside
