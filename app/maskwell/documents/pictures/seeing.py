"""Reading the words of a picture with the models that RapidOCR carries.

Every line is read as it stands; lines that stand on their side, that the angle classifier calls
upside down, or that read badly, are read turned round as well, and both readings count. One
thread, no visualiser, no network. The library is part of the extra `ocr`; without it `eyes`
says so in one sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from maskwell.documents.extras import needs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

__all__ = ["Eyes", "SeenLine", "eyes", "has_eyes"]

Point = tuple[float, float]

_LEAST_SIDE_PX, _MOST_SIDE_PX = 480, 1280
"""The longer side of a picture while text is sought in it; reading uses all its pixels."""
_READABLE = 0.5
_CLEAR = 0.85
_SPACE_HEIGHTS = 0.23
_SPACE_BLANKS = 2.5
"""How wide a blank between two letters is a space: in heights of the line, and beside the blank
that is usual in it."""


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line of text in a picture."""

    text: str
    quad: tuple[Point, Point, Point, Point]
    """Its corners in pixels as its reader sees them: top left, top right, bottom right, left."""
    stops: tuple[float, ...]
    """Where the middle of each character is, from 0 (left end) to 1."""
    score: float
    """How sure the reading is, 0 to 1."""

    @property
    def is_readable(self) -> bool:
        """Whether the reading can be believed at all."""
        return self.score >= _READABLE and bool(self.text.strip())


class Eyes:
    """The three models, loaded once a process."""

    def __init__(self) -> None:
        with needs("reading pictures", extra="ocr"):
            import cv2  # noqa: PLC0415  # optional and heavy
            from rapidocr_onnxruntime import (  # type: ignore[import-untyped]  # noqa: PLC0415
                RapidOCR,  # it ships no types
            )
        cv2.setNumThreads(1)
        self._cv2 = cv2
        self._engine = RapidOCR(
            intra_op_num_threads=1, inter_op_num_threads=1, det_limit_type="max",
            det_limit_side_len=_MOST_SIDE_PX,
        )  # fmt: skip

    def boxes(self, image: Image) -> list[tuple[Point, Point, Point, Point]]:
        """Return where text stands, as corners in pixels."""
        longest = max(image.size)
        scale = min(max(longest, _LEAST_SIDE_PX), _MOST_SIDE_PX) / longest
        size = (max(round(image.width * scale), 32), max(round(image.height * scale), 32))
        found, _ = self._engine.auto_text_det(_bgr(image.resize(size)))
        across, down = image.width / size[0], image.height / size[1]
        return [
            tuple((float(x) * across, float(y) * down) for x, y in quad)  # type: ignore[misc]
            for quad in (found if found is not None else ())
        ]

    def read(
        self, image: Image, quads: Sequence[tuple[Point, Point, Point, Point]]
    ) -> list[SeenLine]:
        """Return what stands in the given places; one that reads both ways comes twice."""
        pixels = _bgr(image)
        crops = [self._crop(pixels, quad) for quad in quads]
        if not crops:
            return []
        upright = self._recognise([crop for crop, _ in crops])
        _, angles, _ = self._engine.text_cls([crop for crop, _ in crops])
        lines, doubtful = [], []
        for number, (text, score, stops) in enumerate(upright):
            sideways = crops[number][1]
            lines.append(SeenLine(text, _turned(quads[number], sideways), stops, score))
            if sideways or angles[number][0] == "180" or score < _CLEAR:
                doubtful.append(number)
        turned = self._recognise([crops[number][0][::-1, ::-1] for number in doubtful])
        for number, (text, score, stops) in zip(doubtful, turned, strict=True):
            quad = _turned(_turned(_turned(quads[number], crops[number][1]), True), True)
            if score >= _READABLE:
                lines.append(SeenLine(text, quad, stops, score))
        return lines

    def read_each(
        self, image: Image, quads: Sequence[tuple[Point, Point, Point, Point]]
    ) -> list[str]:
        """Return the one best reading of each of the given places."""
        pixels = _bgr(image)
        found = self._recognise([self._crop(pixels, quad)[0] for quad in quads])
        return [text for text, _, _ in found]

    def look(self, image: Image) -> list[SeenLine]:
        """Return all text of a picture, top to bottom."""
        return self.read(image, self.boxes(image))

    def _recognise(self, crops: list[Any]) -> list[tuple[str, float, tuple[float, ...]]]:
        if not crops:
            return []
        found, _ = self._engine.text_rec(crops, return_word_box=True)
        return [
            _spaced(text, float(score), detail, _inked(crop))
            for (text, score, detail), crop in zip(found, crops, strict=True)
        ]

    def _crop(self, pixels: Any, quad: tuple[Point, Point, Point, Point]) -> tuple[Any, bool]:
        """Return a line's pixels lying flat, and whether it stood on its side."""
        import numpy as np  # noqa: PLC0415  # comes with the models

        corners = np.array(quad, dtype=np.float32)
        (crop,) = self._engine.get_crop_img_list(pixels, [corners])
        width = float(np.linalg.norm(corners[0] - corners[1]))
        height = float(np.linalg.norm(corners[0] - corners[3]))
        return crop, bool(int(height) / max(int(width), 1) >= 1.5)


@cache
def eyes() -> Eyes:
    """Return the models of this process.

    Raises:
        InputUnreadable: the extra `ocr` is not installed.
    """
    return Eyes()


def has_eyes() -> bool:
    """Whether the extra `ocr` is installed."""
    from importlib.util import find_spec  # noqa: PLC0415  # seldom asked

    return find_spec("rapidocr_onnxruntime") is not None


def _bgr(image: Image) -> Any:
    import numpy as np  # noqa: PLC0415  # comes with the models

    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def _turned(
    quad: tuple[Point, Point, Point, Point], turn: bool
) -> tuple[Point, Point, Point, Point]:
    """Return the corners as a reader sees them who turned the line a quarter to the left."""
    return (quad[1], quad[2], quad[3], quad[0]) if turn else quad


def _inked(crop: Any) -> tuple[Any, float]:
    """Return for each column of a line's pixels whether it is drawn in, and a space's width."""
    import numpy as np  # noqa: PLC0415  # comes with the models

    grey = np.asarray(crop, dtype=np.float32).mean(axis=2)
    margin = max(len(grey) // 8, 0)
    middle = grey[margin : len(grey) - margin] if margin else grey
    contrast = np.abs(middle - np.median(grey))
    inked = (contrast > max(float(contrast.max()) * 0.25, 20.0)).any(axis=0)
    return inked, len(grey) * _SPACE_HEIGHTS


def _spaced(
    text: str, score: float, detail: Any, inked: tuple[Any, float]
) -> tuple[str, float, tuple[float, ...]]:
    """Return a reading with the spaces put in that its pixels show and the model left out."""
    columns, _, places, *_ = detail
    stops = [min((place + 0.5) / max(columns, 1), 1.0) for word in places for place in word]
    if len(stops) != len(text):
        stops = [(number + 0.5) / max(len(text), 1) for number in range(len(text))]
    blanks = [
        _blank(inked[0], low, high) if " " not in pair else 0
        for pair, low, high in zip(map("".join, pairwise(text)), stops, stops[1:], strict=False)
    ]
    usual = sorted(blanks)[len(blanks) // 2] if blanks else 0
    least = max(inked[1], _SPACE_BLANKS * usual + 1)
    signs, middles = list(text[:1]), stops[:1]
    for place, blank in enumerate(blanks):
        before, sign = text[place], text[place + 1]
        if blank > least and not (before + sign).isdigit():
            signs.append(" ")
            middles.append((stops[place] + stops[place + 1]) / 2)
        signs.append(sign)
        middles.append(stops[place + 1])
    return "".join(signs), score, tuple(middles)


def _blank(inked: Any, start: float, end: float) -> int:
    """Return the widest blank between two places of a line, in pixels."""
    width = len(inked)
    blank = longest = 0
    for column in inked[int(start * width) : int(end * width) + 1]:
        blank = 0 if column else blank + 1
        longest = max(longest, blank)
    return longest
