"""Wrong secrets are counted: five in a row slow the next ones down, and none goes unrecorded.

This keeps someone at the keyboard from trying on; someone with the files is held off by the key
derivation alone. The vault is locked while they are tried, so the count stands in a file of its
own until the next opening takes it into the audit trail. Who can write to the folder can remove
it: it tells of a guesser, not of a burglar.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maskwell.errors import WrongPassphrase
from maskwell.vault.files import private_umask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Attempts", "counted_attempt", "now_told", "untold"]

FREE_ATTEMPTS = 5
LONGEST_S = 30.0
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Attempts:
    """The wrong secrets there were."""

    in_a_row: int = 0
    """Since one was right."""
    untold: int = 0
    """Since the audit trail was told."""


@contextlib.contextmanager
def counted_attempt(path: Path, *, sleep: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Wait as long as the failures in `path` ask for, then count how the block ends."""
    before = _read(path)
    if before.in_a_row >= FREE_ATTEMPTS:
        sleep(min(2.0 ** min(before.in_a_row - FREE_ATTEMPTS, 9), LONGEST_S))
    try:
        yield
    except WrongPassphrase:
        _write(path, Attempts(before.in_a_row + 1, before.untold + 1))
        raise
    if before.in_a_row:
        _write(path, replace(before, in_a_row=0))


def untold(path: Path) -> int:
    """Return how many wrong secrets the audit trail has not been told of."""
    return _read(path).untold


def now_told(path: Path) -> None:
    """Remember that the audit trail was told of all of them."""
    attempts = _read(path)
    if attempts.untold:
        _write(path, replace(attempts, untold=0))


def _read(path: Path) -> Attempts:
    try:
        counts = [min(int(word), _MOST) for word in path.read_text("ascii").split()]
        return Attempts(counts[0], counts[-1])
    except (OSError, ValueError, IndexError):
        return Attempts()


def _write(path: Path, attempts: Attempts) -> None:
    """Keep the count; a disk that refuses must not keep the owner out."""
    with contextlib.suppress(OSError), private_umask():
        if attempts == Attempts():
            path.unlink(missing_ok=True)
        else:
            path.write_text(f"{attempts.in_a_row} {attempts.untold}", "ascii")
