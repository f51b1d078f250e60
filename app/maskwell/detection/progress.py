"""How far the reading of a long text has come, for whoever waits for it.

Only the name model takes long enough to tell of; it reads after everything else, so its place
in the text is how much has been read.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["read_so_far", "telling"]

_listener: ContextVar[Callable[[int], None] | None] = ContextVar("listener", default=None)


@contextmanager
def telling(tell: Callable[[int], None]) -> Iterator[None]:
    """Have `tell` called within the block, with how many characters have been read."""
    before = _listener.set(tell)
    try:
        yield
    finally:
        _listener.reset(before)


def read_so_far(characters: int) -> None:
    """Say how many characters of the text have been read."""
    tell = _listener.get()
    if tell is not None:
        tell(characters)
