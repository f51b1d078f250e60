"""Writing a file the user asked for: whole or not at all, for its owner alone, never over one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["save_new", "where_to"]


def where_to(typed: str) -> Path:
    """Return the place that was typed or pasted: without quotes, with ~ as the home folder."""
    return Path(typed.strip().strip("'\"")).expanduser()


def save_new(target: Path, data: bytes, *, sync: Callable[[int], None] = os.fsync) -> None:
    """Write `data` to a new file that only its owner can read.

    Raises:
        InputUnreadable: there is a file already, or the disk refused; nothing is left behind.
    """
    beside = None
    try:
        # Made anew under a name nobody can foresee: others may write to the folder too.
        opened, beside = tempfile.mkstemp(dir=target.parent, prefix=".maskwell-", suffix=".part")
        with os.fdopen(opened, "wb") as file:
            file.write(data)
            file.flush()
            sync(file.fileno())
        os.link(beside, target)
    except FileExistsError as error:
        raise InputUnreadable(
            f"There is a file {target} already; it was left alone, choose another name."
        ) from error
    except OSError as error:
        raise InputUnreadable(f"{target} cannot be written ({error.strerror}).") from error
    finally:
        if beside is not None:
            Path(beside).unlink(missing_ok=True)
