"""What is written beside a file in quarantine, and read from there again.

Invariant: a note says why and what helps, and holds nothing of what is in the file.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from maskwell.errors import BlockedByPolicy, InputError, InputTooLarge, LayoutUnsafe

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Quarantined", "advice", "note_text", "read_note", "stamp_in"]

_STAMP = "stamp: "
_MAY_HELP = "Trying again may help."
_ADVICE = (
    (
        BlockedByPolicy,
        "Trying again helps once the policy allows it, or once what it forbids is out of the file.",
    ),
    (
        LayoutUnsafe,
        "Trying again helps once only words are asked for: maskwell watch --mode text.",
    ),
    (
        InputTooLarge,
        "It helps to split the file or unpack it, and to drop the parts; trying again seldom does.",
    ),
    (
        InputError,
        "Trying again helps once the reason above is mended.",
    ),
)


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Why a file has no copy. None of it is a value."""

    reason: str
    advice: str
    """What helps, and whether trying again can; "" in a note of an older Maskwell."""
    since: datetime
    """UTC."""


def advice(error: Exception) -> str:
    """Return what helps against an error, and whether trying again can."""
    return next((words for kind, words in _ADVICE if isinstance(error, kind)), _MAY_HELP)


def note_text(reason: str, advice: str, stamp: bytes) -> str:
    """Return what a note says; its last line is the stamp of the file it is about."""
    return (
        f"{reason}\n\n{advice}\n\nNo copy of this file was made. To try again: maskwell watch "
        f"--retry, or delete this note.\n{_STAMP}{stamp.hex()}\n"
    )


def read_note(note: Path) -> Quarantined | None:
    """Return what a note says, None when there is none (any more)."""
    try:
        with os.fdopen(os.open(note, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
            told, changed_at = file.read(), os.fstat(file.fileno()).st_mtime
    except OSError:
        return None
    reason, *rest = told.decode("utf-8", "replace").split("\n\n")
    helps = rest[0] if len(rest) > 1 else ""
    return Quarantined(reason.strip(), helps.strip(), datetime.fromtimestamp(changed_at, UTC))


def stamp_in(note: Path) -> bytes:
    """Return the stamp in a note.

    Raises:
        OSError, ValueError: there is none.
    """
    lines = note.read_text("utf-8", errors="replace").splitlines()
    last = next((line for line in reversed(lines) if line.startswith(_STAMP)), None)
    if last is None:
        raise ValueError("no stamp")
    return bytes.fromhex(last.removeprefix(_STAMP))
