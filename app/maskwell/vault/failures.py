"""The edge between SQLCipher and the rest: its exceptions become ours, and never say a value.

sqlcipher3 has its own exception tree (not `sqlite3.Error`) and its messages may quote SQL;
only the result code decides what a person is told.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from maskwell.errors import IntegrityError, MaskwellError, VaultBusy, VaultError, VaultWriteFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DAMAGED", "disk_errors", "translate"]

_BUSY, _LOCKED, _NOMEM, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = (
    5, 6, 7, 8, 10, 11, 13, 14, 26,
)  # fmt: skip
_CONSTRAINT = 19

DAMAGED = (
    "The vault's database is damaged; nothing was changed. Restore a backup with "
    "`maskwell vault restore FILE`, and keep the damaged file until that worked."
)


def translate(error: Exception) -> MaskwellError:
    """Return the error a caller may see for one that SQLCipher raised."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary in {_CORRUPT, _NOTADB}:
        return IntegrityError(DAMAGED)
    if primary in {_BUSY, _LOCKED}:
        return VaultBusy("Another process is writing to the vault; try again in a moment.")
    if primary == _FULL:
        return VaultWriteFailed(
            "The disk is full, so nothing was saved; free some space and try again."
        )
    if primary in {_IOERR, _CANTOPEN, _READONLY}:
        return VaultWriteFailed(
            "The disk refused the vault (an input/output error), so nothing was saved; "
            "check the disk and its permissions, then try again."
        )
    if primary == _CONSTRAINT:
        return IntegrityError(
            "The vault refused a record that contradicts what it holds; nothing was saved."
        )
    return VaultError(f"The vault could not do this (code {primary}); nothing was saved.")


@contextmanager
def disk_errors(what: str) -> Iterator[None]:
    """Turn what the operating system says in the block into `VaultWriteFailed`."""
    try:
        yield
    except OSError as error:
        raise VaultWriteFailed(
            f"{what} ({error.strerror}); check the disk's space and permissions, then try again."
        ) from error
