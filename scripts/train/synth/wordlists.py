"""The hand-written word lists under `words/`, one entry a line, each read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["words"]

_FOLDER = Path(__file__).resolve().parent.parent / "words"


@cache
def words(name: str) -> tuple[str, ...]:
    """Return the entries of `words/<name>.txt` in their order."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line)
