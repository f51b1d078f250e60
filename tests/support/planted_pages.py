"""PDFs and pictures with a different person in every corner that such a file has."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from support.hostile_pdfs import (
    canaries,
    lying_font,
    one_page,
    revised,
    saved,
    scanned,
    shown,
    with_a_form_and_a_pattern,
)
from support.picture_files import beside, jpeg, picture_of, png, qr_code, tiff

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["pdfs", "pictures"]

Made = tuple[str, bytes, set[str]]
"""A file's name, its bytes, and the corners in which somebody stands."""
_CANARIES = (
    "pdf ActualText", "pdf Alt", "pdf hidden layer", "pdf invisible text", "pdf content comment",
    "pdf layer name", "pdf Info", "pdf XMP", "pdf outline", "pdf attachment", "pdf JavaScript",
    "pdf PieceInfo", "pdf note", "pdf link",
)  # fmt: skip


def pdfs(person: Callable[[], str]) -> Iterator[Made]:
    """Yield PDFs; `person` gives somebody new at each call."""
    yield "text.pdf", _texts(person), {"pdf text", "pdf kerned", "pdf hex", "pdf turned"}
    yield "forms.pdf", with_a_form_and_a_pattern(person()), {"pdf form", "pdf pattern", "pdf stamp"}
    names = [person() for _ in _CANARIES]
    yield "hidden.pdf", canaries(names), set(_CANARIES)
    yield "corners.pdf", _corners(person), {
        "pdf field", "pdf XFA", "pdf name tree", "pdf page labels", "pdf structure tree",
        "pdf thumbnail", "pdf file annotation", "pdf private key", "pdf private catalog key",
        "pdf trailing bytes", "pdf ID", "pdf article", "pdf stream metadata",
    }  # fmt: skip
    first = saved(one_page(shown(f"By {person()}")))
    yield "revised.pdf", revised(first, f"By {person()}"), {"pdf earlier revision"}
    name = person()
    yield (
        "lying.pdf",
        lying_font(f"{name} was here", dict.fromkeys(name, ".")),
        {"pdf false ToUnicode"},
    )
    yield "honest.pdf", lying_font(f"{person()} was here", {}), {"pdf embedded font"}
    yield (
        "scan.pdf",
        scanned(picture_of(f"Paid by {person()}"), "Paid by nobody"),
        {"pdf scan with a clean layer"},
    )
    yield (
        "layer.pdf",
        scanned(picture_of("Paid by nobody"), f"Paid by {person()}"),
        {"pdf clean scan with a layer"},
    )
    yield "photo.pdf", _with_photo(person), {"pdf picture's comment", "pdf picture's EXIF"}


def pictures(person: Callable[[], str]) -> Iterator[Made]:
    """Yield pictures; `person` gives somebody new at each call."""
    line = picture_of(f"Paid by {person()}", "on Monday")
    yield "a.png", _noted_png(line, person), {
        "png pixels", "png text", "png compressed text", "png XMP", "png EXIF", "png after its end"
    }  # fmt: skip
    for turn in (90, 180, 270):
        data = jpeg(picture_of(f"Paid by {person()}", turn=turn), person(), person())
        yield f"{turn}.jpg", data, {f"jpeg turned {turn}", "jpeg comment", "jpeg EXIF thumbnail"}
    yield "upright.jpg", _turned_by_exif(person()), {"jpeg turned by EXIF"}
    codes = png(beside(picture_of("Scan me"), qr_code(person())))
    yield "code.png", codes, {"png QR code"}
    frames = tiff(picture_of(f"First {person()}"), picture_of(f"Second {person()}"))
    yield "frames.tif", frames, {"tiff pixels", "tiff second frame"}
    yield "clear.png", _see_through(person()), {"png under transparency"}


def _texts(person: Callable[[], str]) -> bytes:
    first, rest = person().split(" ", 1)
    kerned = f"BT /F1 12 Tf 50 620 Td [({first[:2]}) 20 ({first[2:]} ) -8 ({rest})] TJ ET\n"
    hexed = f"BT /F1 12 Tf 50 600 Td <{person().encode().hex()}> Tj ET\n"
    turned = f"q 0 1 -1 0 590 0 cm {shown(person(), y=30)} Q\n"
    first, rest = person().split(" ", 1)
    apart = shown(rest, x=120, y=560) + shown(first, x=120 - 7 * len(first), y=560)
    start, end = person().rsplit(" ", 1)
    wrapped = shown("This line is long enough to reach the other end of the page, by " + start,
                    y=520) + shown(end + " and goes on.", y=506)  # fmt: skip
    return saved(one_page(shown(person()) + kerned + hexed + turned + apart + wrapped))


def _corners(person: Callable[[], str]) -> bytes:
    """Return a PDF with people in what is no text of its page."""
    pdf = one_page(shown("An ordinary page."))
    page = pdf.pages[0].obj
    look = pdf.make_stream(f"/Tx BMC {shown(person(), x=2, y=5)} EMC".encode())
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 300, 20])
    look.Resources = Dictionary(Font=page.Resources.Font)
    field = pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=person(), TU=person(), V=person(),
        DV=person(), Rect=[50, 300, 350, 320], AP=Dictionary(N=pdf.make_indirect(look)),
    ))  # fmt: skip
    holder = Dictionary(Type=Name.Filespec, F=person(), UF=person(),
                        EF=Dictionary(F=pdf.make_stream(person().encode())))  # fmt: skip
    pinned = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9],
                        FS=holder, T=person(), Subj=person(), RC=f"<p>{person()}</p>")  # fmt: skip
    page.Annots = Array([field, pdf.make_indirect(pinned)])
    page.Thumb = _image(pdf, picture_of(person(), size=12))
    page[Name("/Secret")] = person()
    xfa = pdf.make_stream(f"<xdp>{person()}</xdp>".encode())
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=xfa)
    pdf.Root.Names = Dictionary(
        Dests=Dictionary(Names=Array([person(), Array([page, Name.Fit])])),
        JavaScript=Dictionary(Names=Array([person(), Dictionary(S=Name.JavaScript, JS=person())])),
    )
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=person())]))
    pdf.Root.StructTreeRoot = Dictionary(
        Type=Name.StructTreeRoot,
        K=Dictionary(S=Name.P, Alt=person(), ActualText=person(), T=person(), E=person(), Pg=page),
    )
    pdf.Root.Threads = Array([pdf.make_indirect(Dictionary(I=Dictionary(Title=person())))])
    pdf.Root.URI = Dictionary(Base=f"https://example.com/{person().replace(' ', '%20')}")
    pdf.Root[Name("/Private")] = pdf.make_stream(person().encode("utf-16"))
    page.Contents.Metadata = pdf.make_stream(f"<x>{person()}</x>".encode())
    pdf.trailer.ID = Array([pikepdf.String(person()), pikepdf.String("b" * 16)])
    return saved(pdf) + f"% {person()}\n".encode()


def _image(pdf: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Object:
    image = pdf.make_stream(picture.convert("RGB").tobytes())
    image.Type, image.Subtype, image.ColorSpace = Name.XObject, Name.Image, Name.DeviceRGB
    image.Width, image.Height, image.BitsPerComponent = picture.width, picture.height, 8
    return image


def _with_photo(person: Callable[[], str]) -> bytes:
    """Return a PDF that holds the whole file of a photograph."""
    pdf = one_page("q 200 0 0 100 50 600 cm /Im1 Do Q\n" + shown("A photograph."))
    picture = Image.effect_noise((64, 32), 80).convert("RGB")
    image = pdf.make_stream(jpeg(picture, person(), person()))
    image.Type, image.Subtype, image.ColorSpace = Name.XObject, Name.Image, Name.DeviceRGB
    image.Width, image.Height, image.BitsPerComponent = picture.width, picture.height, 8
    image.Filter = Name.DCTDecode
    image.Metadata = pdf.make_stream(f"<x>{person()}</x>".encode())
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im1=pdf.make_indirect(image))
    return saved(pdf)


def _noted_png(picture: Image.Image, person: Callable[[], str]) -> bytes:
    out, info, exif = BytesIO(), PngInfo(), Image.Exif()
    info.add_text("Author", person())
    info.add_text("Comment", person() * 20, zip=True)
    info.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{person()}</x:xmpmeta>")
    exif[0x010E] = person()
    picture.save(out, "PNG", pnginfo=info, exif=exif)
    return out.getvalue() + person().encode("utf-16-le")


def _turned_by_exif(name: str) -> bytes:
    """Return a picture whose pixels lie on their side and whose EXIF turns them upright."""
    out, exif = BytesIO(), Image.Exif()
    exif[0x0112] = 6
    picture_of(f"Paid by {name}", turn=90).save(out, "JPEG", quality=95, exif=exif)
    return out.getvalue()


def _see_through(name: str) -> bytes:
    """Return a picture whose writing only shows to who ignores its transparency."""
    out = BytesIO()
    picture = picture_of("Paid on Monday", f"by {name}").convert("RGBA")
    veil = Image.new("L", picture.size, 255)
    veil.paste(0, (0, picture.height // 2, picture.width, picture.height))
    picture.putalpha(veil)
    picture.save(out, "PNG")
    return out.getvalue()
