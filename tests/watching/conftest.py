"""A watched folder with a real vault behind it; detection is by rules, which load at once."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from maskwell.detection import shared_detector
from maskwell.shield import Shield
from maskwell.watching import FolderWatch, OpenDoor, WatchSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from maskwell.watching import Door, Outcome, Snapshot

PASSPHRASE = "seven quiet otters"
MAIL = "jane.doeberry@example.com"


@dataclass
class Place:
    """A watched folder, the folder of its copies, and the shield between them."""

    shield: Shield
    folder: Path
    out: Path
    outcomes: list[Outcome] = field(default_factory=list)

    def settings(self, **others: object) -> WatchSettings:
        chosen = {"scope": "acme", "settle_s": 0.1, **others}
        return WatchSettings.checked(self.folder, self.out, **chosen)

    def watch(self, door: Door | None = None, **others: object) -> FolderWatch:
        door = door or OpenDoor(lambda: self.shield)
        return FolderWatch(self.settings(**others), door, on_outcome=self.outcomes.append)

    def once(self, **others: object) -> Snapshot:
        return self.watch(**others).run(once=True)

    def drop(self, name: str, content: str | bytes = f"Mail {MAIL}.\n") -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def copies(self) -> list[str]:
        """The paths of all copies; reports and the room's own files left out."""
        own = ("maskwell-reports", ".maskwell")
        return sorted(
            one.relative_to(self.out).as_posix()
            for one in self.out.rglob("*")
            if one.is_file() and one.relative_to(self.out).parts[0] not in own
        )


@pytest.fixture(scope="module")
def open_shield(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shield]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MASKWELL_VAULT_KDF_MEMORY_MIB", "64")
        home = tmp_path_factory.mktemp("vault") / "home"
        shield = Shield.create(home, PASSPHRASE, detector=shared_detector(names=False))
    with shield:
        yield shield


@pytest.fixture
def place(open_shield: Shield, tmp_path: Path) -> Place:
    (tmp_path / "in").mkdir()
    return Place(open_shield, tmp_path / "in", tmp_path / "out")


@pytest.fixture
def watching(place: Place) -> Iterator[Callable[..., FolderWatch]]:
    """Start watches that end with the test."""
    started: list[FolderWatch] = []

    def start(**others: object) -> FolderWatch:
        started.append(place.watch(**others).start())
        return started[-1]

    yield start
    for one in started:
        one.stop(60)


def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait for something that happens in another thread."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
