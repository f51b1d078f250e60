"""Backups: one file that was opened before it counted, and is put back whole or not at all.

The file is an uncompressed tar with exactly two members, `vault.header` and `vault.db`. It is as
safe to store as the vault itself and opens with the same secrets.
"""

from __future__ import annotations

import io
import shutil
import tarfile
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from maskwell.errors import InputUnreadable, VaultExists
from maskwell.paths import Home
from maskwell.vault.acts import Act
from maskwell.vault.audit import Anchor, AuditTrail
from maskwell.vault.copies import copy_database, table_counts
from maskwell.vault.failures import disk_errors
from maskwell.vault.files import folder_aside, private_umask, sync_file, sync_folder
from maskwell.vault.header import check_seal, read_header, write_header
from maskwell.vault.migrate import latest_version
from maskwell.vault.opening import (
    held,
    next_database,
    open_database,
    read_current_header,
    remove_database,
    settle,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from maskwell.vault.database import Database
    from maskwell.vault.header import Header
    from maskwell.vault.keys import DataKey

__all__ = ["BackupReport", "restore_backup", "scratch", "unpack", "write_backup"]

_MEMBERS = ("vault.header", "vault.db")


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds, as found by opening it."""

    path: Path
    size_bytes: int
    rows: dict[str, int]
    """How many rows each table has."""


def write_backup(database: Database, header_file: Path, key: DataKey, target: Path) -> BackupReport:
    """Write a backup of the open vault to `target`, open it, and only then let it be there.

    Raises:
        VaultWriteFailed: the disk refused; `target` is as it was.
        IntegrityError: what was written does not open as the same vault.
    """
    with private_umask(), scratch(target.parent) as folder:
        copy_database(database, folder / "vault.db", key)
        header = replace(read_header(header_file), is_pending=False)
        write_header(folder / "vault.header", header, key)
        packed = folder / "packed"
        with disk_errors("The backup could not be written"):
            with tarfile.open(packed, "w", format=tarfile.USTAR_FORMAT) as archive:
                for name in _MEMBERS:
                    archive.add(folder / name, name, filter=_anonymous)
            sync_file(packed)
        report = _drill(packed, folder, key)
        with disk_errors("The backup could not be put in place"):
            packed.replace(target)
            sync_folder(target.parent)
    return replace(report, path=target)


def restore_backup(
    source: Path, home: Home, unlocker: Callable[[Header], DataKey], *, is_replacing: bool = False
) -> Path | None:
    """Put the vault of a backup in `home`; return where the vault that was there is kept.

    Args:
        source: the backup.
        home: where the vault goes.
        unlocker: gets the data key out of the backup's header.
        is_replacing: whether a vault that is there may be moved aside.

    Raises:
        VaultExists: there is a vault and `is_replacing` is false.
        InputUnreadable: `source` is not a backup.
        IntegrityError: the backup is damaged; nothing was changed.
        WrongPassphrase: as `unlocker` raises it.
    """
    home.make()
    with private_umask(), scratch(home.root) as folder:
        unpacked = unpack(source, folder)
        header = read_current_header(unpacked)
        key = unlocker(header)
        try:
            check_seal(header, key)
            header = _noted(unpacked, header, key)
            with held(home) as lock:
                aside = _take_place(unpacked, home, key, is_replacing=is_replacing)
                lock.release()
                return aside
        finally:
            key.wipe()


def _noted(unpacked: Home, header: Header, key: DataKey) -> Header:
    """Check the backup's database, say in its audit trail that it is put back, and anchor that."""
    database = open_database(unpacked.vault, key)
    try:
        audit = AuditTrail(database, lambda: Anchor(header.anchor_count, header.anchor))
        if audit.continues(Anchor(header.anchor_count, header.anchor)):
            audit.record(Act.BACKUP_RESTORE, header.vault_id)
            head = audit.head()
            header = replace(header, anchor=head.head, anchor_count=head.count)
    finally:
        database.close()
    return write_header(unpacked.header, header, key)


def _take_place(unpacked: Home, home: Home, key: DataKey, *, is_replacing: bool) -> Path | None:
    is_there = home.header.exists() or home.vault.exists()
    if is_there and not is_replacing:
        raise VaultExists(f"There is a vault in {home.root} already; it was left alone.")
    with disk_errors("The backup could not be put in place"):
        aside = _keep_aside(home) if is_there else None
        remove_database(next_database(home))
        unpacked.vault.replace(next_database(home))
        sync_file(next_database(home))
        sync_folder(home.root)
    header = replace(read_header(unpacked.header), is_pending=True, schema=latest_version())
    settle(home, write_header(home.header, header, key), key)
    return aside


def _keep_aside(home: Home) -> Path:
    """Copy the vault that is there into a folder of its own, its log included."""
    aside = folder_aside(home.root)
    for path in (home.header, home.vault, home.vault.with_name(f"{home.vault.name}-wal")):
        if path.exists():
            shutil.copy2(path, aside / path.name)
            sync_file(aside / path.name)
    sync_folder(aside)
    return aside


def _drill(packed: Path, folder: Path, key: DataKey) -> BackupReport:
    """Unpack a backup, open it with every check, and count what it holds."""
    drill = folder / "drill"
    drill.mkdir(mode=0o700)
    unpacked = unpack(packed, drill)
    check_seal(read_header(unpacked.header), key)
    database = open_database(unpacked.vault, key)
    try:
        return BackupReport(packed, packed.stat().st_size, table_counts(database))
    finally:
        database.close()


def unpack(source: Path, folder: Path) -> Home:
    """Write a backup's two members, and nothing else, into `folder`.

    Raises:
        InputUnreadable: `source` is not a backup, or cannot be read.
    """
    try:
        with tarfile.open(source, "r:") as archive:
            members = {member.name: member for member in archive.getmembers()}
            if set(members) != set(_MEMBERS) or not all(one.isreg() for one in members.values()):
                raise _no_backup(source)
            for name in _MEMBERS:
                content = archive.extractfile(members[name])
                with (folder / name).open("xb") as target:
                    shutil.copyfileobj(content or io.BytesIO(), target, 1 << 20)
    except (tarfile.TarError, EOFError, ValueError):
        raise _no_backup(source) from None
    except OSError as error:
        raise InputUnreadable(f"The backup {source} cannot be read ({error.strerror}).") from error
    return Home(folder)


def _no_backup(source: Path) -> InputUnreadable:
    return InputUnreadable(f"{source} is not a backup of a vault, or it was cut short.")


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out who made the file and when."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mtime = 0
    member.mode = 0o600
    return member


@contextmanager
def scratch(parent: Path) -> Iterator[Path]:
    """Yield a private folder on the same disk; it is gone afterwards."""
    with disk_errors(f"The folder {parent} cannot be written"):
        folder = Path(tempfile.mkdtemp(prefix=".maskwell-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
