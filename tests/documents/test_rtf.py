"""RTF: text of any spelling is found, known groups are kept, everything else is left out."""

from __future__ import annotations

from contextlib import suppress

import pytest

from maskwell.documents import Edit, open_document
from maskwell.documents.rtf_tokens import tokens
from maskwell.errors import InputTooLarge, InputUnreadable

NAME = "Jane Q. Doeberry"


def rtf(body: str | bytes, head: str = r"{\fonttbl{\f0\fswiss Helvetica;}}") -> bytes:
    raw = body.encode("cp1252") if isinstance(body, str) else body
    return rb"{\rtf1\ansi\ansicpg1252\deff0" + head.encode() + b"\n" + raw + b"}"


def texts(data: bytes) -> list[str]:
    return [one.text for one in open_document(data, "a.rtf").segments if one.is_prose]


@pytest.mark.parametrize(
    ("spelled", "text"),
    [
        pytest.param(r"caf\'e9", "café", id="a byte of the code page"),
        pytest.param(r"caf\u233?", "café", id="a unicode escape with its stand-in"),
        pytest.param(r"caf\u233 e", "café", id="a blank after the escape is no stand-in"),
        pytest.param(r"\uc2 caf\u233\'65\'65!", "café!", id="a stand-in of two bytes"),
        pytest.param(r"\uc0 caf\u233!", "café!", id="no stand-in"),
        pytest.param(r"\u-10179?\u-8704?", "😀", id="a pair of surrogates"),
        pytest.param(r"a\~b\_c\-d", "a\u00a0b\u2011cd", id="signs"),
        pytest.param(r"\{a\}\\", "{a}\\", id="escaped signs"),
        pytest.param(r"{\b Ja}{\i ne}", "Jane", id="runs"),
        pytest.param("Ja\r\nne", "Jane", id="a line end of the file is none"),
        pytest.param(r"a\tab b\line c", "a\tb\nc", id="tab and line"),
        pytest.param(r"\ldblquote a\rdblquote \emdash", "“a”—", id="words that are signs"),
        pytest.param(r"{\v hidden}", "hidden", id="hidden text is text"),
    ],
)
def test_text_is_read_however_it_is_spelled(spelled, text):
    assert texts(rtf(spelled)) == [text]


def test_bytes_are_read_in_the_code_page_of_their_font():
    head = r"{\fonttbl{\f0 A;}{\f1\fcharset238 B;}{\f2\fcharset128 C;}}"

    assert texts(rtf(r"{\f1 Zo\'eb \'a3\'eacka}\par {\f2 \'83\'5c}", head)) == ["Zoë Łęcka", "ソ"]


def test_paragraphs_and_cells_are_texts_of_their_own():
    assert texts(rtf(r"one\par two\par\trowd\cellx9 a\cell b\cell\row")) == ["one", "two", "a", "b"]


@pytest.mark.sec
@pytest.mark.parametrize(
    "group",
    [
        rf"{{\info{{\author {NAME}}}{{\title {NAME}}}}}",
        rf"{{\*\generator {NAME};}}",
        rf"{{\*\unheardof {NAME}}}",
        rf"{{\unheardof {NAME}}}",
        rf"{{\pict\pngblip {NAME.encode().hex()}}}",
        rf"{{\object{{\*\objdata {NAME.encode().hex()}}}}}",
        rf"{{\field{{\*\fldinst HYPERLINK mailto:{NAME}}}{{\fldrslt here}}}}",
        rf"{{\*\bkmkstart {NAME}}}",
        rf"{{\*\annotation {NAME}}}",
        rf"{{\deleted {NAME}}}",
        rf"\deleted {NAME}\plain",
        rf"{{\*\revtbl{{Unknown;}}{{{NAME};}}}}",
        rf"{{\*\xmlopen\xmlns1{{\factoidname {NAME}}}}}",
        rf"{{\pict\bin{len(NAME) + 2} }}{{{NAME}}}",
        rf"{{\pict{{\*\picprop {NAME}}}\pngblip 00}}",
    ],
    ids=lambda group: group[:22],
)
def test_office_r36_what_is_not_text_is_not_in_the_copy(keeper, group):
    safe = keeper.sanitised(rtf(f"before {group} after"), "a.rtf")

    assert b"Doeberry" not in safe.data
    assert NAME.encode().hex().encode() not in safe.data
    assert b"before" in safe.data
    assert b"after" in safe.data


def test_a_person_in_every_corner_is_gone_and_comes_back(keeper):
    head = rf"{{\fonttbl{{\f0 {NAME};}}}}{{\stylesheet{{\s1 {NAME};}}}}"
    body = (
        rf"{{\header {NAME}}}{{\footer {NAME}}}Dear {{\b Jane }}{{\i Q. Doe}}berry,"
        rf"{{\footnote {NAME}}}\par {{\field{{\*\fldinst x}}{{\fldrslt {NAME}}}}}"
        rf"\trowd\cellx1 {NAME}\cell\row Zo\'eb \u321?\u281?cka"
    )
    data = rtf(body, head)

    safe = keeper.sanitised(data, f"{NAME}.rtf")
    back = keeper.restored(safe)

    assert (safe.mode, safe.name) == ("layout", "[PERSON_0QX].rtf")
    assert b"Doeberry" not in safe.data
    assert b"{\\b [PERSON_0QX]}" in safe.data
    assert texts(back.data) == texts(data)
    assert back.name == f"{NAME}.rtf"


def test_formatting_is_kept_and_numbers_that_tell_are_not(keeper):
    safe = keeper.sanitised(rtf(r"{\b\fs24\cf1\rsid1234567\insrsid77 bold}\par"), "a.rtf")

    assert rb"{\b\fs24\cf1 bold}\par" in safe.data
    assert b"rsid" not in safe.data


def test_a_copy_is_plain_ascii_that_reads_the_same():
    data = rtf(r"Zo\'eb {\b\u321?\u281?cka} \{x\} \u-10179?\u-8704?\tab y")
    document = open_document(data, "a.rtf")

    written = document.rewritten({})

    assert written.isascii()
    assert texts(written) == texts(data)


@pytest.mark.parametrize(
    ("start", "end", "new", "result"),
    [
        (0, 4, "X", ["X Q. Doe"]),
        (2, 7, "X", ["JaX Doe"]),
        (0, 11, "X", ["X"]),
        (11, 11, "X", ["Jane Q. DoeX"]),
        (4, 4, "X", ["JaneX Q. Doe"]),
    ],
)
def test_an_edit_may_begin_and_end_in_any_run(start, end, new, result):
    document = open_document(rtf(r"{\b Jane }{\i Q. }Doe"), "a.rtf")
    (segment,) = [one for one in document.segments if one.is_prose]

    assert texts(document.rewritten({segment.id: [Edit(start, end, new)]})) == result


@pytest.mark.parametrize(
    "data", [b"{\\rtf1 {unclosed", b"{\\rtf1}}}\\", b"{\\rtf1 a\\", b"{\\rtf1 \\'zz}"]
)
def test_a_damaged_file_is_refused_or_read_to_its_end(data):
    with suppress(InputUnreadable):
        assert open_document(data, "a.rtf").segments is not None


@pytest.mark.sec
def test_bomb_r31_groups_that_nest_too_deep_are_refused():
    with pytest.raises(InputTooLarge):
        open_document(rtf("{" * 300 + "x" + "}" * 300), "a.rtf")


def test_what_bin_announces_is_one_token_whatever_it_looks_like():
    found = list(tokens(rb"{\bin5 }{\x}a}"))

    assert [one.kind for one in found] == ["open", "data", "text", "close"]
    assert found[1].data == rb"}{\x}"
