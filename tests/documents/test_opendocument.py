from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from maskwell.documents import open_document
from maskwell.errors import InputUnreadable

NAME = "Jane Q. Doeberry"
SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in [
        ("office", "office"), ("text", "text"), ("draw", "drawing"), ("table", "table"),
        ("meta", "meta"), ("style", "style"),
    ]
)  # fmt: skip
SPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'

CONTENT = f"""<?xml version="1.0"?><office:document-content {SPACES} xmlns:ext="urn:ext">
<office:body><office:text>
<text:tracked-changes><text:changed-region><dc:creator>{NAME}</dc:creator>
<text:p>{NAME}</text:p></text:changed-region></text:tracked-changes>
<text:p>Dear <text:span>Jane</text:span><text:s/>Q. Doe<text:span>berry</text:span>,<text:tab/>hi
<office:annotation><dc:creator>{NAME}</dc:creator><dc:date>2026-01-01</dc:date>
<text:p>Ask {NAME}</text:p></office:annotation><text:change text:change-id="1"/> there</text:p>
<table:table table:name="{NAME}"><table:table-row><table:table-cell><text:p>Mail</text:p>
</table:table-cell><table:table-cell><text:p><text:a
 xlink:href="mailto:jane.doeberry%40example.com">jane.doeberry@example.com</text:a></text:p>
</table:table-cell></table:table-row></table:table>
<text:p><draw:frame draw:name="Image 1"><draw:image xlink:href="Pictures/jane.png"/>
<svg:title xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0">{NAME}</svg:title>
</draw:frame></text:p><ext:secret>{NAME}</ext:secret>
</office:text></office:body></office:document-content>"""

META = f"""<office:document-meta {SPACES}><office:meta><dc:creator>{NAME}</dc:creator>
<meta:user-defined meta:name="Client">{NAME}</meta:user-defined><dc:date>2026-01-01</dc:date>
</office:meta></office:document-meta>"""


def odt(**more: bytes) -> bytes:
    out = BytesIO()
    parts = {
        "content.xml": CONTENT.encode(),
        "meta.xml": META.encode(),
        "Pictures/jane.png": NAME.encode(),
        "Thumbnails/thumbnail.png": NAME.encode("utf-16"),
        "settings.xml": f"<x>{NAME}</x>".encode(),
        "META-INF/manifest.xml": b"<manifest/>",
        **more,
    }
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def test_a_person_in_every_corner_of_an_odt_is_gone(keeper):
    safe = keeper.sanitised(odt(), "x.odt")

    with zipfile.ZipFile(BytesIO(safe.data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert safe.mode == "layout"
    assert list(parts) == [
        *("mimetype", "content.xml", "meta.xml", "Pictures/blank.png", "META-INF/manifest.xml")
    ]
    assert not [name for name, data in parts.items() if b"oeberry" in data]
    assert "1 × tracked change" in safe.dropped


def test_a_paragraph_of_spans_is_read_as_one():
    texts = [segment.text for segment in open_document(odt(), "x.odt").segments]

    assert any(text.startswith(f"Dear {NAME},\thi\n") for text in texts)
    assert f"Ask {NAME}" in texts


def test_restoring_an_odt_gives_its_text_back(keeper):
    before = [segment.text for segment in open_document(odt(), "x.odt").segments]

    restored = keeper.restored(keeper.sanitised(odt(), "x.odt"))

    assert [one.text for one in open_document(restored.data, "x.odt").segments] == before


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("META-INF/manifest.xml", b"<m><encryption-data/></m>", "password"),
        ("META-INF/documentsignatures.xml", b"<s/>", "signed"),
    ],
)
def test_sealed_files_are_refused(name, data, reason):
    with pytest.raises(InputUnreadable, match=reason):
        open_document(odt(**{name: data}), "x.odt")
