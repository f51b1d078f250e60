"""PDF files built for the tests, with words where a PDF can hold them."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name


def pdf_file(*pages: str, author: str = "", note: str = "", outline: str = "") -> bytes:
    """Return a PDF whose pages show the given lines, with words beside them."""
    pdf = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for text in pages:
        pdf.add_blank_page(page_size=(600, 800))
        page = pdf.pages[-1]
        page.obj.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
        shown = "".join(f"({line}) Tj T* " for line in text.split("\n"))
        page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 14 TL 50 700 Td {shown} ET".encode())
    if note:
        pdf.pages[0].obj.Annots = Array([
            Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=note)
        ])  # fmt: skip
    if author:
        pdf.docinfo[Name.Author] = author
    if outline:
        with pdf.open_outline() as bookmarks:
            bookmarks.root.append(pikepdf.OutlineItem(outline, 0))
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def locked(data: bytes) -> bytes:
    """Return a PDF that asks for a password."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()
