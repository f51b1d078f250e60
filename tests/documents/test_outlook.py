"""Outlook messages: they come out as mails, with everyone in them hidden."""

from __future__ import annotations

import email
import zipfile
from io import BytesIO

import pytest

from maskwell.documents import open_document
from maskwell.errors import InputUnreadable
from support.office_files import word_file
from support.outlook_files import compound, message

NAME = "Jane Q. Doeberry"
MAIL = "jane.doeberry@example.com"


def outlook_file(**others: object) -> bytes:
    return compound(
        message(f"About {NAME}", f"Dear {NAME},\n", (NAME, MAIL), [(NAME, MAIL)], **others)
    )


@pytest.mark.sec
def test_office_r36_a_message_becomes_a_mail_without_people(keeper):
    data = outlook_file(html=b"<p>Dear <b>Jane</b> Q. Doeberry</p>")

    safe = keeper.sanitised(data, f"{NAME}.msg")

    mail = email.message_from_bytes(safe.data)
    assert (safe.kind, safe.mode, safe.name) == ("msg", "layout", "[PERSON_0QX].eml")
    assert mail["Subject"] == "About [PERSON_0QX]"
    assert b"Doeberry" not in safe.data
    assert {part.get_content_type() for part in mail.walk()} >= {"text/plain", "text/html"}


def test_a_message_comes_back_as_a_mail_with_its_people(keeper):
    back = keeper.restored(keeper.sanitised(outlook_file(), "a.msg"))

    mail = email.message_from_bytes(back.data)
    assert mail["Subject"] == f"About {NAME}"
    assert MAIL in mail["From"]
    assert MAIL in mail["To"]


@pytest.mark.sec
def test_office_r36_a_person_in_a_message_in_a_message_with_a_packed_word_file_is_gone(keeper):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{NAME}.docx", word_file())
    inner = message(
        f"Re: {NAME}", NAME, (NAME, MAIL), [], {f"{NAME}.zip": packed.getvalue()}, is_inside=True
    )
    data = outlook_file(inner=inner, files={f"{NAME}.txt": NAME.encode()})

    safe = keeper.sanitised(data, "a.msg")

    names = [part.get_filename() for part in email.message_from_bytes(safe.data).walk()]
    assert safe.mode == "layout"
    assert "[PERSON_0QX].zip" in names
    assert "[PERSON_0QX].txt" in names
    assert b"Doeberry" not in safe.data


def test_a_message_inside_an_archive_becomes_a_mail_there(keeper):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("post/letter.msg", outlook_file())

    safe = keeper.sanitised(packed.getvalue(), "a.zip")

    with zipfile.ZipFile(BytesIO(safe.data)) as archive:
        assert archive.namelist() == ["post/letter.eml"]


def test_a_damaged_message_is_refused():
    data = outlook_file()

    with pytest.raises(InputUnreadable):
        open_document(data[:700] + b"\xff" * 3000, "a.msg")
