from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from maskwell.documents import open_document
from maskwell.documents.office.sheet_names import (
    formula_literals,
    renamed_references,
    serial_date,
    sheet_token,
)
from support.office_files import MAIL, NAME, parts_of, sheet_file


@pytest.fixture(scope="module")
def nasty() -> bytes:
    return sheet_file()


@pytest.mark.sec
def test_office_r36_one_person_in_every_corner_of_a_workbook_is_gone(keeper, nasty):
    holding = [name for name, data in parts_of(nasty).items() if b"oeberry" in data]
    assert len(holding) >= 8

    safe = keeper.sanitised(nasty, f"{NAME}.xlsx")

    assert safe.mode == "layout"
    assert safe.name == "[PERSON_0QX].xlsx"
    assert [name for name, data in parts_of(safe.data).items() if b"oeberry" in data] == []
    assert not [name for name in parts_of(safe.data) if "pivot" in name]


def test_a_workbook_opens_with_its_sheets_renamed_and_formulas_following(keeper, nasty):
    safe = keeper.sanitised(nasty, "x.xlsx")

    book = openpyxl.load_workbook(BytesIO(safe.data))
    assert book.sheetnames == ["{PERSON_0QX}", "secret"]
    sheet = book.worksheets[0]
    assert sheet["A2"].value == "[PERSON_0QX]"
    assert sheet["D3"].value == '="to "&"[PERSON_0QX]"'
    assert sheet["E3"].value == "=COUNTA('{PERSON_0QX}'!A1:A2)"
    assert book["secret"]["A2"].value == "='{PERSON_0QX}'!A2"
    assert book.defined_names["who"].attr_text == "'{PERSON_0QX}'!$A$2"
    assert sheet["A2"].comment.author == "[PERSON_0QX]"
    assert book["secret"].sheet_state == "veryHidden"


def test_numbers_and_dates_that_are_someones_become_text(keeper, nasty):
    keeper.values += ["15550142998", "1980-02-03"]

    safe = keeper.sanitised(nasty, "x.xlsx")

    sheet = openpyxl.load_workbook(BytesIO(safe.data)).worksheets[0]
    assert (sheet["B2"].value, sheet["C2"].value) == ("[PERSON_4QX]", "[PERSON_5QX]")
    assert sheet["B3"].value == 7


def test_cells_are_read_by_row_under_their_headings(nasty):
    segments = open_document(nasty, "x.xlsx").segments

    row = [(one.label, one.text) for one in segments if one.group == "0.1"]

    assert row == [
        ("Name", NAME),
        ("Phone", "15550142998"),
        ("Born", "1980-02-03"),
        ("Mail", MAIL),
    ]


def test_restoring_a_workbook_gives_its_text_back(keeper, nasty):
    before = [segment.text for segment in open_document(nasty, "x.xlsx").segments]

    restored = keeper.restored(keeper.sanitised(nasty, "x.xlsx"))

    assert [one.text for one in open_document(restored.data, "x.xlsx").segments] == before
    book = openpyxl.load_workbook(BytesIO(restored.data))
    assert book.sheetnames == [NAME, "secret"]
    assert book["secret"]["A2"].value == f"='{NAME}'!A2"


def test_an_untouched_workbook_keeps_its_values(nasty):
    written = open_document(nasty, "x.xlsx").rewritten({})

    before = openpyxl.load_workbook(BytesIO(nasty), read_only=True).worksheets[0]
    after = openpyxl.load_workbook(BytesIO(written)).worksheets[0]
    assert [[c.value for c in row] for row in after] == [[c.value for c in row] for row in before]
    assert after["C2"].value.isoformat() == "1980-02-03T00:00:00"


def test_the_small_grammars():
    assert formula_literals('IF(A1="x","a ""b""",2)') == [(7, 8, "x"), (11, 18, 'a "b"')]
    assert renamed_references({"My Sheet": "S", "Data": "D"})("'My Sheet'!A1+Data!B2+xData!C") == (
        "'S'!A1+'D'!B2+xData!C"
    )
    assert serial_date("29254", since_1904=False) == "1980-02-03"
    assert serial_date("1e99", since_1904=False) is None
    assert sheet_token("a/b [PERSON_1QX]:*?") == "a b {PERSON_1QX}   "


def test_a_sheet_that_does_not_say_how_far_it_reaches_is_told(keeper):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("data")
    for number in range(30):
        sheet.append([f"item {number}", *range(27)])
    out = BytesIO()
    book.save(out)

    safe = keeper.sanitised(out.getvalue(), "x.xlsx")

    assert b"<dimension" not in parts_of(out.getvalue())["xl/worksheets/sheet1.xml"]
    assert b'<dimension ref="A1:AB30"/>' in parts_of(safe.data)["xl/worksheets/sheet1.xml"]
