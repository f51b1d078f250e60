"""Calendars and contact cards: folded, escaped and encoded values are found."""

from __future__ import annotations

import pytest

from maskwell.documents import open_document
from maskwell.errors import InputUnreadable

NAME = "Jane Q. Doeberry"
MAIL = "jane.doeberry@example.com"
CARD = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Jane Q. Doe\r\n berry\r\nN:Doeberry;Jane;Q.;;\r\n"
    f"EMAIL;TYPE=INTERNET:{MAIL}\r\nNOTE;ENCODING=QUOTED-PRINTABLE:met Jane=20Q. Doe=\r\n"
    "berry=0D=0Atwice\r\nPHOTO;ENCODING=BASE64:SmFuZSBRLiBEb2ViZXJyeQ==\r\n"
    f"X-ABLABEL:{NAME}\r\nitem1.TEL:+1 555 0142 998\r\nUID:{MAIL}\r\nREV:2024\r\nEND:VCARD\r\n"
)
EVENT = (
    f"BEGIN:VCALENDAR\nPRODID:-//{NAME}//\nVERSION:2.0\nX-WR-CALNAME:{NAME}\nBEGIN:VEVENT\n"
    f"UID:{MAIL}\nDTSTAMP:20240101T000000Z\nDTSTART;TZID=Europe/Paris:20240102T100000\n"
    f'ATTENDEE;CN="{NAME}";ROLE=CHAIR;X-P={NAME}:mailto:{MAIL}\n'
    f"SUMMARY:Call\\, {NAME}\\nand others\nATTACH:data:text/plain;base64,SmFuZQ==\n"
    "END:VEVENT\nEND:VCALENDAR\n"
)


@pytest.mark.sec
@pytest.mark.parametrize(("text", "name"), [(CARD, "a.vcf"), (EVENT, "a.ics")])
def test_office_r36_a_person_in_every_corner_is_gone(keeper, text, name):
    safe = keeper.sanitised(text.encode(), name)

    assert safe.mode == "layout"
    assert MAIL.encode() not in safe.data
    assert NAME.encode() not in safe.data.replace(b"\r\n ", b"")
    assert b"SmFuZ" not in safe.data


def test_a_card_comes_back_with_its_values(keeper):
    back = keeper.restored(keeper.sanitised(CARD.encode(), "a.vcf")).data.decode()

    assert f"FN:{NAME}\r\n" in back
    assert f"NOTE:met {NAME}\\ntwice\r\n" in back
    assert f"EMAIL;TYPE=INTERNET:{MAIL}\r\n" in back
    assert "TEL:+1 555 0142 998\r\n" in back


def test_an_event_comes_back_and_has_what_readers_insist_on(keeper):
    safe = keeper.sanitised(EVENT.encode(), "a.ics")
    back = keeper.restored(safe).data.decode().replace("\r\n ", "")

    assert f'ATTENDEE;ROLE=CHAIR;CN="{NAME}":mailto:{MAIL}\r\n' in back
    assert f"SUMMARY:Call\\, {NAME}\\nand others\r\n" in back
    assert "DTSTART;TZID=Europe/Paris:20240102T100000\r\n" in back
    assert "UID:entry-" in back
    assert "PRODID:-//maskwell//EN\r\n" in back


def test_lines_are_folded_between_characters():
    text = "BEGIN:VCARD\r\nNOTE:" + "é" * 300 + "\r\nEND:VCARD\r\n"

    written = open_document(text.encode(), "a.vcf").rewritten({})

    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert written.decode().replace("\r\n ", "") == text


def test_what_is_neither_is_refused():
    with pytest.raises(InputUnreadable, match="calendar"):
        open_document(b"hello", "a.ics")
