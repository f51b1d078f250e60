from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskwell.documents import Edit, open_document, verify
from maskwell.errors import InputUnreadable, UsageError


def test_line_ends_and_byte_order_mark_are_kept(keeper):
    data = codecs.BOM_UTF8 + b"Dear Jane Q. Doeberry,\r\nhello\rthere\n"

    safe = keeper.sanitised(data, "letter.txt")

    assert safe.data == codecs.BOM_UTF8 + b"Dear [PERSON_0QX],\r\nhello\rthere\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encoding_is_kept_and_restoring_gives_the_bytes_back(keeper, encoding):
    data = "Call Zoë Łęcka at +1 555 0142 998, please.\n".encode(encoding)

    safe = keeper.sanitised(data, "note.md")

    assert "Łęcka".encode(encoding)[-8:] not in safe.data
    assert keeper.restored(safe).data == data


def test_a_legacy_encoding_is_kept(keeper):
    data = ("Grüße aus Köln und Düsseldorf, schöne Wörter überall. " * 5).encode("cp1252")

    safe = keeper.sanitised(data + b"Jane Q. Doeberry", "brief.txt")

    assert safe.data == data + b"[PERSON_0QX]"


def test_a_binary_file_is_refused(keeper):
    with pytest.raises(InputUnreadable, match="binary"):
        keeper.sanitised(bytes(range(256)) * 4, "thing.bin")


def test_the_name_of_the_file_gets_the_token_of_the_text(keeper):
    safe = keeper.sanitised(b"Jane Q. Doeberry", "CV_of_Jane_Q._Doeberry_2026.txt")

    assert safe.name == "CV_of_[PERSON_0QX]_2026.txt"


def test_a_name_without_values_is_kept_to_the_letter(keeper):
    assert keeper.sanitised(b"x", "my_own notes.v2.txt").name == "my_own notes.v2.txt"


def test_what_follows_a_full_stop_may_be_a_name(keeper):
    keeper.values = ["Jane.Doeberry", "Jane Q. Doeberry"]

    assert keeper.sanitised(b"x", "Jane.Doeberry").name == "[PERSON_0QX]"
    assert keeper.sanitised(b"x", "Jane_Q._Doeberry.TXT").name == "[PERSON_1QX].TXT"


def test_a_restored_name_cannot_leave_its_folder(keeper):
    keeper.values = ["../../etc/passwd"]
    safe = keeper.sanitised(b"../../etc/passwd", "a.txt")

    restored = keeper.restored(type(safe)("[PERSON_0QX].txt", safe.data, "text", "layout", 1, ()))

    assert restored.name == ".._.._etc_passwd.txt"
    assert restored.data == b"../../etc/passwd"


def test_a_long_text_is_cut_between_paragraphs():
    paragraph = "word " * 600 + "\n\n"

    document = open_document((paragraph * 20).encode(), "long.txt")

    assert len(document.segments) > 2
    assert all(segment.text.endswith("\n\n") for segment in document.segments)
    assert "".join(segment.text for segment in document.segments) == paragraph * 20


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_an_untouched_text_is_the_same_bytes(text):
    data = text.encode()

    assert open_document(data, "any.txt").rewritten({}) == data


def test_an_edit_outside_its_segment_is_refused():
    document = open_document(b"short", "a.txt")

    with pytest.raises(UsageError):
        document.rewritten({"0": [Edit(3, 9, "x")]})
    with pytest.raises(UsageError):
        document.rewritten({"7": [Edit(0, 1, "x")]})


def test_verifying_sees_through_invisible_characters_and_encodings():
    hidden = "Ja\u200bne Q. Doe\u00adberry"
    spelled = "SmFuZSBRLiBEb2ViZXJyeQ== and " + b"jane.doeberry@example.com".hex()
    values = ["Jane Q. Doeberry", "jane.doeberry@example.com"]

    report = verify(f"{hidden} {spelled}".encode(), "a.txt", values)

    assert {(leak.number, leak.form) for leak in report.leaks} == {
        (0, "text"),
        (0, "base64"),
        (1, "hex"),
    }


def test_a_single_word_within_another_word_is_no_leak():
    text = b"a link to AmazonasBasin.gif and base64 " + b"QW1hem9uYXM="

    report = verify(text, "a.txt", ["Amazonas"])

    assert {leak.form for leak in report.leaks} == {"base64"}
