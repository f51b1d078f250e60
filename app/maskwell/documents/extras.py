"""The optional libraries of the `documents` extra, and the one sentence when they are missing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["INSTALL_LINE", "needs"]

INSTALL_LINE = "pip install 'maskwell[documents]'"


@contextmanager
def needs(purpose: str) -> Iterator[None]:
    """Turn a missing library into the install line.

    Args:
        purpose: what cannot be done without it ("reading Word files").

    Raises:
        InputUnreadable: an import inside the block failed.
    """
    try:
        yield
    except ImportError as error:
        raise InputUnreadable(
            f"{purpose[0].upper()}{purpose[1:]} needs optional parts: {INSTALL_LINE}."
        ) from error
