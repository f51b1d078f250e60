"""Pictures made for the tests: words at a size any reader can read, and what hides beside them."""

from __future__ import annotations

from io import BytesIO

import zxingcpp
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo


def picture_of(*lines: str, size: int = 26, turn: int = 0) -> Image.Image:
    """Return black lines on white, turned by so many degrees to the left."""
    font = ImageFont.load_default(size)
    width = round(max(font.getlength(line) for line in lines)) + 2 * size
    picture = Image.new("RGB", (width, round(size * 1.8 * (len(lines) + 1))), "white")
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((size, size * (0.8 + 1.8 * number)), line, "black", font)
    return picture.rotate(turn, expand=True)


def png(picture: Image.Image, comment: str = "", after: str = "") -> bytes:
    """Return a PNG with a comment in it and bytes after its end."""
    out, info = BytesIO(), PngInfo()
    if comment:
        info.add_text("Author", comment)
    picture.save(out, "PNG", pnginfo=info)
    return out.getvalue() + after.encode()


def jpeg(picture: Image.Image, comment: str = "", thumbnail_of: str = "") -> bytes:
    """Return a JPEG with a comment, an artist in its EXIF, and a thumbnail that shows words."""
    out, exif = BytesIO(), Image.Exif()
    if thumbnail_of:
        exif[0x013B] = comment
        small = BytesIO()
        picture_of(thumbnail_of, size=16).save(small, "JPEG", comment=thumbnail_of.encode())
        exif[0x927C] = small.getvalue()
    picture.save(out, "JPEG", quality=95, comment=comment.encode(), exif=exif)
    return out.getvalue()


def tiff(*frames: Image.Image) -> bytes:
    """Return a TIFF of some frames."""
    out = BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=list(frames[1:]))
    return out.getvalue()


def qr_code(text: str) -> Image.Image:
    """Return a QR code."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    return Image.fromarray(code.to_image(scale=5, add_quiet_zones=True)).convert("RGB")


def beside(left: Image.Image, right: Image.Image) -> Image.Image:
    """Return two pictures side by side on white."""
    both = Image.new("RGB", (left.width + right.width, max(left.height, right.height)), "white")
    both.paste(left, (0, 0))
    both.paste(right, (left.width, 0))
    return both
