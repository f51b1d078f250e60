"""Images made anew from their samples: no profile, no comment, no byte after the last row."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, StreamDecodeLevel
from PIL import Image

from maskwell.documents.pdf.plainly import colour_space, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ImageUnreadable", "as_jpeg", "image_views", "put_picture", "rebuilt_image"]

_SIMPLE = frozenset(
    ("/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/ASCII85Decode", "/ASCIIHexDecode")
)
_MOST_PIXELS = 40_000_000
_PARTS = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4, "/CalGray": 1, "/CalRGB": 3,
          "/Lab": 3, "/Indexed": 1, "/Separation": 1}  # fmt: skip
_QUALITY = 95


class ImageUnreadable(Exception):
    """An image whose samples cannot be had, so that it cannot be made anew."""


def rebuilt_image(pdf: pikepdf.Pdf, image: Any, *, is_mask: bool = False) -> Any:
    """Return a new image object of the same samples.

    Args:
        pdf: the file it is to stand in.
        image: the old image's stream.
        is_mask: whether it is the soft mask of another.

    Raises:
        ImageUnreadable: it is packed in a way that is not undone here, or is too large.
    """
    width, height = int(image.get("/Width", 0)), int(image.get("/Height", 0))
    if not 0 < width * height <= _MOST_PIXELS:
        raise ImageUnreadable
    filters = _filters(image)
    if filters and filters[-1] == "/DCTDecode":
        made = _from_jpeg(pdf, image, width, height)
    elif set(filters) <= _SIMPLE:
        made = _from_samples(pdf, image, width, height)
    else:
        made = _from_pillow(pdf, image)
    if "/Interpolate" in image:
        made.Interpolate = bool(image.Interpolate)
    if "/Decode" in image and set(filters) <= _SIMPLE | {"/DCTDecode"}:
        made.Decode = plain(pdf, image.Decode)
    if not is_mask and isinstance(image.get("/SMask"), pikepdf.Stream):
        made.SMask = rebuilt_image(pdf, image.SMask, is_mask=True)
    mask = image.get("/Mask")
    if isinstance(mask, pikepdf.Stream) and not is_mask:
        made.Mask = rebuilt_image(pdf, mask, is_mask=True)
    elif isinstance(mask, Array):
        made.Mask = plain(pdf, mask)
    return pdf.make_indirect(made)


def put_picture(pdf: pikepdf.Pdf, picture: Image.Image) -> Any:
    """Return an image object of a picture's pixels."""
    stream = pdf.make_stream(as_jpeg(picture))
    stream.stream_dict = _dictionary(picture.width, picture.height, Name.DeviceRGB)
    stream.write(as_jpeg(picture), filter=Name.DCTDecode)
    return pdf.make_indirect(stream)


def as_jpeg(picture: Image.Image, quality: int = 90) -> bytes:
    """Return a picture's pixels as JPEG, with nothing beside them."""
    out = BytesIO()
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    bare.save(out, "JPEG", quality=quality, subsampling=0)
    return out.getvalue()


def image_views(stream: Any) -> Iterator[bytes]:
    """Yield the samples of an image, when they can be had."""
    try:
        yield stream.read_bytes(StreamDecodeLevel.all)
    except (pikepdf.PdfError, ValueError):
        return


def _filters(image: Any) -> list[str]:
    value = image.get("/Filter")
    if isinstance(value, Array):
        return [str(one) for one in value]
    return [] if value is None else [str(value)]


def _dictionary(width: int, height: int, space: Any, bits: int = 8) -> Any:
    made = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, BitsPerComponent=bits
    )
    if space is not None:
        made.ColorSpace = space
    return made


def _from_samples(pdf: pikepdf.Pdf, image: Any, width: int, height: int) -> Any:
    bits = int(image.get("/BitsPerComponent", 8))
    is_stencil = bool(image.get("/ImageMask", False))
    space = None if is_stencil else colour_space(pdf, image.get("/ColorSpace"))
    if is_stencil:
        bits, parts = 1, 1
    else:
        parts = _parts(space)
    needed = (width * parts * bits + 7) // 8 * height
    samples = image.read_bytes(StreamDecodeLevel.specialized)[:needed]
    stream = pdf.make_stream(samples.ljust(needed, b"\0"))
    stream.stream_dict = _dictionary(width, height, space, bits)
    if is_stencil:
        stream.ImageMask = True
    return stream


def _from_jpeg(pdf: pikepdf.Pdf, image: Any, width: int, height: int) -> Any:
    try:
        samples = image.read_bytes(StreamDecodeLevel.all)
    except pikepdf.PdfError as error:
        raise ImageUnreadable from error
    parts, left = divmod(len(samples), width * height)
    mode = {1: "L", 3: "RGB"}.get(parts)
    space = colour_space(pdf, image.get("/ColorSpace"))
    if left or (space is not None and _parts(space) != parts):
        raise ImageUnreadable
    device = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}.get(parts)
    stream = pdf.make_stream(samples)
    stream.stream_dict = _dictionary(width, height, device if space is None else space)
    if mode is not None:
        picture = Image.frombytes(mode, (width, height), samples)
        stream.write(as_jpeg(picture, _QUALITY), filter=Name.DCTDecode)
    return stream


def _from_pillow(pdf: pikepdf.Pdf, image: Any) -> Any:
    if image.get("/ImageMask", False):
        raise ImageUnreadable
    try:
        picture = pikepdf.PdfImage(image).as_pil_image()
    except Exception as error:
        raise ImageUnreadable from error
    mode = "L" if picture.mode in {"1", "L"} else "RGB"
    pixels = picture.convert(mode)
    stream = pdf.make_stream(pixels.tobytes())
    space = Name.DeviceGray if mode == "L" else Name.DeviceRGB
    stream.stream_dict = _dictionary(pixels.width, pixels.height, space)
    return stream


def _parts(space: Any) -> int:
    """Return how many numbers a colour has."""
    name = str(space[0]) if isinstance(space, Array) else str(space)
    if name == "/DeviceN" and isinstance(space, Array):
        return len(space[1])
    if name not in _PARTS:
        raise ImageUnreadable
    return _PARTS[name]
