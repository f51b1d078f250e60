from __future__ import annotations

import struct
import zlib
from io import BytesIO
from shutil import which

import pytest
from PIL import Image, ImageChops

from maskwell.documents import formats, open_document
from maskwell.documents.limits import Budget
from maskwell.documents.pictures.bare import check_bare
from maskwell.documents.pictures.codes import bar_codes
from maskwell.documents.pictures.second_opinion import second_opinion
from maskwell.errors import InputTooLarge, InputUnreadable
from support.picture_files import beside, jpeg, picture_of, png, qr_code, tiff

NAME = "Jane Q. Doeberry"


def pixels(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def read_again(data: bytes, name: str) -> str:
    return "\n".join(segment.text for segment in open_document(data, name).segments)


@pytest.mark.sec
def test_a_name_in_a_picture_is_boxed_and_the_rest_stays(keeper):
    before = picture_of(f"Paid by {NAME}", "on Monday")

    safe = keeper.sanitised(png(before, comment=NAME, after=NAME), f"{NAME}.png")

    after = pixels(safe.data)
    assert (safe.mode, safe.name) == ("layout", "[PERSON_0QX].png")
    assert b"Doeberry" not in safe.data
    box = ImageChops.difference(before, after).getbbox()
    assert box is not None
    assert box[0] > before.width * 0.25
    assert box[3] < before.height * 0.6


@pytest.mark.sec
def test_a_rotated_name_a_comment_and_a_thumbnail_are_gone_from_a_jpeg(keeper):
    data = jpeg(picture_of(f"Paid by {NAME}", turn=90), NAME, NAME)

    safe = keeper.sanitised(data, "x.jpg")

    assert b"Doeberry" not in safe.data
    assert not Image.open(BytesIO(safe.data)).getexif()
    assert "Doeberry" not in read_again(safe.data, "x.jpg")
    assert safe.replaced >= 1


@pytest.mark.sec
def test_a_qr_code_is_covered(keeper):
    data = png(beside(picture_of("Scan me"), qr_code(NAME)))

    safe = keeper.sanitised(data, "x.png")

    assert bar_codes(pixels(data))
    assert not bar_codes(pixels(safe.data))
    assert "1 × bar code" in safe.dropped


def test_the_second_frame_and_the_transparency_of_a_picture_are_left_out():
    frames = tiff(picture_of("Paid on Monday"), picture_of(NAME))
    clear = Image.new("RGBA", (200, 60), (0, 0, 0, 0))

    many = formats.read(frames, formats.Source("x.tif", Budget()))
    thin = formats.read(png(clear), formats.Source("x.png", Budget()))

    assert getattr(Image.open(BytesIO(many.rewritten({}))), "n_frames", 1) == 1
    assert pixels(thin.rewritten({})).getextrema() == ((255, 255),) * 3
    assert "1 × further frame" in many.dropped
    assert "transparency" in thin.dropped


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked():
    data = b"\x89PNG\r\n\x1a\n"
    for body in (b"IHDR" + struct.pack(">2I5B", 9_000, 9_000, 8, 2, 0, 0, 0), b"IDAT"):
        data += struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))

    with pytest.raises(InputTooLarge, match="40 megapixels"):
        open_document(data, "x.png")


def test_a_broken_picture_is_refused():
    with pytest.raises(InputUnreadable, match="damaged"):
        open_document(b"\xff\xd8\xff\xe0 no picture", "x.jpg")


def test_pictures_need_the_extra_ocr(monkeypatch):
    import sys

    from maskwell.documents.pictures import seeing

    monkeypatch.setitem(sys.modules, "rapidocr_onnxruntime", None)
    seeing.eyes.cache_clear()

    with pytest.raises(InputUnreadable, match=r"pip install 'maskwell\[documents,ocr\]'"):
        formats.read(png(picture_of("x")), formats.Source("x.png", Budget()))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_only_pixels_count_as_bare(kind):
    out, told = BytesIO(), BytesIO()
    picture = Image.new("RGB", (8, 8))
    picture.save(out, kind)
    picture.save(told, kind, dpi=(3, 3), icc_profile=b"profile")

    check_bare(out.getvalue())

    for data in (told.getvalue(), out.getvalue() + NAME.encode()):
        if kind == "TIFF" and data.endswith(NAME.encode()):
            continue
        with pytest.raises(InputUnreadable):
            check_bare(data)


@pytest.mark.skipif(which("tesseract") is None, reason="Tesseract is not installed here")
def test_tesseract_reads_a_finished_picture_too():
    views = list(second_opinion(png(picture_of(f"Paid by {NAME}", size=40))))

    assert any("Doeberry" in str(view.content) for view in views)
