"""What becomes of files in a watched folder: copies, names, reports, sources, quarantine."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path

import pytest

from maskwell.errors import UsageError
from maskwell.watching import WatchSettings

from .conftest import MAIL


def test_a_file_gets_a_safe_copy_and_stays(place):
    source = place.drop("letter.txt")

    done = place.once()

    assert (done.done, done.quarantined, done.left) == (1, 0, 0)
    assert place.copies() == ["letter.txt"]
    assert re.fullmatch(r"Mail \[EMAIL_\w+]\.\n", (place.out / "letter.txt").read_text())
    assert source.read_text() == f"Mail {MAIL}.\n"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_copies_are_readable_for_their_owner_alone(place):
    place.drop("a/letter.txt")

    place.once()

    made = place.out / "a" / "letter.txt"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700


def test_people_are_in_no_name_below_the_folder_of_the_copies(place):
    place.drop(f"to {MAIL}/{MAIL} again.txt")

    place.once()

    assert len(place.copies()) == 1
    assert not [one for one in place.out.rglob("*") if "doeberry" in one.name]


def test_nothing_the_room_keeps_beside_the_copies_holds_a_value(place):
    place.drop(f"{MAIL}.txt")
    place.drop("broken.docx", b"PK\x03\x04 nothing")

    place.once()

    everything = b"".join(one.read_bytes() for one in place.out.rglob("*") if one.is_file())
    assert b"doeberry" not in everything


def test_each_copy_has_its_report(place):
    place.drop("letter.txt", f"Mail {MAIL}, {MAIL}.\n")

    place.once()

    report = json.loads((place.out / "maskwell-reports/letter.txt.json").read_text())
    assert report["file"] == "letter.txt"
    assert report["replaced"] == 2
    assert {"type": "EMAIL", "action": "token", "count": 2} in report["found"]
    assert "second" in report["verified"] or "opened with" in report["verified"]
    page = (place.out / "maskwell-reports/letter.txt.html").read_text()
    assert page.startswith("<!doctype html>")
    assert "EMAIL" in page


def test_the_same_content_twice_has_one_copy(place):
    place.drop("one.txt")
    place.drop("two.txt")

    done = place.once()

    assert (done.done, done.same) == (1, 1)
    assert len(place.copies()) == 1


def test_a_second_run_finds_nothing_to_do(place):
    place.drop("one.txt")
    place.once()

    done = place.once()

    assert done.finished == 0
    assert place.copies() == ["one.txt"]


def test_a_copy_that_was_taken_away_is_made_again_for_the_next_source(place):
    place.drop("one.txt")
    place.once()
    (place.out / "one.txt").unlink()
    place.drop("two.txt")

    place.once()

    assert place.copies() == ["two.txt"]


def test_a_copy_never_replaces_a_file(place):
    place.out.mkdir()
    (place.out / "one.txt").write_text("mine")
    place.drop("one.txt")

    place.once()

    assert (place.out / "one.txt").read_text() == "mine"
    assert place.copies() == ["one-2.txt", "one.txt"]


def test_a_moved_source_stands_in_the_done_folder_and_is_not_taken_again(place):
    source = place.drop("sub/one.txt")

    place.once(source="move")

    assert not source.exists()
    assert (place.folder / "maskwell-done/sub/one.txt").exists()
    assert place.once(source="move").finished == 0


def test_a_shredded_source_is_gone(place):
    source = place.drop("one.txt")

    place.once(source="shred")

    assert not source.exists()
    assert list(place.folder.iterdir()) == []


def test_a_file_that_cannot_be_made_safe_is_noted_with_the_reason(place):
    source = place.drop("broken.docx", b"PK\x03\x04 nothing")

    done = place.once()

    note = place.folder / "maskwell-quarantine/broken.docx.why.txt"
    assert done.quarantined == 1
    assert source.exists()
    assert place.outcomes[0].reason in note.read_text()
    assert place.copies() == []
    assert place.once().finished == 0


def test_in_a_folder_that_is_emptied_the_file_goes_to_quarantine_and_back(place):
    place.drop("sub/broken.docx", b"PK\x03\x04 nothing")
    place.once(source="move")
    held = place.folder / "maskwell-quarantine/sub/broken.docx"
    assert held.exists()

    watch = place.watch(source="move")
    assert watch.retry() == 1
    done = watch.run(once=True)

    assert done.quarantined == 1
    assert held.exists()


def test_deleting_the_note_tries_again(place):
    place.drop("broken.docx", b"PK\x03\x04 nothing")
    place.once()
    (place.folder / "maskwell-quarantine/broken.docx.why.txt").unlink()

    assert place.once().quarantined == 1


@pytest.mark.skipif(os.name != "posix", reason="links need no permission on POSIX alone")
def test_a_link_is_noted_and_not_followed(place, tmp_path):
    (tmp_path / "outside.txt").write_text("outside")
    (place.folder / "link.txt").symlink_to(tmp_path / "outside.txt")

    done = place.once(source="shred")

    assert done.quarantined == 1
    assert "link" in place.outcomes[0].reason
    assert (tmp_path / "outside.txt").read_text() == "outside"
    assert place.copies() == []


def test_hidden_and_unfinished_files_are_not_taken(place):
    for name in (".hidden.txt", "~$letter.docx", "big.zip.part", "x.crdownload", ".git/config"):
        place.drop(name)

    assert place.once().finished == 0


def test_the_folder_of_the_copies_may_stand_inside_and_is_not_watched(place):
    place.out = place.folder / "safe"
    place.drop("one.txt")
    place.once()

    assert place.once().finished == 0
    assert place.copies() == ["one.txt"]


def test_copies_among_the_watched_files_are_refused(place):
    with pytest.raises(UsageError, match="among"):
        WatchSettings.checked(place.folder, place.folder, scope="acme")
    with pytest.raises(UsageError, match="among"):
        WatchSettings.checked(place.folder, place.folder.parent, scope="acme")


def test_a_whole_home_is_not_watched_and_neither_is_the_vault(place, monkeypatch):
    with pytest.raises(UsageError, match="holds your vault"):
        WatchSettings.checked(
            place.folder, place.out, vault_home=place.folder / "vault", scope="acme"
        )
    monkeypatch.setenv("HOME", str(place.folder / "somebody"))
    with pytest.raises(UsageError, match="everything you have"):
        WatchSettings.checked(place.folder, place.out, scope="acme")


def test_two_watchers_do_not_share_a_folder_of_copies(place):
    first = place.watch()

    with pytest.raises(UsageError, match="Another watcher"):
        place.watch()
    first.run(once=True)
    place.watch().run(once=True)


def test_progress_tells_what_is_left_and_what_was_done(place):
    for number in range(5):
        place.drop(f"{number}.txt", f"{number} {MAIL}\n")

    done = place.once(workers=1)

    assert (done.done, done.left, done.fraction, done.eta_s) == (5, 0, 1.0, None)
    assert done.replaced == 5
    assert [one.source for one in done.recent] == [f"{n}.txt" for n in range(5)]
    assert not done.is_running


def test_documents_of_every_kind_come_out_with_their_ending(place):
    place.drop("a.json", json.dumps({"mail": MAIL}))
    place.drop("b.csv", f"name,mail\nx,{MAIL}\n")
    place.drop("c.html", f"<p>{MAIL}</p>")
    place.drop("d.eml", f"From: {MAIL}\nSubject: x\n\nHello\n")

    done = place.once()

    assert [one.reason for one in place.outcomes if one.reason] == []
    assert place.copies() == ["a.json", "b.csv", "c.html", "d.eml"]
    assert done.done == 4


def test_a_long_name_is_cut_and_keeps_its_ending(place):
    place.drop("x" * 240 + ".txt")

    place.once()

    assert len(place.copies()[0]) <= 200
    assert Path(place.copies()[0]).suffix == ".txt"
