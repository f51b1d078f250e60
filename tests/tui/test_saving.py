"""Files that the user has the terminal app write: whole, new, and for their owner alone."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from maskwell.errors import InputUnreadable
from maskwell.tui.saving import save_new

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_new_and_for_its_owner_alone(tmp_path: Path) -> None:
    target = tmp_path / "chat.md"

    save_new(target, b"text")

    assert target.read_bytes() == b"text"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["chat.md"]


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "chat.md"
    target.write_bytes(b"mine")

    with pytest.raises(InputUnreadable, match="already"):
        save_new(target, b"text")

    assert target.read_bytes() == b"mine"
    assert [one.name for one in tmp_path.iterdir()] == ["chat.md"]


@pytest.mark.sec
def test_nothing_that_waits_in_the_folder_gets_the_text(tmp_path: Path) -> None:
    """In a folder others may write to, a file or link of theirs may stand beside the target."""
    bait = tmp_path / ".chat.md.part"
    bait.write_bytes(b"theirs")
    bait.chmod(0o644)

    save_new(tmp_path / "chat.md", b"text")

    assert bait.read_bytes() == b"theirs"
    assert stat.S_IMODE((tmp_path / "chat.md").stat().st_mode) == 0o600

    bait.rename(tmp_path / ".two.md.part")
    bait = tmp_path / ".two.md.part"
    bait.unlink()
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    bait.symlink_to(victim)
    save_new(tmp_path / "two.md", b"text")
    assert victim.read_bytes() == b"mine"


def test_nothing_is_left_of_a_file_that_could_not_be_written(tmp_path: Path) -> None:
    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(InputUnreadable, match="No space"):
        save_new(tmp_path / "chat.md", b"text", sync=refuse)

    assert list(tmp_path.iterdir()) == []
