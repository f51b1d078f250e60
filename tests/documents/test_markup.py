"""XML and web pages."""

from __future__ import annotations

import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from maskwell.documents import Edit, open_document
from maskwell.errors import InputUnreadable

XML = b"""<?xml version='1.0' encoding='ISO-8859-1'?>
<!DOCTYPE list SYSTEM "http://192.0.2.9/Jane.dtd">
<list xmlns:x="urn:x" x:owner="Jane Q. Doeberry"><!-- by Jane Q. Doeberry -->
  <p>Dear <b>Jane</b> Q. <i>Doe</i>berry<![CDATA[, jane.doeberry@example.com & co]]></p>
  <name>Jane Q. Doe&#x62;erry</name><?app Jane Q. Doeberry?>
</list>
"""

PAGE = """<!DOCTYPE html><html><head><title>Jane Q. Doeberry</title>
<meta name="author" content="Jane Q. Doeberry"><meta property="og:x" content="Jane Q. Doeberry">
<script type="application/ld+json">{"name": "Jane Q. Doeberry"}</script>
<style>/* Jane Q. Doeberry */ p { color: red }</style></head>
<body onload="hello('Jane Q. Doeberry')" data-user="Jane Q. Doeberry">
<!-- Jane Q. Doeberry -->
<p>Dear <b>Jane</b> <i>Q. Doe</i>berry,<br>call <a href="mailto:jane.doeberry%40example.com"
 title="Jane Q. Doeberry">us</a></p>
<div hidden>jane&#46;doeberry&#64;example.com</div>
<iframe srcdoc="&lt;p&gt;Jane Q. Doeberry"></iframe>
<img src="data:image/png;base64,AAAA" alt="Portrait of Jane Q. Doeberry">
<svg><text>Jane Q. Doeberry</text></svg>
<textarea>Jane Q. Doeberry</textarea><unknown-thing>Jane Q. Doeberry</unknown-thing>
<table><tr><td>Jane Q. Doeberry</td><td>+1 555 0142 998</td></tr></table>
</body></html>"""


def test_mixed_xml_content_is_read_as_one(keeper):
    document = open_document(XML, "x.xml")

    texts = [segment.text for segment in document.segments]

    assert "Dear Jane Q. Doeberry, jane.doeberry@example.com & co" in texts
    assert texts.count("Jane Q. Doeberry") == 2


def test_xml_keeps_its_elements_and_loses_its_people(keeper):
    safe = keeper.sanitised(XML, "list.xml")

    root = etree.fromstring(safe.data)
    assert b"Doeberry" not in safe.data
    assert safe.data.startswith(b"<?xml version='1.0' encoding='ISO-8859-1'?>")
    assert [child.tag for child in root.find("p")] == ["b", "i"]
    assert "".join(root.find("p").itertext()) == "Dear [PERSON_0QX], [PERSON_1QX] & co"
    assert safe.dropped == ("the document type", "processing instructions")


def test_restored_xml_has_the_text_of_the_original(keeper):
    restored = keeper.restored(keeper.sanitised(XML, "list.xml"))

    def text(data):
        return "".join(etree.fromstring(data).itertext())

    assert text(restored.data) == text(XML)


@pytest.mark.sec
@pytest.mark.parametrize(
    "entity",
    [
        '<!ENTITY e SYSTEM "file:///etc/passwd">',
        '<!ENTITY e "Jane">',
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;&a;&a;&a;&a;">',
    ],
)
def test_fuzz_r32_entities_are_refused(entity):
    data = f"<!DOCTYPE r [{entity}]><r>&e;</r>".encode()

    with pytest.raises(InputUnreadable, match="entities"):
        open_document(data, "x.xml")


def test_a_page_keeps_its_blocks_and_loses_its_people(keeper):
    safe = keeper.sanitised(PAGE.encode(), "page.html")

    text = safe.data.decode()
    tree = LexborHTMLParser(text)
    assert "oeberry" not in text
    assert tree.css_first("p").text() == "Dear [PERSON_0QX],call us"
    assert tree.css_first("a").attributes["href"] == "mailto:[PERSON_1QX]"
    assert tree.css_first("img").attributes["alt"] == "Portrait of [PERSON_0QX]"
    assert [td.text() for td in tree.css("td")] == ["[PERSON_0QX]", "[PERSON_2QX]"]
    assert tree.css("script, iframe, svg, [onload], [data-user], meta[property]") == []
    assert "1 × script" in safe.dropped


def test_a_restored_page_has_the_text_of_its_safe_copy_with_people(keeper):
    safe = keeper.sanitised(PAGE.encode(), "page.html")
    before = [one.text for one in open_document(PAGE.encode(), "page.html").segments]

    restored = keeper.restored(safe)

    assert [one.text for one in open_document(restored.data, "page.html").segments] == before


def test_an_edit_over_a_line_break_takes_the_break_out():
    document = open_document(b"<p>To Jane<br>Doeberry, hi</p>", "x.html")
    segment = document.segments[0]

    written = document.rewritten({segment.id: [Edit(3, 16, "[X]")]})

    assert segment.text == "To Jane\nDoeberry, hi"
    assert b"<p>To [X], hi</p>" in written


def test_a_page_in_a_legacy_encoding_stays_in_it(keeper):
    page = '<html><head><meta charset="iso-8859-2"></head><body>Łódź: Zoë Łęcka</body></html>'
    keeper.values = ["Łęcka"]

    safe = keeper.sanitised(page.encode("iso-8859-2", "xmlcharrefreplace"), "p.html")

    assert "Łódź: Zoë [PERSON_0QX]" in safe.data.decode("iso-8859-2")
