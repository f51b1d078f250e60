"""What the watched folder lives through: storms, lost events, a folder made anew, full disks."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from maskwell.errors import VaultBusy, VaultLocked
from maskwell.watching.hints import Hints

from .conftest import MAIL, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from maskwell.shield import Shield

    from .conftest import Place

RESCAN_NEVER = 10_000.0


@dataclass
class LockedDoor:
    """A vault that is away until someone opens it."""

    held: Shield
    is_open: bool = False
    asked: int = 0

    @contextmanager
    def shield(self) -> Iterator[Shield]:
        self.asked += 1
        if not self.is_open:
            raise VaultLocked("The vault is locked; unlock it to go on.")
        yield self.held

    def rest(self) -> None:
        pass


def storm(place: Place, files: int, writers: int = 4) -> None:
    """Have files written from several sides while the folder is watched."""

    def write(first: int) -> None:
        for number in range(first, files, writers):
            place.drop(f"{number % 7}/{number}.txt", f"{number} a{number}@example.com\n")

    watch = place.watch(rescan_s=5.0).start()
    threads = [Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        until(lambda: watch.snapshot().finished >= files, 3 * 3600)
        until(lambda: watch.snapshot().left == 0)
    finally:
        watch.stop(60)

    assert len(place.copies()) == files
    assert watch.snapshot().done == files
    assert sorted(one.source for one in place.outcomes) == sorted(
        f"{number % 7}/{number}.txt" for number in range(files)
    )


@pytest.mark.sec
def test_storm_r38_each_of_many_files_exactly_once(place):
    storm(place, 150)


@pytest.mark.sec
@pytest.mark.full
def test_storm_r38_each_of_60000_files_exactly_once(place):
    storm(place, 60_000)


def test_a_dropped_file_is_heard_of_without_looking_through_the_folder(place, watching):
    watch = watching(rescan_s=RESCAN_NEVER)
    until(lambda: watch.snapshot().is_running)
    place.drop("one.txt")

    until(lambda: watch.snapshot().done == 1)


def test_a_polled_folder_finds_what_no_event_told(place, watching):
    watch = watching(rescan_s=RESCAN_NEVER, is_polling=True)
    until(lambda: watch.snapshot().is_running)
    place.drop("one.txt")

    until(lambda: watch.snapshot().done == 1)


@pytest.mark.sec
def test_storm_r38_a_folder_made_anew_is_watched_again(place, watching):
    watch = watching(rescan_s=RESCAN_NEVER)
    place.drop("one.txt")
    until(lambda: watch.snapshot().done == 1)
    shutil.rmtree(place.folder)
    until(lambda: "not there" in watch.snapshot().waiting)
    place.folder.mkdir()
    place.drop("two.txt", "two\n")
    until(lambda: watch.snapshot().done == 2)
    assert watch.snapshot().waiting == ""
    place.drop("three.txt", "three\n")

    until(lambda: watch.snapshot().done == 3)


@pytest.mark.sec
def test_storm_r38_a_folder_replaced_at_once_is_told_apart(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    hints = Hints(folder, is_polling=False)
    hints.start()
    try:
        assert not hints.renew()
        for _ in range(5):
            folder.rmdir()
            folder.mkdir()
            assert hints.renew()
        (folder / "a.txt").write_text("x")
        until(lambda: bool(hints.drain()[0]))
    finally:
        hints.stop()


@pytest.mark.sec
def test_storm_r38_too_many_events_are_told_as_lost(tmp_path):
    from watchdog.observers.inotify_c import logger

    hints = Hints(tmp_path, is_polling=False)
    hints.start()
    try:
        logger.warning("Inotify queue overflowed; filesystem events were lost")

        assert hints.drain()[1]
        assert not hints.drain()[1]
    finally:
        hints.stop()


def test_a_locked_vault_is_waited_for_and_nothing_is_skipped(place, open_shield):
    door = LockedDoor(open_shield)
    for number in range(4):
        place.drop(f"{number}.txt", f"{number} {MAIL}\n")
    watch = place.watch(door).start()
    try:
        until(lambda: "locked" in watch.snapshot().waiting)
        assert watch.snapshot().finished == 0
        door.is_open = True
        until(lambda: watch.snapshot().done >= 1)
        door.is_open = False
        place.drop("late.txt", f"late {MAIL}\n")
        until(lambda: "locked" in watch.snapshot().waiting)
        door.is_open = True
        until(lambda: watch.snapshot().done == 5)
    finally:
        watch.stop(60)

    assert place.copies() == ["0.txt", "1.txt", "2.txt", "3.txt", "late.txt"]
    assert watch.snapshot().waiting == ""


def test_once_gives_up_on_a_vault_that_stays_away_and_tells_why(place, open_shield):
    class Busy(LockedDoor):
        @contextmanager
        def shield(self) -> Iterator[Shield]:
            raise VaultBusy("Another process has the vault open.")
            yield

    place.drop("one.txt")

    with pytest.raises(VaultBusy):
        place.watch(Busy(open_shield)).run(once=True, patience_s=0.5)
    assert place.once().done == 1


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "maskwell-test", str(folder)]
    if (
        sys.platform != "linux"
        or subprocess.run(command, capture_output=True, check=False).returncode
    ):
        pytest.skip("mounting a tmpfs is not permitted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.sec
def test_atomic_r34_a_full_disk_is_waited_for_and_leaves_nothing_half(place):
    with small_disk(place.out, "900k"):
        ballast = place.out / "ballast"
        ballast.write_bytes(b"x" * 600_000)
        for number in range(6):
            place.drop(f"{number}.txt", f"{number} {MAIL} " + "word " * 15_000)
        watch = place.watch().start()
        try:
            until(lambda: "cannot be written" in watch.snapshot().waiting)
            assert watch.snapshot().quarantined == 0
            for name in place.copies():
                if name != "ballast":
                    assert (place.out / name).stat().st_size > 70_000
            ballast.unlink()
            watch.nudge()
            until(lambda: watch.snapshot().done == 6)
        finally:
            watch.stop(60)

        assert place.copies() == [f"{number}.txt" for number in range(6)]
