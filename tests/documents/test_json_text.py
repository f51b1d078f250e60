from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskwell.documents import Edit, open_document
from maskwell.errors import InputUnreadable

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text('abcdé"\\/\n'), inner),
    max_leaves=8,
)  # fmt: skip


def test_only_the_value_changes_in_an_oddly_written_file(keeper):
    data = b'{ "a" : 1.0e0,\n\t"who":"Jane Q\\u002e Doeb\\u0065rry \\/ ok", "who": "\\u00e9"}\n'

    safe = keeper.sanitised(data, "x.json")

    assert safe.data == b'{ "a" : 1.0e0,\n\t"who":"[PERSON_0QX] \\/ ok", "who": "\\u00e9"}\n'
    assert json.loads(keeper.restored(safe).data) == json.loads(data)


def test_an_escaped_name_inside_stringified_arguments_is_replaced(keeper):
    arguments = '{"to": "Jane Q. Doeberry", "n": {"deep": "jane.doeberry\\u0040example.com"}}'
    call = {"tool_calls": [{"function": {"name": "mail", "arguments": arguments}}]}
    line = json.dumps(call).replace("J", "\\u004a")

    safe = keeper.sanitised((line + "\n" + line + "\n").encode(), "chat.jsonl")

    first = json.loads(safe.data.decode().splitlines()[0])
    inner = json.loads(first["tool_calls"][0]["function"]["arguments"])
    assert inner == {"to": "[PERSON_0QX]", "n": {"deep": "[PERSON_1QX]"}}
    restored = keeper.restored(safe).data.decode().splitlines()[1]
    assert json.loads(json.loads(restored)["tool_calls"][0]["function"]["arguments"]) == json.loads(
        arguments
    )


def test_keys_and_duplicate_keys_are_text(keeper):
    safe = keeper.sanitised(b'{"Jane Q. Doeberry": 1, "Jane Q. Doeberry": 2}', "x.json")

    assert safe.data == b'{"[PERSON_0QX]": 1, "[PERSON_0QX]": 2}'


def test_a_number_that_is_someones_becomes_a_string(keeper):
    keeper.values = ["15550142998"]

    safe = keeper.sanitised(b'{"phone": 15550142998, "n": 3}', "x.json")

    assert safe.data == b'{"phone": "[PERSON_0QX]", "n": 3}'


def test_a_data_uri_is_emptied_and_named(keeper):
    data = json.dumps({"image": "data:image/png;base64,iVBORw0KGgo=", "alt": "x"}).encode()

    safe = keeper.sanitised(data, "x.json")

    assert json.loads(safe.data) == {"image": "", "alt": "x"}
    assert safe.dropped == ("encoded data inside strings",)


def test_keys_label_values_and_objects_are_groups():
    document = open_document(
        b'[{"name": "Jane", "mail": "j@example.com"}, {"name": "Jo"}]', "x.json"
    )

    seen = [(one.text, one.label) for one in document.segments if one.label]

    assert seen == [("Jane", "name"), ("j@example.com", "mail"), ("Jo", "name")]
    assert len({one.group for one in document.segments}) == 2


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "{",
        "[1,]",
        '{"a" 1}',
        "[1 2]",
        "{1:2}",
        '"\n"',
        "[1}",
        "nul",
        "[]]",
        "1 2",
        "{,}",
        "[,1]",
    ],
)
def test_what_is_no_json_is_refused(broken):
    with pytest.raises(InputUnreadable, match="JSON"):
        open_document(broken.encode(), "x.json")


def test_deep_nesting_is_refused():
    with pytest.raises(InputUnreadable, match="200"):
        open_document(b"[" * 100_000, "x.json")


@given(VALUES, st.booleans())
def test_strings_are_those_the_standard_reader_sees(value, ascii_only):
    data = json.dumps(value, ensure_ascii=ascii_only, indent=1).encode()

    document = open_document(data, "x.json")

    assert document.rewritten({}) == data or document.dropped


@given(st.text(), st.text())
def test_replacing_a_string_gives_exactly_that_string(old, new):
    text = f"a{old}"
    document = open_document(json.dumps([text, "after"]).encode(), "x.json")
    edits = {document.segments[0].id: [Edit(0, len(text), new)]}

    written = json.loads(document.rewritten(edits))

    assert document.segments[0].text == text
    assert written == [new, "after"]
