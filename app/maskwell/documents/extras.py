"""The optional libraries of two extras, and the one sentence when they are missing."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["INSTALL_LINE", "OCR_INSTALL_LINE", "needs"]

INSTALL_LINE = "pip install 'maskwell[documents]'"
OCR_INSTALL_LINE = "pip install 'maskwell[documents,ocr]'"


@contextmanager
def needs(purpose: str, extra: str = "documents") -> Iterator[None]:
    """Turn a missing library into the install line.

    Args:
        purpose: what cannot be done without it ("reading Word files").
        extra: "documents", or "ocr" for what reads pictures.

    Raises:
        InputUnreadable: an import inside the block failed.
    """
    try:
        yield
    except ImportError as error:
        line = OCR_INSTALL_LINE if extra == "ocr" else INSTALL_LINE
        raise InputUnreadable(
            f"{purpose[0].upper()}{purpose[1:]} needs optional parts: {line}."
        ) from error
