"""Another vault, opened to be read: from a backup of it, or from the folder it is in.

It is copied into a private folder first, checked and brought to the newest schema there, so that
the other vault itself is never changed and a damaged one is refused before anything is taken in.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from maskwell.errors import UsageError, VaultMissing
from maskwell.paths import Home
from maskwell.vault.backup import scratch, unpack
from maskwell.vault.failures import disk_errors
from maskwell.vault.files import private_umask
from maskwell.vault.header import check_seal
from maskwell.vault.opening import held, open_database, read_current_header

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from maskwell.vault.database import Database
    from maskwell.vault.header import Header
    from maskwell.vault.keys import DataKey

__all__ = ["other_vault"]


@contextmanager
def other_vault(
    source: Path, home: Home, unlocker: Callable[[Header], DataKey]
) -> Iterator[tuple[Database, str]]:
    """Yield the database of another vault and that vault's id.

    Args:
        source: a backup, or the folder of a vault.
        home: where this vault is; the copy is made there and is gone afterwards.
        unlocker: gets the data key out of the other vault's header.

    Raises:
        UsageError: it is this very vault.
        VaultMissing, InputUnreadable: `source` is neither a vault nor a backup.
        VaultBusy: another process has it open.
        WrongPassphrase: as `unlocker` raises it.
        IntegrityError: it is damaged.
    """
    with private_umask(), scratch(home.root) as folder:
        copy = _copied(Home(source), home, folder) if source.is_dir() else unpack(source, folder)
        header = read_current_header(copy)
        if header.is_pending:
            raise UsageError("A change to that vault was cut short; open it once, then try again.")
        key = unlocker(header)
        try:
            check_seal(header, key)
            database = open_database(copy.vault, key)
            try:
                yield database, header.vault_id
            finally:
                database.close()
        finally:
            key.wipe()


def _copied(other: Home, home: Home, folder: Path) -> Home:
    """Copy the vault of a folder while nobody writes to it."""
    if not other.header.exists() or not other.vault.exists():
        raise VaultMissing(f"There is no vault in {other.root}.")
    if other.vault.samefile(home.vault):
        raise UsageError("That is the vault that is open; name another one, or a backup.")
    with held(other) as lock:
        with disk_errors("The other vault could not be copied"):
            for path in (other.header, other.vault, other.vault.with_name("vault.db-wal")):
                if path.exists():
                    shutil.copy(path, folder / path.name)
        lock.release()
    return Home(folder)
