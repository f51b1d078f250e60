"""PDFs that hide a person where a careless tool leaves them, or show other than they say."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import ImageFont

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PIL.Image import Image

PAGE = (600, 800)


def shown(text: str, x: int = 50, y: int = 700, size: int = 12, extra: str = "") -> str:
    """Return instructions that show a line."""
    return f"BT {extra} /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n"


def one_page(instructions: str, **resources: object) -> pikepdf.Pdf:
    """Return a PDF of one page with Helvetica as F1."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=PAGE)
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
    page = pdf.pages[0].obj
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)), **resources)
    page.Contents = pdf.make_stream(instructions.encode("latin-1"))
    return pdf


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Return the bytes of a PDF."""
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def canaries(names: list[str]) -> bytes:
    """Return a PDF with one of fourteen names in each place that is not the page's text."""
    spare = iter(names)
    pdf = one_page(
        "/Span <</ActualText (" + next(spare) + ") /Alt (" + next(spare) + ")>> BDC\n"
        + shown("An ordinary page.") + "EMC\n"
        "/OC /L1 BDC\n" + shown(next(spare), y=600) + "EMC\n"
        + shown(next(spare), y=500, extra="3 Tr")
        + "% " + next(spare) + "\n"
    )  # fmt: skip
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Layer of " + next(spare)))
    pdf.pages[0].obj.Resources.Properties = Dictionary(L1=layer)
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    author = next(spare)
    with pdf.open_metadata(update_docinfo=False) as metadata:
        metadata["dc:title"] = next(spare)
    pdf.docinfo[Name.Author] = author
    with pdf.open_outline() as bookmarks:
        bookmarks.root.append(pikepdf.OutlineItem(next(spare), 0))
    pdf.attachments["note.txt"] = next(spare).encode()
    script = Dictionary(S=Name.JavaScript, JS=f"app.alert('{next(spare)}')")
    pdf.Root.OpenAction = script
    private = Dictionary(Private=Dictionary(Key=pdf.make_stream(next(spare).encode())))
    pdf.pages[0].obj.PieceInfo = Dictionary(Demo=private)
    pdf.pages[0].obj.Annots = Array([
        Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=next(spare)),
        Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=[9, 9, 20, 20],
            A=Dictionary(S=Name.URI, URI="https://example.com/" + next(spare).replace(" ", "%20")),
        ),
    ])  # fmt: skip
    return saved(pdf)


def revised(data: bytes, new_text: str) -> bytes:
    """Return a PDF with a second revision appended, whose page shows another text."""
    with pikepdf.open(BytesIO(data)) as pdf:
        number = pdf.pages[0].obj.Contents.objgen[0]
        count, root = len(pdf.objects) + 1, pdf.Root.objgen[0]
    start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    body = shown(new_text).encode()
    place = len(data) + 1
    entry = f"{number} 0 obj\n<</Length {len(body)}>>\nstream\n".encode() + body
    entry += b"\nendstream\nendobj\n"
    table = f"xref\n{number} 1\n{place:010} 00000 n \ntrailer\n".encode()
    table += f"<</Size {count} /Root {root} 0 R /Prev {start}>>\n".encode()
    end = f"startxref\n{place + len(entry)}\n%%EOF\n".encode()
    return data + b"\n" + entry + table + end


def with_a_form_and_a_pattern(name: str) -> bytes:
    """Return a PDF that shows a name in a form, an annotation's appearance and a pattern."""
    pdf = one_page(shown("Seen on the page.") + "/Fm1 Do\n/Pattern cs /P1 scn 0 0 300 300 re f\n")
    page = pdf.pages[0].obj
    fonts = Dictionary(Font=page.Resources.Font)
    form = pdf.make_stream(shown("Form: " + name, y=20).encode())
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 400, 60])
    form.Matrix, form.Resources = Array([1, 0, 0, 1, 0, 500]), fonts
    cell = pdf.make_stream(shown(name, x=5, y=5).encode())
    cell.Type, cell.PatternType, cell.PaintType, cell.TilingType = Name.Pattern, 1, 1, 1
    cell.BBox, cell.XStep, cell.YStep = Array([0, 0, 150, 30]), 150, 30
    cell.Resources = fonts
    look = pdf.make_stream(shown("Stamp: " + name, x=2, y=5).encode())
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 300, 20])
    look.Resources = fonts
    page.Resources.XObject = Dictionary(Fm1=pdf.make_indirect(form))
    page.Resources.Pattern = Dictionary(P1=pdf.make_indirect(cell))
    page.Annots = Array([
        Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[50, 400, 350, 420],
                   Contents=name, AP=Dictionary(N=pdf.make_indirect(look)))
    ])  # fmt: skip
    return saved(pdf)


def lying_font(text: str, claims: Mapping[str, str]) -> bytes:
    """Return a PDF whose embedded font draws `text` and tells every reader something else.

    Args:
        text: what is drawn.
        claims: for each drawn character what its ToUnicode says; others are told truly.
    """
    program = ImageFont.load_default(20).font_bytes
    glyphs = _glyph_numbers(program)
    pdf = one_page("")
    description = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/Demo"), Flags=4, FontBBox=[0, -200, 1000, 900],
        ItalicAngle=0, Ascent=900, Descent=-200, CapHeight=700, StemV=80,
        FontFile2=pdf.make_stream(program),
    )  # fmt: skip
    units = _units(program)
    widths = _widths(program)
    listed = sorted({glyphs[ord(sign)] for sign in text})
    child = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/Demo"),
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(description), CIDToGIDMap=Name.Identity,
        W=Array([one for gid in listed
                 for one in (gid, Array([widths[min(gid, len(widths) - 1)] * 1000 // units]))]),
    )  # fmt: skip
    rows = "".join(
        f"<{glyphs[ord(sign)]:04x}> <{claims.get(sign, sign).encode('utf-16-be').hex()}>\n"
        for sign in sorted(set(text))
    )
    table = f"{len(set(text))} beginbfchar\n{rows}endbfchar\n"
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/Demo"), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(child)]),
        ToUnicode=pdf.make_stream(table.encode()),
    )  # fmt: skip
    pdf.pages[0].obj.Resources.Font.F2 = pdf.make_indirect(font)
    codes = "".join(f"{glyphs[ord(sign)]:04x}" for sign in text)
    pdf.pages[0].obj.Contents = pdf.make_stream(f"BT /F2 20 Tf 50 700 Td <{codes}> Tj ET".encode())
    return saved(pdf)


def scanned(picture: Image, hidden_text: str) -> bytes:
    """Return a PDF of one picture with letters over it that no one sees."""
    pdf = one_page("q 500 0 0 100 50 600 cm /Im1 Do Q\n" + shown(hidden_text, y=650, extra="3 Tr"))
    image = pdf.make_stream(picture.convert("RGB").tobytes())
    image.Type, image.Subtype, image.ColorSpace = Name.XObject, Name.Image, Name.DeviceRGB
    image.Width, image.Height, image.BitsPerComponent = picture.width, picture.height, 8
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im1=pdf.make_indirect(image))
    return saved(pdf)


def signed() -> bytes:
    """Return a PDF with a signature field that has a value."""
    pdf = one_page(shown("I agree."))
    field = Dictionary(FT=Name.Sig, T="s", V=Dictionary(Type=Name.Sig, ByteRange=[0, 1, 2, 3]))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]), SigFlags=3)
    return saved(pdf)


def _table(program: bytes, wanted: bytes) -> bytes:
    (count,) = struct.unpack_from(">H", program, 4)
    for number in range(count):
        tag, _, start, length = struct.unpack_from(">4s3I", program, 12 + 16 * number)
        if tag == wanted:
            return program[start : start + length]
    raise LookupError(wanted)


def _units(program: bytes) -> int:
    return int(struct.unpack_from(">H", _table(program, b"head"), 18)[0])


def _widths(program: bytes) -> list[int]:
    (count,) = struct.unpack_from(">H", _table(program, b"hhea"), 34)
    metrics = _table(program, b"hmtx")
    return [struct.unpack_from(">H", metrics, 4 * number)[0] for number in range(count)]


def _glyph_numbers(program: bytes) -> dict[int, int]:
    """Return the glyph of each character, by the font's table of segments (format 4)."""
    table = _table(program, b"cmap")
    (count,) = struct.unpack_from(">H", table, 2)
    starts = [struct.unpack_from(">I", table, 8 + 8 * number)[0] for number in range(count)]
    at = next(one for one in starts if struct.unpack_from(">H", table, one)[0] == 4)
    double = struct.unpack_from(">H", table, at + 6)[0]
    found = {}
    for number in range(double // 2):
        end, low, delta, offset = (
            struct.unpack_from(">H", table, at + 14 + skip + 2 * number)[0]
            for skip in (0, double + 2, 2 * double + 2, 3 * double + 2)
        )
        for code in range(low, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                place = at + 16 + 3 * double + 2 * number + offset + 2 * (code - low)
                glyph = struct.unpack_from(">H", table, place)[0]
                if not glyph:
                    continue
            found[code] = (glyph + delta) % 65_536
    return found
