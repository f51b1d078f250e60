"""Edits are gathered without comparing each with all, and to the same end as if one did."""

from hypothesis import given
from hypothesis import strategies as st

from maskwell.documents.editing import Blanks, Gathered
from maskwell.documents.segments import Edit, edited

places = st.builds(
    lambda start, length, new: Edit(start, start + length, new),
    st.integers(0, 40),
    st.integers(0, 6),
    st.text("_", max_size=5),
)


def meets(one: Edit, other: Edit) -> bool:
    return other.start < one.end and one.start < other.end


@given(st.lists(places, max_size=30))
def test_an_edit_is_taken_unless_it_meets_one_taken_before(edits):
    gathered, wanted = Gathered(), []
    for edit in edits:
        is_free = not any(meets(edit, other) for other in wanted)
        wanted += [edit] if is_free else []

        assert gathered.add(edit) == is_free

    assert sorted(gathered, key=repr) == sorted(wanted, key=repr)
    assert list(gathered) == sorted(gathered, key=lambda one: (one.start, one.end))


@given(st.lists(places, max_size=12), places)
def test_what_is_found_beside_blanks_has_its_place_in_the_original(edits, found):
    text = "".join(chr(ord("A") + number % 26) + str(number) for number in range(30))
    gathered = Gathered()
    for edit in edits:
        gathered.add(Edit(edit.start, edit.end, edit.new_text))
    blanked = edited(text, gathered)
    end = min(found.end, len(blanked))
    found = Edit(min(found.start, end), end, "")

    moved = Blanks(gathered).moved_back(found)

    if moved is not None and found.start < found.end:
        assert text[moved.start : moved.end] == blanked[found.start : found.end] or any(
            meets(moved, edit) or edit.new_text == "" for edit in gathered
        )
    if "_" in blanked[found.start : found.end]:
        assert moved is None
