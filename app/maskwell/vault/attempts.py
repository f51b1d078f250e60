"""Five wrong secrets in a row slow the next ones down.

This keeps someone at the keyboard from trying on; someone with the files is held off by the key
derivation alone.
"""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from maskwell.errors import WrongPassphrase
from maskwell.vault.files import private_umask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["counted_attempt"]

FREE_ATTEMPTS = 5
LONGEST_S = 30.0


@contextlib.contextmanager
def counted_attempt(path: Path, *, sleep: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Wait as long as the failures in `path` ask for, then count how the block ends."""
    failures = _failures(path)
    if failures >= FREE_ATTEMPTS:
        sleep(min(2.0 ** (failures - FREE_ATTEMPTS), LONGEST_S))
    try:
        yield
    except WrongPassphrase:
        with contextlib.suppress(OSError), private_umask():
            path.write_text(str(failures + 1), "ascii")
        raise
    if failures:
        with contextlib.suppress(OSError):
            path.unlink()


def _failures(path: Path) -> int:
    try:
        return min(int(path.read_text("ascii")), 1000)
    except (OSError, ValueError):
        return 0
