"""What a note in quarantine says: why, what helps, and nothing of what is in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from maskwell.errors import BlockedByPolicy, InputTooLarge, InputUnreadable, LayoutUnsafe
from maskwell.watching.notes import advice, note_text, read_note, stamp_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (InputUnreadable("x"), "helps once the reason above is mended"),
        (LayoutUnsafe("x"), "--mode text"),
        (InputTooLarge("x"), "split the file"),
        (BlockedByPolicy("x"), "once the policy allows it"),
        (ZeroDivisionError("x"), "may help"),
    ],
)
def test_what_helps_is_told_by_what_went_wrong(error: Exception, words: str) -> None:
    assert words in advice(error)


def test_a_note_is_read_as_it_was_written(tmp_path: Path) -> None:
    note = tmp_path / "a.why.txt"
    note.write_text(note_text("It is damaged.", "Mend it.", b"\x01stamp"))

    told = read_note(note)

    assert told is not None
    assert (told.reason, told.advice) == ("It is damaged.", "Mend it.")
    assert stamp_in(note) == b"\x01stamp"


def test_a_note_of_before_there_was_advice_is_read_too(tmp_path: Path) -> None:
    note = tmp_path / "a.why.txt"
    note.write_text("It is damaged.\n\nNo copy of this file was made.\nstamp: 00\n")

    told = read_note(note)

    assert told is not None
    assert (told.reason, told.advice) == ("It is damaged.", "")


@pytest.mark.sec
def test_a_link_in_the_place_of_a_note_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "a.why.txt").symlink_to(tmp_path / "secret")

    assert read_note(tmp_path / "a.why.txt") is None
