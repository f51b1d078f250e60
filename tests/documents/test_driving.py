"""The journeys: consistency over a document, the second reading, falling back, refusing."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maskwell.documents import Edit, Segment, formats, passages, sanitise
from maskwell.documents.formats import Source
from maskwell.documents.limits import Budget
from maskwell.errors import InputUnreadable, UsageError

NOBODY = "nobody known"


def test_a_value_found_once_is_replaced_everywhere():
    def protect(texts):
        return [
            [Edit(9, 13, "[PERSON_1QX]")] if text.startswith("Contact: Jane") else []
            for text in texts
        ]

    safe = sanitise(
        b"Contact,Note\nJane,x\nBob,ask Jane today\n", "t.csv", protect=protect,
        known_values=lambda: ["Jane"],
    )  # fmt: skip

    assert safe.data == b"Contact,Note\n[PERSON_1QX],x\nBob,ask [PERSON_1QX] today\n"
    assert safe.replaced == 2


def test_what_shows_only_beside_a_token_is_found_by_the_second_reading():
    calls = []

    def protect(texts):
        calls.append(texts)
        found = []
        for text in texts:
            first, second = text.find("Jane"), text.find("\ufffc Doe")
            edits = [Edit(first, first + 4, "[P]")] if first >= 0 else []
            found.append(edits + ([Edit(second + 2, second + 5, "[Q]")] if second >= 0 else []))
        return found

    safe = sanitise(b"To Jane Doe.", "t.txt", protect=protect, known_values=list)

    assert safe.data == b"To [P] [Q]."
    assert calls[1] == ["To \ufffc\ufffc\ufffc Doe."]


def test_a_value_that_protecting_does_not_replace_is_not_released():
    with pytest.raises(InputUnreadable, match="still stood"):
        sanitise(
            b"To Jane Doe.", "t.txt", protect=lambda texts: [[] for _ in texts],
            known_values=lambda: ["Jane Doe"],
        )  # fmt: skip


def test_a_value_that_stays_in_the_name_is_not_released():
    with pytest.raises(InputUnreadable, match="still stood"):
        sanitise(
            b"x", "Jane Doe.txt", protect=lambda texts: [[] for _ in texts],
            known_values=lambda: ["Jane Doe"],
        )  # fmt: skip


def test_an_unknown_mode_is_a_usage_error():
    with pytest.raises(UsageError, match="mode"):
        sanitise(b"x", "a.txt", protect=lambda t: [[] for _ in t], known_values=list, mode="pdf")


def test_an_edit_that_crosses_cells_is_cut_at_their_borders():
    row = [Segment("a", "Jane", "First", "r"), Segment("b", "Doe", "Last", "r")]
    (passage,) = passages(row)

    whole = Edit(0, len(passage.text), "[P]")
    spread = list(passage.spread([whole], lambda piece, new: f"{new}{piece}"))

    assert passage.text == "First: Jane\nLast: Doe"
    assert [(one.id, edit) for one, edit in spread] == [
        ("a", Edit(0, 4, "[P]Jane")),
        ("b", Edit(0, 3, "[P]Doe")),
    ]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Jane Q. Doeberry", "hello", "ż", "\n\n", '"', ",", " ", "[PERSON_", "\r\n"]
        ),
        max_size=12,
    )
)
def test_restoring_a_safe_text_gives_the_text(parts):
    def protect(texts):
        name = "Jane Q. Doeberry"
        return [
            [Edit(i, i + len(name), "[X1]") for i in range(len(t)) if t.startswith(name, i)]
            for t in texts
        ]

    text = "".join(parts)
    safe = sanitise(text.encode(), "a.txt", protect=protect, known_values=lambda: [NOBODY])

    assert safe.data.decode().replace("[X1]", "Jane Q. Doeberry") == text


@pytest.mark.parametrize(
    "module", ["lxml", "charset_normalizer", "ruamel.yaml", "selectolax.lexbor"]
)
def test_a_missing_optional_part_is_told_with_the_line_that_installs_it(monkeypatch, module):
    name, data = {
        "lxml": ("a.xml", b"<a/>"),
        "charset_normalizer": ("a.txt", b"caf\xe9 " * 40),
        "ruamel.yaml": ("a.yaml", b"a: 1"),
        "selectolax.lexbor": ("a.html", b"<p>x</p>"),
    }[module]
    for loaded in [one for one in sys.modules if one.startswith("maskwell.documents.")]:
        if loaded.endswith(("xml_text", "xml_tree", "yaml_text", "html_text", "strands")):
            monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, module, None)

    def journey():
        formats.read(data, Source(name, Budget()))
        list(formats.inspect(data, Source(name, Budget())))

    with pytest.raises(InputUnreadable, match=r"pip install 'maskwell\[documents\]'"):
        journey()


@pytest.mark.parametrize(
    "written", ["Jane  Q. Doeberry", "Jane\u00a0Q.\u2009Doeberry", "Jane Q.\r\n  Doeberry"]
)
def test_a_known_name_with_other_gaps_in_it_is_swept_up(keeper, written):
    data = f"From Jane Q. Doeberry.\r\n\r\nAnd {written}, too.\r\n".encode()

    safe = keeper.sanitised(data, "x.txt")

    assert safe.data.decode() == "From [PERSON_0QX].\r\n\r\nAnd [PERSON_0QX], too.\r\n"


def test_a_word_of_one_paragraph_and_one_of_the_next_are_no_name(keeper):
    safe = keeper.sanitised(b"Jane Q. Doeberry\n\nJane Q.\n\nDoeberry", "x.txt")

    assert safe.data == b"[PERSON_0QX]\n\nJane Q.\n\nDoeberry"


def test_an_address_that_runs_into_a_letter_is_swept_up(keeper):
    data = "jane.doeberry@example.com jane.doeberry@example.comÂ\u00a0x".encode()

    safe = keeper.sanitised(data, "x.txt")

    assert safe.data.decode() == "[PERSON_1QX] [PERSON_1QX]Â\u00a0x"
