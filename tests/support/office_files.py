"""Office files built for the tests: ordinary ones by their libraries, then made nasty by hand."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import openpyxl
import pptx
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

if TYPE_CHECKING:
    from collections.abc import Callable

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108040000"
    "00b51c0c020000000b4944415478da6364600000000600023081d02f0000000049454e44ae426082"
)
NAME = "Jane Q. Doeberry"
MAIL = "jane.doeberry@example.com"


def patched(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Return a package after `change` has worked on its parts."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def add_part(parts: dict[str, bytes], name: str, content: bytes, kind: str) -> None:
    parts[name] = content
    types = parts["[Content_Types].xml"].decode()
    override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
    parts["[Content_Types].xml"] = types.replace("</Types>", override).encode()


def word_file() -> bytes:
    """A Word file with one person in every corner."""
    document = docx.Document()
    document.core_properties.author = NAME
    document.core_properties.keywords = f"about {NAME}"
    document.add_heading("Report", 1)
    paragraph = document.add_paragraph("Dear ")
    for piece in ("Ja", "ne Q. ", "Doeberry"):
        paragraph.add_run(piece).bold = piece != "ne Q. "
    paragraph.add_run(", hello.")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("Name", "Mail", NAME, MAIL), strict=True):
        cell.text = text
    document.sections[0].header.paragraphs[0].text = f"Header {NAME}"
    document.add_picture(BytesIO(PNG))
    document.add_comment(paragraph.runs[0], f"Ask {NAME}", author=NAME, initials="JQD")
    out = BytesIO()
    document.save(out)
    return patched(out.getvalue(), _make_nasty)


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_BODY = f"""
<w:p><w:r><w:t>Changed </w:t></w:r><w:ins w:author="{NAME}" w:date="2026-01-01T00:00:00Z">
<w:r><w:t>in</w:t></w:r></w:ins><w:del w:author="{NAME}"><w:r><w:delText>{NAME}</w:delText></w:r>
</w:del></w:p>
<w:p><w:r><mc:AlternateContent
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps">
<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" alt="{NAME}"><v:textbox><w:txbxContent>
<w:p><w:r><w:t>Box Jane </w:t></w:r><w:r><w:t>Q. Doeberry</w:t></w:r></w:p></w:txbxContent>
</v:textbox></v:shape></w:pict></mc:Choice><mc:Fallback><w:pict><w:t>{NAME}</w:t></w:pict>
</mc:Fallback></mc:AlternateContent></w:r></w:p>
<w:p><w:bookmarkStart w:id="9" w:name="Jane_Q_Doeberry"/><w:bookmarkEnd w:id="9"/>
<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "mailto:{MAIL}"
</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>mail</w:t></w:r>
<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
<w:p><w:hyperlink r:id="rIdMail"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:r><w:t>write</w:t>
</w:r></w:hyperlink></w:p>
<w:sdt><w:sdtPr><w:alias w:val="{NAME}"/><w:tag w:val="{NAME}"/></w:sdtPr><w:sdtContent><w:p/>
</w:sdtContent></w:sdt>
<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"
 r:id="rIdOle" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>
</w:object></w:r><w:r><w:t xml:space="preserve">Jane Q. </w:t><w:t>Doeberry</w:t><w:br/></w:r></w:p>
<secret xmlns="urn:unknown">{NAME}</secret>
"""
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = f"""
<Relationship Id="rIdMail" Type="{_RELATION}/hyperlink" TargetMode="External"
 Target="mailto:jane.doeberry%40example.com"/>
<Relationship Id="rIdOle" Type="{_RELATION}/oleObject" Target="embeddings/ole1.bin"/>
<Relationship Id="rIdT" Type="{_RELATION}/attachedTemplate" TargetMode="External"
 Target="file:///C:/Users/Jane Q. Doeberry/x.dotx"/></Relationships>
"""


def _make_nasty(parts: dict[str, bytes]) -> None:
    body = parts["word/document.xml"].decode()
    parts["word/document.xml"] = body.replace("<w:sectPr", _BODY + "<w:sectPr", 1).encode()
    links = parts["word/_rels/document.xml.rels"].decode()
    parts["word/_rels/document.xml.rels"] = links.replace("</Relationships>", _LINKS).encode()
    settings = parts["word/settings.xml"].decode()
    variables = f'<w:docVars><w:docVar w:name="x" w:val="{NAME}"/></w:docVars></w:settings>'
    parts["word/settings.xml"] = settings.replace("</w:settings>", variables).encode()
    add_part(parts, "word/embeddings/ole1.bin", NAME.encode("utf-16"), "application/x-ole")
    add_part(parts, "customXml/item1.xml", f"<x>{NAME}</x>".encode(), "application/xml")
    add_part(parts, "docProps/thumbnail.emf", NAME.encode("utf-16"), "image/x-emf")
    parts["word/media/image1.png"] = PNG + NAME.encode()


def slide_file() -> bytes:
    """A presentation with one person in text, notes, a table, a chart and properties."""

    deck = pptx.Presentation()
    deck.core_properties.author = NAME
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.name = f"Slide of {NAME}"
    runs = slide.shapes.title.text_frame.paragraphs[0]
    for piece in ("About Jane ", "Q. Doe", "berry"):
        runs.add_run().text = piece
    slide.notes_slide.notes_text_frame.text = f"Say hi to {NAME}"
    where = (Inches(1), Inches(1), Inches(3), Inches(2))
    table = slide.shapes.add_table(1, 2, *where).table
    table.cell(0, 0).text, table.cell(0, 1).text = NAME, MAIL
    data = CategoryChartData()
    data.categories = [NAME, "other"]
    data.add_series(f"Hours of {NAME}", (1, 2))
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *where, data)
    picture = slide.shapes.add_picture(BytesIO(PNG), *where[:2])
    picture._element.nvPicPr.cNvPr.set("descr", f"Portrait of {NAME}")
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def sheet_file() -> bytes:
    """A workbook with one person in cells, formulas, names, comments, a chart and a pivot."""
    book = openpyxl.Workbook()
    book.properties.creator = NAME
    sheet = book.active
    sheet.title = NAME
    sheet.append(["Name", "Phone", "Born", "Mail", "Sum"])
    sheet.append([NAME, 15550142998, datetime(1980, 2, 3), MAIL, 12])  # noqa: DTZ001
    sheet.append(["Total", 7, None, f'="to "&"{NAME}"', f"=COUNTA('{NAME}'!A1:A2)"])
    sheet["A2"].comment = Comment(f"Ask {NAME}", NAME)
    sheet["D2"].hyperlink = f"mailto:{MAIL}"
    sheet["D2"].hyperlink.tooltip = NAME
    sheet.oddHeader.left.text = f"For {NAME}"
    sheet.add_data_validation(validation := DataValidation("list", formula1=f'"{NAME},none"'))
    validation.add("F2")
    validation.prompt = f"Choose {NAME}"
    hidden = book.create_sheet("secret")
    hidden.sheet_state = "veryHidden"
    hidden["A1"] = NAME
    hidden["A2"] = f"='{NAME}'!A2"
    book.defined_names["who"] = DefinedName("who", attr_text=f"'{NAME}'!$A$2")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=5, min_row=1, max_row=3), titles_from_data=True)
    chart.title = f"Hours of {NAME}"
    sheet.add_chart(chart, "H2")
    out = BytesIO()
    book.save(out)
    return patched(out.getvalue(), _make_sheet_nasty)


_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def _make_sheet_nasty(parts: dict[str, bytes]) -> None:
    strings = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{NAME}</t>'
        "</si><si><r><t>Orphan Jane Q. </t></r><r><t>Doeberry</t></r></si></sst>"
    )
    add_part(parts, "xl/sharedStrings.xml", strings.encode(), f"{_SPREADSHEET}sharedStrings+xml")
    book = parts["xl/workbook.xml"].decode()
    caches = '<pivotCaches><pivotCache cacheId="1" r:id="rIdP" xmlns:r="%s"/></pivotCaches>'
    end = caches % _RELATION + "</workbook>"
    parts["xl/workbook.xml"] = book.replace("</workbook>", end).encode()
    links = parts["xl/_rels/workbook.xml.rels"].decode()
    link = (
        f'<Relationship Id="rIdS" Type="{_RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rIdP" Type="{_RELATION}/pivotCacheDefinition"'
        ' Target="pivotCache/pivotCacheDefinition1.xml"/></Relationships>'
    )
    parts["xl/_rels/workbook.xml.rels"] = links.replace("</Relationships>", link).encode()
    cache = f"<pivotCacheDefinition><s v='{NAME}'/></pivotCacheDefinition>".encode()
    kind = f"{_SPREADSHEET}pivotCacheDefinition+xml"
    add_part(parts, "xl/pivotCache/pivotCacheDefinition1.xml", cache, kind)
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    cached = f"<f>&quot;to &quot;&amp;&quot;{NAME}&quot;</f><v>to {NAME}</v>"
    sheet, count = re.subn(r'<c r="D3"[^>]*>.*?</c>', f'<c r="D3" t="str">{cached}</c>', sheet)
    assert count == 1
    sheet, count = re.subn(r'<c r="A2"[^>]*>.*?</c>', '<c r="A2" t="s"><v>0</v></c>', sheet)
    assert count == 1
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
