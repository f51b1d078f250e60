from __future__ import annotations

import re
from io import BytesIO

import docx
import pptx
import pytest

from maskwell.documents import Edit, open_document, verify
from maskwell.errors import InputUnreadable
from support.office_files import MAIL, NAME, parts_of, patched, slide_file, word_file


@pytest.fixture(scope="module")
def nasty() -> bytes:
    return word_file()


@pytest.mark.sec
def test_office_r36_one_person_in_every_corner_of_a_word_file_is_gone(keeper, nasty):
    assert len(verify_all(nasty, "x.docx")) >= 10

    safe = keeper.sanitised(nasty, "x.docx")

    assert safe.mode == "layout"
    assert verify_all(safe.data, "x.docx") == set()
    for content in parts_of(safe.data).values():
        assert b"oeberry" not in content
        assert "oeberry".encode("utf-16-le") not in content


def verify_all(data: bytes, name: str) -> set[str]:
    """Return the parts that hold the person, decoded in every way the verifier knows."""
    found = set()
    for part, content in parts_of(data).items():
        if re.search(rb"[Dd]oeberry", content) or "oeberry".encode("utf-16-le") in content:
            found.add(part)
    return found


def test_the_parts_that_are_not_understood_are_left_out(keeper, nasty):
    safe = keeper.sanitised(nasty, "x.docx")

    names = set(parts_of(safe.data))
    assert not [name for name in names if re.search(r"embed|custom|thumb|image1|app\.xml", name)]
    assert {"1 × embedded file", "1 × tracked deletion"} <= set(safe.dropped)


def test_a_word_file_opens_with_its_layout_and_one_token(keeper, nasty):
    safe = keeper.sanitised(nasty, "x.docx")

    document = docx.Document(BytesIO(safe.data))
    paragraph = document.paragraphs[1]
    assert paragraph.text == "Dear [PERSON_0QX], hello."
    assert [run.bold for run in paragraph.runs if "PERSON" in run.text] == [True]
    assert "Changed in" in "".join(document.element.itertext()).replace("\n", "")
    assert document.tables[0].cell(1, 0).text == "[PERSON_0QX]"
    assert document.core_properties.author == "[PERSON_0QX]"
    assert document.sections[0].header.paragraphs[0].text == "Header [PERSON_0QX]"
    assert next(iter(document.comments)).author == "[PERSON_0QX]"
    assert len(document.inline_shapes) == 1


def test_restoring_a_word_file_gives_its_text_back(keeper, nasty):
    safe = keeper.sanitised(nasty, "x.docx")
    before = [segment.text for segment in open_document(nasty, "x.docx").segments]

    restored = keeper.restored(safe)

    assert [one.text for one in open_document(restored.data, "x.docx").segments] == before


def test_a_token_that_came_back_over_three_runs_is_restored(keeper):
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in ("see [PER", "SON_", "0QX] now"):
        paragraph.add_run(piece)
    out = BytesIO()
    document.save(out)
    safe = type(keeper.sanitised(b"x", "x.txt"))("x.docx", out.getvalue(), "docx", "layout", 0, ())

    restored = keeper.restored(safe)

    assert docx.Document(BytesIO(restored.data)).paragraphs[0].text == f"see {NAME} now"


def test_a_line_break_in_new_text_is_one_in_word():
    document = docx.Document()
    document.add_paragraph("one two")
    out = BytesIO()
    document.save(out)
    opened = open_document(out.getvalue(), "x.docx")
    segment = next(one for one in opened.segments if one.text == "one two")

    written = opened.rewritten({segment.id: [Edit(3, 4, "\n")]})

    assert b"<w:br/>" in parts_of(written)["word/document.xml"]
    assert docx.Document(BytesIO(written)).paragraphs[0].text == "one\ntwo"


def test_text_mode_gives_the_words_alone(keeper, nasty):
    safe = keeper.sanitised(nasty, "x.docx", mode="text")

    assert safe.name == "x.txt"
    assert "Dear [PERSON_0QX], hello." in safe.data.decode()
    assert "oeberry" not in safe.data.decode()


def test_a_value_in_a_structural_name_falls_back_to_text(keeper, nasty):
    keeper.values = ["DoeberryStyle", NAME, MAIL]

    def rename(parts):
        styles = parts["word/styles.xml"]
        parts["word/styles.xml"] = styles.replace(b'"Title"', b'"DoeberryStyle"')

    data = patched(nasty, rename)

    safe = keeper.sanitised(data, "x.docx")

    assert safe.mode == "text"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda parts: parts.update({"_xmlsignatures/sig1.xml": b"<x/>"}), "signed"),
        (lambda parts: parts.pop("[Content_Types].xml"), "damaged|packed"),
        (lambda parts: parts.update({
            "[Content_Types].xml": parts["[Content_Types].xml"].replace(
                b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml"
            )
        }), "macros"),
    ],
)  # fmt: skip
def test_signed_macro_and_damaged_files_are_refused(nasty, change, reason):
    with pytest.raises(InputUnreadable, match=reason):
        open_document(patched(nasty, change), "x.docx")


def test_verifying_finds_a_value_in_any_part(nasty):
    leaks = verify(word_like(nasty), "x.docx", [NAME]).leaks

    assert {leak.part for leak in leaks} >= {"word/document.xml", "word/comments.xml"}


def word_like(data: bytes) -> bytes:
    """Return the file as the writer packs it, with its people still in."""
    return open_document(data, "x.docx").rewritten({})


@pytest.mark.sec
def test_office_r36_one_person_in_every_corner_of_a_presentation_is_gone(keeper):
    data = slide_file()

    safe = keeper.sanitised(data, "x.pptx")

    slide = pptx.Presentation(BytesIO(safe.data)).slides[0]
    assert safe.mode == "layout"
    assert verify_all(safe.data, "x.pptx") == set()
    assert slide.shapes.title.text_frame.text == "About [PERSON_0QX]"
    assert slide.notes_slide.notes_text_frame.text == "Say hi to [PERSON_0QX]"
    assert [shape.has_chart for shape in slide.shapes].count(True) == 1


def test_restoring_a_presentation_gives_its_text_back(keeper):
    data = slide_file()
    before = [segment.text for segment in open_document(data, "x.pptx").segments]

    restored = keeper.restored(keeper.sanitised(data, "x.pptx"))

    assert [one.text for one in open_document(restored.data, "x.pptx").segments] == before
