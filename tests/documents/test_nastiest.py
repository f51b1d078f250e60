"""The ten nastiest files that are known, each with everyone in it gone from all it decodes to."""

from __future__ import annotations

import email
import json
import struct
import zipfile
from base64 import b64encode
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from pikepdf import Array, Dictionary, Name

from support.hostile_pdfs import lying_font, one_page, revised, saved, scanned, shown
from support.hunting import hunted, left_in
from support.office_files import add_part, patched, sheet_file, word_file
from support.outlook_files import compound, message
from support.picture_files import beside, jpeg, picture_of, png, qr_code

if TYPE_CHECKING:
    from maskwell.documents import Sanitised

pytestmark = pytest.mark.sec

NAME = "Jane Q. Doeberry"
OTHERS = [f"Canary {word}" for word in "Abendroth Birkenfeld Castellane Drummond Eisen".split()]


@pytest.fixture
def many(keeper):
    """A keeper who knows everyone."""
    keeper.values = [NAME, "jane.doeberry@example.com", *OTHERS]
    return keeper


def gone(many, data: bytes, name: str, people: list[str], *, is_seen: bool = False) -> Sanitised:
    """Make a file safe of which the hunter sees everyone, and see no one in the copy."""
    assert set(left_in(data, people, is_seen=is_seen)) == set(people)

    safe = many.sanitised(data, name)

    assert hunted(safe.data, people, is_seen=is_seen) == []
    assert not [person for person in people if person in safe.name]
    return safe


_RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
_DELETED = "<w:del w:author='x'><w:r><w:delText>{}</w:delText></w:r></w:del>"
_PICTURE = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps"><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" alt="{}">'
    "<v:textbox><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></v:textbox>"
    "</v:shape></w:pict></mc:Choice><mc:Fallback><w:pict><w:t>{}</w:t></w:pict></mc:Fallback>"
    "</mc:AlternateContent>"
)


def word_of(body: str) -> bytes:
    out = BytesIO()
    docx.Document().save(out)

    def change(parts: dict[str, bytes]) -> None:
        text = parts["word/document.xml"].decode()
        parts["word/document.xml"] = text.replace("<w:sectPr", body + "<w:sectPr", 1).encode()

    return patched(out.getvalue(), change)


def test_a_name_over_three_runs_one_deleted_again_in_fallback_and_alternative_text(many):
    split = "".join(map(_RUN.format, ("Ja", "ne Q. ")))
    body = (
        f"<w:p>{_RUN.format('By Ja')}{_DELETED.format('XX')}{_RUN.format('ne Q. ')}"
        f"{_RUN.format('Doeberry.')}</w:p><w:p>{split}{_DELETED.format(OTHERS[0])}"
        f"{_RUN.format('Doeberry')}</w:p>"
        f"<w:p><w:r>{_PICTURE.format(OTHERS[1], NAME, OTHERS[2])}</w:r></w:p>"
    )

    safe = gone(many, word_of(body), "a.docx", [NAME, *OTHERS[:3]])

    texts = [paragraph.text for paragraph in docx.Document(BytesIO(safe.data)).paragraphs]
    assert safe.mode == "layout"
    assert texts[-3:-1] == ["By [PERSON_0QX].", "[PERSON_0QX]"]


def test_an_orphan_shared_string_a_pivot_cache_a_very_hidden_sheet_and_a_cached_value(many):
    def scatter(parts: dict[str, bytes]) -> None:
        for part, old, new in (
            ("xl/sharedStrings.xml", b"Jane Q. </t></r><r><t>Doeberry", OTHERS[0].encode()),
            ("xl/pivotCache/pivotCacheDefinition1.xml", NAME.encode(), OTHERS[1].encode()),
            ("xl/worksheets/sheet2.xml", NAME.encode() + b"</t>", OTHERS[2].encode() + b"</t>"),
            ("xl/worksheets/sheet1.xml", b"to " + NAME.encode() + b"</v>",
             b"to " + OTHERS[3].encode() + b"</v>"),
        ):  # fmt: skip
            assert old in parts[part], part
            parts[part] = parts[part].replace(old, new)

    safe = gone(many, patched(sheet_file(), scatter), "a.xlsx", [NAME, *OTHERS[:4]])

    assert openpyxl.load_workbook(BytesIO(safe.data))["secret"].sheet_state == "veryHidden"


def emf_of(text: str) -> bytes:
    """Return a metafile that draws a text: a header, one EMR_EXTTEXTOUTW record, the end."""
    raw = text.encode("utf-16-le")
    raw += b"\0" * (-len(raw) % 4)
    drawn = struct.pack("<4iIff", 0, 0, 99, 20, 1, 1.0, 1.0)
    drawn += struct.pack("<2iIII4iI", 0, 0, len(text), 76, 0, 0, 0, 99, 20, 0) + raw
    record = struct.pack("<II", 84, 8 + len(drawn)) + drawn
    end = struct.pack("<5I", 14, 20, 0, 16, 20)
    size = 88 + len(record) + len(end)
    head = struct.pack("<II8i", 1, 88, 0, 0, 99, 20, 0, 0, 999, 200)
    head += struct.pack("<4sIIIHHIIIII", b" EMF", 0x10000, size, 3, 1, 0, 0, 0, 0, 100, 100)
    return head.ljust(88, b"\0") + record + end


def test_a_metafile_as_thumbnail_and_as_picture(many):
    def change(parts: dict[str, bytes]) -> None:
        add_part(parts, "docProps/thumbnail.emf", emf_of(OTHERS[0]), "image/x-emf")
        add_part(parts, "word/media/image2.emf", emf_of(OTHERS[1]), "image/x-emf")
        links = parts["_rels/.rels"].decode()
        kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
        link = f'<Relationship Id="rT" Type="{kind}" Target="docProps/thumbnail.emf"/>'
        parts["_rels/.rels"] = links.replace("</Relationships>", link + "</Relationships>").encode()

    safe = gone(many, patched(word_file(), change), "a.docx", OTHERS[:2])

    with zipfile.ZipFile(BytesIO(safe.data)) as package:
        assert not [name for name in package.namelist() if name.endswith(".emf")]


def test_a_font_that_draws_a_name_and_tells_every_reader_another(many):
    data = lying_font(f"{NAME} was here", dict(zip("JaneDobryQ", "Carlstwimk", strict=True)))
    assert left_in(data, [NAME], is_seen=True) == [NAME]

    safe = many.sanitised(data, "a.pdf")

    assert hunted(safe.data, [NAME], is_seen=True) == []
    assert safe.replaced >= 1


@pytest.mark.parametrize("is_drawn", [True, False], ids=["clean-layer", "clean-picture"])
def test_a_scan_with_a_clean_text_layer_and_the_reverse(many, is_drawn):
    drawn, hidden = (NAME, "nobody") if is_drawn else ("nobody", NAME)

    gone(many, scanned(picture_of(f"Paid by {drawn}"), f"Paid by {hidden}"), "a.pdf", [NAME],
         is_seen=True)  # fmt: skip


def test_a_pdf_with_an_earlier_revision_a_spoken_text_a_pattern_and_a_private_key(many):
    pdf = one_page(shown(f"By {NAME}") + "/Pattern cs /P1 scn 0 0 300 300 re f\n")
    page = pdf.pages[0].obj
    page.PieceInfo = Dictionary(Demo=Dictionary(Private=Dictionary(Key=OTHERS[0])))
    page[Name("/Secret")] = OTHERS[1]
    cell = pdf.make_stream(shown(OTHERS[2], x=5, y=5).encode())
    cell.Type, cell.PatternType, cell.PaintType, cell.TilingType = Name.Pattern, 1, 1, 1
    cell.BBox, cell.XStep, cell.YStep = Array([0, 0, 200, 30]), 200, 30
    cell.Resources = Dictionary(Font=page.Resources.Font)
    page.Resources.Pattern = Dictionary(P1=pdf.make_indirect(cell))
    data = revised(
        saved(pdf), f"By nobody) Tj /Span <</ActualText ({OTHERS[3]})>> BDC (x) Tj EMC ("
    )

    safe = gone(many, data, "a.pdf", [NAME, *OTHERS[:4]])

    assert safe.data.count(b"%%EOF") == 1


def test_a_mail_whose_parts_differ_with_a_message_in_it_that_carries_a_packed_word_file(many):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{OTHERS[0]}.docx", word_file())
    files = {f"{OTHERS[1]}.zip": packed.getvalue()}
    outlook = compound(message("Re: it", "see there", (OTHERS[2], "a@example.com"), [], files))
    subject = b64encode(f"About {OTHERS[3]}".encode()).decode()
    edge = f"b_{OTHERS[4]}"
    data = (
        f"From: a@example.com\nSubject: =?utf-8?b?{subject}?=\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/mixed; boundary="{edge}"\n\n'
        f"--{edge}\nContent-Type: multipart/alternative; boundary=in\n\n"
        "--in\nContent-Type: text/plain\n\nNobody is named here.\n"
        "--in\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
        f"{b64encode(f'<p>By <b>{NAME}</b></p>'.encode()).decode()}\n--in--\n"
        f"--{edge}\nContent-Type: application/vnd.ms-outlook\nContent-Transfer-Encoding: base64\n"
        'Content-Disposition: attachment; filename="note.msg"\n\n'
        f"{b64encode(outlook).decode()}\n--{edge}--\n"
    ).encode()

    safe = many.sanitised(data, "a.eml")

    assert hunted(safe.data, [NAME, *OTHERS]) == []
    assert "[PERSON_" in str(email.message_from_bytes(safe.data)["Subject"])


def test_a_name_with_escapes_in_arguments_that_are_a_string_in_a_line_of_json(many):
    escaped = "".join(f"\\u{ord(sign):04x}" for sign in NAME)
    call = {"function": {"arguments": json.dumps({"who": "@", "also": json.dumps(["@"])})}}
    line = json.dumps({"messages": [{"role": "assistant", "tool_calls": [call]}]})
    data = line.replace("@", escaped.replace("\\", "\\\\")).encode() + b"\n"

    safe = gone(many, data, "a.jsonl", [NAME])

    call = json.loads(safe.data)["messages"][0]["tool_calls"][0]["function"]
    arguments = json.loads(call["arguments"])
    assert arguments["who"] == "[PERSON_0QX]"


def test_writing_on_its_side_a_comment_a_thumbnail_and_a_code_in_pictures(many):
    photograph = jpeg(picture_of(f"Paid by {NAME}", turn=90), OTHERS[0], OTHERS[1])
    coded = png(beside(picture_of("Scan me"), qr_code(OTHERS[2])))

    gone(many, photograph, "a.jpg", [NAME, *OTHERS[:2]], is_seen=True)
    gone(many, coded, "a.png", [OTHERS[2]], is_seen=True)


def test_one_person_in_the_body_both_names_the_properties_and_the_comment(many):
    book = openpyxl.Workbook()
    book.properties.creator = NAME
    book.active.title = NAME
    book.active.append(["Name", "Sum"])
    book.active.append([NAME, 12])
    sheet, packed = BytesIO(), BytesIO()
    book.save(sheet)
    with zipfile.ZipFile(packed, "w") as archive:
        archive.comment = f"for {NAME}".encode()
        archive.writestr(f"{NAME}.xlsx", sheet.getvalue())

    safe = gone(many, packed.getvalue(), f"{NAME}.zip", [NAME])

    with zipfile.ZipFile(BytesIO(safe.data)) as archive:
        book = openpyxl.load_workbook(BytesIO(archive.read("[PERSON_0QX].xlsx")))
        assert archive.comment == b"for [PERSON_0QX]"
    assert safe.name == "[PERSON_0QX].zip"
    assert book.sheetnames == ["{PERSON_0QX}"]
    assert book.active["A2"].value == book.properties.creator == "[PERSON_0QX]"
