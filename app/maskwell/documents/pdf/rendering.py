"""Pages as pictures, drawn by PDFium, and where a place of the page is in its picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pypdfium2  # type: ignore[import-untyped]  # it ships no types

from maskwell.documents.pdf.matrices import Matrix, applied
from maskwell.errors import InputUnreadable

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Renderer", "Sheet"]

_POINTS = 72.0
_MOST_PIXELS = 12_000_000


class Sheet:
    """One page as a picture."""

    def __init__(self, picture: Image, to_pixels: Matrix, size: tuple[float, float]) -> None:
        self.picture = picture
        self.size = size
        """In points, as it is seen."""
        self._to_pixels = to_pixels

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the page's own space is in the picture."""
        return applied(self._to_pixels, x, y)


class Renderer:
    """Draws the pages of one file."""

    def __init__(self, data: bytes) -> None:
        try:
            self._pdf = pypdfium2.PdfDocument(data)
            self._pdf.init_forms()
        except pypdfium2.PdfiumError as error:
            raise InputUnreadable(
                "The PDF is damaged; open it, save it again and retry."
            ) from error

    def close(self) -> None:
        """Free the file."""
        self._pdf.close()

    def text(self, number: int) -> str:
        """Return the text PDFium sees on a page."""
        page = self._pdf[number]
        words: Any = page.get_textpage()
        found = str(words.get_text_range())
        words.close()
        page.close()
        return found

    def sheet(self, number: int, dots_per_inch: int) -> Sheet:
        """Return a page drawn; a large one with fewer dots."""
        page = self._pdf[number]
        width, height = page.get_size()
        scale = dots_per_inch / _POINTS
        if width * height * scale * scale > _MOST_PIXELS:
            scale = (_MOST_PIXELS / (width * height)) ** 0.5
        picture = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
        left, low, right, high = page.get_cropbox()
        m_left, m_low, m_right, m_high = page.get_mediabox()
        left, low, right, high = (
            max(left, m_left), max(low, m_low), min(right, m_right), min(high, m_high)
        )  # fmt: skip
        matrix = _matrix((left, low, right, high), page.get_rotation(), picture.size)
        page.close()
        return Sheet(picture, matrix, (width, height))


def _matrix(box: tuple[float, float, float, float], turn: int, size: tuple[int, int]) -> Matrix:
    """Return the way from a page's space to its pixels, which count down."""
    left, low, right, high = box
    wide, tall = max(right - left, 1e-6), max(high - low, 1e-6)
    width, height = size
    if turn == 90:
        return (0, height / wide, width / tall, 0, -low * width / tall, -left * height / wide)
    if turn == 180:
        return (-width / wide, 0, 0, height / tall, right * width / wide, -low * height / tall)
    if turn == 270:
        return (0, -height / wide, -width / tall, 0, high * width / tall, right * height / wide)
    return (width / wide, 0, 0, -height / tall, -left * width / wide, high * height / tall)
