"""The folders this room makes for itself, where others may write beside them."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from maskwell.errors import UsageError
from maskwell.watching.settings import (
    DONE_FOLDER,
    OWN_FOLDER,
    QUARANTINE_FOLDER,
    WatchSettings,
)
from maskwell.watching.sources import Sources

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.sec,
    pytest.mark.skipif(os.name != "posix", reason="links need no permission on POSIX alone"),
]


@pytest.mark.parametrize("name", [QUARANTINE_FOLDER, DONE_FOLDER, OWN_FOLDER])
def test_a_link_in_the_place_of_a_folder_of_ours_is_refused(tmp_path: Path, name: str) -> None:
    for folder in ("in", "out", "victim"):
        (tmp_path / folder).mkdir()
    where = "out" if name == OWN_FOLDER else "in"
    (tmp_path / where / name).symlink_to(tmp_path / "victim")

    with pytest.raises(UsageError, match="is a link"):
        WatchSettings.checked(tmp_path / "in", tmp_path / "out", scope="acme")


def test_a_link_in_the_place_of_a_note_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    victim = tmp_path / "victim"
    victim.write_text("mine")
    settings = WatchSettings.checked(tmp_path / "in", tmp_path / "out", scope="acme")
    sources = Sources(settings)
    note = sources.note_of("a.pdf")
    note.parent.mkdir()
    note.symlink_to(victim)

    sources.quarantine("a.pdf", None, "It is damaged.")

    assert victim.read_text() == "mine"
    assert note.read_text().startswith("It is damaged.")
    assert stat.S_IMODE(note.lstat().st_mode) == 0o600
