"""Pictures (PNG, JPEG, TIFF): words read, findings boxed, the file written from raw pixels.

Only the pixels of the first frame go on, over white where the picture is transparent. What is
written holds no profile, comment, thumbnail, alpha, second frame or trailing byte, because it
is written from an array of pixels and nothing else.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, UnidentifiedImageError

from maskwell.documents.formats import View
from maskwell.documents.pictures.bare import check_bare
from maskwell.documents.pictures.boxing import Letter, Patch, patch_over, seen_blocks, with_patches
from maskwell.documents.pictures.codes import bar_codes
from maskwell.documents.pictures.seeing import eyes
from maskwell.documents.segments import Segment, check_ids, in_order
from maskwell.errors import InputTooLarge, InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maskwell.documents.formats import Source
    from maskwell.documents.segments import Document, Edits

__all__ = ["PictureFile", "inspect", "read"]

_KINDS = ("PNG", "JPEG", "TIFF")
_MOST_PIXELS = 40_000_000
_QUALITY = 92
_INFORMATION = {
    "exif": "camera data (EXIF)", "xmp": "XMP", "icc_profile": "colour profile",
    "comment": "comment", "photoshop": "Photoshop data",
}  # fmt: skip


class PictureFile:
    """One picture."""

    def __init__(self, data: bytes, source: Source) -> None:
        self._kind, self._pixels, self.dropped = _opened(data)
        source.budget.look()
        lines = eyes().look(self._pixels)
        codes = bar_codes(self._pixels)
        unread = [line for line in lines if not line.is_readable]
        self._patches = [*codes, *(Patch(line.quad) for line in unread)]
        if codes:
            self.dropped.append(f"{len(codes)} × bar code")
        if unread:
            self.dropped.append(f"{len(unread)} × writing that could not be read")
        found = seen_blocks(line for line in lines if line.is_readable)
        self._blocks = {str(number): block for number, block in enumerate(found)}
        self.segments = [Segment(key, block.text) for key, block in self._blocks.items()]

    def rewritten(self, replace: Edits) -> bytes:
        """Return the picture with a solid box over each edit, its new text in the box.

        Raises:
            UsageError: an edit names no passage or lies outside it.
        """
        check_ids(replace, self._blocks)
        patches = list(self._patches)
        for key, edits in replace.items():
            block = self._blocks[key]
            for edit in in_order(edits, len(block.text)):
                owned = block.owned(edit.start, edit.end)
                letters = [one for one in owned if isinstance(one, Letter)]
                patches += patch_over(letters, edit.new_text)
        return _written(with_patches(self._pixels, patches), self._kind)


def read(data: bytes, source: Source) -> Document:
    """Read a picture."""
    return PictureFile(data, source)


def inspect(data: bytes, source: Source) -> Iterator[View]:
    """Yield what OpenCV decodes, read again, and the bytes; refuse what is not pixels alone.

    Raises:
        InputUnreadable: the file holds more than pixels.
    """
    import cv2  # noqa: PLC0415  # the second reader, optional
    import numpy as np  # noqa: PLC0415  # comes with it

    del source
    check_bare(data)
    yield View("file", data)
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if pixels is None:
        raise InputUnreadable("The picture that was made cannot be read back.")
    picture = Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1]))
    lines = [line for line in eyes().look(picture) if line.is_readable]
    yield View("picture", "\n".join(line.text for line in lines))
    yield from (View("picture", block.text) for block in seen_blocks(lines))
    if bar_codes(picture):
        raise InputUnreadable("A bar code still stands in the picture that was made.")


def _opened(data: bytes) -> tuple[str, Image.Image, list[str]]:
    """Return a picture's kind, its visible pixels, and what is left behind."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(BytesIO(data), formats=_KINDS)
            if picture.width * picture.height > _MOST_PIXELS:
                raise _too_large()
            dropped = _left_behind(picture)
            return _kind_of(picture), _visible(picture), dropped
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise InputUnreadable(
            "The picture is damaged; open it, save it again and retry."
        ) from error


def _too_large() -> InputTooLarge:
    return InputTooLarge(
        f"The picture has more than {_MOST_PIXELS // 1_000_000} megapixels; make it smaller."
    )


def _kind_of(picture: Image.Image) -> str:
    return "JPEG" if picture.format == "MPO" else str(picture.format)


def _left_behind(picture: Image.Image) -> list[str]:
    found = [what for key, what in _INFORMATION.items() if picture.info.get(key)]
    if frames := getattr(picture, "n_frames", 1) - 1:
        found.append(f"{frames} × further frame")
    if "A" in picture.getbands() or "transparency" in picture.info:
        found.append("transparency")
    return found


def _visible(picture: Image.Image) -> Image.Image:
    """Return the pixels as they are seen: turned as the camera was, over white, in RGB."""
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I") or upright.mode == "F":
        upright = upright.convert("I").point(lambda value: value / 256).convert("L")
    whole = upright.convert("RGBA")
    paper = Image.new("RGBA", whole.size, "white")
    return Image.alpha_composite(paper, whole).convert("RGB")


def _written(picture: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    bare = Image.frombytes("RGB", picture.size, picture.tobytes())
    if kind == "JPEG":
        bare.save(out, kind, quality=_QUALITY, subsampling=0)
    elif kind == "TIFF":
        bare.save(out, kind, compression="tiff_deflate")
    else:
        bare.save(out, "PNG")
    return out.getvalue()
