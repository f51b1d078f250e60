from __future__ import annotations

import json
import stat
import zipfile
from io import BytesIO

import pytest

from maskwell.documents import open_document, verify
from maskwell.errors import InputTooLarge, InputUnreadable


def packed(files: dict[str, bytes], comment: bytes = b"") -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.comment = comment
    return out.getvalue()


def test_one_person_is_one_token_in_names_comment_and_files(keeper):
    inner = packed({"Jane_Q._Doeberry.json": json.dumps(["Jane Q. Doeberry"]).encode()})
    data = packed(
        {
            "Jane Q. Doeberry/letter.txt": b"From Jane Q. Doeberry",
            "list.csv": b"Name,Mail\nJane Q. Doeberry,jane.doeberry@example.com\n",
            "deep.zip": inner,
        },
        b"for Jane Q. Doeberry",
    )

    safe = keeper.sanitised(data, "Jane_Q._Doeberry.zip")

    with zipfile.ZipFile(BytesIO(safe.data)) as archive:
        assert archive.namelist() == ["[PERSON_0QX]/letter.txt", "list.csv", "deep.zip"]
        assert archive.comment == b"for [PERSON_0QX]"
        assert archive.read("list.csv") == b"Name,Mail\n[PERSON_0QX],[PERSON_1QX]\n"
        deep = zipfile.ZipFile(BytesIO(archive.read("deep.zip")))
        assert deep.read("[PERSON_0QX].json") == b'["[PERSON_0QX]"]'
    assert safe.name == "[PERSON_0QX].zip"


def test_restoring_gives_every_file_back(keeper):
    files = {"a/Jane Q. Doeberry.txt": b"Jane Q. Doeberry", "b.csv": b"h,i\n+1 555 0142 998,2\n"}

    restored = keeper.restored(keeper.sanitised(packed(files), "x.zip"))

    with zipfile.ZipFile(BytesIO(restored.data)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files


def test_links_extra_fields_dates_and_unknown_files_are_left_out(keeper):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/home/Jane Q. Doeberry")
        plain = zipfile.ZipInfo("a.txt", (2020, 2, 2, 2, 2, 2))
        plain.extra = b"\xfe\xca\x10\0Jane Q. Doeberry"
        plain.comment = b"Jane Q. Doeberry"
        archive.writestr(plain, b"text")
        archive.writestr("photo.png", b"\x89PNG Jane Q. Doeberry")

    safe = keeper.sanitised(out.getvalue(), "x.zip")

    with zipfile.ZipFile(BytesIO(safe.data)) as archive:
        assert archive.namelist() == ["a.txt"]
        assert archive.getinfo("a.txt").date_time == (1980, 1, 1, 0, 0, 0)
    assert b"Doeberry" not in safe.data
    assert set(safe.dropped) == {"1 × link", "1 × file inside that cannot be made safe"}


@pytest.mark.sec
def test_bomb_r31_an_entry_that_grows_too_much_is_refused():
    with pytest.raises(InputTooLarge, match="200 times"):
        open_document(packed({"a.txt": b"\n" * 5_000_000}), "x.zip")


@pytest.mark.sec
def test_bomb_r31_archives_too_deep_are_refused():
    data = packed({"a.txt": b"x"})
    for _ in range(6):
        data = packed({"a.zip": data})

    with pytest.raises(InputTooLarge, match="deep"):
        open_document(data, "x.zip")


@pytest.mark.sec
def test_bomb_r31_overlapping_entries_are_refused():
    data = bytearray(packed({"a.txt": b"x" * 50, "b.txt": b"y" * 50}))
    second = data.rindex(b"PK\1\2")
    data[second + 42 : second + 46] = (5).to_bytes(4, "little")

    with pytest.raises(InputUnreadable, match=r"overlap|damaged"):
        open_document(bytes(data), "x.zip")


def test_a_name_that_leads_outside_is_refused():
    with pytest.raises(InputUnreadable, match="outside"):
        open_document(packed({"../a.txt": b"x"}), "x.zip")


def test_bytes_hidden_between_entries_do_not_verify():
    data = packed({"a.txt": b"x"})

    with pytest.raises(InputUnreadable):
        verify(b"PK\3\4junk" + data, "x.zip", ["nobody in here"])
