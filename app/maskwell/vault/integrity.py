"""Is the database what was stored? Checked whenever the vault opens.

SQLCipher authenticates every page as it is read, so damage is never taken for data; these
checks find it before anything is trusted. `cipher_integrity_check` covers every page of the
file, but not pages that are missing from its end; `quick_check` reads the trees and finds
those; the file's length must be the page count exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.errors import IntegrityError
from maskwell.vault.database import PAGE_BYTES, Database
from maskwell.vault.failures import DAMAGED
from maskwell.vault.migrate import schema_version

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check_fast", "check_whole", "empty_log", "find_problems", "recover_log"]


def recover_log(database: Database) -> bool:
    """Bring the write-ahead log into the database file; say whether it is empty then.

    Without this a page half-written by a killed checkpoint would look like damage. It is not
    empty while another connection reads what stands in it; that is waited for, but not long.
    """
    row = database.row("PRAGMA wal_checkpoint(TRUNCATE)")
    return row is not None and not row[0]


def empty_log(database: Database, path: Path, *, within_s: float) -> None:
    """Leave nothing in the log for a connection that stays open when this one is closed.

    Only the last connection to be closed does so by itself. Until the log is written back, the
    file has what was deleted.

    Args:
        database: the open database, outside a transaction.
        path: its file.
        within_s: so long is waited for those who read, in seconds.

    Raises:
        OSError, MaskwellError: the disk refused, or another process is writing.
    """
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        database.rows(f"PRAGMA busy_timeout = {round(1000 * within_s)}")
        recover_log(database)


def check_whole(database: Database, path: Path) -> None:
    """Check every page.

    Raises:
        IntegrityError: one of them is not what was stored.
    """
    if find_problems(database, path):
        raise IntegrityError(DAMAGED)


def check_fast(database: Database, path: Path) -> None:
    """Check what can be known without reading the pages: the length and that there is a schema.

    Raises:
        IntegrityError: the file was cut off or added to, or is not a vault at all.
    """
    if check_length(database, path) or not schema_version(database):
        raise IntegrityError(DAMAGED)


def find_problems(database: Database, path: Path, *, beside_writer: bool = False) -> list[str]:
    """Return what is wrong with the database, in words without values; [] when it is whole.

    Args:
        database: the open database.
        path: its file.
        beside_writer: whether another process may be writing: then only what a consistent
            snapshot shows is judged, not the file as it lies on the disk.
    """
    problems = [] if beside_writer else check_length(database, path)
    if problems:
        return problems
    if not beside_writer:
        problems += [str(row[0]) for row in database.rows("PRAGMA cipher_integrity_check")]
    found = database.rows("PRAGMA quick_check")
    return problems + [str(row[0]) for row in found if row[0] != "ok"]


def check_length(database: Database, path: Path) -> list[str]:
    """Return a problem when pages are missing from the file's end or bytes follow it.

    While a reader keeps the log from being written back, the file may rightly be shorter.
    """
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        return []
    row = database.row("PRAGMA page_count")
    wanted = PAGE_BYTES * (int(row[0]) if row else 0)
    found = path.stat().st_size
    if wanted and found == wanted:
        return []
    return [f"the file has {found} bytes instead of {wanted}"]
