"""What is left behind when the app ends on an error nobody handled: where, never what.

A traceback's message and its locals may hold real values; file names, line numbers and the
error's class cannot.
"""

from __future__ import annotations

import os
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from maskwell.errors import MaskwellError

if TYPE_CHECKING:
    from maskwell.paths import Home

__all__ = ["crash_sentence", "record_crash"]


def crash_sentence(home: Home, error: Exception) -> str:
    """Return the one sentence the user sees."""
    if isinstance(error, MaskwellError):
        return str(error)
    return (
        f"Maskwell stopped because of an unexpected error ({type(error).__name__}); nothing was "
        f"sent that you had not confirmed, and where it happened is noted in {home.log}."
    )


def record_crash(home: Home, error: Exception) -> None:
    """Add where the error happened to the log; a log that cannot be written is no error."""
    with suppress(OSError):
        home.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened = os.open(home.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(opened, "a", encoding="utf-8") as log:
            log.write("\n".join(_places(error)) + "\n")


def _places(error: BaseException) -> list[str]:
    lines = [f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {type(error).__name__}"]
    for frame in traceback.extract_tb(error.__traceback__):
        place = Path(frame.filename)
        lines.append(f"  {place.parent.name}/{place.name}:{frame.lineno} {frame.name}")
    if error.__cause__ is not None:
        lines += ["  caused by", *_places(error.__cause__)]
    return lines
