from __future__ import annotations

import csv
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from maskwell.documents import open_document

TABLE = 'Name,E-mail,Note\r\n"Jane Q. Doeberry",jane.doeberry@example.com,"said ""hi"", left"\r\n'


def test_only_the_fields_with_values_change(keeper):
    safe = keeper.sanitised(TABLE.encode(), "people.csv")

    assert safe.data.decode() == (
        'Name,E-mail,Note\r\n"[PERSON_0QX]",[PERSON_1QX],"said ""hi"", left"\r\n'
    )
    assert keeper.restored(safe).data == TABLE.encode()


def test_headings_label_the_fields_and_rows_are_read_together():
    document = open_document(b"First;Last\nJane;Doeberry\n", "people.csv")

    rows = [(one.text, one.label, one.group) for one in document.segments]

    assert rows[2:] == [("Jane", "First", "row 1"), ("Doeberry", "Last", "row 1")]


def test_a_table_without_headings_has_no_labels():
    document = open_document(b"Jane\t555 0142\nJohn\t555 0143\n", "people.tsv")

    assert {segment.label for segment in document.segments} == {""}


def test_a_restored_value_does_not_become_a_formula(keeper):
    keeper.values = ['=HYPERLINK("http://192.0.2.7","x")']
    safe = keeper.sanitised(b"a,b\nnothing,here\n", "t.csv")
    returned = type(safe)("t.csv", b"a,b\n[PERSON_0QX],1\n", "csv", "layout", 1, ())

    restored = keeper.restored(returned)

    assert restored.data.startswith(b"a,b\n\"'=HYPERLINK")


def test_a_restored_phone_number_keeps_its_plus(keeper):
    data = b"Phone\n+1 555 0142 998\n"

    safe = keeper.sanitised(data, "t.csv")

    assert safe.data == b"Phone\n[PERSON_2QX]\n"
    assert keeper.restored(safe).data == data


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))),
        min_size=1,
    )
)
def test_fields_are_those_the_standard_reader_sees(rows):
    text = StringIO(newline="")
    csv.writer(text).writerows([["col", "other"], *rows])
    data = text.getvalue().encode()

    document = open_document(data, "t.csv")

    seen = [field for row in csv.reader(StringIO(text.getvalue(), newline="")) for field in row]
    assert [one.text for one in document.segments] == [field for field in seen if field.strip()]
    assert document.rewritten({}) == data
