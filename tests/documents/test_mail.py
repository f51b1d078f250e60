from __future__ import annotations

import email
import email.policy
from base64 import b64encode
from email.message import EmailMessage

import pytest

from maskwell.documents import open_document
from maskwell.errors import InputUnreadable
from support.hunting import hunted

TABLE = b"Name,x\nJane Q. Doeberry,1\n"


def letter() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Zoë Łęcka <jane.doeberry@example.com>"
    message["To"] = '"Doe, J" <other@example.com>'
    message["Subject"] = "Über Jane Q. Doeberry"
    message["Received"] = "from host-of-jane.doeberry@example.com"
    message["X-Secret"] = "Jane Q. Doeberry"
    message["Message-ID"] = "<jane.doeberry@example.com>"
    message.set_content("Hello Jane Q. Doeberry, grüße!\nBye\n")
    return message


def test_a_plain_mail_keeps_listed_headers_and_loses_its_people(keeper):
    safe = keeper.sanitised(letter().as_bytes(), "note.eml")

    back = email.message_from_bytes(safe.data, policy=email.policy.default)
    assert back["Subject"] == "Über [PERSON_0QX]"
    assert email.message_from_bytes(safe.data)["From"] == "[PERSON_3QX] <[PERSON_1QX]>"
    assert back["To"] == '"Doe, J" <other@example.com>'
    assert back.get_content() == "Hello [PERSON_0QX], grüße!\nBye\n"
    assert {"Received", "X-Secret", "Message-ID"}.isdisjoint(back.keys())
    assert safe.dropped == ("3 × header",)


def test_html_that_differs_from_the_plain_text_is_cleaned_too(keeper):
    message = letter()
    message.add_alternative(
        "<p>Jane <b>Q. Doeberry</b>, +1 555 0142 998</p>", subtype="html", cte="base64"
    )

    safe = keeper.sanitised(message.as_bytes(), "note.eml")

    back = email.message_from_bytes(safe.data, policy=email.policy.default)
    html = back.get_body(("html",)).get_content()
    assert "<p>[PERSON_0QX]<b></b>, [PERSON_2QX]</p>" in html
    assert back.get_content_type() == "multipart/alternative"


def test_attachments_are_made_safe_by_their_format_or_left_out(keeper):
    message = letter()
    message.add_attachment(TABLE, "text", "csv", filename="Jane_Q._Doeberry.csv")
    message.add_attachment(b"\x89PNG Jane Q. Doeberry", "image", "png", filename="Jane.png")
    message.set_boundary("Jane_Q._Doeberry")
    message.preamble = "Jane Q. Doeberry"
    message.epilogue = "Jane Q. Doeberry"

    safe = keeper.sanitised(message.as_bytes(), "note.eml")

    back = email.message_from_bytes(safe.data, policy=email.policy.default)
    (table,) = back.iter_attachments()
    assert table.get_filename() == "[PERSON_0QX].csv"
    assert table.get_content() == "Name,x\n[PERSON_0QX],1\n"
    assert b"Doeberry" not in safe.data
    assert "1 × file inside that cannot be made safe" in safe.dropped


def test_a_message_inside_a_message_is_cleaned(keeper):
    outer = letter()
    outer.add_attachment(letter())

    safe = keeper.sanitised(outer.as_bytes(), "note.eml")

    back = email.message_from_bytes(safe.data, policy=email.policy.default)
    (inner,) = back.iter_attachments()
    assert inner.get_content()["Subject"] == "Über [PERSON_0QX]"
    assert b"Doeberry" not in safe.data


def test_restoring_gives_the_texts_back(keeper):
    message = letter()
    message.add_attachment(TABLE, "text", "csv", filename="Jane Q. Doeberry.csv")
    data = message.as_bytes()

    restored = keeper.restored(keeper.sanitised(data, "n.eml"))

    before = [one.text for one in open_document(data, "n.eml").segments]
    assert [one.text for one in open_document(restored.data, "n.eml").segments] == before


@pytest.mark.parametrize("kind", ["signed", "encrypted"])
def test_sealed_mail_is_refused(kind):
    data = f"From: a@example.com\nContent-Type: multipart/{kind}; boundary=x\n\n--x\n\nhi\n--x--\n"

    with pytest.raises(InputUnreadable, match="signed or encrypted"):
        open_document(data.encode(), "m.eml")


def test_a_file_without_headers_is_no_mail():
    with pytest.raises(InputUnreadable, match="no e-mail"):
        open_document(b"", "m.eml")


def test_a_mail_folder_is_cleaned_message_by_message(keeper):
    one = b"From jane.doeberry@example.com Mon\n" + letter().as_bytes() + b"\n>From here on\n\n"

    safe = keeper.sanitised(one * 2, "Archive.mbox")

    assert safe.data.count(b"From - Thu Jan  1 00:00:00 1970\n") == 2
    assert safe.data.count(b"Hello [PERSON_0QX]") == 2
    assert safe.data.count(b"\n>From here on") == 2
    assert b"oeberry" not in safe.data


@pytest.mark.sec
@pytest.mark.parametrize("kind", ["application/ms-tnef", "application/octet-stream"])
def test_what_outlook_packed_is_left_out_and_said_to_be(keeper, kind):
    packed = b64encode(b"\x78\x9f\x3e\x22\x01\x00" + b"Jane Q. Doeberry " * 20).decode()
    data = (
        "From: a@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n"
        "--B\nContent-Type: text/plain\n\nsee there\n"
        f"--B\nContent-Type: {kind}; name=winmail.dat\nContent-Transfer-Encoding: base64\n"
        f"Content-Disposition: attachment; filename=winmail.dat\n\n{packed}\n--B--\n"
    )

    safe = keeper.sanitised(data.encode(), "a.eml")

    assert any("winmail.dat" in what for what in safe.dropped)
    assert hunted(safe.data, ["Jane Q. Doeberry"]) == []
    assert b"winmail" not in safe.data


def test_a_winmail_file_alone_is_refused_by_its_name():
    with pytest.raises(InputUnreadable, match=r"winmail\.dat"):
        open_document(b"\x78\x9f\x3e\x22\x01\x00", "winmail.dat")
