"""No known value leaves in any field of a request and in any disguise."""

from __future__ import annotations

import base64
import json
import urllib.parse
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maskwell.guard import KnownValueScanner, scan_request

if TYPE_CHECKING:
    from collections.abc import Callable

KNOWN = ["Orla Finnegan", "orla.finnegan@example.com", "+44 20 7946 0018", "Zoë Ünal", "李小龙"]


def chat(content: object) -> bytes:
    return json.dumps(
        {"model": "small", "messages": [{"role": "user", "content": content}]}
    ).encode()


DISGUISES: list[tuple[str, Callable[[str], str]]] = [
    ("as it is", str),
    ("in capitals", str.upper),
    ("full-width", lambda v: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in v)),
    ("with zero-width spaces", "\u200b".join),
    ("over two lines", lambda v: v.replace(" ", "\n   ")),
    ("base64", lambda v: base64.b64encode(v.encode()).decode()),
    ("base64 without padding", lambda v: base64.b64encode(v.encode()).decode().rstrip("=")),
    ("base64 for addresses", lambda v: base64.urlsafe_b64encode(v.encode()).decode()),
    ("base64 one byte in", lambda v: base64.b64encode(b" " + v.encode()).decode()),
    ("base64 two bytes in", lambda v: base64.b64encode(b"; " + v.encode()).decode()),
    ("base64 in lines", lambda v: base64.encodebytes(b"note " * 20 + v.encode()).decode()),
    ("base64 of UTF-16", lambda v: base64.b64encode(v.encode("utf-16-le")).decode()),
    ("base64 twice", lambda v: base64.b64encode(base64.b64encode(v.encode())).decode()),
    ("hexadecimal", lambda v: v.encode().hex()),
    ("hexadecimal in capitals", lambda v: v.encode().hex().upper()),
    ("hexadecimal with colons", lambda v: v.encode().hex(":")),
    ("percent escapes", lambda v: urllib.parse.quote(v, safe="")),
    ("percent escapes twice", lambda v: urllib.parse.quote(urllib.parse.quote(v, safe=""))),
    ("every letter escaped", lambda v: "".join(f"%{b:02X}" for b in v.encode())),
    ("a form's plus signs", urllib.parse.quote_plus),
    ("JSON escapes", lambda v: "".join(f"\\u{ord(c):04x}" for c in v)),
    ("HTML escapes", lambda v: "".join(f"&#{ord(c)};" for c in v)),
    ("JSON in a string", lambda v: json.dumps({"who": v})),
    ("JSON in JSON in a string", lambda v: json.dumps({"a": json.dumps([{"who": v}])})),
]  # fmt: skip


@pytest.mark.sec
@pytest.mark.parametrize(
    "disguise", [row[1] for row in DISGUISES], ids=[row[0] for row in DISGUISES]
)
@pytest.mark.parametrize("index", range(len(KNOWN)))
def test_egress_finds_a_known_value_in_every_disguise(
    disguise: Callable[[str], str], index: int
) -> None:
    body = chat(f"Please note: {disguise(KNOWN[index])} , and thanks.")

    leaks = scan_request(body, {}, KNOWN)

    assert index in {leak.known_index for leak in leaks}


def place_of(body: bytes, headers: dict[str, str] | None = None, url: str = "") -> list[str]:
    return [leak.place for leak in scan_request(body, headers or {}, KNOWN, url=url)]


@pytest.mark.sec
def test_egress_names_the_field_the_value_stands_in() -> None:
    body = json.dumps({"messages": [{"content": "hello"}, {"content": "I am Orla Finnegan."}]})

    assert place_of(body.encode()) == ["body $.messages[1].content"]


@pytest.mark.sec
def test_egress_searches_the_names_of_fields() -> None:
    assert place_of(json.dumps({"Orla Finnegan": 1}).encode()) == ["body $ key"]


@pytest.mark.sec
def test_egress_searches_a_field_that_stands_twice() -> None:
    body = b'{"user": "Orla Finnegan", "user": "nobody"}'

    assert place_of(body) == ["body $.user"]


@pytest.mark.sec
def test_egress_searches_numbers() -> None:
    leaks = scan_request(b'{"card": 4111111111111111}', {}, ["4111111111111111"])

    assert [leak.place for leak in leaks] == ["body $.card"]


@pytest.mark.sec
def test_egress_searches_headers_and_their_names() -> None:
    headers = {"X-User": "orla.finnegan@example.com", "X-Orla Finnegan": "1"}

    assert place_of(b"{}", headers) == ["header x-user", "header name"]


@pytest.mark.sec
def test_egress_searches_basic_authentication() -> None:
    secret = base64.b64encode(b"orla.finnegan@example.com:pass").decode()

    assert set(place_of(b"{}", {"Authorization": f"Basic {secret}"})) == {"header authorization"}


@pytest.mark.sec
def test_egress_searches_the_address() -> None:
    assert place_of(b"", url="https://api.example/v1?who=Orla%20Finnegan") == ["url"]


@pytest.mark.sec
def test_egress_searches_a_body_that_is_not_json() -> None:
    assert place_of(b"name=Orla+Finnegan&x=1") == ["body"]


@pytest.mark.sec
def test_egress_searches_json_too_deep_to_parse() -> None:
    assert place_of(b"[" * 100_000 + b'"Orla Finnegan"') == ["body"]


@pytest.mark.parametrize(
    "content",
    [
        "Orla Finnegans Wake is a book.",
        "Borla Finnegan is somebody else.",
        "Orla met Mr Finnegan.",
        "Zoe Unalaska",
        "c29tZSBvdGhlciB3b3Jkcw==",
        "",
    ],
)
def test_what_is_not_the_value_goes_through(content: str) -> None:
    assert scan_request(chat(content), {"user-agent": "maskwell"}, KNOWN) == []


def test_a_value_inside_a_script_without_spaces_is_found() -> None:
    assert scan_request(chat("我认识李小龙很久了"), {}, KNOWN) != []


def test_values_that_say_nothing_by_themselves_are_skipped() -> None:
    assert scan_request(chat("Al is 7 years old"), {}, ["Al", "7", "", " "]) == []


def test_a_leak_does_not_hold_the_value() -> None:
    (leak,) = scan_request(chat("I am Orla Finnegan"), {}, KNOWN)

    assert "orla" not in repr(leak).lower()


def test_the_index_counts_the_values_as_given() -> None:
    known = ["x", "", "two\nlines", "Tab\there", "Orla Finnegan"]

    leaks = scan_request(chat("Orla Finnegan, tab here, two lines"), {}, known)

    assert sorted(leak.known_index for leak in leaks) == [2, 3, 4]


def test_a_scanner_without_values_lets_everything_go() -> None:
    assert KnownValueScanner([]).scan_request(chat("Orla Finnegan")) == []


def test_ten_thousand_values_are_told_apart() -> None:
    known = [f"Case {number:05d}-Q" for number in range(10_000)]

    leaks = KnownValueScanner(known).scan_text("see case 04711-q for details")

    assert [leak.known_index for leak in leaks] == [4711]


@settings(max_examples=60, deadline=None)
@given(body=st.binary(max_size=400), known=st.lists(st.text(max_size=20), max_size=5))
def test_any_bytes_and_any_values_give_an_answer(body: bytes, known: list[str]) -> None:
    for leak in scan_request(body, {"a": "b"}, known):
        assert 0 <= leak.known_index < len(known)
        assert 0 <= leak.start < leak.end


@settings(max_examples=60, deadline=None)
@given(
    value=st.from_regex(r"[A-Za-z]{3,9} [A-Za-z]{3,9}", fullmatch=True),
    before=st.text(max_size=30),
    after=st.text(max_size=30),
)
def test_a_value_is_found_whatever_stands_around_it(value: str, before: str, after: str) -> None:
    body = chat(f"{before} | {value} | {after}")

    assert scan_request(body, {}, [value]) != []
