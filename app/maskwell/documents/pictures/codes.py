"""QR and bar codes: every one is covered, because no reader can tell by eye what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskwell.documents.extras import needs
from maskwell.documents.pictures.boxing import Patch

if TYPE_CHECKING:
    from PIL.Image import Image

    from maskwell.documents.pictures.seeing import Point

__all__ = ["bar_codes"]

_MARGIN = 0.12


def bar_codes(picture: Image) -> list[Patch]:
    """Return what covers the codes in a picture.

    Raises:
        InputUnreadable: the extra `ocr` is not installed.
    """
    with needs("reading bar codes", extra="ocr"):
        import zxingcpp  # noqa: PLC0415  # optional
    found = zxingcpp.read_barcodes(picture)
    return [Patch(_wider(_corners(one.position))) for one in found]


def _corners(at: object) -> tuple[Point, Point, Point, Point]:
    names = ("top_left", "top_right", "bottom_right", "bottom_left")
    a, b, c, d = (getattr(at, name) for name in names)
    return (a.x, a.y), (b.x, b.y), (c.x, c.y), (d.x, d.y)


def _wider(corners: tuple[Point, Point, Point, Point]) -> tuple[Point, Point, Point, Point]:
    """Return an upright box around the corners and a margin: a code of one line has no height."""
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, low = min(y for _, y in corners), max(y for _, y in corners)
    more = _MARGIN * max(right - left, low - top, 20)
    return (
        (left - more, top - more), (right + more, top - more),
        (right + more, low + more), (left - more, low + more),
    )  # fmt: skip
