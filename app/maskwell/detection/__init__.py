"""Finding what is private in a text.

Importing this package is instant; the recognisers are loaded when a `Detector` is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.detection.finding import EMPTY_LEXICON, Finding, Lexicon, Term

if TYPE_CHECKING:
    from maskwell.detection.detector import Detector, shared_detector

__all__ = ["EMPTY_LEXICON", "Detector", "Finding", "Lexicon", "Term", "shared_detector"]


def __getattr__(name: str) -> object:
    if name in ("Detector", "shared_detector"):
        from maskwell.detection import detector  # noqa: PLC0415  # recognisers load on first use

        return getattr(detector, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
