from __future__ import annotations

import string
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from maskwell.documents import open_document, sanitise
from maskwell.documents.paragraphs import Row, blocks
from maskwell.documents.pdf.cmaps import to_unicode, unicode_of
from maskwell.errors import InputUnreadable, LayoutUnsafe
from support.hostile_pdfs import (
    canaries,
    lying_font,
    one_page,
    revised,
    saved,
    scanned,
    shown,
    signed,
    with_a_form_and_a_pattern,
)
from support.pdf_files import locked, pdf_file
from support.picture_files import picture_of

NAME = "Jane Q. Doeberry"
TOKEN = "[PERSON_0QX]"


def everything(data: bytes) -> bytes:
    """Return a PDF's bytes with every stream decoded and every string told."""
    found = [data]
    with pikepdf.open(BytesIO(data)) as pdf:
        for one in pdf.objects:
            found.append(one.unparse(resolved=True))
            if isinstance(one, pikepdf.Stream):
                found += [one.read_bytes()] if "/DCTDecode" not in str(one.get("/Filter")) else []
    return b"\n".join(found)


def forms_of(value: str) -> list[bytes]:
    raw, wide = value.encode(), value.encode("utf-16-be")
    return [raw, wide, value.encode("utf-16-le"), raw.hex().encode(), wide.hex().encode(),
            value.replace(" ", "%20").encode()]  # fmt: skip


def text_of(data: bytes) -> list[str]:
    pdf = pypdfium2.PdfDocument(data)
    try:
        return [pdf[n].get_textpage().get_text_bounded() for n in range(len(pdf))]
    finally:
        pdf.close()


def test_a_name_becomes_its_token_where_it_stood(keeper):
    data = pdf_file(f"Dear {NAME}, welcome", "second page")

    safe = keeper.sanitised(data, f"{NAME}.pdf")

    assert (safe.mode, safe.name) == ("layout", "[PERSON_0QX].pdf")
    assert text_of(safe.data) == [f"Dear {TOKEN}, welcome", "second page"]


def test_the_words_around_a_token_stay_where_they_were(keeper):
    data = pdf_file(f"Dear {NAME}, welcome")

    safe = keeper.sanitised(data, "x.pdf")

    places = []
    for one in (data, safe.data):
        words = pypdfium2.PdfDocument(one)[0].get_textpage()
        at = words.get_text_bounded().index("welcome")
        places.append(words.get_charbox(at)[0])
    assert places[0] == pytest.approx(places[1], abs=0.5)


def test_the_text_of_a_pdf_comes_back_in_its_place(keeper):
    data = pdf_file(f"Dear {NAME},", "mail to jane.doeberry@example.com now")

    restored = keeper.restored(keeper.sanitised(data, "x.pdf"))

    assert restored.name == "x.pdf"
    assert text_of(restored.data) == text_of(data)


def test_a_name_wrapped_over_two_lines_is_one_name(keeper):
    first = "A long line of the letter that goes on and on until it ends with Jane"
    data = pdf_file(first + "\nQ. Doeberry and goes on.")

    safe = keeper.sanitised(data, "x.pdf")

    assert safe.mode == "layout"
    assert "".join(text_of(safe.data)).count(TOKEN) == 1
    assert "Doeberry" not in text_of(safe.data)[0]


@pytest.mark.parametrize(
    "instructions",
    [
        "BT /F1 12 Tf 50 700 Td [(Ja) 20 (ne Q.) -278 (Doeberry)] TJ ET",
        "BT /F1 12 Tf 55.4 700 Td (Doeberry) Tj ET BT /F1 12 Tf 10 700 Td (Jane Q.) Tj ET",
        "BT /F1 12 Tf 10 700 Td (Jane Q.) ' 45.4 0 Td 0 0 (Doeberry) \" ET",
        shown(NAME) + shown(NAME).replace("50 700", "50.3 700"),
        "q 0 1 -1 0 800 0 cm " + shown(NAME) + " Q",
        "BT /F1 12 Tf 10 700 Td <4A616E6520512E20446F656265727279> Tj ET",
        "BT /F1 1 Tf 12 0 0 12 10 700 Tm 0.1 Tc 50 Tz (Jane Q. Doeberry) Tj ET",
    ],
    ids=["kerned", "last-first", "quotes", "bold-by-twice", "on-its-side", "hex", "scaled"],
)
def test_a_name_is_found_however_it_is_drawn(keeper, instructions):
    safe = keeper.sanitised(saved(one_page(instructions)), "x.pdf")

    assert safe.mode == "layout"
    assert TOKEN in text_of(safe.data)[0]
    assert b"Doeberry" not in everything(safe.data)


@pytest.mark.sec
def test_pdf_r35_a_canary_in_fourteen_places_is_in_no_stream_and_no_revision(keeper):
    names = [f"Canary Vogel{letter * 3}" for letter in string.ascii_lowercase[:14]]
    keeper.values = names

    safe = keeper.sanitised(canaries(names), "x.pdf", mode="layout")

    whole = everything(safe.data)
    assert not [name for name in names for form in forms_of(name) if form in whole]
    assert safe.data.count(b"%%EOF") == 1


@pytest.mark.sec
def test_pdf_r35_a_name_in_an_earlier_revision_is_gone(keeper):
    data = revised(saved(one_page(shown(f"By {NAME}"))), "By nobody")

    safe = keeper.sanitised(data, "x.pdf")

    assert text_of(safe.data) == ["By nobody"]
    assert b"Doeberry" not in everything(safe.data)


@pytest.mark.sec
def test_pdf_names_in_forms_stamps_and_patterns_are_gone(keeper):
    safe = keeper.sanitised(with_a_form_and_a_pattern(NAME), "x.pdf", mode="layout")

    assert b"Doeberry" not in everything(safe.data)
    assert NAME not in " ".join(text_of(safe.data))


@pytest.mark.sec
def test_pdf_a_font_that_draws_a_name_and_claims_dots_makes_its_page_a_picture(keeper):
    data = lying_font(f"{NAME} was here", dict.fromkeys("JaneDobryQ", "."))

    document = open_document(data, "x.pdf")
    safe = keeper.sanitised(data, "x.pdf")

    assert any(NAME in segment.text for segment in document.segments)
    assert safe.mode == "layout"
    assert b"FontFile" not in everything(safe.data)
    assert TOKEN in text_of(safe.data)[0]


def test_an_honest_embedded_font_keeps_its_page(keeper):
    safe = keeper.sanitised(lying_font(f"{NAME} was here", {}), "x.pdf")

    assert safe.mode == "layout"
    assert b"FontFile2" in everything(safe.data)
    assert text_of(safe.data) == [f"{TOKEN} was here"]


@pytest.mark.sec
@pytest.mark.parametrize(
    ("drawn", "hidden"),
    [(f"Paid by {NAME}", "Paid by nobody"), ("Paid by nobody", f"Paid by {NAME}")],
    ids=["clean-layer", "clean-picture"],
)
def test_pdf_a_scan_and_its_hidden_text_are_both_made_safe(keeper, drawn, hidden):
    data = scanned(picture_of(drawn), hidden)

    safe = keeper.sanitised(data, "x.pdf")

    again = open_document(safe.data, "x.pdf")
    assert b"Doeberry" not in everything(safe.data)
    assert not any("Doeberry" in segment.text for segment in again.segments)


@pytest.mark.parametrize(
    ("data", "reason"),
    [(signed(), "signed"), (locked(pdf_file("x")), "password")],
    ids=["signed", "locked"],
)
@pytest.mark.parametrize("mode", ["layout", "text"])
def test_a_signed_or_locked_pdf_is_refused_in_every_mode(data, reason, mode):
    with pytest.raises(InputUnreadable, match=reason):
        sanitise(
            data, "x.pdf", protect=lambda texts: [[] for _ in texts], known_values=list, mode=mode
        )


def test_values_no_standard_font_can_show_come_back_as_text(keeper):
    keeper.values = ["Ola Nordmann"]
    safe = keeper.sanitised(saved(one_page(shown("By Ola Nordmann, today"))), "x.pdf")
    keeper.values = ["Ольга Петрова"]

    restored = keeper.restored(safe)

    assert restored.name == "x.txt"
    assert restored.data.decode() == "By Ольга Петрова, today\n"


def test_a_file_that_needs_eyes_says_so_without_them(monkeypatch):
    from maskwell.documents import formats
    from maskwell.documents.limits import Budget
    from maskwell.documents.pdf import layout

    monkeypatch.setattr(layout, "has_eyes", lambda: False)

    with pytest.raises(LayoutUnsafe, match="pip install"):
        formats.read(lying_font("abc", {}), formats.Source("x.pdf", Budget()))


def test_a_unicode_table_is_read_and_written():
    table = b"1 beginbfchar <01> <0041> endbfchar 2 beginbfrange <02> <03> <0042>\n"
    table += b"<04> <05> [<0058> <00590059>] endbfrange % <06> <0046>"

    assert unicode_of(table) == {1: "A", 2: "B", 3: "C", 4: "X", 5: "YY"}
    assert unicode_of(to_unicode({b"\1": "A", b"\2": "ffi"})) == {1: "A", 2: "ffi"}


def test_only_lines_without_room_for_the_next_word_are_joined():
    rows = [
        Row(text, [(object(),)] * len(text), 0.0, 6.0 * len(text), -14.0 * number, 12.0)
        for number, text in enumerate(["a line that is full and breaks a won-", "derful word, then",
                                       "a short one"])
    ]  # fmt: skip

    (block,) = blocks(rows)

    assert block.text == "a line that is full and breaks a wonderful word, then\na short one"
