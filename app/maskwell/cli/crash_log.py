"""What is written down when something unforeseen happened: where, never what.

An exception's words may quote a private text, so only its type and the places it passed
through are kept.
"""

from __future__ import annotations

import os
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from maskwell.paths import find_home

__all__ = ["record_crash"]

_LARGEST_BYTES = 1 << 20
_home: list[str | None] = [None]


def log_in(home: str | None) -> None:
    """Keep the log in this home, once a command knows which one it is."""
    _home[0] = home


def record_crash(error: BaseException) -> str:
    """Add `error` to the log and return the sentence for the user."""
    log = find_home(_home[0]).log
    with suppress(OSError):
        if log.parent.is_dir():
            _append(log, _entry(error))
            return (
                f"Something went wrong that Maskwell did not foresee ({type(error).__name__}); "
                f"nothing private is in the log: {log}."
            )
    return f"Something went wrong that Maskwell did not foresee ({_places(error)})."


def _entry(error: BaseException) -> str:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return f"{now} {_places(error)}\n"


def _places(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames]
    cause = error.__cause__ or error.__context__
    after = f" after {type(cause).__name__}" if cause is not None else ""
    return f"{type(error).__name__}{after} at {' > '.join(places)}"


def _append(log: Path, entry: str) -> None:
    is_full = log.exists() and log.stat().st_size > _LARGEST_BYTES
    mode = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if is_full else os.O_APPEND)
    with os.fdopen(os.open(log, mode, 0o600), "w", encoding="utf-8") as file:
        file.write(entry)
