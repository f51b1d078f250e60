from __future__ import annotations

import zipfile
from io import BytesIO

import pikepdf
import pytest

from maskwell.documents import open_document
from maskwell.documents.pdf_text import joined_lines
from maskwell.errors import InputUnreadable
from support.hostile_pdfs import scanned
from support.pdf_files import locked, pdf_file
from support.picture_files import picture_of

NAME = "Jane Q. Doeberry"


@pytest.mark.sec
def test_pdf_r35_a_person_in_every_corner_of_a_pdf_is_gone(keeper):
    data = pdf_file(f"Dear {NAME},", "second page", author=NAME, note=f"Ask {NAME}", outline=NAME)

    safe = keeper.sanitised(data, "Jane_Q._Doeberry.pdf", mode="text")

    assert (safe.mode, safe.name) == ("text", "[PERSON_0QX].txt")
    assert safe.data.decode() == (
        "Author: [PERSON_0QX]\n\noutline: [PERSON_0QX]\n\nnote: Ask [PERSON_0QX]\n\n"
        "Dear [PERSON_0QX],\n\nsecond page\n"
    )


def test_the_text_of_a_pdf_comes_back(keeper):
    data = pdf_file(f"Dear {NAME},")

    restored = keeper.restored(keeper.sanitised(data, "x.pdf", mode="text"))

    assert restored.data == f"Dear {NAME},\n".encode()


def test_a_name_wrapped_over_two_lines_is_read_as_one(keeper):
    data = pdf_file("A long line of the letter that ends with Jane\nQ. Doeberry and goes on.")

    safe = keeper.sanitised(data, "x.pdf", mode="text")

    assert safe.data == b"A long line of the letter that ends with [PERSON_0QX] and goes on.\n"


def test_only_wrapped_lines_are_joined():
    assert joined_lines("short\nanother line that is long\nend\n\nnew") == (
        "short\nanother line that is long end\n\nnew"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (locked(pdf_file("x")), "password"),
        (pdf_file(""), "no text"),
        (b"%PDF-1.7 nothing", "damaged"),
    ],
    ids=["locked", "empty", "damaged"],
)
def test_a_pdf_that_cannot_be_read_is_refused(data, reason):
    with pytest.raises(InputUnreadable, match=reason):
        open_document(data, "x.pdf", mode="text")


def test_a_pdf_inside_an_archive_is_kept_without_its_people(keeper):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.pdf", pdf_file(NAME))
        archive.writestr("a.txt", NAME)

    safe = keeper.sanitised(out.getvalue(), "x.zip")

    with zipfile.ZipFile(BytesIO(safe.data)) as archive:
        assert archive.namelist() == ["a.pdf", "a.txt"]
        with pikepdf.open(BytesIO(archive.read("a.pdf"))) as pdf:
            assert b"[PERSON_0QX]" in pdf.pages[0].obj.Contents.read_bytes()


@pytest.mark.sec
def test_pdf_the_words_of_a_scan_are_read_in_text_mode(keeper):
    data = scanned(picture_of(f"Paid by {NAME}"), "")

    safe = keeper.sanitised(data, "x.pdf", mode="text")

    assert safe.data == b"Paid by [PERSON_0QX]\n"
