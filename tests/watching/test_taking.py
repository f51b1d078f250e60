"""Opening a dropped file once: nothing outside the folder is ever read."""

from __future__ import annotations

import os
import sys
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from maskwell.errors import InputTooLarge, InputUnreadable
from maskwell.watching.taking import StillChanging, VanishedError, take

if TYPE_CHECKING:
    from pathlib import Path

POSIX = pytest.mark.skipif(os.name != "posix", reason="links need no permission on POSIX alone")


def taken(root: Path, name: str, most_bytes: int = 1000) -> bytes:
    return take(root, name, most_bytes=most_bytes).data


def test_a_file_is_read_whole(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_bytes(b"hello")

    assert taken(tmp_path, "sub/a.txt") == b"hello"


def test_a_file_that_is_gone_is_no_fault(tmp_path):
    with pytest.raises(VanishedError):
        taken(tmp_path, "a.txt")


def test_a_file_over_the_limit_is_not_read(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"x" * 1001)

    with pytest.raises(InputTooLarge):
        taken(tmp_path, "a.txt")


@POSIX
@pytest.mark.sec
def test_toctou_r30_a_link_is_not_followed(tmp_path):
    (tmp_path / "secret").write_bytes(b"outside")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").symlink_to(tmp_path / "secret")

    with pytest.raises(InputUnreadable, match="link"):
        taken(tmp_path / "in", "a.txt")


@POSIX
@pytest.mark.sec
def test_toctou_r30_a_folder_that_is_a_link_is_not_entered(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.txt").write_bytes(b"outside")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "sub").symlink_to(tmp_path / "elsewhere")

    with pytest.raises((InputUnreadable, VanishedError)):
        taken(tmp_path / "in", "sub/a.txt")


@POSIX
@pytest.mark.sec
def test_toctou_r30_a_second_name_is_refused(tmp_path):
    (tmp_path / "secret").write_bytes(b"outside")
    os.link(tmp_path / "secret", tmp_path / "a.txt")

    with pytest.raises(InputUnreadable, match="second name"):
        taken(tmp_path, "a.txt")


@POSIX
@pytest.mark.sec
def test_toctou_r30_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")

    with pytest.raises(InputUnreadable, match="regular"):
        taken(tmp_path, "a.txt")


@pytest.mark.skipif(sys.platform != "linux", reason="other kernels do not tell")
def test_a_file_someone_has_open_for_writing_is_left_for_later(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.write(b"half")
        file.flush()
        with pytest.raises(StillChanging):
            taken(tmp_path, "a.txt")

    assert taken(tmp_path, "a.txt") == b"half"


def swaps(tmp_path: Path, times: int) -> None:
    """Read a name, and a folder's name, while they change between the real thing and a link."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.txt").write_bytes(b"OUTSIDE")
    root = tmp_path / "in"
    (root / "real").mkdir(parents=True)
    (root / "real" / "a.txt").write_bytes(b"inside")
    (root / "file").write_bytes(b"inside")
    over = Event()

    def swap() -> None:
        number = 0
        while not over.is_set():
            number += 1
            for name, aim in (("a.txt", outside / "a.txt"), ("sub", outside)):
                new = root / f".new{number}"
                new.symlink_to(aim)
                new.replace(root / name)
            (root / ".copy").write_bytes(b"inside")
            (root / ".copy").replace(root / "a.txt")
            (root / "sub").unlink()
            (root / "real").rename(root / "sub")
            (root / "sub").rename(root / "real")

    thread = Thread(target=swap)
    thread.start()
    read: list[bytes] = []
    try:
        for number in range(times):
            name = ("a.txt", "sub/a.txt")[number % 2]
            try:
                read.append(taken(root, name))
            except (InputUnreadable, VanishedError, StillChanging):
                continue
    finally:
        over.set()
        thread.join()
    assert b"OUTSIDE" not in read


@POSIX
@pytest.mark.sec
def test_toctou_r30_swapping_never_gives_what_is_outside(tmp_path):
    swaps(tmp_path, 400)


@POSIX
@pytest.mark.sec
@pytest.mark.full
def test_toctou_r30_swapping_never_gives_what_is_outside_in_full(tmp_path):
    swaps(tmp_path, 20_000)
